"""What is explained is what happens: the simulator beside the routes, and what it never tells."""

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases.orders import Asked as Page
from casework.cases.procedures.steps import REACHABLE
from casework.charters.explain import Question
from casework.charters.outcome import Wanted
from casework.charters.simulator import Invented
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.errors import AccessDenied, InvalidInput, ReasonRequired
from casework.explanations.service import ExplanationService
from casework.explanations.values import Explained
from casework.identity import Reason, operator
from casework.keys.recovery.values import Why
from tests.gathering import accepted, close, keep
from tests.integration.api.program import V1, program_of
from tests.office import Office
from tests.town import COUNCIL, Town

READ, LIST = CharterAct.READ, Question(Wanted(CharterAct.LIST))
IDENTITY = Question(Wanted(READ, CompartmentClass.IDENTITY))
BODIES = ("coordination", "street_work", "school", "police", "mission", "dpo", "archives")
ROOT = operator(COUNCIL, "ada")

# What is read and added among the attachments, which are explained as a part.
OF_ATTACHMENTS = ("documents", "attach")
OF_CONFIDED = {
    "share": Wanted(CharterAct.CONTRIBUTE, CompartmentClass.SOCIAL),
    "measure": Wanted(READ, CompartmentClass.JUDICIAL),
}


def asking(town: Town) -> ExplanationService:
    return town.runtime.explanations.accesses


def explained(town: Town, body: str, case_id: UUID) -> Explained:
    return asking(town).explain(town.who("dpo"), town.members[body], str(case_id))


def yes(found: Explained) -> set[Question]:
    return {one.question for one in found.lines if one.decision.allowed}


def lived(town: Town) -> dict[str, UUID]:
    """Return a case still waiting, one followed with the school named, and one closed."""
    cases = {"waiting": town.refer()}
    for name in ("followed", "closed"):
        cases[name] = accepted(town)
        keep(town, cases[name])
        town.name(cases[name], "school")
    close(town, cases["closed"])
    return cases


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_simulator_answers_what_the_routes_do(office: Office) -> None:
    town = office.town
    for case_id in lived(town).values():
        for body in BODIES:
            desk, allowed = office.at(body), yes(explained(town, body, case_id))
            page = desk.get(f"/situations/{case_id}")
            if page.status_code == HTTPStatus.FORBIDDEN:  # closed: whoever may open it says why
                desk.press(f"/situations/{case_id}/motif", page, words="Une raison inventée")
                page = desk.get(f"/situations/{case_id}")
            assert (page.status_code == 200) == (IDENTITY in allowed), (body, case_id)
            assert (str(case_id) in desk.get("/situations").text) == (LIST in allowed)
            write = Question(Wanted(CharterAct.CONTRIBUTE, CompartmentClass.SHEET))
            form = page if page.status_code == 200 else desk.get("/aide")
            sent = desk.press(f"/situations/{case_id}/contributions", form, text="Un mot inventé.")
            assert (sent.status_code == 303) == (write in allowed), (body, case_id)


def test_each_part_and_each_act_is_explained_as_it_is_given(town: Town) -> None:
    for case_id in lived(town).values():
        for body in ("coordination", "street_work", "school"):
            found = explained(town, body, case_id)
            allowed = yes(found)
            if IDENTITY not in allowed:
                with pytest.raises(AccessDenied):
                    town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
                continue
            town.runtime.safeguards.stating.state(town.who(body), Reason.DUTY, case_id, "Inventée")
            file = town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
            told = {one.question.wanted: one.decision for one in found.lines}
            for part in file.parts:
                class_ = CompartmentClass(part.compartment_class)
                if class_ is not CompartmentClass.PRIVATE:
                    decision = told[Wanted(READ, class_)]
                    assert (part.open, part.article) == (decision.allowed, decision.article)
            acts = {one.wanted.act for one in allowed if one.own is not True}
            apart = {CharterAct.NOTE, *OF_ATTACHMENTS, *OF_CONFIDED}
            assert file.may - apart == acts & file.may
            for offered, wanted in OF_CONFIDED.items():
                assert (offered in file.may) == (wanted in {one.wanted for one in allowed})


def test_an_exceptional_access_is_counted_where_it_reads(town: Town) -> None:
    case_id = lived(town)["followed"]
    head = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id).head
    before = yes(explained(town, "mission", case_id))
    fresh = replace(town.who("mission"), verified_at=town.clock.now())
    town.runtime.exceptional.ask(fresh, head.reference or "", Why.DANGER)
    found = explained(town, "mission", case_id)
    opened = {one.wanted for one in yes(found) - before}
    assert found.exceptional_until is not None
    assert opened >= {Wanted(READ, CompartmentClass.IDENTITY), Wanted(READ, CompartmentClass.SHEET)}
    assert {one.act for one in opened} == {READ}


def test_the_operator_is_never_told_who_referred(town: Town) -> None:
    case_id = town.refer("street_work")
    told = {}
    for body in ("street_work", "landlord"):
        found = asking(town).explain(ROOT, town.members[body], str(case_id))
        told[body] = (found.facts, [one.decision.allowed for one in found.lines])
    assert told["street_work"][1] == told["landlord"][1]
    assert not {"referrer", "admitted"} & set(told["street_work"][0])
    assert "referrer" in explained(town, "street_work", case_id).facts


def test_only_the_officer_and_the_operator_ask_about_a_member(town: Town) -> None:
    case_id = town.refer()
    for body in ("coordination", "street_work", "archives"):
        with pytest.raises(AccessDenied):
            asking(town).explain(town.who(body), town.members["school"], str(case_id))
        with pytest.raises(AccessDenied):
            asking(town).reach(town.who(body), town.members["school"])


def test_a_member_or_a_case_that_is_not_there_is_said_to_whoever_may_ask(town: Town) -> None:
    nobody = UUID("01930000-0000-7000-8000-00000000dead")
    for member, case in ((nobody, "SN-2026-001"), (town.members["school"], "SN-2026-999")):
        with pytest.raises(InvalidInput):
            asking(town).explain(town.who("dpo"), member, case)


def test_asking_leaves_one_line_with_the_article_and_no_name(town: Town) -> None:
    case_id = town.refer()
    explained(town, "school", case_id)
    lines = town.runtime.register.read(
        town.who("dpo"), Asked(acts=frozenset({Act.ACCESS_EXPLAINED}))
    ).lines
    assert [(one.case_id, one.article) for one in lines] == [(case_id, "15")]
    assert lines[0].detail["member"] == str(town.members["school"])
    assert set(lines[0].detail) == {"member", "charter_text"}


def test_counts_are_those_of_what_the_member_really_finds_and_reads(town: Town) -> None:
    cases = lived(town).values()
    for body in ("coordination", "school", "police"):
        listed = town.runtime.cases.list_cases(town.who(body), Reason.DUTY, Page(REACHABLE))
        read = [one for one in cases if opens(town, body, one)]
        (found,) = asking(town).reach(ROOT, town.members[body]).groups
        counted = {one.question: one.cases for one in found.counts}
        assert (counted[LIST], counted[IDENTITY]) == (len(listed), len(read))


def opens(town: Town, body: str, case_id: UUID) -> bool:
    try:
        town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
    except AccessDenied:
        return False
    except ReasonRequired:  # closed: it opens to whoever says why
        return True
    return True


def test_a_trainer_simulates_in_their_own_group_and_nobody_else_does(town: Town) -> None:
    for body in ("coordination", "dpo"):
        found = asking(town).simulate(town.who(body), Reason.DUTY, Invented())
        assert found.group.id == town.group_id
        assert found.charter.title.startswith("Charte")
    for body in ("street_work", "archives"):
        with pytest.raises(AccessDenied):
            asking(town).simulate(town.who(body), Reason.DUTY, Invented())
    with pytest.raises(AccessDenied):
        asking(town).simulate(town.who("dpo"), Reason.DUTY, Invented(), COUNCIL)


def test_a_program_of_the_officer_is_answered_as_the_page_is(town: Town, tmp_path: Path) -> None:
    case_id = lived(town)["followed"]
    program, member = program_of(town, tmp_path), str(town.members["school"])
    asked = {"member": member, "reference": str(case_id)}
    told = program.ask("dpo", "POST", f"{V1}/access-explanations", json=asked).json
    allowed = {
        (one["act"], one["class"], one["own"]) for one in told["decisions"] if one["allowed"]
    }
    known = yes(explained(town, "school", case_id))
    assert allowed == {(one.wanted.act, one.wanted.class_, one.own) for one in known}
    assert program.ask("school", "POST", f"{V1}/access-explanations", json=asked).status_code == 404
    reach = program.ask("dpo", "POST", f"{V1}/access-reaches", json={"member": member}).json
    assert [one["group_id"] for one in reach["groups"]] == [str(town.group_id)]
    tried = program.ask("coordination", "POST", f"{V1}/access-simulations", json={"ties": ["lead"]})
    assert "lead" in tried.json["facts"]
