"""Every message has its English, and every French message is well set."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from casework.i18n import LANGUAGES, TRANSLATIONS

SOURCES = Path(TRANSLATIONS).parents[1]
ENGLISH = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])")
# A no-break space before high punctuation, unless it is part of an address or an hour.
LOOSE_SIGN = re.compile(r"(?<!\u00a0)[:;?!»](?![/\d])|«(?!\u00a0)")
OTHER_SPACE = re.compile(r"[\u2009\u202f\t\n]|  ")

Identifier = str | tuple[str, ...]


@cache
def extracted() -> set[Identifier]:
    """Return the messages of the sources as they are now."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as settings:
        methods, options = parse_mapping_cfg(settings)  # type: ignore[no-untyped-call]
    keywords = DEFAULT_KEYWORDS | {"_l": None}
    catalog = Catalog()
    for _, _, message, _, context in extract_from_dir(SOURCES, methods, options, keywords):
        catalog.add(message, None, context=context)
    return {identifier(one) for one in catalog if one.id}


def identifier(message: Message) -> Identifier:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def said(message: Message) -> tuple[str, ...]:
    """Return the translation of a message, all its forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def french(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text: str) -> set[tuple[str, ...]]:
    return {match.groups() for match in PLACEHOLDER.finditer(text)}


@pytest.fixture(scope="module")
def english() -> Catalog:
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def messages(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    return (one for one in catalog if one.id)


def test_english_is_offered() -> None:
    assert LANGUAGES == ("fr", "en")


def test_the_catalogue_holds_the_messages_of_the_sources_and_no_other(english: Catalog) -> None:
    known = {identifier(one) for one in messages(english)}
    found = extracted()
    assert known - found == set()
    assert found - known == set()
    assert not english.obsolete


def test_every_message_is_said_in_english(english: Catalog) -> None:
    lacking = [one.id for one in messages(english) if not said(one) or not all(said(one))]
    assert lacking == []


def test_no_translation_is_a_guess(english: Catalog) -> None:
    assert [one.id for one in english if one.fuzzy] == []


def test_a_translation_names_the_same_values(english: Catalog) -> None:
    wrong = [
        one.id
        for one in messages(english)
        if placeholders(said(one)[-1]) != placeholders(french(one)[-1])
        or not placeholders(said(one)[0]) <= placeholders(french(one)[-1])
    ]
    assert wrong == []


def test_what_can_be_counted_has_the_two_forms_of_english(english: Catalog) -> None:
    forms = {one.id: len(said(one)) for one in messages(english) if not isinstance(one.id, str)}
    assert forms
    assert set(forms.values()) == {english.num_plurals} == {2}


def test_english_has_its_own_quotation_marks_and_spaces(english: Catalog) -> None:
    foreign = re.compile(r"[«»'\"\u00a0\u202f]")
    assert [text for one in messages(english) for text in said(one) if foreign.search(text)] == []


def test_a_translation_ends_as_its_message_does(english: Catalog) -> None:
    """A label stays a label, a sentence a sentence."""
    ends = re.compile(r"[.?!:…]$")

    def end(text: str) -> str:
        found = ends.search(text)
        return found[0] if found else ""

    wrong = [one.id for one in messages(english) if end(said(one)[-1]) != end(french(one)[-1])]
    assert wrong == []


def test_the_compiled_catalogue_says_what_the_written_one_says(english: Catalog) -> None:
    with ENGLISH.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert {identifier(one): said(one) for one in messages(compiled)} == {
        identifier(one): said(one) for one in messages(english)
    }


def test_french_signs_keep_their_no_break_space() -> None:
    assert [text for text in every_french() if LOOSE_SIGN.search(text)] == []


def test_french_has_the_apostrophe_of_print_and_plain_spaces() -> None:
    assert [text for text in every_french() if "'" in text or OTHER_SPACE.search(text)] == []


def every_french() -> Iterator[str]:
    for one in extracted():
        yield from [one] if isinstance(one, str) else one
