"""The pages of a draft: which fields each holds, and when two pages say different things.

A draft remembers, for each page, the version it was saved at and the opening that saved it. So
two tabs on different pages never meet, a page's own earlier saving is not somebody else's, and a
saving that arrives after its page was left changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from casework.cases.values import Draft, NewPerson, NewReferral

FIELDS: Final[Mapping[int, tuple[str, ...]]] = {
    1: (
        *("family_name", "given_name", "birth_date", "commune", "address", "phone", "school"),
        *("parent_family_name", "parent_given_name", "parent_phone"),
    ),
    2: ("reason", "fact", "fact_on", "origin", "reporter", "words"),
    3: ("informed", "informed_on", "delay_reason"),
}
"""What each page asks. The fourth page is for reading over."""

REVIEW: Final = 4
# No opening is empty: a page that was left is nobody's any more.
_LEFT: Final = ""


@dataclass(frozen=True, slots=True)
class TypedPage:
    """What somebody typed on one page; `opening` names that page in that tab.

    `leaving` says that they pressed a button: what the page saves by itself later is stale.
    """

    draft_id: UUID
    step: int
    fields: Mapping[str, str]
    version: int
    opening: str
    leaving: bool = True


def differing(stored: Draft, typed: TypedPage) -> tuple[str, ...]:
    """Return the fields of a page that say something else in the draft."""
    return tuple(
        name
        for name in FIELDS[typed.step]
        if stored.fields.get(name, "") != typed.fields.get(name, "")
    )


def clashes(stored: Draft, typed: TypedPage) -> bool:
    """Say whether the same page was saved elsewhere since it was opened here, differently."""
    saved_at = int(stored.fields.get(_saved(typed.step), "0"))
    ours = stored.fields.get(_opening(typed.step)) == typed.opening
    return saved_at > typed.version and not ours and bool(differing(stored, typed))


def merged(stored: Draft, typed: TypedPage) -> Draft:
    """Return the draft with one page replaced."""
    page = {name: typed.fields.get(name, "") for name in FIELDS[typed.step]}
    marks = {
        _saved(typed.step): str(stored.version + 1),
        _opening(typed.step): _LEFT if typed.leaving else typed.opening,
    }
    return replace(stored, step=typed.step, fields={**stored.fields, **page, **marks})


def filled(draft: Draft, step: int) -> dict[str, str]:
    """Return what a draft holds for one page, without what is empty."""
    values = {name: draft.fields.get(name, "") for name in FIELDS[step]}
    return {name: value for name, value in values.items() if value}


def begun(draft: Draft, step: int) -> bool:
    """Say whether anything was written on a page."""
    return bool(filled(draft, step))


def new_referral(group_id: UUID, values: Mapping[str, Any]) -> NewReferral:
    """Return the referral that checked values make; absent texts are empty."""
    told = bool(values["informed"])
    return NewReferral(
        group_id=group_id,
        commune=values["commune"],
        persons=tuple(_persons(values)),
        reason=values["reason"],
        fact=values["fact"],
        fact_on=values.get("fact_on"),
        origin=values["origin"],
        reporter=values.get("reporter") or "",
        words=values.get("words") or "",
        informed_on=values.get("informed_on") if told else None,
        delay_reason=None if told else values.get("delay_reason"),
    )


def _persons(values: Mapping[str, Any]) -> list[NewPerson]:
    subject = NewPerson(
        relation="subject",
        family_name=values["family_name"],
        given_name=values["given_name"],
        birth_date=values["birth_date"],
        address=values.get("address") or "",
        phone=values.get("phone") or "",
        school=values.get("school") or "",
    )
    parent = NewPerson(
        relation="legal_representative",
        family_name=values.get("parent_family_name") or "",
        given_name=values.get("parent_given_name") or "",
        phone=values.get("parent_phone") or "",
    )
    known = parent.family_name or parent.given_name or parent.phone
    return [subject, parent] if known else [subject]


def _saved(step: int) -> str:
    return f"_saved_{step}"


def _opening(step: int) -> str:
    return f"_opening_{step}"
