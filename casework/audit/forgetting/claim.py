"""What a line says of how far the register has forgotten; the newest one counts.

Each such line tells everything anew, so that what is missing is always explained by one line whose
own parts are still there: nothing is redacted or pruned without a newer one, in one transaction.
"""

import json
from collections.abc import Iterable, Mapping
from struct import error as StructError  # noqa: N812 - a class, named as one
from typing import Final, NamedTuple

from casework.audit.actions import Act, Outcome
from casework.audit.additions import LeafValues
from casework.audit.entry import Entry
from casework.audit.forgetting.policy import BLOCK, SHORTEST, Terms, cutoff
from casework.audit.leaf import DET, WHAT, WHO, kind_of, leaf_hash
from casework.audit.lines import Asked
from casework.audit.parts import open_part, stored_parts
from casework.audit.ports import RegisterKeys
from casework.errors import SealBroken
from casework.moments import from_micros

ACTS: Final = frozenset({Act.REGISTER_REDACTED, Act.REGISTER_ATTESTED, Act.REGISTER_PRUNED})
CLAIMS: Final = Asked(ACTS)
LOOKED_AT: Final = 8
"""How many claims are tried for a genuine one."""


class Horizons(NamedTuple):
    """How far: lines numbered below `first` are gone, `who` below `who`, the rest below `parts`.

    The two moments (microseconds) are those before which lines were due.
    """

    first: int = 0
    who: int = 0
    parts: int = 0
    who_before: int = 0
    parts_before: int = 0

    def of(self, tag: bytes) -> int:
        """Return the number of the first line that still has a part."""
        return {WHO: self.who, WHAT: self.parts, DET: self.parts}[tag]


class Claim(NamedTuple):
    """What line `seq` says; `at` in microseconds."""

    seq: int = 0
    at: int = 0
    horizons: Horizons = Horizons()

    @property
    def sound(self) -> bool:
        """Say whether the law could allow this on that day, whatever a charter said."""
        first, who, parts, who_before, parts_before = self.horizons
        ordered = 0 <= first <= who <= parts <= self.seq and first % BLOCK == 0
        earliest = cutoff(from_micros(self.at), SHORTEST) if self.seq else 0
        return ordered and 0 <= who_before <= parts_before <= earliest


def claimed(keys: RegisterKeys, values: LeafValues) -> Claim:
    """Return what a line claims. Raises `SealBroken` unless it is as the service wrote it."""
    try:
        return _claimed(keys, values)
    except (StructError, OverflowError, TypeError, ValueError) as fault:
        raise SealBroken("no line of the register") from fault


def _claimed(keys: RegisterKeys, values: LeafValues) -> Claim:
    kind = kind_of(values.kind, values.outcome)
    if leaf_hash(values.seq, values.at, kind, values.commitments) != values.leaf:
        raise SealBroken("not the line that was written")
    det = open_part(keys, values, stored_parts(values)[2])
    if det is None or values.kind not in ACTS or values.outcome != Outcome.ALLOWED:
        raise SealBroken("a line that claims nothing")
    told = json.loads(det)["detail"]
    return Claim(values.seq, values.at, Horizons(*(told[name] for name in Horizons._fields)))


def believed(keys: RegisterKeys, newest_first: Iterable[LeafValues]) -> Claim:
    """Return the newest claim that is genuine: without any, nothing may be missing."""
    for values in newest_first:
        try:
            return claimed(keys, values)
        except SealBroken:
            continue
    return Claim()


def claim_entry(claimed: tuple[Act, Horizons], terms: Terms, more: Mapping[str, int]) -> Entry:
    """Return the entry by which the register says how far it has forgotten."""
    act, horizons = claimed
    months = {"searchable": terms.searchable, "kept": terms.kept}
    return Entry(act, article=terms.article, detail={**horizons._asdict(), **months, **more})
