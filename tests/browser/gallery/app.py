"""Every macro on a page, with invented content: looked at by people, by axe and by tests."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from queue import Queue
from uuid import UUID

from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, FileSystemLoader

from casework.errors import (
    AccessDenied,
    AuditGap,
    InvalidInput,
    NotSignedIn,
    TooManyAttempts,
    UndertakingRequired,
)
from casework.identity import Mandate, Principal, PrincipalKind, Role
from casework.web import assembly, frame
from casework.web.forms import FormState
from casework.web.guard import needs
from casework.web.look import Circle, CircleKind, Moment, Paper, Reader, Step, StepState, Tick
from casework.web.permissions import Permission, Public
from casework.web.resume import carry_on
from tests.compiled import sharing_templates
from tests.fakes import CountingEntropy, FixedClock

COUNCIL = UUID(int=1)
GROUP = Circle(
    CircleKind.GROUP,
    "Groupe · 6 personnes, 5 organismes",
    (
        Reader("Coordination", "2 personnes"),
        Reader("Club de prévention", "vous"),
        Reader("Éducation nationale", "1 personne"),
        Reader("Mission locale", "1 personne"),
        Reader("Service social départemental", "1 personne"),
    ),
    "Article 4 de la charte",
)
SOCIAL = Circle(CircleKind.SOCIAL, "Secret partagé · 2 personnes", (Reader("Club de prévention"),))
SERVICE = Circle(CircleKind.SERVICE, "Club de prévention seul", (Reader("Club de prévention"),))
JUDICIAL = Circle(CircleKind.WITHHELD, "Coordination, parquet", (), "Article 5 de la charte")
STEPS = (
    Step(StepState.DONE, "Saisine retenue", "14 sept."),
    Step(StepState.DONE, "Famille informée", "2 oct., entretien"),
    Step(StepState.NOW, "Suivi en cours", "3 actions"),
    Step(StepState.BLOCKED, "Point à six mois", "avant le 14 mars"),
    Step(StepState.LATER, "Sortie"),
)
MOMENTS = (
    Moment(
        date(2026, 11, 5),
        "Orientation vers la passerelle « reprise d’activité », entrée le 1er décembre.",
        "Maintien du suivi.",
        "Séance du 5 novembre · décision n° 41",
    ),
    Moment(date(2026, 10, 20), "Élément réservé", withheld=True),
    Moment(
        date(2026, 10, 2),
        "Famille reçue avec Camille, d’accord pour un accompagnement.",
        by="Club de prévention",
    ),
    Moment(
        date(2026, 9, 14),
        "Motif : absentéisme, présence tardive répétée sur la voie publique.",
        "Situation retenue.",
        "Séance du 14 septembre · décision n° 33",
    ),
)
GROUNDS = (
    Tick("absence", "Absences répétées", "Au collège, au lycée, en formation"),
    Tick("street", "Présence tardive sur la voie publique"),
    Tick("conflict", "Conflits avec le voisinage"),
)
YES_NO = (Tick("yes", "Oui"), Tick("no", "Pas encore"))
DECISIONS = (
    *(Tick("keep", "Maintien du suivi", key="1"), Tick("redirect", "Réorientation", key="2")),
    *(Tick("exit", "Sortie", key="3"), Tick("action", "Action seule"), Tick("later", "Report")),
)


def gallery_app() -> Flask:
    """Return an application that shows everything; `?out` plays an ended session."""
    app = sharing_templates(assembly.new_app())
    app.extensions["gallery.drafts"] = Queue()
    clock, entropy = FixedClock(datetime(2026, 11, 22, 13, 30, tzinfo=UTC)), CountingEntropy()
    doors = frame.Doors(sign_in_form="sign_in_link.html", step_up_form="step_up_link.html")
    house = frame.House("Eurométropole inventée", demonstration=True, doors=doors)
    settings = assembly.WebSettings(b"gallery", secure=False, house=house)
    assembly.prepare(app, clock, entropy, settings)
    assert app.jinja_loader is not None
    ours = FileSystemLoader(Path(__file__).parent)
    app.jinja_env.loader = ChoiceLoader([ours, app.jinja_loader])
    app.before_request(_sign_in)
    app.context_processor(_frame)
    _add_pages(app)
    _add_faults(app)
    assembly.finish(app, entropy)
    return app


def member(*, signed: bool = True) -> Principal:
    """Return a signed-in member of the street-work club."""
    mandate = Mandate(Role.MEMBER, UUID(int=9), date(2026, 1, 1), date(2026, 12, 31), signed)
    kind = PrincipalKind.MEMBER
    return Principal(kind, COUNCIL, UUID(int=2), UUID(int=3), mandates=(mandate,), session_tag="s")


def _sign_in() -> None:
    if request.cookies.get("out") != "yes":
        g.principal = member()


def _frame() -> dict[str, object]:
    if "principal" not in g:
        return {}
    return {
        "navigation": [
            frame.NavItem("Accueil", "/", "house"),
            frame.NavItem("Situations", "/case", "users", current=True),
            frame.NavItem("Séances", "/room", "calendar-days"),
            frame.NavItem("Mes actions", "/actions", "list-checks", count=2),
        ],
        "account": frame.Account("Mme B.", "Club de prévention", "/lock", "/sign-out"),
        "traced": frame.Traced("la séance du 3 décembre", "/motif"),
        "primary": frame.Link("Nouvelle saisine", "/form"),
        "search": frame.Link("Rechercher", "/recherche"),
    }


def _add_pages(app: Flask) -> None:
    blank = FormState({"ground": "absence", "told": "no", "birth_on": date(2010, 3, 4)})
    wrong = FormState(
        {"name": "", "fact": "x" * 410, "due_on": "32/13"},
        {
            "name": ["Ce champ est nécessaire."],
            "due_on": ["Date attendue : jj/mm/aaaa, par exemple 3/11/2026."],
            "ground": ["Choisissez dans la liste."],
        },
    )
    leads = (Tick("b", "Mme B., club de prévention"), Tick("d", "M. D., mission locale"))
    paper = Paper("Relevé de décisions", "RD-2026-011", "Mme B.", datetime.now(UTC), "3/5")  # noqa: TID251 - shown only
    shown: dict[str, dict[str, object]] = {
        "case": {"steps_": STEPS, "moments": MOMENTS, "social": SOCIAL, "service": SERVICE},
        "form": {"state": blank, "grounds": GROUNDS, "yes_no": YES_NO},
        "faulty": {"state": wrong, "grounds": GROUNDS, "yes_no": YES_NO},
        "register": {},
        "room": {"state": FormState({"decision": "keep"}), "decisions": DECISIONS, "leads": leads},
        "states": {"near": [date(2026, 11, 22) + timedelta(days=n) for n in (-12, 0, 1, 5, 40)]},
        "paper": {"paper": paper, "moments": MOMENTS},
        "sign_in": {"state": FormState()},
    }
    for name, values in shown.items():
        page = "form.html" if name == "faulty" else f"{name}.html"
        _add(app, f"/{name}", name, page, values)


def _add(app: Flask, url: str, name: str, page: str, values: dict[str, object]) -> None:
    @needs(Permission.HOME_SEE)
    def show() -> ResponseReturnValue:
        return render_template(page, circle=GROUP, judicial=JUDICIAL, **values)

    app.add_url_rule(url, name, show, methods=["GET", "POST"])


def _add_faults(app: Flask) -> None:
    faults: dict[str, Exception] = {
        "denied": AccessDenied("case:read", "policy"),
        "broken": AuditGap(),
        "wait": TooManyAttempts(90),
        "unsigned": UndertakingRequired(),
        "invalid": InvalidInput({"name": ["Ce champ est nécessaire."]}),
        "ended": NotSignedIn(),
    }

    @app.get("/fault/<name>")
    @needs(Permission.HOME_SEE)
    def fail(name: str) -> ResponseReturnValue:
        raise faults[name]

    @app.post("/draft")
    @needs(Permission.DRAFT_SAVE)
    def save_draft() -> ResponseReturnValue:
        app.extensions["gallery.drafts"].put(request.form["fact"])
        return "Brouillon enregistré à 14 h 32"

    @app.post("/keep")
    @needs(Permission.REFERRAL_WRITE)
    def keep() -> ResponseReturnValue:
        return f"kept: {request.form['words']}"

    @app.route("/connexion", methods=["GET", "POST"])
    @needs(Public.SIGN_IN)
    def enter() -> ResponseReturnValue:
        g.principal = member()
        answer = make_response(carry_on(request.form.get("resume", ""), "/case"))
        answer.delete_cookie("out")
        return answer
