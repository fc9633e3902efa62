"""A key of last resort, from its cards to the day it gives a member their organisation back."""

from threading import Thread
from uuid import UUID

import pytest

from casework.errors import AccessDenied, InvalidInput, Locked, StepRefused, StepUpRequired
from casework.keys.service.ceremonies import State
from tests.keepers import BODY, CUSTODIANS, Keepers


def test_the_last_card_founds_the_escrow(keepers: Keepers) -> None:
    members = [keepers.town.members[one] for one in CUSTODIANS]
    keepers.escrow_id = keepers.recovery.escrows.create(keepers.root, 2, members)
    for body in CUSTODIANS[:2]:
        keepers.recovery.escrows.draw(keepers.who(body), keepers.escrow_id)
        assert keepers.escrow().public is None
    keepers.recovery.escrows.draw(keepers.who(CUSTODIANS[2]), keepers.escrow_id)
    assert keepers.escrow().active
    assert keepers.count("escrow_subsets") == 3


def test_a_forgotten_password_is_recovered_by_quorum(keepers: Keepers) -> None:
    _prepared(keepers)
    assert keepers.opens()
    ceremony_id = _forgotten(keepers)
    assert keepers.answer("dpo", ceremony_id) is State.WAITING
    with pytest.raises(Locked):
        keepers.opens()
    assert keepers.answer("school", ceremony_id) is State.DONE
    assert keepers.opens()
    assert keepers.count("ceremony_answers") == 0
    acts = keepers.staff.acts()
    assert acts.count("escrow:answered") == 2
    assert acts.count("escrow:opened") == acts.count("escrow:asked") == 1


def test_every_choice_of_enough_cards_opens(keepers: Keepers) -> None:
    _prepared(keepers)
    for first, second in (("coordination", "school"), ("dpo", "coordination"), ("school", "dpo")):
        ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
        keepers.answer(first, ceremony_id)
        assert keepers.answer(second, ceremony_id) is State.DONE


def test_two_custodians_who_answer_at_once_complete_it_once(keepers: Keepers) -> None:
    _prepared(keepers)
    ceremony_id = _forgotten(keepers)
    people = {body: keepers.who(body) for body in ("dpo", "school")}
    states: list[State] = []

    def answer(body: str) -> None:
        taken = keepers.recovery.ceremonies.answer(people[body], ceremony_id, keepers.cards[body])
        states.append(taken)

    threads = [Thread(target=answer, args=(body,)) for body in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(states) == [State.DONE, State.WAITING]
    assert keepers.staff.acts().count("escrow:opened") == 1
    assert keepers.opens()


def test_the_last_two_cards_drawn_at_once_found_one_escrow(keepers: Keepers) -> None:
    members = [keepers.town.members[one] for one in CUSTODIANS[:2]]
    escrow_id = keepers.escrow_id = keepers.recovery.escrows.create(keepers.root, 2, members)
    people = [keepers.who(body) for body in CUSTODIANS[:2]]
    draw = keepers.recovery.escrows.draw
    threads = [Thread(target=draw, args=(who, escrow_id)) for who in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert keepers.escrow().active
    assert keepers.count("escrow_subsets") == 1


def test_the_same_card_twice_is_one_card(keepers: Keepers) -> None:
    _prepared(keepers)
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    assert keepers.answer("dpo", ceremony_id) is State.WAITING
    assert keepers.answer("dpo", ceremony_id) is State.WAITING


def test_a_rehearsal_opens_the_decoy_and_leaves_its_leaf(keepers: Keepers) -> None:
    _prepared(keepers)
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.who("dpo"))
    keepers.answer("dpo", ceremony_id)
    assert keepers.answer("school", ceremony_id) is State.DONE
    acts = keepers.staff.acts()
    assert acts.count("escrow:rehearsed") == 1
    assert "escrow:opened" not in acts


def test_a_ceremony_that_is_over_says_so_and_leaves_a_leaf(keepers: Keepers) -> None:
    _prepared(keepers)
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    keepers.answer("dpo", ceremony_id)
    keepers.answer("school", ceremony_id)
    with pytest.raises(StepRefused, match="ceremony-over"):
        keepers.answer("coordination", ceremony_id)
    assert keepers.outcomes("escrow:answered")[-1] == "refused"


def test_only_a_custodian_or_the_operator_asks_and_only_custodians_see(keepers: Keepers) -> None:
    _prepared(keepers)
    with pytest.raises(AccessDenied):
        keepers.recovery.asking.rehearsal(keepers.who("landlord"))
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    with pytest.raises(AccessDenied):
        keepers.recovery.ceremonies.see(keepers.who("landlord"), ceremony_id)
    with pytest.raises(AccessDenied):
        keepers.recovery.escrows.draw(keepers.who("landlord"), keepers.escrow().id)


def test_nobody_waits_whose_organisation_opens(keepers: Keepers) -> None:
    _prepared(keepers)
    assert keepers.recovery.asking.waiting(keepers.who("dpo")) == []
    with pytest.raises(StepRefused, match="not-waiting"):
        keepers.ask()
    with pytest.raises(StepRefused, match="not-waiting"):
        keepers.ask(body="landlord")


def test_until_the_last_card_one_may_draw_again(keepers: Keepers) -> None:
    members = [keepers.town.members[one] for one in CUSTODIANS[:2]]
    keepers.escrow_id = keepers.recovery.escrows.create(keepers.root, 2, members)
    lost = keepers.recovery.escrows.draw(keepers.who("coordination"), keepers.escrow_id)
    for body in CUSTODIANS[:2]:
        keepers.cards[body] = keepers.recovery.escrows.draw(keepers.who(body), keepers.escrow_id)
    ceremony_id = keepers.recovery.asking.rehearsal(keepers.root)
    with pytest.raises(InvalidInput):
        keepers.answer("coordination", ceremony_id, lost)
    with pytest.raises(StepRefused, match="cards-drawn"):
        keepers.recovery.escrows.draw(keepers.who("coordination"), keepers.escrow_id)


def test_a_card_is_drawn_after_a_fresh_second_factor_only(keepers: Keepers) -> None:
    members = [keepers.town.members[one] for one in CUSTODIANS]
    escrow_id = keepers.recovery.escrows.create(keepers.root, 2, members)
    who = keepers.who("dpo")
    keepers.staff.wait(minutes=11)
    with pytest.raises(StepUpRequired):
        keepers.recovery.escrows.draw(who, escrow_id)


@pytest.mark.parametrize(
    ("threshold", "bodies"),
    [(1, CUSTODIANS), (4, CUSTODIANS), (2, ("dpo", "dpo")), (2, ("dpo",))],
)
def test_an_unsound_count_of_custodians_is_refused(
    keepers: Keepers, threshold: int, bodies: tuple[str, ...]
) -> None:
    members = [keepers.town.members[one] for one in bodies]
    with pytest.raises(InvalidInput):
        keepers.recovery.escrows.create(keepers.root, threshold, members)


def test_a_new_escrow_ends_the_former_once_everybody_has_moved(keepers: Keepers) -> None:
    _prepared(keepers)
    former = keepers.escrow()
    keepers.found(custodians=("coordination", "police", "mission"))
    keepers.recovery.escrows.enrol_all(keepers.root)
    assert [one.escrow.retired_at for one in keepers.recovery.escrows.status(keepers.root)] == [
        None,
        None,
    ]
    keepers.recovery.escrows.enrol_own(keepers.who(BODY))
    newest, oldest = keepers.recovery.escrows.status(keepers.root)
    assert newest.enrolled == newest.organisations
    assert oldest.escrow.id == former.id
    assert oldest.escrow.retired_at is not None
    assert oldest.enrolled == frozenset()


def test_a_member_entrusts_what_their_own_keys_open(keepers: Keepers) -> None:
    keepers.to_members()
    keepers.found()
    assert keepers.town.bodies[BODY] not in _enrolled(keepers)
    keepers.recovery.escrows.enrol_own(keepers.who(BODY))
    assert keepers.town.bodies[BODY] in _enrolled(keepers)


def test_what_is_asked_is_told_to_those_concerned(keepers: Keepers) -> None:
    _prepared(keepers)
    ceremony_id = _forgotten(keepers)
    notices = keepers.recovery.notices
    assert [one.told for one in notices.of(keepers.who("dpo"))] == ["asked"]
    for body in ("dpo", "school"):
        keepers.answer(body, ceremony_id)
    assert [one.told for one in notices.of(keepers.who(BODY))] == ["recovered"]
    assert notices.of(keepers.who("landlord")) == []
    rehearsal = keepers.recovery.asking.rehearsal(keepers.root)
    for body in ("dpo", "school"):
        keepers.answer(body, rehearsal)
    assert [one.told for one in notices.of(keepers.who("landlord"))] == ["rehearsed"]


def test_the_job_forgets_what_cards_gave_to_a_ceremony_that_is_over(keepers: Keepers) -> None:
    _prepared(keepers)
    keepers.answer("dpo", keepers.recovery.asking.rehearsal(keepers.root))
    assert keepers.count("ceremony_answers") == 1
    keepers.staff.wait(minutes=31)
    keepers.recovery.ceremonies.forget(keepers.root)
    assert keepers.count("ceremony_answers") == 0


def _prepared(keepers: Keepers) -> None:
    """Found an escrow, entrust every body's secret, and hand one to its member alone."""
    keepers.found()
    keepers.recovery.escrows.enrol_all(keepers.root)
    keepers.to_members()


def _forgotten(keepers: Keepers) -> UUID:
    keepers.forget_password()
    with pytest.raises(Locked):
        keepers.opens()
    return keepers.ask()


def _enrolled(keepers: Keepers) -> frozenset[UUID]:
    enrolling = keepers.recovery.enrolling
    with keepers.town.runtime.stores.main.reading(keepers.town.runtime.desk.scope) as session:
        return frozenset(enrolling.enrolled(session, keepers.escrow()))
