"""A council is founded once, and found again; a founding broken off is taken up."""

from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.db.engine import Scope
from casework.errors import Misconfigured
from casework.identity import operator
from casework.operations.founding import councils, found
from casework.operations.home import Home, prepare, read_council
from casework.operations.instance import Instance, open_instance
from casework.partners.service import CouncilService
from casework.stores import Edges, open_stores
from tests.fakes import CountingEntropy, FixedClock
from tests.integration.operations.conftest import COUNCIL, migrate, settings_of


def other_edges() -> Edges:
    return Edges(FixedClock(), CountingEntropy(seed=9))


@pytest.fixture
def migrated(tmp_path: Path, edges: Edges) -> Home:
    home = Home(settings_of(tmp_path / "home"))
    prepare(home.settings, edges.entropy)
    migrate(home.settings, edges)
    return home


def test_a_founded_council_opens_and_its_register_says_who_founded_it(instance: Instance) -> None:
    result = instance.register.verify(operator(instance.council_id, "founder"))
    assert (result.size, result.clean) == (1, True)
    with instance.stores.main.reading(Scope(instance.council_id)) as session:
        assert session.scalars(text("SELECT name FROM councils")).all() == [COUNCIL.name]


def test_a_home_serves_one_council_only(home: Home) -> None:
    with pytest.raises(Misconfigured, match="already serves a council"):
        found(home.settings, other_edges(), COUNCIL, "founder")


def test_without_its_file_the_council_is_found_in_the_database(home: Home) -> None:
    council_id = read_council(home.settings)
    home.council.unlink()
    opened = open_instance(home.settings, other_edges())
    assert opened.council_id == council_id
    opened.close()


def test_a_file_that_names_another_council_is_refused(home: Home) -> None:
    home.council.write_text(f'{{"council": "{UUID(int=7)}"}}')
    with pytest.raises(Misconfigured, match="names another council"):
        open_instance(home.settings, other_edges())


def test_a_founding_broken_off_is_taken_up(
    migrated: Home, edges: Edges, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, suppress(KeyboardInterrupt):
        broken.setattr(CouncilService, "found", crash)
        found(migrated.settings, edges, COUNCIL, "founder")
    begun = read_council(migrated.settings)
    with open_stores(migrated.settings, edges) as stores:
        assert councils(stores.main) == []
    assert found(migrated.settings, edges, COUNCIL, "founder") == begun
    opened = open_instance(migrated.settings, edges)
    assert opened.register_keys.of(opened.council_id).signer.origin.endswith(str(begun))
    opened.close()


def test_not_migrated_it_is_not_founded(tmp_path: Path, edges: Edges) -> None:
    settings = settings_of(tmp_path / "home")
    prepare(settings, edges.entropy)
    with pytest.raises(Misconfigured, match="run casework db upgrade"):
        found(settings, edges, COUNCIL, "founder")
    assert read_council(settings) is None


def test_migrated_and_not_founded_the_sentence_says_what_to_type(
    migrated: Home, edges: Edges
) -> None:
    with pytest.raises(Misconfigured, match="run casework council found"):
        open_instance(migrated.settings, edges)


def test_an_instance_whose_key_store_was_not_migrated_does_not_open(
    home: Home, edges: Edges
) -> None:
    home.files[1].unlink()
    with pytest.raises(Misconfigured, match="the key store holds no tables yet"):
        open_instance(home.settings, edges)


def test_a_world_readable_key_file_stops_the_start_with_the_line_to_type(
    home: Home, edges: Edges
) -> None:
    assert home.kek is not None
    home.kek.chmod(0o644)
    with pytest.raises(Misconfigured, match=f"chmod 600 {home.kek}"):
        open_instance(home.settings, edges)
