"""What somebody wants exported: which lines, and which of their parts in clear."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.leaf import PARTS
from casework.audit.lines import Asked

ALL_PARTS: Final = frozenset(tag.decode() for tag in PARTS)


class Named(NamedTuple):
    """How a member is named in the separate file of names."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every line from `first` on; or, with `asked`, the lines asked for, each with its own proof.

    `opened` names the parts given in clear (who, what, det): the others stay commitments. `names`
    goes into a file of its own, outside everything that is signed.
    """

    asked: Asked | None = None
    first: int = 0
    opened: frozenset[str] = frozenset()
    names: Mapping[UUID, Named] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Say whether every line follows the one before."""
        return self.asked is None
