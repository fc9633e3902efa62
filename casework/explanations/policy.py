"""Who may ask about the accesses of somebody else: pure rules."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from casework.audit.actions import Act
from casework.charters.vocabulary import CASE_ACTS, CharterAct
from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Role
from casework.partners.values import Group

COUNTED: Final[frozenset[CharterAct]] = CASE_ACTS
"""Acts on a case: counted case by case; the others are answered once for a group."""


def is_operator(who: Principal) -> bool:
    """Say whether the machine is what somebody runs: they are told less of a case."""
    return who.kind is PrincipalKind.OPERATOR


def require_explainer(who: Principal, day: date, wanted: Act) -> None:
    """Raise `AccessDenied` unless the officer, or the operator for a member who calls, asks."""
    if not is_operator(who) and not who.holds(Role.DPO, day):
        raise AccessDenied(wanted, "other-function")


def trains_in(who: Principal, groups: Iterable[Group], day: date) -> tuple[Group, ...]:
    """Return the groups whose charter somebody may try on invented people.

    The coordination trains its own members; the officer checks every charter.
    """
    if who.kind is not PrincipalKind.MEMBER:
        return ()
    if who.holds(Role.DPO, day):
        return tuple(groups)
    own = {
        one.group_id for one in who.mandates if one.role is Role.COORDINATOR and one.valid_on(day)
    }
    return tuple(one for one in groups if one.id in own)
