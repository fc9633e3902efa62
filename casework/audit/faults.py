"""What a verification found: which lines, and what is wrong with them."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """A way in which a register contradicts itself."""

    NO_REGISTER = "no-register"
    LEAF_EDITED = "leaf-edited"
    LEAF_MISSING = "leaf-missing"
    LEAF_EXTRA = "leaf-extra"
    NODE_WRONG = "node-wrong"
    PART_EDITED = "part-edited"
    PART_MISSING = "part-missing"
    PART_CLOSED = "part-closed"
    PART_RETURNED = "part-returned"
    FORGOTTEN_EARLY = "forgotten-early"
    COVER_WRONG = "cover-wrong"
    DIGESTS_CHANGED = "digests-changed"
    SUBJECTS_CHANGED = "subjects-changed"
    HEAD_WRONG = "head-wrong"
    CHECKPOINT_FORGED = "checkpoint-forged"
    CHECKPOINT_CONTRADICTED = "checkpoint-contradicted"
    CHECKPOINT_MISSING = "checkpoint-missing"
    ROW_CHANGED = "row-changed"
    ROW_MISSING = "row-missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """Lines `first` to `last` (both included) hold the contradiction; `where` narrows it by code.

    `where` is the name of a part, `table.column:row` for a sealed value, or empty.
    """

    what: FaultKind
    first: int
    last: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """The result: `signed` lines are covered by the newest good checkpoint.

    `closed` counts the parts that no longer open: redacted, or their month's key destroyed. The
    lines before `first` are pruned.
    At most `LIMIT` faults are listed; `fault_count` is the true number.
    """

    size: int
    root: bytes
    signed: int
    closed: int
    faults: tuple[Fault, ...]
    fault_count: int
    first: int = 0

    @property
    def clean(self) -> bool:
        """Say whether nothing contradicts anything."""
        return self.fault_count == 0


class FaultList:
    """Collects faults; keeps the first ones when somebody has ruined everything."""

    LIMIT = 1000

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: list[Fault] = []
        self.count = 0

    def add(self, what: FaultKind, first: int, last: int | None = None, where: str = "") -> None:
        """Note a fault of line `first`, or of lines `first` to `last`."""
        self.count += 1
        if len(self.kept) < self.LIMIT:
            self.kept.append(Fault(what, first, first if last is None else last, where))
