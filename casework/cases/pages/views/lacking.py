"""What a page of a draft still lacks before it can be sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from casework.cases.barred import barred
from casework.cases.circles import GroupBook
from casework.cases.draft_pages import filled
from casework.cases.forms.every import FORMS
from casework.cases.pages.views.words import age_outside
from casework.cases.policy import check_age
from casework.cases.values import Draft
from casework.errors import StepRefused
from casework.i18n import gettext, shown
from casework.web.load import sentences


def faults(draft: Draft, step: int, book: GroupBook) -> dict[str, list[str]]:
    """Return what a page lacks to be sent, by field."""
    form = FORMS[book.charter.kind]
    try:
        values = form.pages[step]().load(filled(draft, form.names(step)))
    except ValidationError as fault:
        return dict(sentences(fault.messages_dict))
    apart = {
        name: [shown(said)]
        for name, said in form.disagreements(draft.fields).items()
        if name in values
    }
    outside = _outside(values, form.births, book)
    return {**apart, **dict(_too_long(values, form.texts, book)), **dict(outside)}


def _too_long(
    values: Mapping[str, Any], texts: frozenset[str], book: GroupBook
) -> Iterator[tuple[str, list[str]]]:
    limit = book.charter.texts.free_text_max
    for name in sorted(texts & values.keys()):
        if len(values[name] or "") > limit:
            said = gettext("%(limit)d caractères au plus : gardez les faits utiles.", limit=limit)
            yield name, [said]
        found = barred(values[name] or "")
        if found:
            yield name, [shown(one) for one in found]


def _outside(
    values: Mapping[str, Any], births: frozenset[str], book: GroupBook
) -> Iterator[tuple[str, list[str]]]:
    ages = book.charter.persons
    for name in sorted(one for one in births if values.get(one)):
        try:
            check_age(values[name], book.day, (ages.age_from, ages.age_to))
        except StepRefused:
            yield name, [age_outside(book.charter)]
    if "commune" in values and values["commune"] not in book.communes:
        yield "commune", [gettext("Cette commune est hors du territoire du groupe.")]
