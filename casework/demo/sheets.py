"""The spreadsheets that the towns keep today, in their usual disorder, for the import to face."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from casework.demo.casebook import Casebook
from casework.demo.draw import Draw
from casework.demo.names import misspelt
from casework.demo.people import years_before
from casework.demo.shapes import Case, World
from casework.demo.words import folded, french_date, lists

_NEW: Final = 9
_KNOWN: Final = 4
_NOT_A_NUMBER: Final = "2 99 13 99 999 999 00"  # shaped like a social-security number, none
_SERIAL_ZERO: Final = date(1899, 12, 30)

Row = list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as somebody saved it. `rows` counts the lines that tell of a person."""

    name: str
    encoding: str
    delimiter: str
    content: bytes
    rows: int
    families: tuple[str, ...]


def sheets(world: World) -> tuple[Sheet, ...]:
    """Return the three sheets of a built world: new people, known ones, and the same twice."""
    return (_register(world), _merged(world), _patchwork(world))


def _register(world: World) -> Sheet:
    """Return a register: a title above the header, capitals, a column that nobody may keep."""
    draw = Draw(world.seed, "sheet", "register")
    cases = _people(world, 0, draw)
    head = ["N°", "NOM", "Prénom", "Né(e) le", "Commune", "Adresse", "Saisine", "Motif", "Divers"]
    rows = [["SUIVI NOMINATIF - NE PAS DIFFUSER"], [], head]
    for number, case in enumerate(cases, start=1):
        who, town = case.subject, case.subject.address.rpartition(" ")[2]
        rows.append([
            str(number),
            who.family.upper() if draw.chance(80) else f" {who.family}",
            who.given,
            _untidy(who.birth_date, draw),
            "" if draw.chance(30) else town,
            who.address.partition(",")[0],
            _untidy(case.opened_on, draw),
            _said("reasons", case.reason, draw),
            _NOT_A_NUMBER if number == _KNOWN else "",
        ])  # fmt: skip
    return _saved("suivi-nominatif-2026.csv", "cp1252", ";", (rows, cases))


def _merged(world: World) -> Sheet:
    """Return a list where both names share a column, in either order, without commune."""
    draw = Draw(world.seed, "sheet", "merged")
    cases = _people(world, 1, draw)
    rows = [["Nom Prénom", "DDN", "Saisi par", "motif", "Date d'entrée", "Sortie", "Remarques"]]
    for case in cases:
        who = case.subject
        names = [who.family.upper(), who.given] if draw.chance(60) else [who.given, who.family]
        rows.append([
            " ".join(names),
            _untidy(who.birth_date, draw),
            _said("origins", case.origin, draw),
            _said("reasons", case.reason, draw),
            _untidy(case.opened_on, draw),
            _said("closures", case.closure, draw) if case.closure else "",
            case.fact if draw.chance(40) else "",
        ])  # fmt: skip
    return _saved("Liste jeunes (copie).csv", "utf-8-sig", ";", (rows, cases))


def _patchwork(world: World) -> Sheet:
    """Return a table with short lines, old entries, a date that cannot be, and a total."""
    draw = Draw(world.seed, "sheet", "patchwork")
    cases = _people(world, 2, draw)
    rows = [["prenom", "nom", "naissance", "entree", "sortie", "observations"]]
    for number, case in enumerate(cases):
        who = case.subject
        forgotten = number % 4 == 0
        opened_on = years_before(case.opened_on, 6 if forgotten else 0)
        rows.append([
            folded(who.given),
            folded(who.family),
            "31/02/2011" if number == _KNOWN else _untidy(who.birth_date, draw),
            _untidy(opened_on, draw),
            "sorti" if forgotten else "",
            case.fact.replace(". ", ".\n", 1),
        ][: draw.between(4, 6)])  # fmt: skip
    rows += [[], ["TOTAL", str(len(cases))]]
    return _saved("export_tableau.csv", "utf-8", ",", (rows, cases))


def _people(world: World, turn: int, draw: Draw) -> list[Case]:
    """Return new people, some the council knows under another spelling, and one line twice."""
    book, first = Casebook(world), len(world.cases) + turn * _NEW
    new = [book.write(first + number) for number in range(_NEW)]
    known = draw.some(world.cases, _KNOWN)
    mixed = new + [_written_otherwise(case, at) for at, case in enumerate(known)]
    shuffled = draw.some(mixed, len(mixed))
    return [*shuffled, shuffled[0]]


def _written_otherwise(case: Case, turn: int) -> Case:
    who = case.subject
    return replace(case, subject=replace(who, family=misspelt(who.family, turn)))


def _said(table: str, code: str, draw: Draw) -> str:
    said: str = draw.pick(lists("sheets")[table][code])
    return said


def _untidy(day: date, draw: Draw) -> str:
    """Return a date as one of the writers types it; sometimes nothing, or only a month."""
    return draw.pick(_DATE_HABITS)(day)


def _saved(name: str, encoding: str, delimiter: str, told: tuple[list[Row], list[Case]]) -> Sheet:
    rows, cases = told
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    families = tuple(sorted({case.subject.family for case in cases}))
    return Sheet(name, encoding, delimiter, text.getvalue().encode(encoding), len(cases), families)


_DATE_HABITS: Final[tuple[Callable[[date], str], ...]] = (
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: f"{day.day}/{day.month}/{day:%y}",
    lambda day: day.strftime("%d.%m.%Y"),
    lambda day: day.strftime("%d-%m-%y"),
    date.isoformat,
    french_date,
    lambda day: french_date(day).partition(" ")[2],
    lambda day: str((day - _SERIAL_ZERO).days),
    lambda _: "",
)
