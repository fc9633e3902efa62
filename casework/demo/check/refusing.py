"""Chapter 6: a partner who is not named finds nothing, whichever way they try."""

import re
from http import HTTPStatus
from typing import Final
from uuid import UUID

from casework.accounts.tokens import NewToken
from casework.accounts.values import Client
from casework.demo.check.browser import Browser
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage, secret_words
from casework.web.permissions import Permission

_NOBODY: Final = UUID(int=0x0193_0000_0000_7000_8000_0000_0000_0000)
_CHANGING: Final = re.compile(
    r'nonce="[^"]*"|name="(?:csrf_token|resume)" value="[^"]*"|place=[^"&]*'
)


def lists_nothing(stage: Stage) -> None:
    """Le bailleur, présent à la séance mais non nommé, ne trouve rien dans ses listes."""
    browser = stage.seat("landlord")
    for address in ("/", "/situations", "/situations?etat=suivies", "/saisines", "/actions"):
        page = browser.look(address)
        browser.expect(200)
        page.hides(stage.case, stage.reference, *secret_words(stage.newcomer))


def opens_nothing(stage: Stage) -> None:
    """L’adresse de la situation lui répond comme si elle n’existait pas, octet pour octet."""
    browser = stage.seats["landlord"]
    for address in (
        "/situations/{}",
        "/situations/{}/acces",
        "/saisines/{}",
        "/a-traiter/{}",
        f"{stage.meeting}/situations/{{}}",
    ):
        refused, absent = _twins(browser, address, stage.case)
        if refused != absent:
            raise CheckFailed(f"{address} distingue « refusé » de « absent »")


def sees_no_reference(stage: Stage) -> None:
    """La page de la séance ne lui dit pas de qui il s’agissait."""
    page = stage.seats["landlord"].look(stage.meeting)
    page.hides(stage.case, stage.reference, *secret_words(stage.newcomer))


def programs_open_nothing(stage: Stage) -> None:
    """Par un programme, avec son propre jeton, il ne trouve rien de plus."""
    program = Browser(stage.house.window(), stage.house.settings.public_url, _token(stage))
    page = program.look("/api/v1/cases")
    program.expect(HTTPStatus.OK)
    page.hides(stage.case, stage.reference, *secret_words(stage.newcomer))
    refused, absent = _twins(program, "/api/v1/cases/{}", stage.case)
    if refused != absent:
        raise CheckFailed("l’API distingue « refusé » de « absent »")


def control_opens_nothing(stage: Stage) -> None:
    """La déléguée à la protection des données et les archives n’ouvrent aucune situation."""
    for role in ("dpo", "archives"):
        browser = stage.seat(role)
        browser.look(f"/situations/{stage.case}")
        browser.expect(HTTPStatus.NOT_FOUND).hides(*secret_words(stage.newcomer))


def _token(stage: Stage) -> str:
    """Make a token in the landlord's own name."""
    house, persona = stage.house, stage.personas["landlord"]
    here, accounts = Client("127.0.0.1"), house.accounts
    half = accounts.signing_in.sign_in(persona.login, persona.password, here)
    signed = accounts.signing_in.verify_code(half, stage.code(persona), here)
    new = NewToken("verification", frozenset({Permission.CASE_LIST, Permission.CASE_READ}), 1)
    return accounts.tokens.add(signed.principal, signed.reason, new)[1]


def _twins(browser: Browser, address: str, case_id: str) -> tuple[str, str]:
    """Return what is answered for a case that is refused, and for one that does not exist."""
    told = []
    for one in (case_id, str(_NOBODY)):
        page = browser.look(address.format(one))
        browser.expect(HTTPStatus.NOT_FOUND)
        told.append(_anonymous(page.html, one))
    return told[0], told[1]


def _anonymous(html: str, case_id: str) -> str:
    """Leave out what differs between any two answers: nonces, tokens, the address itself."""
    return _CHANGING.sub("", html.replace(case_id, ""))


STEPS: Final = (
    lists_nothing,
    opens_nothing,
    sees_no_reference,
    programs_open_nothing,
    control_opens_nothing,
)
