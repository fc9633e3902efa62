# ruff: noqa: INP001 - a script, not a package
"""Gathers the messages of the sources, carries them into each translation and compiles it.

    .venv/bin/python tools/messages.py

A new message stays empty, hence French on the page, until somebody writes it in `messages.po`: the
empty ones are listed. Then run this again.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).parents[1] / "casework"
TRANSLATIONS = SOURCES / "web" / "translations"
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None}
_WIDTH = 100


def gathered() -> Catalog:
    """Return every message of the sources, with the files it stands in."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as settings:
        methods, options = parse_mapping_cfg(settings)  # type: ignore[no-untyped-call]
    found = Catalog(project="casework", charset="utf-8")
    extracted = extract_from_dir(SOURCES, methods, options, keywords=KEYWORDS)
    for name, _, message, _, context in sorted(extracted, key=lambda one: one[:2]):
        found.add(message, None, [(f"casework/{name}", 0)], context=context)
    return found


def updated(path: Path, sources: Catalog) -> Catalog:
    """Return a translation with the messages of today, no more and no fewer, and no guess."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3])
    catalog.update(sources, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def empty(catalog: Catalog) -> Iterator[str]:
    """Yield the messages that are still French."""
    for message in catalog:
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(said):
            yield str(message.id)


def main() -> int:
    """Mend every translation; return the number of messages still to be written."""
    lacking = 0
    sources = gathered()
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        catalog = updated(path, sources)
        with path.open("wb") as file:
            write_po(file, catalog, width=_WIDTH, include_lineno=False, sort_by_file=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        for message in empty(catalog):
            sys.stdout.write(f"{path.parts[-3]}: {message}\n")
            lacking += 1
    return lacking


if __name__ == "__main__":
    sys.exit(min(main(), 1))
