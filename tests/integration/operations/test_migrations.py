"""What migrations make, what they keep, and what is said when they are not applied."""

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, SmallInteger, String, inspect, text
from sqlalchemy.exc import DBAPIError

from casework.audit.additions import LeafValues
from casework.audit.gateway import RegisterGateway
from casework.audit.verify import verify
from casework.db.connect import connect
from casework.db.engine import Database, Scope
from casework.errors import CaseworkError, Misconfigured
from casework.identity import Reason
from casework.operations.founding import complete
from casework.operations.grants import grant
from casework.operations.migration import configuration, downgrade, upgrade
from casework.operations.schema import EVERYTHING, Schema, applied, require_current
from casework.tables import KEYSTORE, MAIN
from tests.conftest import Address
from tests.postgres import APPLICATION, OWNER, acting_as
from tests.town import COUNCIL, Town

MODELS = {Schema.MAIN: MAIN, Schema.KEYSTORE: KEYSTORE}
EACH = pytest.mark.parametrize("schema", list(Schema))


def differences(database: Database, models: MetaData) -> list[object]:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, models))


@EACH
def test_the_models_are_what_the_migrations_make(empty: Database, schema: Schema) -> None:
    upgrade(empty, schema)
    assert differences(empty, MODELS[schema]) == []


def test_a_model_that_drifts_away_is_seen(empty: Database) -> None:
    upgrade(empty, Schema.MAIN)
    changed = MetaData()
    for table in MAIN.sorted_tables:
        table.to_metadata(changed)
    changed.tables["cases"].c.commune.type = String(6)
    changed.tables["decisions"].c.number.type = SmallInteger()
    changed.tables["actions"].indexes.clear()
    assert len(differences(empty, changed)) == 4


@EACH
def test_constraints_carry_the_names_of_the_convention(empty: Database, schema: Schema) -> None:
    upgrade(empty, schema)
    inspector = inspect(empty.engine)
    for table in MODELS[schema].sorted_tables:
        assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        for key in inspector.get_foreign_keys(table.name):
            assert key["name"] == f"fk_{table.name}_{'_'.join(key['constrained_columns'])}"


@EACH
def test_files_are_named_by_their_revision_and_the_newest_is_the_head(schema: Schema) -> None:
    scripts = ScriptDirectory(str(schema.scripts))
    assert scripts.get_heads() == [schema.newest]
    for script in scripts.walk_revisions():
        assert script.path.rpartition("/")[2].startswith(f"{script.revision}_")


@EACH
def test_everything_can_be_undone_and_done_again(empty: Database, schema: Schema) -> None:
    upgrade(empty, schema)
    downgrade(empty, schema)
    assert inspect(empty.engine).get_table_names() == ["alembic_version"]
    assert upgrade(empty, schema) == (None, schema.newest)
    assert differences(empty, MODELS[schema]) == []


def test_a_second_upgrade_changes_nothing(empty: Database) -> None:
    upgrade(empty, Schema.KEYSTORE)
    assert upgrade(empty, Schema.KEYSTORE) == (Schema.KEYSTORE.newest, Schema.KEYSTORE.newest)


def owner_of(address: Address) -> Database:
    if address.file_key:
        return address.connect()
    return connect(acting_as(OWNER, address.url))


def test_cases_outlive_the_wall_taken_down_and_built_again(town: Town) -> None:
    case_id = town.refer()
    owner = owner_of(town.address)
    downgrade(owner, Schema.MAIN, "0009")
    upgrade(owner, Schema.MAIN)
    if owner.on_postgresql:
        grant(owner, APPLICATION)
    owner.engine.dispose()
    # As `db upgrade` does: who held keys before admissions is tried and admitted.
    complete(town.runtime.stores, town.runtime.edges, "founder")
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.subject.birth_date == date(2010, 5, 17).isoformat()


def test_lines_go_through_the_parting_of_their_table_and_back(town: Town) -> None:
    town.refer()
    owner, keys = owner_of(town.address), town.runtime.register_keys.of(COUNCIL)
    before = leaves(town)
    downgrade(owner, Schema.MAIN, "0022")
    with owner.reading(EVERYTHING) as session:
        found = session.execute(text("SELECT seq, leaf, det_c, det FROM audit_leaves ORDER BY seq"))
        assert [tuple(row) for row in found] == [
            (one.seq, one.leaf, one.commitments.det, one.det) for one in before
        ]
    upgrade(owner, Schema.MAIN)
    if owner.on_postgresql:
        grant(owner, APPLICATION)
    owner.engine.dispose()
    assert leaves(town) == before
    assert verify(town.runtime.stores.main, keys, COUNCIL).clean


def leaves(town: Town) -> list[LeafValues]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        return list(RegisterGateway(session, COUNCIL).leaves(10_000))


def test_a_migration_that_fails_leaves_no_trace(empty: Database) -> None:
    with empty.writing(EVERYTHING) as session:
        session.execute(text("CREATE TABLE audit_heads (id INTEGER)"))
    with pytest.raises((DBAPIError, CaseworkError)):
        upgrade(empty, Schema.MAIN)
    assert inspect(empty.engine).get_table_names() == ["audit_heads"]
    assert applied(empty) is None


def test_without_tables_the_sentence_says_what_to_type(empty: Database) -> None:
    with pytest.raises(Misconfigured, match="holds no tables yet: run casework db upgrade"):
        require_current(empty, Schema.MAIN)


def test_a_migration_not_applied_is_named(empty: Database) -> None:
    upgrade(empty, Schema.MAIN, "0004")
    newest = Schema.MAIN.newest
    with pytest.raises(Misconfigured, match=f"stands at 0004, not {newest}: run casework db"):
        require_current(empty, Schema.MAIN)


def test_a_database_from_the_future_is_refused(empty: Database) -> None:
    upgrade(empty, Schema.KEYSTORE)
    with empty.writing(EVERYTHING) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="migrated by a newer casework"):
        require_current(empty, Schema.KEYSTORE)


def test_the_configuration_holds_no_address(empty: Database) -> None:
    with empty.engine.connect() as connection:
        config = configuration(Schema.MAIN, connection)
    assert config.config_file_name is None
    assert config.get_main_option("sqlalchemy.url") is None
