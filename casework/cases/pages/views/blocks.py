"""The parts of a case as blocks: open with what they say, or shut with the article that shuts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.words import PARTS, cited, why_shut
from casework.cases.values import CaseFile, Part
from casework.charters.vocabulary import CompartmentClass
from casework.web.look import Circle


@dataclass(frozen=True, slots=True)
class Block:
    """A part as this reader meets it; `article` and `sentence` are of one that stays shut."""

    title: Any
    circle: Circle
    open: bool
    pending: bool = False
    article: str = ""
    sentence: str = ""


def parts_by_class(file: CaseFile) -> Mapping[CompartmentClass, Part]:
    """Return the parts by class; of several persons the first, who is the one followed."""
    found: dict[CompartmentClass, Part] = {}
    for part in file.parts:
        found.setdefault(CompartmentClass(part.compartment_class), part)
    return found


def block_of(part: Part, circles: Circles) -> Block:
    """Return the block of a part that exists."""
    class_ = CompartmentClass(part.compartment_class)
    pending = part.why == "no-key"
    # Of the parts that bodies keep for themselves, only one's own ever opens.
    owner = circles.own_body if class_ is CompartmentClass.PRIVATE and part.open else None
    return Block(
        title=PARTS[class_],
        circle=circles.of(class_, shut=not part.open, owner=owner),
        open=part.open,
        pending=pending,
        article="" if part.open or pending else _article(part, circles),
        sentence="" if part.open else why_shut(part.why),
    )


def _article(part: Part, circles: Circles) -> str:
    known = cited(circles.book.charter, part.article)
    return known[:1].lower() + known[1:]
