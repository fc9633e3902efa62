"""Forgetting on screen: what ends when, what waits for a visa, what remains as proof."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.visitor import who
from casework.cases.service.references import References
from casework.charters.promise import Promise
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.identity import Role
from casework.retention.policy import HoldReason
from casework.retention.schemas import HoldSchema, VisaSchema
from casework.retention.service import RetentionService
from casework.retention.values import NewHold, NewVisa
from casework.retention.words import HOLDS, KINDS, LISTS, STEPS
from casework.web.dates import today
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission

pages = Blueprint("retention", __name__)
_NO_CASE: Final = UUID(int=0)


@pages.get("/dpd/conservation")
@needs(Permission.RETENTION_READ)
def read_retention() -> str:
    """Show what ends when; the archives see their lists, the officer everything."""
    return _page(NONE)


@pages.post("/dpd/conservation/bordereaux/<uuid:list_id>/visa")
@needs(Permission.RETENTION_VISA)
def give_visa(list_id: UUID) -> ResponseReturnValue:
    """Sign a list for the archives."""
    try:
        given = load(VisaSchema)
        visa = NewVisa(given["reference"], given["count"])
        service(RetentionService).visa(who(), list_id, visa)
    except HANDLED as error:
        again = _told(error)
        return _page(again), again.status
    flash(gettext("Visa donné : ces situations seront détruites au prochain passage."))
    return redirect(url_for("retention.read_retention"), 303)


@pages.post("/dpd/conservation/gels")
@needs(Permission.RETENTION_HOLD)
def place_hold() -> ResponseReturnValue:
    """Keep a case beyond its clock."""
    try:
        given = load(HoldSchema)
        case_id = _case_of(given["situation"].upper())
        hold = NewHold(given["why"], given["until_on"])
        service(RetentionService).hold(who(), case_id, hold)
    except HANDLED as error:
        again = _told(error)
        return _page(again), again.status
    flash(gettext("Gel enregistré : rien de cette situation ne sera effacé d’ici là."))
    return redirect(url_for("retention.read_retention"), 303)


@pages.post("/dpd/conservation/gels/<uuid:hold_id>/fin")
@needs(Permission.RETENTION_HOLD)
def lift_hold(hold_id: UUID) -> ResponseReturnValue:
    """End a hold."""
    service(RetentionService).lift_hold(who(), hold_id)
    flash(gettext("Gel levé : la durée reprend."))
    return redirect(url_for("retention.read_retention"), 303)


def _case_of(reference: str) -> UUID:
    """Return the case of a reference; who may hold none is not told whether there is one."""
    case_id = service(References).case_of(reference)
    if case_id is None and who().holds(Role.DPO, today()):
        raise InvalidInput({"situation": [gettext("Aucune situation ne porte ce numéro.")]})
    return case_id or _NO_CASE


def _told(error: Any) -> Setback:
    """Say that a list changed since it was seen: there is no text of two people to compare."""
    again = setback(error)
    return again if not again.clash else Setback(again.status, again.state, "soon", again.title)


def _page(again: Setback) -> str:
    """Show each controller what their function opens: lists to the archives, all to the DPO."""
    officer = who().holds(Role.DPO, today())
    found = service(RetentionService).watched(who(), whole=officer)
    overview = found.overview
    held = {one.case_id for one in overview.holds} if overview else set()
    return render_template(
        "retention/retention.html",
        overview=overview,
        lists=found.lists,
        certificates=found.certificates,
        references=service(References).of(held),
        promise=service(Promise),
        may_visa=who().holds(Role.ARCHIVES, today()),
        words={"kinds": KINDS, "steps": STEPS, "lists": LISTS, "holds": HOLDS},
        reasons=[Tick(one.value, str(HOLDS[one])) for one in HoldReason],
        again=again,
        state=again.state,
    )
