"""Chapter 11: a forgotten password closes a partner's key, and its custodians open it together."""

import re
from typing import Final
from uuid import UUID

from casework.demo.check.browser import Browser
from casework.demo.check.page import CheckFailed, Page
from casework.demo.check.signing_in import activated
from casework.demo.check.stage import Persona, Stage, secret_words
from casework.identity import Principal, operator
from casework.partners import gateway as partners

_CUSTODIANS: Final = ("coordinator", "dpo", "landlord")
_THRESHOLD: Final = 2
_OVERVIEW: Final = "/cle-de-secours"
_PASSWORD: Final = "sept parapluies au soleil"  # noqa: S105 - invented, for one check
_GROUP: Final = re.compile(r"<code>([A-Z2-7]{4})</code>")
_WORDS: Final = re.compile(r'<p class="six-words">(.*?)</p>')
_WAITING: Final = "Livraison de clé en attente"


def draws_cards(stage: Stage) -> None:
    """Trois gardiens de trois organismes tirent et impriment chacun leur carte ; deux suffiront."""
    who = _root(stage)
    keepers = [_member(stage, stage.personas[one].name) for one in _CUSTODIANS]
    escrows = stage.house.runtime.recovery.escrows
    escrow_id = escrows.create(who, _THRESHOLD, keepers)
    for role in _CUSTODIANS:
        browser = stage.seats[role] = stage.sign_in(stage.personas[role])
        page = browser.look(_OVERVIEW)
        stage.cards[role] = _spelled(browser.send(page.form(f"{escrow_id}/carte")))
    if not escrows.enrol_all(who):
        raise CheckFailed("aucun organisme n’a confié sa clé à la clé de secours")


def keeps_the_key(stage: Stage) -> None:
    """Le club confie sa clé à sa seule éducatrice : il lui faut son code imprimé, et les cartes."""
    browser = stage.seats["worker"] = stage.sign_in(stage.personas["worker"])
    page = browser.look("/cles")
    browser.send(page.form("/cles/garde")).says("Il faut deux membres")
    stage.cards["code"] = _spelled(browser.send(browser.look(_OVERVIEW).form(f"{_OVERVIEW}/code")))
    page = browser.send(browser.look("/cles").form("/cles/garde"))
    page.says("Vos membres seuls")
    _opens(browser, stage)


def forgets(stage: Stage) -> None:
    """Elle oublie son mot de passe et perd son code ; l’exploitant lui en remet un nouveau."""
    persona = stage.personas["worker"]
    member_id = _member(stage, persona.name)
    made = stage.house.accounts.enrolment.reset(_root(stage), member_id)
    handed = Persona(persona.name, persona.login, made.code, "")
    stage.personas["worker"] = activated(stage, handed, _PASSWORD)
    stage.seats["worker"] = stage.sign_in(stage.personas["worker"])


def opens_nothing(stage: Stage) -> None:
    """Sans les cartes, rien ne s’ouvre pour elle ; la page dit qu’une clé doit lui être remise."""
    _is_closed(stage)
    stage.seats["worker"].look("/cles").says(_WAITING)


def is_not_enough(stage: Stage) -> None:
    """Une gardienne entend ses six mots et présente sa carte : seule, elle n’ouvre rien."""
    browser, own = stage.seats[_CUSTODIANS[0]], stage.seats["worker"].look(_OVERVIEW)
    form = browser.look(_OVERVIEW).form(f"{_OVERVIEW}/ouvertures")
    member = browser.page.option(stage.personas["worker"].name)
    page = browser.send(form, member=member, why="forgotten")
    if _heard(page) != _heard(own):
        raise CheckFailed("les six mots ne sont pas ceux que lit l’éducatrice")
    stage.ceremony = page.url
    _shows_card(stage, _CUSTODIANS[0]).says("attend encore d’autres gardiens")
    _is_closed(stage)


def is_completed(stage: Stage) -> None:
    """La deuxième carte suffit : la clé lui est rendue, et elle rouvre la situation."""
    _shows_card(stage, _CUSTODIANS[1]).says("la clé est rendue")
    _opens(stage.seats["worker"], stage)


def is_in_the_register(stage: Stage) -> None:
    """La déléguée retrouve chaque pas au registre."""
    page = stage.seats["dpo"].look("/dpd/acces?famille=habilitations")
    page.says("changement de garde des clés", "compte réinitialisé")
    page.says(
        "ouverture de secours demandée", "carte de secours présentée", "clé de secours ouverte"
    )


def gives_back(stage: Stage) -> None:
    """Elle rend la clé au service : tout s’ouvre comme avant, à elle et aux autres."""
    browser = stage.seats["worker"]
    browser.send(browser.look("/cles").form("/cles/garde")).says("Le service la garde pour vous")
    _opens(browser, stage)
    stage.seat("coordinator").look(f"/situations/{stage.case}").says(*secret_words(stage.newcomer))


def _opens(browser: Browser, stage: Stage) -> None:
    browser.look(f"/situations/{stage.case}").says(*secret_words(stage.newcomer))


def _is_closed(stage: Stage) -> None:
    page = stage.seats["worker"].look(f"/situations/{stage.case}")
    page.says(stage.reference, _WAITING)
    page.hides(*secret_words(stage.newcomer))


def _shows_card(stage: Stage, role: str) -> Page:
    browser = stage.seats[role]
    form = browser.look(stage.ceremony).form(stage.ceremony)
    return browser.send(form, card=stage.cards[role], checked="yes")


def _spelled(page: Page) -> str:
    groups = _GROUP.findall(page.html)
    if not groups:
        raise CheckFailed(f"{page.url} n’imprime rien : « {page.title} »")
    return "-".join(groups)


def _heard(page: Page) -> str:
    found = _WORDS.search(page.html)
    if found is None:
        raise CheckFailed(f"{page.url} ne donne pas les six mots")
    return found[1]


def _root(stage: Stage) -> Principal:
    return operator(stage.house.runtime.council_id, "check")


def _member(stage: Stage, name: str) -> UUID:
    """Return the id of somebody, as the operator finds them: by name."""
    desk = stage.house.runtime.desk
    with desk.database.reading(desk.scope) as session:
        known = partners.members(session, desk.council_id)
    return next(one.id for one in known if one.name.full == name)


STEPS: Final = (
    draws_cards,
    keeps_the_key,
    forgets,
    opens_nothing,
    is_not_enough,
    is_completed,
    is_in_the_register,
    gives_back,
)
