"""Attacks on readings told to others than the officer, by somebody who can write the database."""

from uuid import UUID

from sqlalchemy import text

from casework.db.engine import Scope
from casework.identity import Reason
from tests.gathering import accepted, keep
from tests.postgres import broken_into
from tests.town import COUNCIL, Town


def plant(town: Town, kind: str, subject_id: UUID) -> None:
    """Let the index say that every line of the register speaks of one subject."""
    tag = town.runtime.register_keys.of(COUNCIL).tags.tag(kind, subject_id)
    sql = text(
        "INSERT INTO audit_subjects (council_id, tag, seq) "
        "SELECT council_id, :tag, seq FROM audit_leaves WHERE true ON CONFLICT DO NOTHING"
    )
    main = town.runtime.stores.main
    with broken_into(main) as opened, opened.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(sql, {"tag": tag})


def test_a_planted_index_shows_a_member_and_a_lead_no_line_of_others(town: Town) -> None:
    led, other = accepted(town), accepted(town)
    keep(town, led)
    town.name(other, "police")
    for case_id, body in ((led, "street_work"), (other, "police")):
        town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
    lead = town.who("street_work")
    before = town.runtime.readings.trails.of_case(lead, Reason.DUTY, led).lines
    plant(town, "case", led)
    plant(town, "member", town.members["landlord"])
    trails = town.runtime.readings.trails
    assert trails.own(town.who("landlord"), Reason.DUTY).lines == ()
    assert trails.of_case(lead, Reason.DUTY, led).lines == before
    assert {line.case_id for line in before} == {led}
