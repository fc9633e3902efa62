"""What a page of a draft still lacks before it can be sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from casework.cases.circles import GroupBook
from casework.cases.draft_pages import filled
from casework.cases.pages.views.words import age_outside
from casework.cases.policy import check_age
from casework.cases.schemas import PAGES
from casework.cases.values import Draft
from casework.errors import StepRefused
from casework.i18n import gettext
from casework.web.load import sentences


def faults(draft: Draft, step: int, book: GroupBook) -> dict[str, list[str]]:
    """Return what a page lacks to be sent, by field."""
    try:
        values = PAGES[step]().load(filled(draft, step))
    except ValidationError as fault:
        return dict(sentences(fault.messages_dict))
    found = dict(_too_long(values, book))
    if step == 1:
        found.update(_outside(values, book))
    return found


def _too_long(values: Mapping[str, Any], book: GroupBook) -> Iterator[tuple[str, list[str]]]:
    limit = book.charter.texts.free_text_max
    for name in ("fact", "words"):
        if len(values.get(name) or "") > limit:
            yield (
                name,
                [gettext("%(limit)d caractères au plus : gardez les faits utiles.", limit=limit)],
            )


def _outside(values: Mapping[str, Any], book: GroupBook) -> dict[str, list[str]]:
    ages = book.charter.persons
    found: dict[str, list[str]] = {}
    try:
        check_age(values["birth_date"], book.day, (ages.age_from, ages.age_to))
    except StepRefused:
        found["birth_date"] = [age_outside(book.charter)]
    if values["commune"] not in book.communes:
        found["commune"] = [gettext("Cette commune est hors du territoire du groupe.")]
    return found
