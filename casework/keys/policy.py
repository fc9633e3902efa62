"""When an organisation may keep its own key: never with one way in alone."""

from typing import Final

from casework.errors import InputRefused
from casework.sentences import N_

_ENOUGH: Final = 2

_TOO_FEW: Final = N_(
    "Il faut deux membres qui détiennent la clé, ou un seul avec son code de récupération imprimé "
    "et la clé de secours du conseil : sinon un mot de passe oublié perdrait tout."
)
_LAST: Final = N_(
    "C’est la dernière personne qui détient la clé de l’organisme : qu’elle la remette d’abord à "
    "un collègue, ou la confie à la clé de secours du conseil."
)


def require_ways_in(holders: int, *, recovery: bool, escrow: bool) -> None:
    """Raise InputRefused unless a forgotten password leaves another way to the secret.

    `recovery` says that the only holder has a printed code, `escrow` that an escrow is enrolled.
    """
    if holders < _ENOUGH and not (holders == 1 and recovery and escrow):
        raise InputRefused({"custody": [_TOO_FEW]}, "custody:changed", "too-few-holders")


def require_another_holder(remaining: int, *, escrow: bool) -> None:
    """Raise InputRefused when nobody but an absent holder could open the secret."""
    if remaining < 1 and not escrow:
        raise InputRefused({"holder": [_LAST]}, "holder:removed", "last-holder")
