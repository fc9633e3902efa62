"""One's own way back to one's keys, and the key of last resort: where both stand."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.errors import InvalidInput, Locked, StepRefused
from casework.i18n import gettext
from casework.keys.pages import naming, wording
from casework.keys.pages.blueprint import pages
from casework.keys.recovery.values import WHYS, Kind
from casework.keys.schemas import AskSchema
from casework.keys.service.asking import AskingService
from casework.keys.service.ceremonies import CeremonyService
from casework.keys.service.escrows import EscrowService
from casework.keys.service.recovery_codes import RecoveryCodes
from casework.web.forms import FormState
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

_AGAIN = (InvalidInput, Locked, StepRefused)


@pages.get("/cle-de-secours")
@needs(Permission.RECOVERY_READ)
def see_recovery() -> str:
    """Show one's printed code, the custodians, and to them what is asked."""
    return _page(FormState(), "")


@pages.post("/cle-de-secours/confier")
@needs(Permission.ESCROW_ENROL)
def entrust() -> ResponseReturnValue:
    """Entrust the key of one's own organisation."""
    try:
        service(EscrowService).enrol_own(principal())
    except _AGAIN as fault:
        return _page(FormState(), wording.told(fault)), int(PROBLEMS[fault.code].status)
    flash(gettext("La clé de votre organisme est confiée à la clé de secours."), "ok")
    return redirect(url_for("keys.see_recovery"), 303)


@pages.post("/cle-de-secours/ouvertures")
@needs(Permission.ESCROW_ASK)
def ask() -> ResponseReturnValue:
    """Put a question to the custodians."""
    try:
        given = load(AskSchema)
        asking = service(AskingService)
        if given["kind"] is Kind.REHEARSAL:
            ceremony_id = asking.rehearsal(principal())
        else:
            ceremony_id = asking.recover(principal(), given["member"], given["why"])
    except _AGAIN as fault:
        state = FormState.refused(fault) if isinstance(fault, InvalidInput) else FormState()
        return _page(state, wording.told(fault)), int(PROBLEMS[fault.code].status)
    return redirect(url_for("keys.see_ceremony", ceremony_id=ceremony_id), 303)


def _page(state: FormState, told: str) -> str:
    who = principal()
    seen = service(EscrowService).overview(who)
    escrow = seen.active or seen.awaiting
    keeps = seen.active is not None and seen.active.kept_by(who.member_id) is not None
    asked = service(CeremonyService).open_ones(who) if keeps else []
    waiting = service(AskingService).waiting(who) if keeps else []
    shown = {one.member_id for one in escrow.custodians} if escrow else set()
    names = naming.members(shown | {one.member_id for one in waiting})
    return render_template(
        "keys/recovery.html",
        seen=seen,
        keeps=keeps,
        asked=asked,
        members=[Tick(str(one.member_id), names[one.member_id]) for one in waiting],
        names=names,
        prepared=service(RecoveryCodes).prepared(who),
        reasons=[Tick(one.value, str(wording.WHYS[one])) for one in WHYS[Kind.RECOVER]],
        words={"kinds": wording.KINDS, "whys": wording.WHYS},
        me=who.member_id,
        state=state,
        told=told,
    )
