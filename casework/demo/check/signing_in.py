"""Chapter 1: somebody new joins a partner, and proves who they are."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

from casework.clock import local_day
from casework.demo.check.browser import Browser
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Persona, Stage, member_of
from casework.demo.names import family
from casework.identity import Role, operator
from casework.partners.service import MemberService
from casework.partners.values import NewMandate, PersonName

_NAME: Final = PersonName("Mme", "Noémie", family(900))
_LOGIN: Final = "noemie.arrivante"
_PASSWORD: Final = "trois lampions dans la brume"  # noqa: S105 - invented, for one check
_KEY: Final = re.compile(r"<code>([A-Z2-7 ]+)</code>")


def opens_account(stage: Stage) -> None:
    """L’exploitant ajoute une éducatrice et lui remet un code d’activation."""
    house, root = stage.house, operator(stage.house.runtime.council_id, "demo")
    edges = house.runtime.edges
    people = MemberService(house.runtime.ledger, edges.clock, edges.entropy)
    body = member_of(stage.world, "street_work").organisation
    member_id = people.add(root, _body_id(stage, body), _NAME)
    today, groups = local_day(stage.now), house.runtime.directory.groups().values()
    mandate = NewMandate(
        member_id=member_id,
        role=Role.MEMBER,
        from_on=today,
        until_on=today + timedelta(days=365),
        group_id=next(one.id for one in groups if one.name == stage.world.groups[0].name),
    )
    people.give_mandate(root, mandate)
    made = house.accounts.enrolment.add_account(root, member_id, _LOGIN)
    stage.personas["activation"] = Persona(_NAME.full, _LOGIN, made.code, "")


def activates(stage: Stage) -> None:
    """Elle choisit son mot de passe et relie son téléphone."""
    handed = stage.personas.pop("activation")
    stage.personas["worker"] = activated(stage, handed, _PASSWORD)


def signs_in(stage: Stage) -> None:
    """Elle se connecte : mot de passe, puis code du téléphone ; un code resservi est refusé."""
    persona, browser = stage.personas["worker"], stage.window()
    page = browser.look("/connexion")
    page.says("Vos consultations sont enregistrées")
    form = page.form("/connexion")
    page = browser.send(form, login=persona.login, password=persona.password)
    code = stage.code(persona)
    browser.send(page.form("/connexion/code"), code=code)
    _replay(stage, code)
    stage.seats["worker"] = browser


def undertakes(stage: Stage) -> None:
    """Rien ne s’ouvre avant son engagement ; elle lit la charte et le signe."""
    browser = stage.seats["worker"]
    if browser.look("/situations").status == HTTPStatus.OK:
        raise CheckFailed("les situations s’ouvrent sans engagement signé")
    page = browser.look("/charte")
    page.says("Article 1", "Mon engagement")
    browser.send(page.form("/charte/engagement"), read="yes").says("Votre engagement est signé")
    browser.look("/situations")
    browser.expect(HTTPStatus.OK)


def activated(stage: Stage, handed: Persona, password: str) -> Persona:
    """Return who chose a password and a phone; they were handed a code, here as a password."""
    browser = stage.window()
    page = browser.look("/activation")
    page = browser.send(page.form("/activation"), login=handed.login, activation=handed.password)
    shown = _KEY.search(browser.expect(HTTPStatus.OK).html)
    if shown is None:
        raise CheckFailed("la page n’affiche pas la clé du téléphone")
    persona = Persona(handed.name, handed.login, password, shown[1].replace(" ", ""))
    given = {"new_password": password, "password": password, "code": stage.code(persona)}
    page = browser.send_with(page.form("/activation/mot-de-passe"), given)
    page.says("Votre compte est prêt")
    return persona


def _replay(stage: Stage, code: str) -> None:
    persona, other = stage.personas["worker"], stage.window()
    form = other.look("/connexion").form("/connexion")
    page = other.send(form, login=persona.login, password=persona.password)
    other.send(page.form("/connexion/code"), code=code)
    _refused(other)


def _refused(browser: Browser) -> None:
    if browser.page.status == HTTPStatus.OK:
        raise CheckFailed("un code déjà utilisé ouvre une session")


def _body_id(stage: Stage, key: str) -> UUID:
    name = next(one.name for one in stage.world.organisations if one.key == key)
    found = stage.house.runtime.directory.organisations()
    return next(one.id for one in found.values() if one.name == name)


STEPS: Final = (opens_account, activates, signs_in, undertakes)
