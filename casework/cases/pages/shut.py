"""Pages of a case that opens with two people lead to its door, for whoever could open it so."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from casework.charters.refusals import Refusal
from casework.errors import AccessDenied

P = ParamSpec("P")


def behind_door(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Send to the door whom nothing but the second person keeps out; others are refused as ever."""

    @wraps(view)
    def show(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except AccessDenied as refused:
            if refused.reason != Refusal.PROTECTED:
                raise
            case_id = (request.view_args or {})["case_id"]
            return redirect(url_for("cases.see_door", case_id=case_id), 303)

    return show
