"""Rules of accounts: passwords, identifiers, reasons one may give, what a token may do."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from casework.charters.limits import barred_subject
from casework.errors import InvalidInput
from casework.identity import Principal, Reason, Role, Stated
from casework.sentences import N_
from casework.web.permissions import Permission

LONGEST_TOKEN: Final = timedelta(days=90)
_SHORTEST: Final = 12
_LONGEST: Final = 200
_FEWEST_SIGNS: Final = 5
_LOGIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9.@_-]{1,58})[a-z0-9]")
_FAMILIAR: Final = ("motdepasse", "password", "azerty", "qwerty", "123456", "casework")
_CONTROLLERS: Final = frozenset({Role.DPO, Role.ARCHIVES})
_OF_MEMBERS: Final = (
    *(Reason.DUTY, Reason.MEETING, Reason.REFERRAL, Reason.OWN_ACTION),
    Reason.OTHER,
)
LONGEST_WORDS: Final = 120
"""A typed reason, in characters: a few words, for one reader."""
_FEWEST_LETTERS: Final = 3
_LONG_NUMBER: Final = re.compile(r"(?:\d[\s.-]?){13,}")
# What proves who somebody is, or binds them, is never done by a program in their name.
_NEVER_BY_TOKEN: Final = frozenset(
    {
        Permission.ACCOUNT_LOCK,
        Permission.ACCOUNT_SIGN_OUT,
        Permission.ACCOUNT_STEP_UP,
        Permission.CHARTER_APPROVE,
        Permission.CHARTER_COMPARE,
        Permission.CHARTER_DRAFT,
        Permission.CHARTER_SCHEDULE,
        Permission.CHARTER_SIGN,
        Permission.CHARTER_WITHDRAW,
        Permission.CUSTODY_READ,
        Permission.CUSTODY_SWITCH,
        Permission.ESCROW_ANSWER,
        Permission.ESCROW_ASK,
        Permission.ESCROW_DRAW,
        Permission.ESCROW_ENROL,
        Permission.ESCROW_READ,
        Permission.HOLDER_ADMIT,
        Permission.HOLDER_REMOVE,
        Permission.KEY_ROTATE,
        Permission.REASON_CHANGE,
        Permission.RECOVERY_PREPARE,
        Permission.RECOVERY_READ,
        Permission.REVIEW_ANSWER,
        Permission.REVIEW_CONFIRM,
        Permission.UNDERTAKING_SIGN,
    }
)


def plain_login(typed: str) -> str:
    """Return an identifier as it is stored: lower case, without surrounding blanks."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def require_sound_login(login: str) -> None:
    """Raise InvalidInput unless `login` is 3 to 60 letters, figures and `.@_-`."""
    if not _LOGIN.fullmatch(login):
        raise InvalidInput(
            {"login": [N_("De 3 à 60 lettres sans accent, chiffres, « . », « @ ».")]}
        )


def require_sound_password(password: str, login: str) -> None:
    """Raise InvalidInput for a password too short, too plain, or made of what is known."""
    said = list(_faults(unicodedata.normalize("NFKC", password), login))
    if said:
        raise InvalidInput({"new_password": said})


def _faults(password: str, login: str) -> Iterable[str]:
    folded = password.casefold()
    if len(password) < _SHORTEST:
        yield N_("Douze caractères au moins : une phrase que vous retenez convient très bien.")
    if len(password) > _LONGEST:
        yield N_("Deux cents caractères au plus.")
    if len(set(folded)) < _FEWEST_SIGNS:
        yield N_("Variez davantage les caractères.")
    if login.partition("@")[0] in folded:
        yield N_("N’y mettez pas votre identifiant.")
    if any(word in folded for word in _FAMILIAR):
        yield N_("Ce mot de passe contient une suite que tout le monde essaie.")


def reasons_for(principal: Principal, day: date) -> tuple[Reason, ...]:
    """Return the reasons a person may give for reading, the usual one first."""
    if any(principal.holds(role, day) for role in _CONTROLLERS):
        return (Reason.CONTROL,)
    return _OF_MEMBERS


def require_reason(principal: Principal, given: Stated, day: date) -> None:
    """Raise InvalidInput for a reason that is not this person's to give, or words that do not do.

    Only « other » has words: the others say it all with one tap.
    """
    if given.reason not in reasons_for(principal, day):
        raise InvalidInput({"reason": [N_("Choisissez dans la liste.")]})
    if given.reason is Reason.OTHER:
        require_words(given.words)


def require_words(words: str) -> None:
    """Raise InvalidInput unless a typed reason is short and in frame (law note 9.4, rule 6)."""
    said = list(_amiss(words))
    if said:
        raise InvalidInput({"words": said})


def _amiss(words: str) -> Iterable[str]:
    if not _FEWEST_LETTERS <= len(words) <= LONGEST_WORDS:
        yield N_(
            "Écrivez de %(least)d à %(most)d caractères.", least=_FEWEST_LETTERS, most=LONGEST_WORDS
        )
    if _LONG_NUMBER.search(words):
        yield N_("Retirez ce numéro : aucun numéro de sécurité sociale ne s’écrit ici.")
    if barred_subject(words):
        yield N_(
            "Rien ne s’écrit ici sur la santé, la religion, l’origine, les opinions ou la justice."
        )


def require_sound_scopes(scopes: frozenset[Permission]) -> None:
    """Raise InvalidInput for no scope at all, or one that no program may have."""
    if not scopes or scopes & _NEVER_BY_TOKEN:
        raise InvalidInput({"scopes": [N_("Choisissez des droits qu’un programme peut recevoir.")]})
