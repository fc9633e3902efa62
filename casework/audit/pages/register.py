"""The register as the data protection officer reads it. Reading it is recorded in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.audit.actions import Act
from casework.audit.alerts import AlertService
from casework.audit.checkpoint import short_code
from casework.audit.entry import CHARTER_TEXT
from casework.audit.lines import Asked, Line, Page, Slice
from casework.audit.pages.blueprint import pages
from casework.audit.pages.filters import NOBODY, asked_by
from casework.audit.pages.names import Names, Person, known_names
from casework.audit.schemas import AskedSchema, SeenSchema
from casework.audit.service import RegisterService
from casework.audit.words import FAMILIES, OUTCOMES, REASONS, Family, act_words
from casework.i18n import gettext
from casework.web import guard
from casework.web.dates import local
from casework.web.forms import FormState
from casework.web.guard import needs
from casework.web.load import load, load_query
from casework.web.permissions import Permission


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the register in words."""

    seq: int
    at: datetime
    person: str
    organisation: str
    act: Any
    subject: str
    reason: Any
    article: str
    kind: str
    outcome: Any


@pages.get("/dpd/acces")
@needs(Permission.REGISTER_READ)
def read_register() -> str:
    """Show a page of the register, newest first."""
    given = load_query(AskedSchema)
    names = known_names()
    asked = asked_by(given, names)
    page = guard.service(RegisterService).read(
        guard.principal(), asked, Slice(before=given["avant"])
    )
    return render_template(
        "audit/register.html",
        days=_by_day(_shown(page.lines, names)),
        verified=page.verified,
        compared=page.compared,
        sound=page.sound,
        short=short_code(page.signed.note) if page.signed else "",
        signed=page.signed,
        families=_family_links(given["famille"]),
        family=given["famille"],
        persons=names.everyone(),
        organisations=names.organisations(),
        state=FormState(dict(request.args.items())),
        next_url=_next(page),
        unknown=bool(given["situation"]) and asked.case_id == NOBODY,
        alerts=_shown(page.alerts, names),
        kept={name: value for name, value in request.args.items() if value and name != "avant"},
        filtered=asked != Asked(),
        ticked=FormState({"qui": "yes", "quoi": "yes", "pourquoi": "yes"}),
    )


@pages.post("/dpd/acces/verification")
@needs(Permission.REGISTER_VERIFY)
def verify_register() -> ResponseReturnValue:
    """Verify the whole register now."""
    result = guard.service(RegisterService).verify(guard.principal())
    if result.clean:
        words = gettext("Registre vérifié : %(size)d entrées, intact.", size=result.size)
        flash(words, "ok")
    else:
        first = result.faults[0].first
        flash(
            gettext(
                "Le registre se contredit à l’entrée %(first)d. Prévenez l’exploitant et gardez "
                "la dernière copie signée.",
                first=first,
            ),
            "late",
        )
    return redirect(url_for("register.read_register"), 303)


@pages.post("/dpd/alertes")
@needs(Permission.REGISTER_READ)
def see_alerts() -> ResponseReturnValue:
    """Keep that the alerts on the screen were seen."""
    guard.service(AlertService).see(guard.principal(), load(SeenSchema)["last"])
    flash(gettext("Alerte marquée comme vue. Elle reste au registre."), "ok")
    return redirect(url_for("register.read_register"), 303)


def alerts_shown() -> list[Shown]:
    """Return, for the officer, the decoys opened that they have not seen yet, newest first."""
    lines = guard.service(AlertService).unseen(guard.principal())
    return _shown(lines, known_names()) if lines else []


def _shown(lines: Sequence[Line], names: Names) -> list[Shown]:
    persons = names.persons({one.member_id for one in lines if one.member_id})
    cases = {one.case_id for one in lines if one.case_id}
    known = dict(names.references(cases))
    if not cases <= known.keys():
        known |= {one: _waiting(one) for one in names.unnumbered(cases - known.keys())}
    texts = names.texts() if any(one.article for one in lines) else {}
    return [_in_words(line, persons, known, texts) for line in lines]


def _cited(line: Line, texts: Mapping[str, str]) -> str:
    """Return the article that decided, and in which version of the charter where that is known."""
    if not line.article:
        return ""
    number = line.article.replace(":", ", ")
    text = str(line.detail.get(CHARTER_TEXT, ""))
    if not text:
        return gettext("art. %(number)s", number=number)
    version = texts.get(text, text)
    return gettext("art. %(number)s, v. %(version)s", number=number, version=version)


def _in_words(
    line: Line,
    persons: Mapping[UUID, Person],
    references: Mapping[UUID, str],
    texts: Mapping[str, str],
) -> Shown:
    person = persons.get(line.member_id) if line.member_id else None
    kind, outcome = OUTCOMES.get(line.outcome, ("neutral", line.outcome))
    return Shown(
        seq=line.seq,
        at=line.at,
        person=person.name if person else _actor(line),
        organisation=person.organisation if person else "",
        act=gettext("accueil") if line.detail.get("list") == "home" else act_words(_act(line)),
        subject=_subject(line, references),
        reason=_reason(line),
        article=_cited(line, texts),
        kind="late" if line.altered else kind,
        outcome=gettext("altéré") if line.altered else outcome,
    )


def _reason(line: Line) -> Any:
    """Return why, with what was typed where no button said it."""
    if line.words:
        return gettext("autre : « %(words)s »", words=line.words)
    return REASONS.get(line.reason, line.reason)


def _act(line: Line) -> str:
    """Return what was done; a decoy's referral is told as what it is to who may open the line."""
    return Act.DECOY_PLACED if line.detail.get("decoy") else line.act


def _actor(line: Line) -> str:
    actors = {
        "operator": gettext("Exploitation"),
        "service": gettext("Service"),
        "stranger": gettext("Personne non identifiée"),
    }
    gone = gettext("Illisible") if line.altered else gettext("Arrivé à son terme")
    return actors.get(line.kind, gone)


def _subject(line: Line, references: Mapping[UUID, str]) -> str:
    if line.case_id:
        gone = gettext("situation effacée ou inconnue (%(id)s)", id=_short(line.case_id))
        return references.get(line.case_id) or gone
    if line.cases:
        return gettext("%(count)d situations", count=len(line.cases))
    return ""


def _waiting(case_id: UUID) -> str:
    """Return what a referral is called until it is answered."""
    return gettext("saisine sans numéro (%(id)s)", id=_short(case_id))


def _short(case_id: UUID) -> str:
    return str(case_id)[-6:]


def _by_day(lines: Iterable[Shown]) -> list[tuple[date, list[Shown]]]:
    grouped = groupby(lines, key=lambda line: local(line.at).date())
    return [(day, list(of_day)) for day, of_day in grouped]


def _family_links(current: Family) -> list[tuple[Any, str, bool]]:
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name not in _PLACE
    }
    return [
        (words, url_for("register.read_register", **{**kept, "famille": one}), one is current)
        for one, words in FAMILIES.items()
    ]


_PLACE = frozenset({"famille", "avant"})


def _next(page: Page) -> str | None:
    if page.following is None:
        return None
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name != "avant"}
    return url_for("register.read_register", **kept, avant=page.following)
