"""Taking an account over: the code that was handed over, a phone, a password of one's own."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from casework.accounts import qr, signin
from casework.accounts.enrolment import EnrolmentService
from casework.accounts.pages import showing
from casework.accounts.pages.blueprint import pages
from casework.accounts.schemas import ActivationSchema, FirstPasswordSchema
from casework.accounts.values import Proofs
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.web import guard
from casework.web.forms import FormState
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Public

_FIRST = "accounts/activation.html"


@pages.get("/activation")
@needs(Public.SIGN_IN)
def see_activation() -> str:
    """Ask for the identifier and the code that came with it."""
    return showing.page(_FIRST, FormState(), None)


@pages.post("/activation")
@needs(Public.SIGN_IN)
def propose() -> ResponseReturnValue:
    """Show what the phone has to learn. The code stays in the form, never in an address."""
    try:
        given = load(ActivationSchema)
        return _second_page(given["login"], given["activation"], FormState())
    except showing.AGAIN as fault:
        return showing.again(fault, showing.page(_FIRST, showing.typed(fault), fault))


@pages.post("/activation/mot-de-passe")
@needs(Public.SIGN_IN)
def activate() -> ResponseReturnValue:
    """Give the account its password and its phone."""
    try:
        given = load(FirstPasswordSchema)
        login, activation = given["login"], given["activation"]
        proofs = Proofs(given["new_password"], given["code"], given["recovery"] or "")
        guard.service(EnrolmentService).activate(login, activation, proofs, signin.client())
    except InvalidInput as fault:
        return _second_again(fault)
    except showing.AGAIN as fault:
        return showing.again(fault, showing.page(_FIRST, showing.typed(fault), fault))
    flash(gettext("Votre compte est prêt : connectez-vous."), "ok")
    return redirect(url_for("accounts.see_sign_in"), 303)


def _second_again(fault: InvalidInput) -> ResponseReturnValue:
    """Show the second page again, unless what is wrong is on the first."""
    state = FormState.refused(fault)
    try:
        page = _second_page(state.value("login"), state.value("activation"), state)
    except showing.AGAIN as other:
        return showing.again(other, showing.page(_FIRST, state, other))
    return showing.again(fault, page)


def _second_page(login: str, activation: str, state: FormState) -> str:
    shown = guard.service(EnrolmentService).propose(login, activation, signin.client())
    drawing = Markup(qr.svg(shown.uri))  # noqa: S704 - drawn here from our own address
    return render_template(
        "accounts/first_password.html",
        enrolment=shown,
        drawing=drawing,
        activation=activation,
        state=state,
    )
