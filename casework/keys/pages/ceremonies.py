"""A ceremony: what is asked by whom and why, then one's card."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.errors import InvalidInput, StepRefused, TooManyAttempts
from casework.i18n import gettext
from casework.keys import words
from casework.keys.pages import naming, wording
from casework.keys.pages.blueprint import pages
from casework.keys.recovery.values import Kind
from casework.keys.schemas import AnswerSchema
from casework.keys.service.ceremonies import CeremonyService, Seen, State
from casework.web.dates import now
from casework.web.forms import FormState
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

_AGAIN = (InvalidInput, StepRefused, TooManyAttempts)


@pages.get("/cle-de-secours/ouvertures/<uuid:ceremony_id>")
@needs(Permission.ESCROW_READ)
def see_ceremony(ceremony_id: UUID) -> str:
    """Show what is asked, and how many cards are still missing."""
    return _page(service(CeremonyService).see(principal(), ceremony_id), FormState(), "")


@pages.post("/cle-de-secours/ouvertures/<uuid:ceremony_id>")
@needs(Permission.ESCROW_ANSWER)
def answer(ceremony_id: UUID) -> ResponseReturnValue:
    """Take a card."""
    found = service(CeremonyService)
    seen = found.see(principal(), ceremony_id)
    try:
        given = load(AnswerSchema)
        if seen.ceremony.subject.kind is Kind.RECOVER and not given["checked"]:
            raise InvalidInput(
                {"checked": [gettext("Vérifiez d’abord les six mots par téléphone.")]}
            )
        state = found.answer(principal(), ceremony_id, given["card"])
    except _AGAIN as fault:
        typed = (
            FormState.refused(InvalidInput(fault.fields))
            if isinstance(fault, InvalidInput)
            else FormState()
        )
        again = found.see(principal(), ceremony_id)
        return _page(again, typed, wording.told(fault)), int(PROBLEMS[fault.code].status)
    return _next(seen, state)


def _next(seen: Seen, state: State) -> ResponseReturnValue:
    if state is State.WAITING:
        flash(
            gettext("Votre carte est reconnue. L’ouverture attend encore d’autres gardiens."), "ok"
        )
    elif state is State.BROKEN:
        flash(
            gettext(
                "Ces cartes n’ouvrent pas la clé de secours. Demandez à un autre gardien de "
                "présenter la sienne, et prévenez l’exploitant."
            ),
            "late",
        )
    else:
        flash(_done(seen.ceremony.subject.kind), "ok")
        return redirect(url_for("keys.see_recovery"), 303)
    return redirect(url_for("keys.see_ceremony", ceremony_id=seen.ceremony.id), 303)


def _done(kind: Kind) -> str:
    if kind is Kind.RECOVER:
        return gettext(
            "C’est fait : la clé est rendue. Prévenez la personne, elle peut ouvrir ses situations."
        )
    if kind is Kind.EXCEPTION:
        return gettext("C’est fait : la situation est prêtée, et le prêt prendra fin de lui-même.")
    return gettext("Répétition réussie : les cartes ouvrent bien la clé de secours.")


def _page(seen: Seen, state: FormState, told: str) -> str:
    asked, ceremony = seen.ceremony.subject, seen.ceremony
    people = {one for one in (ceremony.asked_by, asked.member_id) if one}
    names = naming.members(people)
    return render_template(
        "keys/ceremony.html",
        seen=seen,
        asked=asked,
        over=ceremony.over(now()),
        by=names[ceremony.asked_by] if ceremony.asked_by else gettext("l’exploitant du service"),
        member=names[asked.member_id] if asked.member_id else "",
        organisation=naming.organisation(asked.organisation_id),
        borrower=naming.organisation(asked.borrower_id),
        reference=naming.case(asked.case_id),
        fingerprint=words.fingerprint(asked.member_public) if asked.member_public else (),
        words={"kinds": wording.KINDS, "whys": wording.WHYS},
        state=state,
        told=told,
    )
