"""The life of a second version: brought in, compared, approved by two, signed, in force."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked, Slice
from casework.charters.engagement import Signature
from casework.charters.faults import CharterFaults
from casework.charters.lifecycle import VersionState, VersionStep
from casework.errors import (
    AccessDenied,
    CaseworkError,
    InputRefused,
    InvalidInput,
    StepUpRequired,
)
from casework.identity import Reason, service
from tests.integration.charters.revising import (
    ROOT,
    approved,
    draft,
    fresh,
    in_force,
    second,
    sign,
    titled,
    today,
    versions,
)
from tests.town import CONTROL, COUNCIL, Town

JOB = service(COUNCIL, "tick:charters")


def state(town: Town, charter_id: UUID) -> VersionState:
    return versions(town).read(town.who("coordination"), charter_id).version.state


def refused(asked: Callable[[], object], kind: type[CaseworkError] = InvalidInput) -> str:
    with pytest.raises(kind) as caught:
        asked()
    fields = getattr(caught.value, "fields", {})
    return " ".join(one for said in fields.values() for one in said)


def test_a_text_goes_from_draft_to_force_and_the_former_one_ends(town: Town) -> None:
    former, charter_id = in_force(town), draft(town)
    assert state(town, charter_id) is VersionState.DRAFT
    versions(town).compare(town.who("dpo"), charter_id)
    assert state(town, charter_id) is VersionState.COMPARED
    versions(town).approve(fresh(town, "dpo"), charter_id)
    assert state(town, charter_id) is VersionState.COMPARED
    versions(town).approve(fresh(town, "coordination"), charter_id)
    assert state(town, charter_id) is VersionState.APPROVED
    assert in_force(town) == former
    sign(town, charter_id)
    versions(town).schedule(fresh(town, "coordination"), charter_id, today(town))
    assert in_force(town) == charter_id
    assert state(town, charter_id) is VersionState.IN_FORCE
    assert state(town, former) is VersionState.SUPERSEDED


def test_the_operator_alone_never_changes_the_rules_of_a_group(town: Town) -> None:
    former = in_force(town)
    charter_id = town.runtime.charter_service.adopt(ROOT, Reason.OPERATION, second())
    assert state(town, charter_id) is VersionState.DRAFT
    for task in (
        lambda: versions(town).compare(ROOT, charter_id),
        lambda: versions(town).approve(ROOT, charter_id),
        lambda: versions(town).schedule(ROOT, charter_id, today(town)),
    ):
        refused(task, AccessDenied)
    assert town.runtime.charter_entering.run(JOB) == 0
    assert in_force(town) == former


def test_one_person_alone_adopts_nothing(town: Town) -> None:
    charter_id, coordinator = draft(town), fresh(town, "coordination")
    said = refused(lambda: versions(town).schedule(coordinator, charter_id, today(town)))
    assert "jamais adoptée par une seule personne" in said
    assert "Lisez d’abord" in refused(lambda: versions(town).approve(coordinator, charter_id))
    versions(town).compare(coordinator, charter_id)
    versions(town).approve(coordinator, charter_id)
    said = refused(lambda: versions(town).approve(coordinator, charter_id), InputRefused)
    assert "jamais adoptée par une seule personne" in said
    assert state(town, charter_id) is VersionState.COMPARED


def test_an_approval_asks_for_a_fresh_second_factor(town: Town) -> None:
    charter_id = draft(town)
    versions(town).compare(town.who("dpo"), charter_id)
    refused(lambda: versions(town).approve(town.who("dpo"), charter_id), StepUpRequired)


@pytest.mark.parametrize("body", ["school", "police", "archives"])
def test_others_read_a_draft_and_decide_nothing_about_it(town: Town, body: str) -> None:
    charter_id, who = draft(town), fresh(town, body)
    sheet = versions(town).read(who, charter_id)
    assert not any(sheet.may(step) for step in VersionStep)
    for task in (
        lambda: versions(town).compare(who, charter_id),
        lambda: versions(town).approve(who, charter_id),
        lambda: versions(town).schedule(who, charter_id, today(town)),
        lambda: versions(town).withdraw(who, charter_id),
    ):
        refused(task, AccessDenied)
    assert state(town, charter_id) is VersionState.DRAFT


def test_nothing_is_signed_before_two_approved(town: Town) -> None:
    charter_id = draft(town)
    assert "Rien ne se signe avant" in refused(lambda: sign(town, charter_id, "school"))


def test_a_signature_that_the_text_does_not_ask_for_is_refused(town: Town) -> None:
    charter_id = approved(town)
    for body in CONTROL:
        assert "ne prévoit pas" in refused(partial(sign, town, charter_id, body))
    nobody = Signature(
        charter_id=charter_id,
        organisation_id=UUID(int=7),
        signed_on=today(town),
        until_on=today(town),
    )
    asked = partial(town.runtime.charter_service.sign, ROOT, Reason.OPERATION, nobody)
    assert "n’existe pas" in refused(asked)
    town.runtime.leaving.leave(ROOT, town.bodies["landlord"])
    assert "a quitté le conseil" in refused(lambda: sign(town, charter_id, "landlord"))


def test_a_text_comes_into_force_only_once_enough_have_signed(town: Town) -> None:
    charter_id, coordinator = approved(town), fresh(town, "coordination")
    asked = partial(versions(town).schedule, coordinator, charter_id, today(town))
    assert "Il manque 3 signature(s)" in refused(asked)
    sign(town, charter_id, "school", "police", "landlord")
    assert "coordonne le groupe n’a pas encore signé" in refused(asked)
    sign(town, charter_id, "coordination")
    assert asked() is VersionState.IN_FORCE


def test_rules_do_not_change_while_a_meeting_is_open(town: Town) -> None:
    charter_id, coordinator = approved(town), fresh(town, "coordination")
    sign(town, charter_id)
    meeting = town.runtime.meetings.prepare(coordinator, town.group_id, today(town), [])
    town.runtime.meetings.open(coordinator, meeting, 1)
    asked = partial(versions(town).schedule, coordinator, charter_id, today(town))
    assert "en cours de séance" in refused(asked)
    tomorrow = today(town) + timedelta(days=1)
    versions(town).schedule(coordinator, charter_id, tomorrow)
    town.clock.advance(days=1)
    assert town.runtime.charter_entering.run(JOB) == 0
    town.runtime.meetings.close(town.who("coordination"), meeting, 2)
    assert town.runtime.charter_entering.run(JOB) == 1
    assert in_force(town) == charter_id


def test_the_day_chosen_is_the_day_it_comes_into_force(town: Town) -> None:
    former, charter_id = in_force(town), approved(town)
    sign(town, charter_id)
    day = today(town) + timedelta(days=10)
    versions(town).schedule(fresh(town, "coordination"), charter_id, day)
    town.clock.advance(days=9)
    assert town.runtime.charter_entering.run(JOB) == 0
    assert in_force(town) == former
    town.clock.advance(days=1)
    assert town.runtime.charter_entering.run(JOB) == 1
    assert in_force(town) == charter_id


def test_who_has_not_signed_loses_access_that_day_and_is_told_before(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    charter_id = approved(town)
    sign(town, charter_id, "coordination", "street_work", "police")
    said = versions(town).compare(town.who("coordination"), charter_id)
    (group,) = said.groups
    lost = {said.bodies[one.body_id]: one.cases for one in group.unbound}
    assert lost["Organisme inventé school"] == 1
    assert "Organisme inventé police" not in lost
    town.runtime.cases.read(town.who("school"), Reason.DUTY, case_id)
    versions(town).schedule(fresh(town, "coordination"), charter_id, today(town))
    for body in ("school", "street_work"):
        with pytest.raises(AccessDenied):
            town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
    town.runtime.charter_service.undertake(town.who("street_work"), Reason.SIGN_IN, charter_id)
    town.runtime.cases.read(town.who("street_work"), Reason.DUTY, case_id)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (second(number=1), "mot pour mot"),
        (second(("[persons]", "# autre\n[persons]"), number=1), "numéro plus élevé"),
    ],
)
def test_a_text_that_cannot_follow_is_refused(town: Town, text: str, words: str) -> None:
    former = in_force(town)
    asked = partial(town.runtime.charter_service.adopt, ROOT, Reason.OPERATION, text, former)
    assert words in refused(asked)


def test_a_text_of_another_title_founds_another_charter_by_the_operator_alone(town: Town) -> None:
    other = second(titled("Charte de la veille des bailleurs"), number=1)
    charter_id = town.runtime.charter_service.adopt(ROOT, Reason.OPERATION, other)
    assert state(town, charter_id) is VersionState.IN_FORCE
    again = second(titled("Charte de la veille des médiateurs"), number=1)
    asked = partial(
        town.runtime.charter_service.adopt, town.who("coordination"), Reason.DUTY, again
    )
    assert "gardez le titre" in refused(asked)


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read(town: Town) -> None:
    asked = partial(town.runtime.charter_service.adopt, ROOT, Reason.OPERATION, "#" * 10_000_000)
    with pytest.raises(CharterFaults) as caught:
        asked()
    assert "dépasse" in caught.value.listed[0].sentence


def test_of_two_drafts_of_one_text_the_second_can_only_be_withdrawn(town: Town) -> None:
    late = draft(town, ("quorum = 3", "quorum = 4"), number=3)
    charter_id = approved(town)
    sign(town, charter_id)
    versions(town).schedule(fresh(town, "coordination"), charter_id, today(town))
    coordinator = town.who("coordination")
    town.runtime.charter_service.undertake(coordinator, Reason.SIGN_IN, charter_id)
    asked = partial(versions(town).compare, town.who("coordination"), late)
    assert "n’est plus en vigueur" in refused(asked)
    versions(town).withdraw(town.who("coordination"), late)
    assert state(town, late) is VersionState.WITHDRAWN


def test_a_comparison_counts_the_cases_of_today(town: Town) -> None:
    for _ in range(3):
        case_id = town.refer()
        town.follow(case_id)
        town.name(case_id, "school")
    rule = 'says = "Le membre nommé lit l’identité et la fiche partagée."\nrecipients = ["named"]\n'
    no_identity = (
        f'{rule}acts = ["read"]\nclasses = ["identity", "sheet", "attachments"]',
        f'{rule}acts = ["read"]\nclasses = ["sheet", "attachments"]',
    )
    charter_id = draft(town, no_identity)
    said = versions(town).compare(town.who("dpo"), charter_id)
    (group,) = said.groups
    (effect,) = [one for one in group.effects if one.body_id == town.bodies["school"]]
    assert (effect.cases, effect.running, effect.people) == (3, 3, 1)
    assert effect in said.grave


def test_every_text_ever_brought_in_is_listed_newest_first(town: Town) -> None:
    town.clock.advance(days=1)
    draft(town)
    town.clock.advance(days=1)
    draft(town, ("quorum = 3", "quorum = 4"), number=3)
    found = versions(town).every(town.who("school"))
    assert [one.version.version for one in found] == ["3", "2", "1"]
    assert [one.groups for one in found] == [(), (), ("Groupe inventé",)]
    refused(lambda: versions(town).every(ROOT), AccessDenied)


def test_each_line_cites_the_version_that_decided_for_ever(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    coordinator, cases = town.who("coordination"), town.runtime.cases
    cases.read(coordinator, Reason.DUTY, case_id)
    charter_id = approved(town)
    sign(town, charter_id)
    versions(town).schedule(fresh(town, "coordination"), charter_id, today(town))
    town.runtime.charter_service.undertake(coordinator, Reason.SIGN_IN, charter_id)
    cases.read(town.who("coordination"), Reason.DUTY, case_id)
    refused(partial(cases.read, town.who("school"), Reason.DUTY, case_id), AccessDenied)
    found = [one.version for one in versions(town).every(coordinator)]
    first, second_one = (
        one.digest.hex()[:16] for one in sorted(found, key=lambda one: int(one.version))
    )
    town.runtime.charter_service.undertake(town.who("dpo"), Reason.SIGN_IN, charter_id)
    dpo = town.who("dpo")
    chosen = Asked(acts=frozenset({Act.CASE_READ, Act.ACCESS_REFUSED}))
    page = town.runtime.register.read(dpo, chosen, Slice(count=3))
    told = [(one.act, one.detail["charter_text"]) for one in page.lines]
    assert told == [
        (Act.ACCESS_REFUSED, second_one),
        (Act.CASE_READ, second_one),
        (Act.CASE_READ, first),
    ]
