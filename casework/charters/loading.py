"""A charter file becomes a charter, or the list of all its faults."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from casework.charters.charter import Charter, Custody, Presence
from casework.charters.checks import check_charter
from casework.charters.faults import CharterFaults, Fault, Notebook
from casework.charters.lines import Lines
from casework.charters.matrix import read_articles, read_rules
from casework.charters.reading import Section
from casework.charters.sections import (
    read_clocks,
    read_compartments,
    read_custody,
    read_information,
    read_kind,
    read_list,
    read_meetings,
    read_persons,
    read_presence,
    read_register,
    read_texts,
    read_version,
)
from casework.charters.vocabulary import ListName, PartnerCategory

_KEPT: Final = 16
_PARTS = frozenset(
    {
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
        "lists",
        "articles",
        "rules",
    }
)


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
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where[1]) if where else len(text.splitlines())
        return None, [Fault(line, "Ce n’est pas du TOML lisible à partir d’ici.")]
    notebook = Notebook(Lines(text))
    charter = _charter(document, notebook, hashlib.sha256(text.encode()).hexdigest())
    check_charter(charter, notebook)
    return charter, notebook.faults


def _charter(document: Mapping[str, Any], notebook: Notebook, digest: str) -> Charter:
    def part(name: str) -> Section:
        return Section(document.get(name), (name,), notebook)

    for name in document.keys() - _PARTS:
        notebook.note((name,), f"« {name} » n’est pas une partie connue d’une charte.")
    head = part("charter")
    charter = Charter(
        title=head.text("title"),
        kind=read_kind(head),
        version=read_version(head),
        digest=digest,
        signatories=head.words("signatories", PartnerCategory),
        compartments=read_compartments(part("compartments")),
        custody=read_custody(part("custody")) if "custody" in document else Custody(),
        persons=read_persons(part("persons")),
        texts=read_texts(part("texts")),
        clocks=read_clocks(part("clocks")),
        register=read_register(part("register")),
        meetings=read_meetings(part("meetings")),
        information=read_information(part("information")),
        lists=_lists(document, notebook),
        articles=read_articles(document.get("articles"), notebook),
        rules=read_rules(document.get("rules"), notebook),
        presence=read_presence(part("presence")) if "presence" in document else Presence(),
    )
    head.close()
    return charter


def _lists(document: Mapping[str, Any], notebook: Notebook) -> Mapping[ListName, Mapping[str, str]]:
    section = Section(document.get("lists"), ("lists",), notebook)
    read = {name: read_list(name, section) for name in ListName}
    section.close()
    return MappingProxyType(read)
