"""What is printed once and never shown again: a member's code, a custodian's card."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.errors import StepRefused
from casework.i18n import gettext
from casework.keys.pages import naming, wording
from casework.keys.pages.blueprint import pages
from casework.keys.service.escrows import EscrowService
from casework.keys.service.recovery_codes import RecoveryCodes
from casework.web.dates import today
from casework.web.guard import needs, principal, service
from casework.web.look import Paper
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS


@pages.post("/cle-de-secours/code")
@needs(Permission.RECOVERY_PREPARE)
def print_code() -> str:
    """Print a new recovery code; the former one is worth nothing from now on."""
    code = service(RecoveryCodes).prepare(principal())
    return _sheet("keys/code_sheet.html", gettext("Code de récupération"), code)


@pages.post("/cle-de-secours/<uuid:escrow_id>/carte")
@needs(Permission.ESCROW_DRAW)
def print_card(escrow_id: UUID) -> ResponseReturnValue:
    """Draw and print one's card."""
    try:
        card = service(EscrowService).draw(principal(), escrow_id)
    except StepRefused as fault:
        said = wording.told(fault)
        return render_template("keys/told.html", told=said), int(PROBLEMS[fault.code].status)
    return _sheet("keys/card_sheet.html", gettext("Carte de secours"), card)


def _sheet(template: str, title: str, code: str) -> str:
    who = principal()
    own = {who.member_id} if who.member_id else set()
    reader = "".join(naming.members(own).values())
    paper = Paper(title, title, reader, today(), copy="1")
    return render_template(template, paper=paper, groups=code.split("-"))
