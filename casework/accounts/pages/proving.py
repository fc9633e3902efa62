"""Proving who one is: the password, then the code, and the code again for a grave act."""

from flask import make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.accounts import signin
from casework.accounts.pages import showing
from casework.accounts.pages.blueprint import pages
from casework.accounts.schemas import CodeSchema, OpeningCodeSchema, SignInSchema
from casework.accounts.service import AccountService
from casework.accounts.session_service import SessionService
from casework.errors import NotSignedIn
from casework.identity import Stated
from casework.web import guard
from casework.web.forms import FormState
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Permission, Public

_STEP_UP = "accounts/step_up.html"


@pages.get("/connexion")
@needs(Public.SIGN_IN)
def see_sign_in() -> str:
    """Ask who it is; a locked session remembers."""
    return showing.sign_in_page(FormState({"login": showing.remembered()}))


@pages.post("/connexion")
@needs(Public.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    """Check the password; what was interrupted travels on to the next page."""
    try:
        given = load(SignInSchema)
        secret = guard.service(AccountService).sign_in(
            given["login"], given["password"], signin.client(), signin.cookie_secret()
        )
    except showing.AGAIN as fault:
        return showing.again(fault, showing.sign_in_page(showing.typed(fault), fault))
    carried = showing.code_page(FormState(), secret=secret) if showing.place() else None
    answer = make_response(carried or redirect(url_for("accounts.see_code"), 303))
    return signin.send_session(answer, secret)


@pages.get("/connexion/code")
@needs(Public.SIGN_IN)
def see_code() -> ResponseReturnValue:
    """Ask for the second factor of a half-open session."""
    secret = signin.cookie_secret()
    if secret is None or not guard.service(SessionService).awaits_code(secret):
        return redirect(url_for("accounts.see_sign_in"), 303)
    return showing.code_page(FormState())


@pages.post("/connexion/code")
@needs(Public.SIGN_IN)
def verify_code() -> ResponseReturnValue:
    """Open the session, then go on where the person was."""
    try:
        given = load(OpeningCodeSchema)
        why = Stated(given["reason"], given["words"]) if given["reason"] else None
        service = guard.service(AccountService)
        signed = service.verify_code(_half(), given["code"], signin.client(), why)
    except NotSignedIn as fault:
        return showing.again(fault, showing.sign_in_page(FormState(), fault))
    except showing.AGAIN as fault:
        return showing.again(fault, showing.code_page(showing.typed(fault), fault))
    return showing.go_on(signed)


@pages.get("/connexion/confirmation")
@needs(Permission.ACCOUNT_STEP_UP)
def see_step_up() -> str:
    """Ask for the second factor again."""
    return showing.page(_STEP_UP, FormState(), None)


@pages.post("/connexion/confirmation")
@needs(Permission.ACCOUNT_STEP_UP)
def step_up() -> ResponseReturnValue:
    """Prove again who it is, then go on where the person was."""
    try:
        code = load(CodeSchema)["code"]
        service = guard.service(AccountService)
        signed = service.step_up(signin.current_session(), code, signin.client())
    except showing.AGAIN as fault:
        return showing.again(fault, showing.page(_STEP_UP, showing.typed(fault), fault))
    return showing.go_on(signed)


def _half() -> bytes:
    secret = signin.cookie_secret()
    if secret is None:
        raise NotSignedIn
    return secret
