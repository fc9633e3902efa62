"""Every page as every role, on a desk and on a telephone, by day and by night."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

import pytest
from flask import Flask
from playwright.sync_api import APIResponse, Page, expect
from werkzeug.routing import Rule

from tests.browser.looking import expect_many, faults_by_day_and_night, kept_by
from tests.browser.stage import Stage
from tests.letters import issue
from tests.planted import Planted
from tests.rounds import ask
from tests.scenery import NOTE, Scene, planted

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
STRANGER = "stranger"
ROLES = (STRANGER, "street_work", "coordination", "school", "police", "dpo", "archives")
_AS_A_BROWSER = {"Accept": "text/html"}
REFUSED = frozenset({401, 403, 404})
_HOLE = re.compile(r"<[^>]*?(\w+)>")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_MOVING = re.compile(r'nonce="[^"]*"|value="[^"]{20,}"')
NO_PAGE = ("/api/", "/static/", "/healthz", "/readyz")
SAVED = ("/fichier", "/documents/<uuid:document_id>")
"""What a browser saves and does not show."""

_QUERY = {"/dpd/examen/enquetes/nouvelle": "?entrees=0,1&carte=hours"}
"""What a page is about, where its address alone does not say."""

AT_HOME = {
    STRANGER: {"/connexion", "/activation", "/accessibilite", "/aide/problemes"},
    "street_work": {"/situations/<uuid:case_id>", "/saisines/brouillons/<uuid:draft_id>/4"},
    "coordination": {
        *("/a-traiter/<uuid:case_id>", "/situations/<uuid:case_id>/cloture"),
        *("/revue", "/revue/organismes", "/courriers", "/courriers/modeles"),
        *("/situations/<uuid:case_id>/courriers/<uuid:letter_id>/impression",),
    },
    "school": {
        *("/situations/<uuid:case_id>", "/seances/<uuid:meeting_id>"),
        "/situations/<uuid:case_id>/documents",
    },
    "police": {"/", "/revue", "/situations", "/seances/<uuid:meeting_id>"},
    "dpo": {
        *("/dpd/traitements", "/revue/organismes"),
        *("/dpd/acces", "/dpd/conservation", "/dpd/examen", "/dpd/examen/enquetes"),
        *("/dpd/examen/enquetes/<uuid:enquiry_id>", "/dpd/examen/enquetes/nouvelle"),
        *("/chartes", "/chartes/<uuid:charter_id>", "/chartes/<uuid:charter_id>/comparaison"),
        *("/dpd/simulateur", "/simulateur", "/charte/feuille/<uuid:charter_id>"),
    },
    "archives": {"/dpd/conservation"},
}
"""Pages that each role must be able to open: the others it may."""


@dataclass
class Tour:
    """The addresses of one role, and what was found wrong on the way."""

    stage: Stage
    scene: Scene
    body: str
    draft: str = ""
    letter: str = ""
    secrets: Planted = field(default_factory=planted)
    opened: set[str] = field(default_factory=set)
    refusals: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def visit(self, page: Page) -> None:
        """See each page once on a desk and, when it opens, from every side."""
        expect_many(page)
        for rule in _rules(self.stage.office.app):
            for url in self._addresses(rule):
                answer = page.request.get(url, headers=_AS_A_BROWSER)
                if answer.ok:
                    shown = page.goto(url)
                    assert shown is not None
                    assert shown.ok
                    self.opened.add(rule.rule)
                    self._look(page, url)
                elif answer.status not in REFUSED:
                    self.wrong.append(f"{url}: {answer.status}")
                else:
                    self._be_refused(page, url, answer)

    def _be_refused(self, page: Page, url: str, answer: APIResponse) -> None:
        """Read a refusal, and let the browser show it unless it has shown the same text."""
        refusal = _MOVING.sub("", answer.text())
        if refusal in self.refusals:
            title = unescape("".join(_TITLE.findall(refusal)))
            self._tell(url, _leaks(f"{title}\n{answer.url}", self.secrets))
            return
        self.refusals.add(refusal)
        page.goto(url)
        self._tell(url, _leaks(_shown(page), self.secrets))

    def _look(self, page: Page, url: str) -> None:
        """Look at a page from every side."""
        self._tell(url, [*_leaks(_shown(page), self.secrets), *kept_by(page)])
        self._tell(url, faults_by_day_and_night(page))

    def _tell(self, where: str, faults: list[str]) -> None:
        self.wrong += [f"{where}: {fault}" for fault in faults]

    def _addresses(self, rule: Rule) -> Iterator[str]:
        cases = {"agenda"} if "/seances/" in rule.rule else {"followed"}
        if rule.rule.startswith(("/a-traiter/", "/saisines/<")):
            cases = {"referred", "questioned"}
        for case in sorted(cases) if "case_id" in rule.arguments else ("",):
            values = {
                "case_id": self.scene.cases.get(case),
                "action_id": self.scene.actions["bridge_place"],
                "meeting_id": self.scene.meetings["open"],
                "group_id": self.scene.town.group_id,
                "draft_id": self.draft,
                "letter_id": self.letter,
                "kind": "information_person",
                "format_": "odt",
                "question_id": self.scene.town.group_id,  # nobody asks in this town
                "enquiry_id": self.scene.enquiries["answered"],
                "charter_id": self._charter(rule),
                "ceremony_id": self.scene.town.group_id,  # none is asked for in this town
            }
            for step in (1, 2, 3) if "step" in rule.arguments else (0,):
                yield _filled(rule.rule, {**values, "step": step}) + _QUERY.get(rule.rule, "")

    def _charter(self, rule: Rule) -> object:
        """Return the text that a page is about: on paper, the one in force."""
        if rule.rule.startswith("/charte/feuille/"):
            groups = self.scene.town.runtime.directory.groups()
            return groups[self.scene.town.group_id].charter_id
        return self.scene.charters["draft"]


def _filled(rule: str, values: Mapping[str, object]) -> str:
    def fill(hole: re.Match[str]) -> str:
        return str(values[hole[1]])

    return _HOLE.sub(fill, rule)


def _rules(app: Flask) -> list[Rule]:
    return sorted(
        (
            rule
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and not rule.rule.startswith(NO_PAGE)
            and not rule.rule.endswith(SAVED)
        ),
        key=lambda rule: rule.rule,
    )


def _shown(page: Page) -> str:
    """Return what stands above a page: its title and its address."""
    return f"{page.title()}\n{page.url}"


def _leaks(shown: str, secrets: Planted) -> list[str]:
    """Return what a title and an address tell that they must not."""
    return [f"tells {word}" for word in secrets.found_in(shown)]


def _begin_draft(page: Page) -> str:
    """Leave a draft half written, and return its id."""
    page.goto("/saisines/nouvelle")
    page.get_by_role("button", name="Commencer la saisine").click()
    page.get_by_label("Nom de famille").fill("Vandelorbier")
    page.get_by_label("Date de naissance").fill("3/3/1980")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", name="champs sont à reprendre")).to_be_visible()
    page.get_by_role("link", name="Pourquoi ?").click()
    page.get_by_label("Un fait constaté").fill(NOTE)
    with page.expect_response("**/2/enregistrement"):
        page.get_by_label("Ses mots").fill(NOTE)
    return page.url.rpartition("/brouillons/")[2].partition("/")[0]


@pytest.mark.parametrize("body", ROLES)
def test_every_page_has_no_fault_tells_no_name_and_keeps_nothing(
    stage: Stage, scene: Scene, body: str
) -> None:
    tour = Tour(stage, scene, body)
    tour.letter = str(issue(stage.town, tour.scene.cases["followed"]).id)
    ask(stage.town)
    if body == STRANGER:
        with stage.stranger() as page:
            tour.draft = str(tour.scene.cases["followed"])
            tour.visit(page)
    else:
        with stage.member(body) as page:
            takes_part = body not in {"dpo", "archives"}
            tour.draft = _begin_draft(page) if takes_part else str(stage.town.group_id)
            tour.visit(page)
    assert tour.wrong == []
    assert stage.faults == []
    assert planted().found_in("\n".join(stage.seen)) == []
    assert AT_HOME[body] <= tour.opened
