"""The pages of a draft: when two of them say different things, and which savings meet.

A draft remembers, for each page, the version it was saved at and the opening that saved it. So
two tabs on different pages never meet, a page's own earlier saving is not somebody else's, and a
saving that arrives after its page was left changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.cases.values import Draft

REVIEW: Final = 4
# No opening is empty: a page that was left is nobody's any more.
_LEFT: Final = ""


@dataclass(frozen=True, slots=True)
class TypedPage:
    """What somebody typed in every field of one page; `opening` names that page in that tab.

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
        name for name in typed.fields if stored.fields.get(name, "") != typed.fields.get(name, "")
    )


def clashes(stored: Draft, typed: TypedPage) -> bool:
    """Say whether the same page was saved elsewhere since it was opened here, differently."""
    saved_at = int(stored.fields.get(_saved(typed.step), "0"))
    ours = stored.fields.get(_opening(typed.step)) == typed.opening
    return saved_at > typed.version and not ours and bool(differing(stored, typed))


def merged(stored: Draft, typed: TypedPage) -> Draft:
    """Return the draft with one page replaced."""
    marks = {
        _saved(typed.step): str(stored.version + 1),
        _opening(typed.step): _LEFT if typed.leaving else typed.opening,
    }
    return replace(stored, step=typed.step, fields={**stored.fields, **typed.fields, **marks})


def filled(draft: Draft, names: Iterable[str]) -> dict[str, str]:
    """Return what a draft holds for some fields, without what is empty."""
    return {name: draft.fields[name] for name in names if draft.fields.get(name)}


def _saved(step: int) -> str:
    return f"_saved_{step}"


def _opening(step: int) -> str:
    return f"_opening_{step}"
