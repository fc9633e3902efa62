"""A charter file becomes a charter, or the list of all its faults."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, TypeVar

from casework.charters.charter import Charter, Custody, Meetings, Presence, Protocol
from casework.charters.checks import check_charter
from casework.charters.faults import CharterFaults, Fault, Notebook
from casework.charters.kinds import LISTS_OF_KIND
from casework.charters.limits import LIMITS
from casework.charters.lines import Lines
from casework.charters.matrix import read_articles, read_rules
from casework.charters.named_conditions import NamedConditions, read_conditions
from casework.charters.reading import Section
from casework.charters.rules import Rule
from casework.charters.sections import (
    Limits,
    read_clocks,
    read_compartments,
    read_custody,
    read_information,
    read_kind,
    read_list,
    read_meetings,
    read_name,
    read_persons,
    read_presence,
    read_protocol,
    read_register,
    read_texts,
    read_version,
    read_window,
)
from casework.charters.spelling import meant, quoted
from casework.charters.text import faults_of_text
from casework.charters.vocabulary import CaseKind, ListName, PartnerCategory

T = TypeVar("T")

_KEPT: Final = 16
PARTS: Final = (
    "charter",
    "compartments",
    "custody",
    "presence",
    "persons",
    "texts",
    "clocks",
    "register",
    "meetings",
    "information",
    "protocol",
    "lists",
    "articles",
    "conditions",
    "rules",
)
"""The parts that a charter file may have."""


@lru_cache(maxsize=_KEPT)
def load(text: str) -> Charter:
    """Return the charter of a file's text; `CharterFaults` carries every fault at once.

    The same text is the same charter, which never changes: it is checked and compiled once.
    """
    charter, faults = _read(text)
    if charter is None or faults:
        raise CharterFaults(faults)
    return charter


def check(text: str) -> list[Fault]:
    """Return the faults of a file's text in the order of its lines; none when it can be used."""
    return _read(text)[1]


def _read(text: str) -> tuple[Charter | None, list[Fault]]:
    if unreadable := faults_of_text(text):
        return None, unreadable
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where[1]) if where else text.rstrip("\n").count("\n") + 1
        return None, [Fault(line, "Ce n’est pas du TOML lisible à partir d’ici.")]
    notebook = Notebook(Lines(text))
    charter = _Document(document, notebook).charter(hashlib.sha256(text.encode()).hexdigest())
    check_charter(charter, notebook)
    return charter, notebook.faults


class _Document:
    """The parts of one file, each read by its own reader."""

    def __init__(self, document: Mapping[str, Any], notebook: Notebook) -> None:
        """Note at once the parts that nobody knows."""
        self._document = document
        self._notebook = notebook
        for name in document.keys() - set(PARTS):
            near = meant(name, PARTS)
            said = f"« {quoted(name)} » n’est pas une partie connue d’une charte{near}."
            notebook.note((name,), said)

    def charter(self, digest: str) -> Charter:
        """Return the charter; after a fault, one that opens no more than it says."""
        head = self._part("charter")
        kind = read_kind(head)
        limits = LIMITS[kind]

        def figures(name: str, read: Callable[[Section, Limits], T]) -> T:
            return read(self._part(name), limits[name])

        charter = Charter(
            title=head.text("title"),
            kind=kind,
            name=read_name(head),
            version=read_version(head),
            digest=digest,
            dates=read_window(head),
            signatories=head.words("signatories", PartnerCategory),
            compartments=read_compartments(self._part("compartments")),
            custody=self._optional("custody", read_custody, Custody()),
            presence=self._optional("presence", read_presence, Presence()),
            persons=figures("persons", read_persons),
            texts=figures("texts", read_texts),
            clocks=figures("clocks", read_clocks),
            register=figures("register", read_register),
            meetings=figures("meetings", read_meetings) if "meetings" in limits else Meetings(),
            information=read_information(self._part("information")),
            protocol=self._protocol(limits),
            lists=self._lists(kind),
            articles=read_articles(self._document.get("articles"), self._notebook),
            rules=self._rules(),
        )
        head.close()
        if "meetings" in self._document and "meetings" not in limits:
            self._notebook.note(("meetings",), "Cette procédure n’a pas de séance.")
        return charter

    def _part(self, name: str) -> Section:
        return Section(self._document.get(name), (name,), self._notebook)

    def _optional(self, name: str, read: Callable[[Section], T], absent: T) -> T:
        return read(self._part(name)) if name in self._document else absent

    def _protocol(self, limits: Mapping[str, Limits]) -> Protocol:
        if "protocol" not in self._document:
            return Protocol()
        if "protocol" not in limits:
            said = "Cette procédure n’a pas de protocole avec le parquet."
            self._notebook.note(("protocol",), said)
            return Protocol()
        return read_protocol(self._part("protocol"), limits["protocol"])

    def _lists(self, kind: CaseKind) -> Mapping[ListName, Mapping[str, str]]:
        section, wanted = self._part("lists"), LISTS_OF_KIND[kind]
        read = {name: read_list(name, section, wanted[name]) for name in ListName if name in wanted}
        section.close()
        return MappingProxyType(read)

    def _rules(self) -> tuple[Rule, ...]:
        named = self._optional("conditions", read_conditions, NamedConditions())
        return read_rules(self._document.get("rules"), named, self._notebook)
