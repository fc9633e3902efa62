"""A code printed once: with it a forgotten password loses nothing, and it serves once."""

import pytest

from casework.errors import InvalidInput, Locked, SignInRefused, StepUpRequired, TooManyAttempts
from casework.keys.recovery import spelling
from tests.keepers import BODY, Keepers
from tests.staff import PASSWORD


def test_with_the_code_the_member_keeps_their_own_keys(keepers: Keepers) -> None:
    keepers.to_members()
    before = _seed(keepers)
    code = keepers.recovery.codes.prepare(keepers.who(BODY))
    keepers.forget_password(recovery=code.lower())
    assert _seed(keepers) == before
    assert keepers.opens()
    acts = keepers.staff.acts()
    assert acts.count("recovery:prepared") == acts.count("recovery:used") == 1


def test_without_it_a_new_seed_is_drawn_and_the_code_is_worth_nothing(keepers: Keepers) -> None:
    keepers.to_members()
    before = _seed(keepers)
    code = keepers.recovery.codes.prepare(keepers.who(BODY))
    keepers.forget_password()
    assert _seed(keepers) != before
    with pytest.raises(Locked):
        keepers.opens()
    with pytest.raises(InvalidInput):
        keepers.forget_password(recovery=code)


def test_a_code_serves_once(keepers: Keepers) -> None:
    code = keepers.recovery.codes.prepare(keepers.who(BODY))
    keepers.forget_password(recovery=code)
    assert not keepers.recovery.codes.prepared(keepers.who(BODY))
    with pytest.raises(InvalidInput):
        keepers.forget_password(recovery=code)


def test_a_new_code_replaces_the_former(keepers: Keepers) -> None:
    former = keepers.recovery.codes.prepare(keepers.who(BODY))
    keepers.recovery.codes.prepare(keepers.who(BODY))
    with pytest.raises(InvalidInput):
        keepers.forget_password(recovery=former)


def test_a_code_is_printed_after_a_fresh_second_factor_only(keepers: Keepers) -> None:
    who = keepers.who(BODY)
    keepers.staff.wait(minutes=11)
    with pytest.raises(StepUpRequired):
        keepers.recovery.codes.prepare(who)


def test_the_recovery_code_of_another_member_is_refused(keepers: Keepers) -> None:
    keepers.recovery.codes.prepare(keepers.who(BODY))
    other = keepers.recovery.codes.prepare(keepers.who("school"))
    with pytest.raises(InvalidInput):
        keepers.forget_password(recovery=other)
    assert keepers.outcomes("recovery:refused") == ["refused"]


def test_a_wrong_recovery_code_has_to_wait_like_a_wrong_password(keepers: Keepers) -> None:
    code = keepers.recovery.codes.prepare(keepers.who(BODY))
    enrolment = keepers.staff.accounts.enrolment
    made = enrolment.reset(keepers.root, keepers.town.members[BODY])
    wrong = spelling.spelled(bytes(20))
    for _ in range(5):
        with pytest.raises(InvalidInput):
            keepers.staff.activate(BODY, made.code, recovery=wrong)
    with pytest.raises(TooManyAttempts):
        keepers.staff.activate(BODY, made.code, recovery=code)
    assert keepers.outcomes("recovery:refused") == ["refused"] * 5
    keepers.staff.wait(minutes=2)
    keepers.staff.activate(BODY, made.code, recovery=code)
    assert keepers.staff.acts().count("recovery:used") == 1


def test_a_misspelt_code_says_so_and_does_not_count(keepers: Keepers) -> None:
    code = keepers.recovery.codes.prepare(keepers.who(BODY))
    made = keepers.staff.accounts.enrolment.reset(keepers.root, keepers.town.members[BODY])
    misspelt = ("B" if code[0] == "A" else "A") + code[1:]
    for _ in range(7):
        with pytest.raises(InvalidInput) as fault:
            keepers.staff.activate(BODY, made.code, recovery=misspelt)
        assert list(fault.value.fields) == ["recovery"]
    keepers.staff.activate(BODY, made.code, recovery=code)


def test_the_recovery_code_alone_opens_no_account(keepers: Keepers) -> None:
    code = keepers.recovery.codes.prepare(keepers.who(BODY))
    keepers.staff.accounts.enrolment.reset(keepers.root, keepers.town.members[BODY])
    with pytest.raises(SignInRefused):
        keepers.staff.activate(BODY, "AAAA-AAAA", PASSWORD, recovery=code)


def test_a_seal_moved_to_another_member_opens_nothing(keepers: Keepers) -> None:
    code = keepers.recovery.codes.prepare(keepers.who("school"))
    keepers.who(BODY)
    keepers.change(
        "UPDATE member_seals SET member_id ="
        " (SELECT id FROM members WHERE family_name = :name) WHERE method = 3",
        name=f"Membre-{BODY}",
    )
    with pytest.raises(InvalidInput):
        keepers.forget_password(recovery=code)


def _seed(keepers: Keepers) -> bytes:
    own = keepers.who(BODY).own_keys
    assert own is not None
    return own.seed()
