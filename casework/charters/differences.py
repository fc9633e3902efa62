"""What else differs between two charters: figures, duties, lists, parties, words of articles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.charters.charter import Charter
from casework.charters.limits import LIMITS
from casework.charters.vocabulary import CompartmentClass
from casework.charters.window import ANY_DAY, Window


class Topic(StrEnum):
    """What a difference is about."""

    FIGURE = "figure"
    DUTY = "duty"
    SIGNATORY = "signatory"
    PROJECTED = "projected"
    CUSTODY = "custody"
    COMPARTMENT = "compartment"
    CODE = "code"
    DATES = "dates"
    ARTICLE = "article"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of one text that the other has not, or has otherwise: empty where it is absent.

    `name` is a path of codes: `clocks.review_months`, `actions.mentoring`, an article's number.
    """

    topic: Topic
    name: str
    before: str
    after: str


_DUTIES: Final = (
    ("register", "readers_named"),
    ("information", "before_first_review"),
    ("information", "legal_representatives"),
    ("protocol", "opinion_required"),
    ("protocol", "silence_agrees"),
    ("protocol", "incivility_notices"),
)


def differences(before: Charter, after: Charter) -> list[Difference]:
    """Return everything but rights that differs, in the order of a charter file."""
    return [
        *_compared(Topic.NAME, {"group": before.group}, {"group": after.group}),
        *_compared(Topic.SIGNATORY, _set(before.signatories), _set(after.signatories)),
        *_compared(Topic.ARTICLE, _articles(before), _articles(after)),
        *_compared(Topic.FIGURE, _figures(before), _figures(after)),
        *_compared(Topic.DUTY, _duties(before), _duties(after)),
        *_compared(
            Topic.PROJECTED, _set(before.meetings.projected), _set(after.meetings.projected)
        ),
        *_compared(Topic.COMPARTMENT, _named(before.compartments), _named(after.compartments)),
        *_compared(
            Topic.CUSTODY, _set(before.custody.members_only), _set(after.custody.members_only)
        ),
        *_compared(Topic.CODE, _codes(before), _codes(after)),
        *_compared(Topic.DATES, _dates(before), _dates(after)),
    ]


def _compared(
    topic: Topic, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        was, will = before.get(name, ""), after.get(name, "")
        if was != will:
            yield Difference(topic, name, was, will)


def _set(codes: tuple[StrEnum, ...]) -> dict[str, str]:
    return {one.value: one.value for one in codes}


def _named(labels: Mapping[CompartmentClass, str]) -> dict[str, str]:
    return {one.value: label for one, label in labels.items()}


def _articles(charter: Charter) -> dict[str, str]:
    return {one.number: f"{one.title}\n{one.text}" for one in charter.articles.values()}


def _figures(charter: Charter) -> dict[str, str]:
    return {
        f"{part}.{key}": str(getattr(getattr(charter, part), key))
        for part, limits in LIMITS[charter.kind].items()
        for key in limits
    }


def _duties(charter: Charter) -> dict[str, str]:
    return {
        f"{part}.{key}": "true" if getattr(getattr(charter, part), key) else "false"
        for part, key in _DUTIES
    }


def _dates(charter: Charter) -> dict[str, str]:
    """Return from when until when the text, and each rule that has dates, holds."""
    windows = {"": charter.dates, **{rule.id: rule.window for rule in charter.rules}}
    return {name: _span(one) for name, one in windows.items() if one != ANY_DAY}


def _span(window: Window) -> str:
    first, last = (one.isoformat() if one else "…" for one in (window.first, window.last))
    return f"{first} – {last}"


def _codes(charter: Charter) -> dict[str, str]:
    return {
        f"{name}.{code}": label
        for name, labels in charter.lists.items()
        for code, label in labels.items()
    }
