"""The record of processing is computed from what is live: change the charter, and it changes."""

from pathlib import Path

import pytest

from casework.errors import AccessDenied
from casework.identity import Reason, operator
from casework.operations.measures import measures_of
from casework.partners.service import GroupService
from casework.partners.values import NewGroup
from casework.processing.values import MeasureName, Measures, Record
from casework.settings import Settings
from tests.holders import kept_by_members
from tests.integration.accounts.conftest import staff
from tests.office import office_of
from tests.rounds import answer, asked
from tests.staff import Staff
from tests.town import CHARTER, COMMUNE, COUNCIL, Town

__all__ = ["staff"]

ROOT = operator(COUNCIL, "root")
OTHERS = ("coordination", "school", "archives", "police")


def measures(town: Town, tmp_path: Path, **more: str) -> Measures:
    environment = {"CASEWORK_HOME": str(tmp_path)} | more
    return measures_of(Settings.from_environment(environment), town.runtime)


@pytest.fixture
def bare(town: Town, tmp_path: Path) -> Measures:
    return measures(town, tmp_path)


def record(town: Town, bare: Measures) -> Record:
    return town.runtime.processing.open(town.who("dpo"), bare)


def on(found: Record) -> set[MeasureName]:
    return {one.name for one in found.measures if one.on}


def test_the_officer_sees_each_charter_where_it_is_in_force(town: Town, bare: Measures) -> None:
    found = record(town, bare)
    (activity,) = found.activities
    assert activity.charter.title == "Charte du groupe de suivi nominatif"
    assert [one.name for one in activity.settings] == ["Groupe inventé"]
    assert activity.settings[0].communes == ("Schiltigheim",)
    assert (found.council, found.members) == ("Conseil inventé", len(town.members))
    assert found.officers == ("Mme Invention Membre-dpo",)
    assert len(activity.signed) == len(town.bodies) - 2
    assert activity.unsigned == ()


def test_nobody_else_does_and_the_operator_may_print_it(town: Town, bare: Measures) -> None:
    for body in OTHERS:
        with pytest.raises(AccessDenied):
            town.runtime.processing.open(town.who(body), bare)
    assert town.runtime.processing.open(ROOT, bare).activities
    with town.runtime.stores.main.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT kind FROM audit_leaves ORDER BY seq")
        kinds = [kind for (kind,) in found]
    assert kinds[-1] == "processing:read"
    assert kinds.count("access:refused") == len(OTHERS)


def test_another_charter_is_another_processing_with_its_own_figures(
    town: Town, bare: Measures
) -> None:
    text = CHARTER.read_text(encoding="utf-8").replace("review_months = 6", "review_months = 2")
    text = text.replace('title = "Charte du groupe', 'title = "Autre charte du groupe')
    changed = text.replace('youth_support = "', 'youth_support = "Autre fin : ')
    charter_id = town.runtime.charter_service.adopt(ROOT, Reason.OPERATION, changed)
    before = record(town, bare)
    edges = town.runtime.edges
    GroupService(town.runtime.ledger, edges.clock, edges.entropy).add(
        ROOT,
        NewGroup(
            name="Groupe second",
            prefix="SB",
            kind=before.activities[0].kind,
            communes=frozenset({COMMUNE}),
            coordinating_id=town.bodies["coordination"],
            charter_id=charter_id,
        ),
    )
    assert len(before.activities) == 1
    after = {one.settings[0].name: one for one in record(town, bare).activities}
    second = after["Groupe second"]
    figures = {one.key: one.figure for one in second.terms}
    assert figures["review_months"] == 2
    assert second.charter.digest != after["Groupe inventé"].charter.digest
    assert second.signed == ()
    assert "Organisme inventé school" in second.unsigned


def test_settings_of_the_operator_turn_measures_on(town: Town, tmp_path: Path) -> None:
    plain = on(record(town, measures(town, tmp_path)))
    chosen = measures(town, tmp_path, CASEWORK_PUBLIC_URL="https://casework.example")
    assert on(record(town, chosen)) - plain == {MeasureName.TRANSPORT}


def test_custody_and_reviews_are_told_as_they_stand(staff: Staff, bare: Measures) -> None:
    town = staff.town
    before = on(record(town, bare))
    assert not before & {MeasureName.CUSTODY, MeasureName.REVIEWS}
    kept_by_members(staff, "school")
    assert MeasureName.CUSTODY in on(record(town, bare))
    asked(town)
    answer(town, "school")
    found = next(one for one in record(town, bare).measures if one.name is MeasureName.REVIEWS)
    assert (found.on, found.figures["answered"]) == (True, 1)


def test_the_page_shows_it_to_the_officer_alone(town: Town, tmp_path: Path) -> None:
    office = office_of(town, tmp_path)
    page = office.at("dpo").get("/dpd/traitements")
    assert page.status_code == 200
    for words in ("Secret partagé entre professionnels", "Personne qui a saisi", "art. 10"):
        assert words in page.text
    assert office.at("school").get("/dpd/traitements").status_code == 404
