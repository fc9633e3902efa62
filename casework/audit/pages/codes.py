"""The short code on paper: printed where something is proved, and found again by the officer."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.audit.pages.blueprint import pages
from casework.audit.schemas import CodeSchema
from casework.audit.stamps import Stamp, StampService
from casework.errors import InvalidInput
from casework.i18n import gettext, shown
from casework.web import guard
from casework.web.dates import hour, long_day
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Permission


@pages.app_context_processor
def _stamps() -> dict[str, Callable[[], Stamp | None]]:
    """Let any template print the newest code; it is looked up only where it is printed."""
    return {"register_stamp": newest_stamp}


def newest_stamp() -> Stamp | None:
    """Return the newest checkpoint as paper names it."""
    return guard.service(StampService).newest(guard.principal().council_id)


@pages.post("/dpd/acces/code")
@needs(Permission.REGISTER_READ)
def seek_code() -> ResponseReturnValue:
    """Say which checkpoint a code on paper stands for."""
    try:
        found = guard.service(StampService).seek(guard.principal(), load(CodeSchema)["code"])
    except InvalidInput as fault:
        flash(" ".join(map(str, map(shown, _said(fault)))), "late")
    else:
        flash(*_told(found))
    return redirect(url_for("register.read_register"), 303)


def _said(fault: InvalidInput) -> list[Any]:
    return [one for said in fault.fields.values() for one in said]


def _told(found: Stamp | None) -> tuple[str, str]:
    if found is None:
        words = gettext("Aucun point de contrôle de ce registre ne porte ce code. Relisez-le.")
        return words, "late"
    words = gettext(
        "Le code %(code)s est celui du point de contrôle de %(size)d entrées, signé le %(day)s "
        "à %(hour)s.",
        code=found.code,
        size=found.size,
        day=long_day(found.at),
        hour=hour(found.at),
    )
    return words, "ok"
