"""A new kind of group, by a charter alone: checked, adopted, founded, referred to and read."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from casework import cli
from casework.cases.orders import Asked
from casework.charters.engagement import Signature
from casework.charters.text import text_of_file
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason, Role, operator
from casework.partners.service import GroupService, MemberService
from casework.partners.values import NewGroup, NewMandate
from tests.front import Browser
from tests.staff import employ
from tests.town import CHARTER, COMMUNE, COUNCIL, Town

FILE = Path(__file__).parent / "veille-bailleurs.toml"
ROOT = operator(COUNCIL, "founder")
SEATS = {
    "coordination": Role.COORDINATOR,
    "landlord": Role.MEMBER,
    "street_work": Role.MEMBER,
}


def adopted(town: Town, text: str) -> UUID:
    return town.runtime.charter_service.adopt(ROOT, Reason.OPERATION, text)


def founded(town: Town, charter_id: UUID, **changed: object) -> UUID:
    edges = town.runtime.edges
    wanted = {
        "name": "Veille des bailleurs inventée",
        "prefix": "VB",
        "kind": CaseKind.FOLLOWUP,
        "communes": frozenset({COMMUNE}),
        "coordinating_id": town.bodies["coordination"],
        "charter_id": charter_id,
    }
    groups = GroupService(town.runtime.ledger, edges.clock, edges.entropy)
    return groups.add(ROOT, NewGroup(**{**wanted, **changed}))  # type: ignore[arg-type]


def seated(town: Town, group_id: UUID, charter_id: UUID) -> None:
    edges = town.runtime.edges
    people = MemberService(town.runtime.ledger, edges.clock, edges.entropy)
    charters = town.runtime.charter_service
    today = local_day(edges.clock.now())
    until = today + timedelta(days=300)
    for body, role in SEATS.items():
        mandate = NewMandate(
            member_id=town.members[body],
            role=role,
            from_on=today,
            until_on=until,
            group_id=group_id,
        )
        signature = Signature(
            charter_id=charter_id,
            organisation_id=town.bodies[body],
            signed_on=today,
            until_on=until,
        )
        people.give_mandate(ROOT, mandate)
        charters.sign(ROOT, Reason.OPERATION, signature)
        charters.undertake(town.who(body), Reason.SIGN_IN, charter_id)


def watching(town: Town, text: str) -> UUID:
    """Found a watch of landlords under a text and return a case accepted there."""
    charter_id = adopted(town, text)
    group_id = founded(town, charter_id)
    seated(town, group_id, charter_id)
    case_id = town.refer("street_work", group_id=group_id, reason="damage", origin="landlord")
    town.follow(case_id)
    return case_id


def found(town: Town, body: str) -> list[UUID]:
    lines = town.runtime.cases.list_cases(town.who(body), Reason.DUTY, Asked())
    return [line.head.id for line in lines]


def test_the_file_has_no_fault_and_says_what_its_group_is_called() -> None:
    answer = CliRunner().invoke(cli.casework, ["charter", "check", str(FILE)])
    assert answer.exit_code == 0, answer.output
    assert "Cellule de veille nominative des bailleurs" in answer.output


def test_a_case_referred_under_it_is_read_by_whom_it_names_and_by_no_other(town: Town) -> None:
    case_id = watching(town, text_of_file(FILE))
    landlord = town.who("landlord")
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(landlord, Reason.DUTY, case_id)
    town.name(case_id, "landlord")
    read = town.runtime.cases.read(landlord, Reason.DUTY, case_id)
    assert read.persons[0].family_name == "Zéphirinquois"
    assert found(town, "landlord") == [case_id]
    for body in ("school", "police", "dpo"):
        with pytest.raises(AccessDenied):
            town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)


def test_whoever_signs_reads_what_the_group_is_called_and_until_when(town: Town) -> None:
    charter_id = adopted(town, text_of_file(FILE))
    group_id = founded(town, charter_id)
    staff = employ(town)
    staff.enrol("landlord")
    seated(town, group_id, charter_id)
    browser = Browser.of(staff)
    browser.sign_in("landlord")
    page = browser.get("/charte").text
    assert "Cellule de veille nominative des bailleurs" in page
    assert "31 décembre 2027" in page


def test_a_rule_that_ends_leaves_the_decision_and_the_lists_on_the_same_day(town: Town) -> None:
    dated = text_of_file(FILE)
    for rule in ("team-finds", "team-reads"):
        dated = dated.replace(f'id = "{rule}"\n', f'id = "{rule}"\nvalid_to = 2026-11-30\n', 1)
    case_id = watching(town, dated)
    town.name(case_id, "landlord")
    town.clock.advance(days=(date(2026, 11, 30) - local_day(town.clock.now())).days)
    assert found(town, "landlord") == [case_id]
    town.runtime.cases.read(town.who("landlord"), Reason.DUTY, case_id)
    town.clock.advance(days=1)
    assert found(town, "landlord") == []
    with pytest.raises(AccessDenied) as refused:
        town.runtime.cases.read(town.who("landlord"), Reason.DUTY, case_id)
    assert refused.value.reason == "no-rule"


def test_a_group_is_not_founded_under_the_charter_of_another_procedure(town: Town) -> None:
    charter_id = adopted(town, text_of_file(FILE))
    with pytest.raises(InvalidInput) as refused:
        founded(town, charter_id, kind=CaseKind.VICTIM)
    assert set(refused.value.fields) == {"kind"}
    with pytest.raises(InvalidInput) as refused:
        founded(town, UUID(int=7))
    assert set(refused.value.fields) == {"charter_id"}


@pytest.mark.parametrize("file", ["cddf.toml", "rappel-a-l-ordre.toml"])
def test_rule_21_a_group_of_one_mayor_is_not_founded_over_two_communes(
    town: Town, file: str
) -> None:
    charter_id = adopted(town, text_of_file(CHARTER.parent / file))
    kind = CaseKind.FAMILY_COUNCIL if file == "cddf.toml" else CaseKind.REMINDER
    two = frozenset({COMMUNE, "67482"})
    with pytest.raises(InvalidInput) as refused:
        founded(town, charter_id, kind=kind, communes=two)
    assert "communes" in refused.value.fields
    founded(town, charter_id, kind=kind)


def test_ten_megabytes_are_refused_by_the_commands_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    with file.open("wb") as opened:
        opened.truncate(10_000_000)
    answer = CliRunner().invoke(cli.casework, ["charter", "check", str(file)])
    assert answer.exit_code == 1
    assert "dépasse 200 ko" in answer.output


def test_a_referral_of_one_procedure_begins_no_case_of_another(town: Town) -> None:
    charter_id = adopted(town, text_of_file(CHARTER.parent / "victimes.toml"))
    group_id = founded(town, charter_id, kind=CaseKind.VICTIM)
    seated(town, group_id, charter_id)
    with pytest.raises(InvalidInput) as refused:
        town.refer("street_work", group_id=group_id)
    assert set(refused.value.fields) == {"group_id"}
