"""The pages that belong to no subject: health, help, accessibility, what problems mean."""

from calendar import Calendar
from collections.abc import Callable, Mapping

from flask import Blueprint, Flask, Response, current_app, render_template

from casework.web.dates import today
from casework.web.guard import needs
from casework.web.permissions import Permission, Public
from casework.web.problem_table import PROBLEMS

Probe = Callable[[], object]
_EXTENSION = "casework.probes"

pages = Blueprint("web", __name__)


def install(app: Flask, probes: Mapping[str, Probe]) -> None:
    """Serve these pages; each probe raises when its part of the service is not ready."""
    app.extensions[_EXTENSION] = dict(probes)
    app.register_blueprint(pages)


@pages.get("/healthz")
@needs(Public.HEALTH)
def see_health() -> Response:
    """Answer as long as the process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@needs(Public.HEALTH)
def see_readiness() -> Response:
    """Answer 503 with the names of the parts that are not ready; never why, which is a log's."""
    down = [name for name, probe in _probes().items() if not _passes(name, probe)]
    text = "".join(f"down: {name}\n" for name in down) or "ready\n"
    return Response(text, 503 if down else 200, mimetype="text/plain")


@pages.get("/aide")
@needs(Permission.HELP_SEE)
def see_help() -> str:
    """Show how to be helped, and the keys."""
    return render_template("help.html")


@pages.get("/accessibilite")
@needs(Public.ACCESSIBILITY)
def see_accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("accessibility.html")


@pages.get("/jour")
@needs(Public.DAY)
def see_day() -> str:
    """Show what day it is and nothing else: a page that tells nobody what was read before it."""
    return render_template("day.html", today=today(), weeks=Calendar().monthdayscalendar(*_month()))


@pages.get("/aide/problemes")
@needs(Public.PROBLEM_HELP)
def see_problems() -> str:
    """Show what each problem code means: the page that `type` leads to."""
    return render_template("problems.html", problems=PROBLEMS)


def _month() -> tuple[int, int]:
    return today().year, today().month


def _probes() -> dict[str, Probe]:
    probes: dict[str, Probe] = current_app.extensions[_EXTENSION]
    return probes


def _passes(name: str, probe: Probe) -> bool:
    try:
        probe()
    except Exception as fault:  # noqa: BLE001 - whatever it is, this part is not ready
        current_app.logger.warning("not ready: %s: %s", name, type(fault).__name__)
        return False
    return True
