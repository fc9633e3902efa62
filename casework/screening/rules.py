"""Finds what a text should perhaps not say, with patterns that are data: no network, no model."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Final
from unicodedata import normalize

from casework.screening.folding import folded
from casework.screening.values import Passage, Subject

_DATA: Final = files("casework.screening") / "subjects.toml"

_NAME: Final = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
_TITLE: Final = r"(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Me|Maître)"
_KIN: Final = (
    r"(?:père|mère|frère|sœur|soeur|demi-frère|demi-sœur|oncle|tante|cousine?|grand-père"
    r"|grand-mère|beau-père|belle-mère|fils|fille|copain|copine|amie?|compagnon|compagne"
    r"|voisine?|camarade|avec)"
)
_PERSON: Final = re.compile(
    rf"\b{_TITLE}\s+{_NAME}(?:\s+{_NAME})?"
    rf"|\b(?:{_KIN})\s+({_NAME}(?:\s+{_NAME})?)"
    r"|\b[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)?\s+[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'-]+\b"
)
_TELEPHONE: Final = re.compile(
    r"(?<![\d+])(?:(?:\+|00)33[ .-]?(?:\(0\)[ .-]?)?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)"
)
# Sex, year, month (also the codes of unknown months), department, commune, order, key.
_SOCIAL_SECURITY: Final = re.compile(
    r"(?<!\d)[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)[ .-]?(?:\d{2}|2[AB])"
    r"[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]?\d{2})?(?!\d)",
    re.IGNORECASE,
)
_NUMBERS: Final[Mapping[Subject, re.Pattern[str]]] = {
    Subject.SOCIAL_SECURITY: _SOCIAL_SECURITY,
    Subject.TELEPHONE: _TELEPHONE,
}


def holds_number(text: str, subject: Subject) -> bool:
    """Say whether `text` holds a number of a subject that is known by its pattern alone."""
    return _NUMBERS[subject].search(normalize("NFC", text)) is not None


def look(text: str, known: Iterable[str] = ()) -> tuple[Passage, ...]:
    """Return the passages of `text` to ask about, in its order.

    `known` are names that the text is about: they are nobody else's.
    """
    read = normalize("NFC", text)
    ours = {folded(name) for name in known if name}
    return tuple(sorted({*_words(read), *_persons(read, ours), *_numbers(read)}))


def _words(text: str) -> Iterator[Passage]:
    plain = folded(text)
    for subject, pattern in _PATTERNS.items():
        for met in pattern.finditer(plain):
            yield Passage(met.start(), met.end(), subject, text[met.start() : met.end()])


def _persons(text: str, ours: set[str]) -> Iterator[Passage]:
    for met in _PERSON.finditer(text):
        words = set(re.findall(r"[\w-]+", folded(met[1] or met[0])))
        if not words & ours:
            first, last = met.span(1) if met[1] else met.span()
            yield Passage(first, last, Subject.OTHER_PERSON, text[first:last])


def _numbers(text: str) -> Iterator[Passage]:
    for subject, pattern in _NUMBERS.items():
        for met in pattern.finditer(text):
            yield Passage(met.start(), met.end(), subject, met[0])


def _read() -> Mapping[Subject, re.Pattern[str]]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return {
        Subject(name): re.compile(rf"(?<!\w)(?:{'|'.join(one['patterns'])})(?!\w)")
        for name, one in data.items()
    }


_PATTERNS: Final = _read()
