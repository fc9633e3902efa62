"""Chapter 3: the coordination looks into the referral, takes it, and names who will read it."""

from typing import Final

from casework.demo.check.page import CheckFailed
from casework.demo.check.stage import Stage

_ROLES: Final = ("worker", "teacher")


def looks_into(stage: Stage) -> None:
    """La coordination trouve la saisine « à traiter », l’ouvre et voit l’origine."""
    browser = stage.seat("coordinator")
    page = browser.look("/a-traiter")
    page.hides(stage.newcomer.subject.family)
    if f"/a-traiter/{stage.case}" not in page.links_to("/a-traiter/"):
        raise CheckFailed("la saisine n’attend pas la coordination")
    page = browser.look(f"/a-traiter/{stage.case}")
    page.says(stage.newcomer.subject.family, stage.newcomer.reporter_words, "À vérifier")


def takes(stage: Stage) -> None:
    """Elle la retient pour la prochaine séance, sous une référence sans nom."""
    browser = stage.seats["coordinator"]
    page = browser.send(browser.page.form(f"/a-traiter/{stage.case}/retenir"))
    page.says("Saisine retenue sous la référence")
    stage.reference = page.text.partition("sous la référence ")[2].partition(".")[0].split(" ")[0]


def names(stage: Stage) -> None:
    """Elle nomme l’éducatrice et le collège : la situation s’ouvre à eux, l’origine jamais."""
    browser = stage.seats["coordinator"]
    for role in _ROLES:
        page = browser.look(f"/situations/{stage.case}/acces")
        member = page.option(stage.personas[role].name)
        browser.send(page.form(f"/{stage.case}/acces"), member=member).says("Membre nommé")
    page = stage.seat("teacher").look(f"/situations/{stage.case}")
    page.says(stage.reference, stage.newcomer.subject.family, stage.newcomer.fact)
    page.hides(stage.newcomer.reporter_words)


STEPS: Final = (looks_into, takes, names)
