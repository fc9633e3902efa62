"""From opened values to what is answered: what stays shut names the article that keeps it so."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Final

from casework.cases.measures import Measures
from casework.cases.values import CaseFile, CaseLine, Contribution, TakenStep
from casework.charters.vocabulary import CompartmentClass
from casework.keys.values import Withheld
from casework.web.api.output import withheld

_OF_ORIGIN: Final = ("origin", "reporter", "words", "question", "answer")
_SENDER: Final = ("referrer_id", "referrer_organisation_id")
_NAMES: Final = ("family_name", "given_name", "birth_date")


def case_answer(case: CaseFile) -> dict[str, Any]:
    """Return a case as `CaseSchema` writes it."""
    sheet = case.article_of(CompartmentClass.SHEET)
    identity = case.article_of(CompartmentClass.IDENTITY)
    return {
        **shown(case.head, ""),
        "persons": [shown(one, identity) for one in case.persons],
        "referral": _referral(case, sheet),
        "contributions": _written(case, case.shared),
        "notes": _written(case, case.notes),
        "social": _written(case, case.social),
        "decisions": [shown(one, sheet) for one in case.decisions],
        "actions": [shown(one, sheet) for one in case.actions],
        "steps": [_step(one, case) for one in case.steps],
        "namings": case.namings,
        "parts": case.parts,
        "article": case.article,
        "may": sorted(case.may),
    }


def line_answer(line: CaseLine) -> dict[str, Any]:
    """Return a case of a list; what stays shut cites the article in its way."""
    article = line.article
    names = {name: getattr(line, name) for name in _NAMES}
    if not any(names.values()):
        names = dict.fromkeys(_NAMES, withheld(article))
    marked = {
        name: withheld(article) if isinstance(text, Withheld) else text
        for name, text in names.items()
    }
    return {**shown(line.head, ""), **marked}


def shown(value: Any, article: str) -> dict[str, Any]:
    """Return the fields of a value, with an explicit mark for each that stays shut."""
    found = {one.name: getattr(value, one.name) for one in fields(value)}
    return {
        name: withheld(article) if isinstance(text, Withheld) else text
        for name, text in found.items()
    }


def _referral(case: CaseFile, sheet: str) -> dict[str, Any] | None:
    """Return the referral; who sent it is told with its origin, and withheld with it."""
    if case.referral is None:
        return None
    article = case.article_of(CompartmentClass.ORIGIN)
    origin = shown(case.referral, article)
    known = not isinstance(case.referral.origin, Withheld)
    sender = {name: getattr(case.head, name) if known else withheld(article) for name in _SENDER}
    return {**shown(case.referral, sheet), **{name: origin[name] for name in _OF_ORIGIN}, **sender}


def measures_answer(opened: Measures) -> dict[str, Any]:
    """Return the mentions of measures as `MeasuresSchema` writes them."""
    return {
        "case_id": opened.head.id,
        "open": not opened.shut,
        "may_mention": opened.may_write,
        "items": [shown(one, opened.article) for one in opened.steps],
    }


def _step(taken: TakenStep, case: CaseFile) -> dict[str, Any]:
    """Return a recorded step. Who took it is not told: the first one was whoever referred."""
    articles = {part.compartment_id: part.article for part in case.parts}
    answered = shown(taken, articles.get(taken.compartment_id, case.article))
    return {name: value for name, value in answered.items() if name != "taken_by"}


def _written(case: CaseFile, written: Iterable[Contribution]) -> list[dict[str, Any]]:
    articles = {part.compartment_id: part.article for part in case.parts}
    return [shown(one, articles.get(one.compartment_id, case.article)) for one in written]
