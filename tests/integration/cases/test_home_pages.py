"""The home page: what approaches stands there for those who take part, without a name."""

from uuid import UUID

import pytest

from casework.cases.procedures.steps import Step
from tests.mayor import MINOR, cleared, consulted, found_register, step, summons
from tests.office import Office
from tests.town import Town

COMING = "Ce qui approche"


@pytest.fixture
def group(town: Town) -> UUID:
    return found_register(town)


def home(office: Office, body: str) -> str:
    return office.at(body).get("/").text


def test_an_opinion_and_a_hearing_are_announced_to_those_who_take_part(
    office: Office, town: Town, group: UUID
) -> None:
    assert COMING not in home(office, "clerk")
    consulted(town, group)
    said = summons(town, hearing_on="2026-12-04")
    step(town, cleared(town, group), Step.SUMMON, "mayor", **said)
    for body in ("clerk", "mayor"):
        page = home(office, body)
        assert page.index("Entretien le 4 déc.") < page.index("Avis avant le 7 déc.")
        assert MINOR.family_name not in page
    assert "Avis avant le 7 déc." in home(office, "prosecutor")
    town.clock.advance(days=20)
    office.desks["clerk"] = office.sit("clerk")
    assert "Avis attendu depuis le 7 déc." in home(office, "clerk")


def test_nothing_is_announced_to_who_only_reported_or_sits_elsewhere(
    office: Office, town: Town, group: UUID
) -> None:
    consulted(town, group)
    for body in ("agent", "school", "coordination"):
        assert COMING not in home(office, body)


def test_what_was_answered_is_announced_no_more(office: Office, town: Town, group: UUID) -> None:
    case_id = consulted(town, group)
    step(town, case_id, Step.FAVOUR, "prosecutor")
    assert COMING not in home(office, "clerk")
    assert COMING not in home(office, "prosecutor")
