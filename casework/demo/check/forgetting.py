"""Chapter 13: the follow-up ends, months pass, and what remains is a certificate."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from sqlalchemy import MetaData, func, select

from casework.demo.check.controlling import verify_whole
from casework.demo.check.copying import copy_database
from casework.demo.check.page import CheckFailed
from casework.demo.check.restoring import words_in_copy
from casework.demo.check.stage import Stage, secret_words
from casework.identity import service
from casework.retention.policy import SweepStep
from casework.retention.values import Preview

_KEPT_DAYS: Final = 95  # three months by the charter, and a few days
# Ids without a word: what was on which agenda and list, and the proof of the end.
_REMAINING: Final = frozenset(
    {"agenda_items", "certificates", "elimination_items", "ended_compartments"}
)
COPY: Final = "copie-restauree"


def copies(stage: Stage) -> None:
    """L’exploitant copie la base principale ; tant que les clés vivent, la copie s’ouvre."""
    house = stage.house
    stage.copy = house.home / COPY / "casework.db"
    copy_database(house.runtime.stores.main, house.settings.database_url, stage.copy)
    if not words_in_copy(stage):
        raise CheckFailed("la copie ne s’ouvre pas, alors que les clés vivent encore")


def closes(stage: Stage) -> None:
    """La coordination clôt le suivi : objectifs atteints ; la date du scellé est affichée."""
    browser = stage.seat("coordinator")
    page = browser.look(f"/situations/{stage.case}/cloture")
    page = browser.send(page.form("/cloture"), why="objectives_met")
    page.says("La situation est close")


def is_announced(stage: Stage) -> None:
    """Trois mois passent ; la déléguée voit d’avance ce que fera le prochain passage."""
    stage.wait(days=_KEPT_DAYS)
    page = stage.seat("dpo").look("/dpd/conservation")
    page.says("Prochain passage", "Bordereaux d’élimination")
    page.hides("Rien n’arrive à échéance", stage.reference, *secret_words(stage.newcomer))


def is_sealed(stage: Stage) -> None:
    """Le passage la met sous scellé et l’inscrit, sans nom, au bordereau des archives."""
    done = _sweep(stage)
    if not done.of_step(SweepStep.SEALED) or not done.of_step(SweepStep.LISTED):
        raise CheckFailed("rien n’a été mis sous scellé, ou rien n’est au bordereau")
    browser = stage.seat("coordinator")
    browser.look(f"/situations/{stage.case}")
    browser.expect(HTTPStatus.NOT_FOUND)


def is_visaed(stage: Stage) -> None:
    """Les archives visent le bordereau."""
    browser = stage.seat("archives")
    page = browser.look("/dpd/conservation")
    waiting = [form for form in page.forms if form.action.endswith("/visa")]
    if not waiting:
        raise CheckFailed("aucun bordereau n’attend de visa")
    for number, form in enumerate(waiting, start=1):
        browser.send(form, reference=f"AD67-INVENTE-{number}").says("Visa donné")


def is_erased(stage: Stage) -> None:
    """Le passage suivant détruit clés et lignes ; il reste un certificat."""
    stage.wait(days=1)
    if not _sweep(stage).of_step(SweepStep.ERASED):
        raise CheckFailed("rien n’a été effacé")
    left = _left(stage)
    if "certificates" not in left:
        raise CheckFailed("l’effacement n’a pas laissé de certificat")
    if left - _REMAINING:
        raise CheckFailed(f"il reste des lignes dans {', '.join(sorted(left - _REMAINING))}")
    page = stage.seat("dpo").look("/dpd/conservation")
    page.says("Certificats d’effacement", "Irrécupérable, sauvegardes comprises")


def still_verifies(stage: Stage) -> None:
    """Le registre se vérifie toujours, et dit encore qui l’avait ouverte, sans la nommer."""
    verify_whole(stage)
    browser = stage.seat("dpo")
    page = browser.look(f"/dpd/acces?situation={stage.reference}")
    page.says("Aucune situation de ce numéro")
    page = browser.look("/dpd/acces?famille=effacements")
    page.says("situation effacée")


def _sweep(stage: Stage) -> Preview:
    runtime = stage.house.runtime
    return runtime.retention.sweep(service(runtime.council_id, "tick:retention"))


def _left(stage: Stage) -> set[str]:
    """Return the tables in which a row still names the case."""
    database, found = stage.house.runtime.stores.main, MetaData()
    found.reflect(database.engine)
    key = UUID(stage.case).bytes
    with database.engine.connect() as connection:
        return {
            name
            for name, table in found.tables.items()
            for column in table.columns
            if column.name == "case_id" or (name, column.name) == ("cases", "id")
            if connection.scalar(select(func.count()).where(column == key))
        }


STEPS: Final = (copies, closes, is_announced, is_sealed, is_visaed, is_erased, still_verifies)
