"""Chapter 10: a partner leaves the council; nothing opens to it any more, and all to the others."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from casework.accounts.gateway.accounts import account_by_login
from casework.accounts.policy import plain_login
from casework.demo.check.acting import WRITTEN
from casework.demo.check.controlling import verify_whole
from casework.demo.check.copying import (
    Copies,
    bring_up_to_date,
    copy_database,
    opened,
    read_in,
    shared_texts,
)
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage, secret_words
from casework.errors import Locked
from casework.identity import operator, service
from casework.keys.status import CouncilStatus
from casework.keys.values import Acting
from casework.partners.gateway import leaving

_KEPT: Final = "copies-du-college"
_LATER: Final = "Un mot inventé, écrit après le départ du collège."


def is_copied(stage: Stage) -> None:
    """Le collège garde une copie des deux bases et de son secret : elle s’ouvre à lui."""
    copies, house = _copies(stage), stage.house
    stores, settings = house.runtime.stores, house.settings
    copy_database(stores.main, settings.database_url, copies.main)
    copy_database(stores.keystore_database, settings.keystore_url, copies.keystore)
    file = read_in(stage, copies.settings(stage.house), stage.personas["teacher"])
    if not set(WRITTEN[:2]) <= set(opened(shared_texts(file))):
        raise CheckFailed("la copie ne s’ouvre pas, alors que le collège n’est pas parti")


def leaves(stage: Stage) -> None:
    """L’exploitant fait partir le collège : ses clés sont retirées, ses membres n’entrent plus."""
    left, runtime = stage.seat("teacher"), stage.house.runtime
    organisation_id = _organisation(stage)
    counts = runtime.leaving.leave(operator(runtime.council_id, "check"), organisation_id)
    if not counts["members"] or not counts["due"]:
        raise CheckFailed("le départ n’a rien retiré")
    page = left.look(f"/situations/{stage.case}")
    page.hides(stage.reference, *secret_words(stage.newcomer), *WRITTEN)
    if left.look("/charte").status == HTTPStatus.OK:
        raise CheckFailed("un membre du collège est encore connecté")


def holds_nothing(stage: Stage) -> None:
    """Il ne détient plus une clé, et son secret n’existe plus ; ses volets attendent une clé."""
    organisation_id, found = _organisation(stage), _status(stage)
    if any(one.organisation_id == organisation_id for one in found.organisations):
        raise CheckFailed("le collège figure encore à l’annuaire des clés")
    if not found.due:
        raise CheckFailed("rien n’attend de nouvelle clé")
    runtime = stage.house.runtime
    try:
        runtime.custody.secret_of(Acting(runtime.council_id, organisation_id), 1)
    except Locked:
        return
    raise CheckFailed("le secret du collège s’ouvre encore")


def seals_anew(stage: Stage) -> None:
    """La tâche régulière tire de nouvelles clés et rescelle tout, sans rien montrer."""
    runtime = stage.house.runtime
    who, before = service(runtime.council_id, "tick:rekey"), _status(stage)
    runtime.rekeying.run(who)
    found = _status(stage)
    if found.due or found.former:
        raise CheckFailed(f"{found.due + found.former} volets attendent encore")
    runtime.rekeying.run(who)
    if _status(stage).peppers != before.peppers - before.former:
        raise CheckFailed("les moitiés de clés d’avant n’ont pas été détruites")


def opens_to_others(stage: Stage) -> None:
    """La coordination lit tout ce qui était écrit, et écrit la suite ; l’éducatrice la lit."""
    browser = stage.seat("coordinator")
    page = browser.look(f"/situations/{stage.case}")
    page.says(*secret_words(stage.newcomer), *WRITTEN[:2])
    browser.send(page.form(f"/{stage.case}/contributions"), text=_LATER).says(_LATER)
    stage.seat("worker").look(f"/situations/{stage.case}").says(_LATER, *WRITTEN[:2])


def copy_opens_nothing_new(stage: Stage) -> None:
    """Sa copie et ses clés d’alors n’ouvrent rien de ce qui est écrit ou rescellé depuis."""
    copies, teacher = _copies(stage), stage.personas["teacher"]
    settings = copies.settings(stage.house)
    before = read_in(stage, settings, teacher)
    bring_up_to_date(stage, copies)
    now = read_in(stage, settings, teacher)
    if len(now.shared) <= len(before.shared):
        raise CheckFailed("la copie n’a pas reçu ce qui a été écrit depuis")
    if opened(shared_texts(now)) or not opened(shared_texts(before)):
        raise CheckFailed("les clés d’alors ouvrent encore ce qui tient aujourd’hui")


def is_in_the_register(stage: Stage) -> None:
    """La déléguée voit le départ au registre."""
    page = stage.seat("dpo").look("/dpd/acces?famille=habilitations")
    page.says("départ d’un organisme")


def verifies(stage: Stage) -> None:
    """Chaque ligne du registre et chaque valeur rescellée se vérifient."""
    verify_whole(stage)


def _copies(stage: Stage) -> Copies:
    """Return where the college keeps its copies; keys of files and the KEK are at hand as well."""
    return Copies.in_folder(stage.house.home / _KEPT)


def _organisation(stage: Stage) -> UUID:
    desk, login = stage.house.runtime.desk, plain_login(stage.personas["teacher"].login)
    with desk.database.reading(desk.scope) as session:
        account = account_by_login(session, desk.council_id, login)
        member_id = account.member_id if account else desk.council_id
        found = leaving.body_of(session, desk.council_id, member_id)
    if found is None:
        raise CheckFailed("le compte du collège est introuvable")
    return found


def _status(stage: Stage) -> CouncilStatus:
    runtime = stage.house.runtime
    return runtime.key_status.of(runtime.council_id)


STEPS: Final = (
    is_copied,
    leaves,
    is_in_the_register,
    holds_nothing,
    seals_anew,
    opens_to_others,
    copy_opens_nothing_new,
    verifies,
)
