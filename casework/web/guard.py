"""No route without a mark, no stranger behind a mark, nobody inside without an undertaking."""

from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar, cast

from flask import Flask, current_app, g, request

from casework.errors import Misconfigured, NotSignedIn, ReviewRequired, UndertakingRequired
from casework.identity import Principal, PrincipalKind
from casework.web.dates import today
from casework.web.permissions import BEFORE_REVIEW, BEFORE_UNDERTAKING, Permission, Public

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

_AUTOMATIC_METHODS = frozenset({"HEAD", "OPTIONS"})


def needs(wanted: Permission | Public) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view with what it exercises. It wraps nothing, so decorator order is free."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        vars(view)["needs"] = wanted
        return view

    return mark


def mark_of(view: object, method: str) -> Permission | Public | None:
    """Return the mark of a view for a method; class-based views are marked method by method."""
    own = getattr(view, "needs", None)
    if own is None:
        handler = "get" if method == "HEAD" else method.lower()
        own = getattr(getattr(getattr(view, "view_class", None), handler, None), "needs", None)
    return own if isinstance(own, Permission | Public) else None


def install(app: Flask) -> None:
    """Refuse to start with an unmarked route, then stand before the others. Call it last."""
    unmarked = sorted({url for url, _, mark in _routes(app) if mark is None})
    if unmarked:
        raise Misconfigured([f"route without @needs: {url}" for url in unmarked])
    app.before_request(_admit)


def principal() -> Principal:
    """Return who is acting, as accounts established it for this request."""
    who = g.get("principal")
    if who is None:
        raise NotSignedIn
    return cast("Principal", who)


def service(kind: type[T]) -> T:
    """Return the service of this type that the composition root built."""
    return cast("T", current_app.extensions["casework"][kind])


def open_to_strangers() -> bool:
    """Say whether this request asks a public route, so that no session need be looked up."""
    return isinstance(_wanted(), Public)


def access_matrix(app: Flask) -> str:
    """Return `METHOD url permission` for every route, sorted: a text for people to review."""
    lines = sorted((url, method, str(mark)) for url, method, mark in _routes(app))
    return "".join(f"{method:<6} {url} {mark}\n" for url, method, mark in lines)


def _routes(app: Flask) -> Iterator[tuple[str, str, Permission | Public | None]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - _AUTOMATIC_METHODS:
            yield rule.rule, method, mark_of(app.view_functions[rule.endpoint], method)


def _wanted() -> Permission | Public | None:
    if request.endpoint is None:
        return None
    return mark_of(current_app.view_functions[request.endpoint], request.method)


def _admit() -> None:
    if request.endpoint is None or open_to_strangers():
        return
    who = principal()
    if who.kind is not PrincipalKind.MEMBER:
        raise NotSignedIn
    signed = [one for one in who.mandates if one.signed and one.covers(today())]
    if not signed and _wanted() not in BEFORE_UNDERTAKING:
        raise UndertakingRequired
    if all(one.suspended for one in signed) and _wanted() not in BEFORE_REVIEW:
        raise ReviewRequired
