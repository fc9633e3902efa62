"""Rules of passwords, identifiers, reasons and tokens."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from casework.accounts.policy import (
    plain_login,
    reasons_for,
    require_reason,
    require_sound_login,
    require_sound_password,
    require_sound_scopes,
    require_words,
)
from casework.errors import InvalidInput, StepUpRequired
from casework.identity import (
    Mandate,
    Principal,
    PrincipalKind,
    Reason,
    Role,
    Stated,
    require_fresh,
)
from casework.web.permissions import Permission

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def person(role: Role = Role.MEMBER, verified_at: datetime | None = None) -> Principal:
    mandate = Mandate(role, None, DAY, DAY, signed=True)
    return Principal(
        PrincipalKind.MEMBER, UUID(int=1), mandates=(mandate,), verified_at=verified_at
    )


@pytest.mark.parametrize(
    "password", ["une phrase assez longue", "Ünë phräse à moi", "🦔🦊🐻🐨🐼🦁🐯🦝🐮🐷🐸🐵"]
)
def test_a_long_phrase_is_a_good_password(password: str) -> None:
    require_sound_password(password, "anne.brun")


@pytest.mark.parametrize(
    "password",
    [
        "court",
        "aaaaaaaaaaaaaaaa",
        "ababababababab",
        "moi-anne.brun-2026",
        "MotDePasse2026!",
        "azertyuiopqsd",
        "x" * 150 + "abcdef" * 20,
    ],
)
def test_what_is_short_plain_or_known_is_refused(password: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        require_sound_password(password, "anne.brun@ville.example")
    assert list(refused.value.fields) == ["new_password"]
    assert password not in str(refused.value)


def test_the_letters_of_a_password_count_as_people_see_them() -> None:
    with pytest.raises(InvalidInput):
        require_sound_password("e\u0301" * 3 + "a\u0300" * 3 + "bcdef", "anne")


@pytest.mark.parametrize("login", ["anne", "anne.brun", "a-b_c", "anne@ville.example"])
def test_an_identifier_is_plain(login: str) -> None:
    require_sound_login(login)


@pytest.mark.parametrize("login", ["", "an", "Anne", "anné", ".anne", "anne brun", "a" * 61])
def test_an_identifier_that_could_be_mistaken_is_refused(login: str) -> None:
    with pytest.raises(InvalidInput):
        require_sound_login(login)


def test_capitals_and_blanks_around_an_identifier_do_not_matter() -> None:
    assert plain_login("  Anne.Brun ") == "anne.brun"


def test_a_controller_reads_for_control_and_a_member_for_their_duty() -> None:
    assert reasons_for(person(Role.DPO), DAY) == (Reason.CONTROL,)
    assert reasons_for(person(), DAY)[0] is Reason.DUTY
    assert Reason.CONTROL not in reasons_for(person(Role.COORDINATOR), DAY)


@pytest.mark.parametrize("reason", [Reason.CONTROL, Reason.OPERATION, Reason.SIGN_IN])
def test_a_member_gives_only_reasons_of_members(reason: Reason) -> None:
    with pytest.raises(InvalidInput):
        require_reason(person(), Stated(reason, "un mot"), DAY)


def test_only_another_reason_needs_words_and_only_members_have_one() -> None:
    require_reason(person(), Stated(Reason.DUTY), DAY)
    require_reason(person(), Stated(Reason.OTHER, "remplacement de SN-2026-017"), DAY)
    for who, words in ((person(), ""), (person(Role.DPO), "un mot de trop")):
        with pytest.raises(InvalidInput):
            require_reason(who, Stated(Reason.OTHER, words), DAY)


@pytest.mark.parametrize(
    "words",
    [
        *("", "ab", "a" * 121, "2 85 05 78 006 084 36", "285057800608436", "n° 2.85.05.78.006.084"),
        *("après un rendez-vous médical", "pour sa religion", "il a été condamné"),
    ],
)
def test_a_typed_reason_is_short_and_names_no_subject_that_is_never_written(words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        require_words(words)
    assert list(refused.value.fields) == ["words"]
    assert words not in "".join(refused.value.fields["words"]) or not words


def test_a_proof_is_fresh_for_ten_minutes() -> None:
    require_fresh(person(verified_at=NOW), NOW + timedelta(minutes=10))
    for verified in (None, NOW - timedelta(minutes=10, seconds=1)):
        with pytest.raises(StepUpRequired):
            require_fresh(person(verified_at=verified), NOW)


@pytest.mark.parametrize(
    "scopes",
    [
        frozenset(),
        {Permission.CASE_READ, Permission.UNDERTAKING_SIGN},
        {Permission.ACCOUNT_STEP_UP},
    ],
)
def test_a_token_without_scope_or_with_one_of_the_person_alone_is_refused(
    scopes: set[Permission],
) -> None:
    with pytest.raises(InvalidInput):
        require_sound_scopes(frozenset(scopes))
