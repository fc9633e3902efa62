"""Each table of a council stands behind PostgreSQL's wall, or says here why it does not."""

from typing import Final

import pytest
from sqlalchemy import text

from casework.tables import MAIN
from tests.postgres import APPLICATION
from tests.security.test_row_level_security import BESIDE
from tests.security.test_row_level_security import WALLED as OF_CASES
from tests.town import Town

ON_POSTGRESQL: Final = pytest.mark.parametrize("address", ["postgresql"], indirect=True)

WALLED: Final = OF_CASES | BESIDE
WITHOUT_WALL: Final = {
    "professional: who works together, when, and under which text": {
        "attendances", "charter_approvals", "charter_signatures", "charter_versions", "communes",
        "councils",
        "group_communes", "groups", "letter_templates", "letterheads",
        "mandates", "meetings", "members", "organisations",
        "presence_lines", "presence_reviews", "undertakings",
    },
    "asked before it is known for which body somebody acts": {
        "accounts", "api_tokens", "repeats", "throttles", "web_sessions",
    },
    "opened by its author's own key, whatever the body": {"drafts", "typed_reasons"},
    "a number, or a tag under a secret: no case can be told from it": {
        "counters", "decoys", "jobs", "tallies",
    },
    "the register, of which the application's role may only add": {
        "audit_anchors", "audit_checkpoints", "audit_covers", "audit_heads", "audit_leaves",
        "audit_parts", "audit_subjects", "row_digests",
    },
    "dates and ids, for those who control and are admitted to no case": {
        "access_reviews", "ceremonies", "certificates", "elimination_items", "elimination_lists",
        "ended_compartments", "holds",
    },
    "public keys, and secrets under the key of keys or a member's own": {
        "instance_secrets", "member_keys", "member_seals", "organisation_keys",
        "organisation_seals", "registrar_signatures",
    },
    "cards and shares of custodians, who are of several bodies": {
        "ceremony_answers", "escrow_custodians", "escrow_subsets", "escrows",
    },
}  # fmt: skip


def test_every_table_of_a_council_has_its_wall_or_its_reason() -> None:
    of_councils = {one.name for one in MAIN.sorted_tables if "council_id" in one.c}
    without = [name for names in WITHOUT_WALL.values() for name in names]
    assert len(without) == len(set(without))
    assert of_councils - WALLED - set(without) == set()
    assert set(without) - of_councils == set()
    assert set(without) & WALLED == set()


@ON_POSTGRESQL
def test_each_wall_is_for_every_statement_of_everybody_its_owner_too(town: Town) -> None:
    asked = text(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
        " bool_or(p.polcmd = '*' AND p.polpermissive), count(p.polname)"
        " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY 1, 2"
    )
    with town.runtime.stores.main.engine.begin() as connection:
        found = {name: (on, whole, count) for name, on, whole, count in connection.execute(asked)}
    assert {found[name] for name in WALLED} == {(True, True, 1)}


@ON_POSTGRESQL
def test_the_role_that_serves_owns_no_table_and_passes_no_wall(town: Town) -> None:
    asked = text(
        "SELECT current_user, count(*) FILTER (WHERE pg_has_role(relowner, 'MEMBER')),"
        " (SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles"
        "  WHERE rolname = current_user)"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    with town.runtime.stores.main.engine.begin() as connection:
        assert tuple(connection.execute(asked).one()) == (APPLICATION, 0, False)
