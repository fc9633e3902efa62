"""Who configures: the named operator, who by doing so opens no case and is always recorded."""

from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind


def require_operator(principal: Principal, wanted: str) -> None:
    """Raise AccessDenied unless a named operator asks; `wanted` is an act."""
    if principal.kind is not PrincipalKind.OPERATOR:
        raise AccessDenied(wanted, "other-function")
