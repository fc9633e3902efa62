"""Who configures, and who has a say in a text: functions, never persons."""

from datetime import date

from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Role


def require_operator(principal: Principal, wanted: str) -> None:
    """Raise AccessDenied unless a named operator asks; `wanted` is an act."""
    if principal.kind is not PrincipalKind.OPERATOR:
        raise AccessDenied(wanted, "other-function")


def may_draft(principal: Principal, day: date) -> bool:
    """Say whether somebody may bring in a text at all: a draft binds nobody."""
    by_hand = principal.kind is PrincipalKind.OPERATOR
    return by_hand or principal.holds(Role.COORDINATOR, day)


def may_follow(principal: Principal, day: date) -> bool:
    """Say whether somebody may see the texts and where each stands: every member of a group."""
    member = principal.kind is PrincipalKind.MEMBER
    return member and any(one.valid_on(day) for one in principal.mandates)
