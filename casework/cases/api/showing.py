"""From opened values to what is answered: what stays shut names the article that keeps it so."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from casework.cases.values import CaseFile, CaseLine, Contribution
from casework.charters.vocabulary import CompartmentClass
from casework.keys.values import Withheld
from casework.web.api.output import withheld

_OF_ORIGIN: Final = ("origin", "reporter", "words", "question", "answer")
_NAMES: Final = ("family_name", "given_name", "birth_date")


def case_answer(case: CaseFile) -> dict[str, Any]:
    """Return a case as `CaseSchema` writes it."""
    by_class = {part.compartment_class: part.article for part in case.parts}
    sheet = by_class.get(CompartmentClass.SHEET, case.article)
    identity = by_class.get(CompartmentClass.IDENTITY, case.article)
    return {
        **shown(case.head, ""),
        "persons": [shown(one, identity) for one in case.persons],
        "referral": _referral(case, sheet, by_class),
        "contributions": _written(case, case.shared),
        "notes": _written(case, case.notes),
        "decisions": [shown(one, sheet) for one in case.decisions],
        "actions": [shown(one, sheet) for one in case.actions],
        "namings": case.namings,
        "parts": case.parts,
        "article": case.article,
        "may": sorted(case.may),
    }


def line_answer(line: CaseLine, article: str) -> dict[str, Any]:
    """Return a case of a list; `article` is the one that keeps names from whoever has no need."""
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


def _referral(case: CaseFile, sheet: str, by_class: Mapping[str, str]) -> dict[str, Any] | None:
    if case.referral is None:
        return None
    origin = shown(case.referral, by_class.get(CompartmentClass.ORIGIN, case.article))
    return {**shown(case.referral, sheet), **{name: origin[name] for name in _OF_ORIGIN}}


def _written(case: CaseFile, written: Iterable[Contribution]) -> list[dict[str, Any]]:
    articles = {part.compartment_id: part.article for part in case.parts}
    return [shown(one, articles.get(one.compartment_id, case.article)) for one in written]
