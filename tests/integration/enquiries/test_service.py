"""An enquiry from its question to its erasure, on both databases."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.lines import Asked, Line
from casework.audit.verify import Extent
from casework.db.engine import Scope
from casework.enquiries.gateway import due
from casework.enquiries.policy import Conclusion, EnquiryState
from casework.enquiries.values import NewEnquiry
from casework.errors import AccessDenied, Conflict, InvalidInput, StepRefused
from casework.identity import Reason, service
from casework.keys.gateway import leaving
from tests.gathering import rows, today
from tests.town import COUNCIL, Town

JOB = service(COUNCIL, "tick:retention")
ASKED = NewEnquiry((1, 0), "hours", "Pourquoi ce soir-là ?", "Mme Inventée")
NOBODY = UUID(int=7)
ACTS = frozenset(one for one in Act if one.value.startswith("enquiry:"))


def opened(town: Town, new: NewEnquiry = ASKED) -> UUID:
    return town.runtime.examining.enquiries.open(town.who("dpo"), new)


def concluded(town: Town, conclusion: Conclusion) -> UUID:
    enquiries, officer, own_id = town.runtime.examining.enquiries, town.who("dpo"), opened(town)
    enquiries.answer(officer, own_id, 1, "Une astreinte inventée.")
    enquiries.conclude(officer, own_id, 2, conclusion)
    return own_id


def sound(town: Town) -> bool:
    """Say whether the register, the rows it speaks of, and the two databases agree."""
    verified = town.runtime.register.verify(JOB, Extent(rows=True))
    return verified.clean and not town.runtime.key_checking.examine(COUNCIL).faults


def test_each_step_is_sealed_kept_and_told_in_the_register(town: Town) -> None:
    enquiries, officer = town.runtime.examining.enquiries, town.who("dpo")
    own_id = concluded(town, Conclusion.EXPLAINED)
    found = enquiries.read(officer, own_id)
    assert (found.state, found.lines, found.card) == (EnquiryState.CONCLUDED, "1,0", "hours")
    assert (found.question, found.addressee) == (ASKED.question, ASKED.addressee)
    assert (found.answer, found.conclusion) == ("Une astreinte inventée.", "explained")
    assert found.erase_on == today(town).replace(year=today(town).year + 1)
    told = [(one.act, one.detail) for one in _lines(town)]
    assert [act for act, _ in told] == [
        *(Act.ENQUIRY_READ, Act.ENQUIRY_CONCLUDED, Act.ENQUIRY_ANSWERED, Act.ENQUIRY_OPENED)
    ]
    assert told[1][1] == {"enquiry": str(own_id), "conclusion": "explained"}
    assert told[3][1] == {"enquiry": str(own_id), "lines": 2, "card": "hours"}
    assert sound(town)


def _lines(town: Town) -> tuple[Line, ...]:
    return town.runtime.register.read(town.who("dpo"), Asked(ACTS)).lines


def test_the_list_goes_from_the_newest_on_page_by_page(town: Town) -> None:
    ids = []
    for _ in range(3):
        ids.append(opened(town))
        town.clock.advance(seconds=1)
    enquiries, officer = town.runtime.examining.enquiries, town.who("dpo")
    first = enquiries.page(officer, count=2)
    assert [one.id for one in first.enquiries] == ids[:0:-1]
    second = enquiries.page(officer, first.following, count=2)
    assert ([one.id for one in second.enquiries], second.following) == (ids[:1], None)


@pytest.mark.parametrize("body", ["coordination", "street_work", "archives"])
def test_nobody_but_the_officer_opens_reads_lists_answers_or_concludes(
    town: Town, body: str
) -> None:
    enquiries, other, own_id = town.runtime.examining.enquiries, town.who(body), opened(town)
    for attempt in (
        lambda: enquiries.open(other, ASKED),
        lambda: enquiries.prepare(other),
        lambda: enquiries.read(other, own_id),
        lambda: enquiries.page(other),
        lambda: enquiries.answer(other, own_id, 1, "Non."),
        lambda: enquiries.conclude(other, own_id, 1, Conclusion.UNFOUNDED),
        lambda: town.runtime.examining.cards.look(other),
    ):
        with pytest.raises(AccessDenied):
            attempt()
    assert enquiries.read(town.who("dpo"), own_id).state is EnquiryState.OPEN


def test_an_officer_of_another_body_finds_none_and_its_keys_open_none(town: Town) -> None:
    enquiries, own_id = town.runtime.examining.enquiries, opened(town)
    successor = replace(town.who("dpo"), organisation_id=town.bodies["school"])
    assert enquiries.page(successor).enquiries == ()
    with pytest.raises(AccessDenied):
        enquiries.read(successor, own_id)


def test_a_line_that_is_not_in_the_register_cannot_be_asked_about(town: Town) -> None:
    with pytest.raises(InvalidInput):
        opened(town, replace(ASKED, lines=(0, 10**9)))
    assert rows(town, "enquiries") == 0


def test_no_step_is_taken_twice_too_early_or_from_an_old_page(town: Town) -> None:
    enquiries, officer, own_id = town.runtime.examining.enquiries, town.who("dpo"), opened(town)
    with pytest.raises(StepRefused):
        enquiries.conclude(officer, own_id, 1, Conclusion.FOUNDED)
    enquiries.answer(officer, own_id, 1, "Une astreinte inventée.")
    with pytest.raises(Conflict):
        enquiries.answer(officer, own_id, 1, "Autre chose.")
    with pytest.raises(StepRefused):
        enquiries.answer(officer, own_id, 2, "Autre chose.")
    assert enquiries.read(officer, own_id).answer == "Une astreinte inventée."


def test_on_their_day_enquiries_end_with_their_keys_and_the_register_still_verifies(
    town: Town,
) -> None:
    concluded(town, Conclusion.UNFOUNDED)
    kept = concluded(town, Conclusion.FOUNDED)
    sweep, parts = town.runtime.examining.sweep, rows(town, "compartments")
    with pytest.raises(AccessDenied):
        sweep.run(town.who("dpo"))
    assert sweep.run(JOB) == 0
    town.clock.advance(days=366)
    assert sweep.run(JOB) == 1
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        later = today(town) + timedelta(days=3 * 366)
        assert due(session, COUNCIL, later, 9) == [kept]
    assert rows(town, "compartments") == parts - 1
    assert sound(town)
    before = _size(town)
    assert sweep.run(JOB) == 0
    assert _size(town) == before


def _size(town: Town) -> int:
    return rows(town, "audit_leaves")


def test_an_erasure_that_was_cut_short_is_finished_by_the_next_pass(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(town)
    town.clock.advance(days=3 * 366)
    sweep = town.runtime.examining.sweep
    with monkeypatch.context() as cut:
        cut.setattr(type(sweep), "_finish", lambda *_: 0)
        sweep.run(JOB)
    assert rows(town, "enquiries") == 1
    assert sweep.run(JOB) == 1
    assert rows(town, "enquiries") == 0
    assert sound(town)


def test_a_sweep_of_cases_in_between_certifies_no_enquiry(town: Town) -> None:
    opened(town)
    erasure = town.runtime.erasure
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        ids = due(session, COUNCIL, today(town) + timedelta(days=4 * 366), 9)
    _begin(town, ids)
    assert list(erasure.unfinished(COUNCIL)) == ids
    town.runtime.retention.sweep(JOB)
    assert rows(town, "certificates") == 0
    assert town.runtime.examining.sweep.run(JOB) == 1
    assert sound(town)


def _begin(town: Town, ids: list[UUID]) -> None:
    """Do the first step of an erasure, and no other."""
    with town.runtime.ledger.begin(JOB, Reason.OPERATION) as work:
        town.runtime.erasure.begin(work, ids)
        work.record(Entry(Act.JOB_RAN))


def test_a_new_key_of_the_body_seals_enquiries_anew_and_they_still_open(town: Town) -> None:
    own_id = concluded(town, Conclusion.FOUNDED)
    place = (COUNCIL, town.bodies["dpo"])
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        assert leaving.mark_everything_due(session, place, town.clock.now()) == 1
    town.runtime.rekeying.run(JOB)
    assert rows(town, "former_epochs") == 0
    town.runtime.rekeying.run(JOB)
    found = town.runtime.examining.enquiries.read(town.who("dpo"), own_id)
    assert (found.question, found.answer) == (ASKED.question, "Une astreinte inventée.")
    assert sound(town)
