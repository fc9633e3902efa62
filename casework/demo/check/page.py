"""A page as a person meets it: its words, its links, what its forms offer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_BLANKS: Final = re.compile(r"\s+")


class CheckFailed(Exception):
    """Something that must hold does not; the sentence says what was found."""


@dataclass
class Form:
    """A form: where it goes, what it holds already, and what each choice offers."""

    action: str
    method: str
    words: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, given: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
        """Return what the browser would send. Raises `CheckFailed` for what nobody can type."""
        sent = {name: list(values) for name, values in self.values.items()}
        for name, value in given.items():
            wanted = [value] if isinstance(value, str) else value
            if name not in sent and name not in self.offered:
                raise CheckFailed(f"le formulaire {self.action} n’a pas de champ {name}")
            if not set(wanted) <= set(self.offered.get(name, wanted)):
                raise CheckFailed(f"le champ {name} ne propose pas {', '.join(wanted)}")
            sent[name] = wanted
        return sent


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was answered."""

    status: int
    url: str
    html: str
    title: str
    text: str
    links: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    forms: tuple[Form, ...]

    def form(self, action: str) -> Form:
        """Return the form that goes to an address ending so."""
        for form in self.forms:
            if form.action.partition("?")[0].endswith(action):
                return form
        raise CheckFailed(f"{self.url} n’a pas de formulaire vers {action} : « {self.title} »")

    def link(self, words: str) -> str:
        """Return the address behind a link that says these words."""
        for href, said in self.links:
            if words in said:
                return href
        raise CheckFailed(f"{self.url} n’a pas de lien « {words} »")

    def option(self, words: str) -> str:
        """Return the value that a list offers under these words."""
        for value, said in self.options:
            if words in said:
                return value
        raise CheckFailed(f"{self.url} ne propose pas « {words} »")

    def links_to(self, start: str) -> list[str]:
        """Return the addresses of links that begin so, each once, in their order."""
        return list(dict.fromkeys(href for href, _ in self.links if href.startswith(start)))

    def row(self, *words: str) -> str:
        """Return the first line of a table that says all these words."""
        for row in self.rows:
            if all(_told(one) in _told(row) for one in words):
                return row
        raise CheckFailed(f"{self.url} : aucune ligne ne dit « {' », « '.join(words)} »")

    def says(self, *words: str) -> None:
        """Raise `CheckFailed` unless the page says all these words."""
        for one in words:
            if _told(one) not in _told(self.text):
                raise CheckFailed(f"{self.url} ({self.status}) ne dit pas « {one} »")

    def hides(self, *words: str) -> None:
        """Raise `CheckFailed` if the page holds any of these words, anywhere."""
        for one in words:
            if _told(one) in _told(self.text) or _told(one) in _told(self.html):
                raise CheckFailed(f"{self.url} ({self.status}) montre « {one} »")


def plain(words: str) -> str:
    """Return words with single spaces."""
    return _BLANKS.sub(" ", words).strip()


def _told(words: str) -> str:
    """Return words as they are compared: names are shown in capitals, spaces are kept unbroken."""
    return plain(words).casefold()
