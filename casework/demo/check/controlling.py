"""Chapter 8: the data protection officer sees who opened what and why, and never what it says."""

from http import HTTPStatus
from typing import Final

from casework.audit.verify import Extent, verify
from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage, secret_words


def sees_accesses(stage: Stage) -> None:
    """La déléguée voit qui a ouvert la situation, quand, pourquoi, selon quel article."""
    browser = stage.seat("dpo")
    page = browser.look(f"/dpd/acces?situation={stage.reference}")
    browser.expect(HTTPStatus.OK)
    for role in ("coordinator", "worker", "teacher"):
        page.row(stage.personas[role].name, stage.reference, "art. ")
    page.hides(*secret_words(stage.newcomer))


def sees_refusals(stage: Stage) -> None:
    """Elle voit les refus opposés au bailleur, et les siens."""
    browser = stage.seats["dpo"]
    page = browser.look(f"/dpd/acces?situation={stage.reference}&famille=refus")
    for role in ("landlord", "dpo", "archives"):
        page.row(stage.personas[role].name, stage.reference)
    page.hides(*secret_words(stage.newcomer))


def asks_about_member(stage: Stage) -> None:
    """Elle voit tout ce qu’un membre a ouvert."""
    browser = stage.seats["dpo"]
    form = browser.look("/dpd/acces").form("/dpd/acces")
    name = stage.personas["teacher"].name
    page = browser.send(form, personne=browser.page.option(name))
    page.row(name, stage.reference)
    strangers = [row for row in page.rows if ":" in row and name not in row]
    if strangers:
        raise CheckFailed("le filtre par personne montre aussi d’autres personnes")


def verifies(stage: Stage) -> None:
    """Elle vérifie le registre entier : intact."""
    browser = stage.seats["dpo"]
    page = browser.send(browser.look("/dpd/acces").form("/dpd/acces/verification"))
    page.says("Registre vérifié", "intact")


def verifies_rows(stage: Stage) -> None:
    """Tout est recalculé : chaque ligne, chaque signature, chaque valeur scellée."""
    verify_whole(stage)


def verify_whole(stage: Stage) -> None:
    """Raise `CheckFailed` when anything of the register contradicts anything."""
    runtime = stage.house.runtime
    keys = runtime.register_keys.of(runtime.council_id)
    result = verify(runtime.stores.main, keys, runtime.council_id, Extent(rows=True))
    if not result.clean:
        raise CheckFailed(f"{result.fault_count} contradictions, dont {result.faults[0]}")


STEPS: Final = (sees_accesses, sees_refusals, asks_about_member, verifies, verifies_rows)
