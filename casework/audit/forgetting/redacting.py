"""Redaction: parts that are due go, with their salts and with the entries that find them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from casework.audit.actions import Act
from casework.audit.additions import LeafValues, Subject
from casework.audit.forgetting.claim import Claim, Horizons
from casework.audit.forgetting.gateway import ForgettingGateway, Span
from casework.audit.forgetting.ground import Pass
from casework.audit.forgetting.policy import BLOCK, cutoff
from casework.audit.leaf import DET, WHAT, WHO
from casework.audit.parts import open_part, stored_parts, subjects_in
from casework.audit.ports import RegisterKeys
from casework.audit.work import Work
from casework.errors import IntegrityFailure, SealBroken
from casework.moments import to_micros


@dataclass(frozen=True, slots=True)
class Due:
    """Which parts of which lines are due, and what the register may say once they are gone."""

    parts: tuple[bytes, ...]
    span: Span
    before: int

    def claimed(self, horizons: Horizons) -> Horizons:
        """Return how far the register has forgotten after this."""
        if WHO in self.parts:
            return horizons._replace(who=self.span[1], who_before=self.before)
        return horizons._replace(parts=self.span[1], parts_before=self.before)


_REST: Final = (WHAT, DET)
_WHO: Final = (WHO,)


def due(run: Pass, gateway: ForgettingGateway, claim: Claim) -> Iterator[Due]:
    """Give what is due now: who acted goes last, and never before the rest of the line."""
    now, horizons = run.clock.now(), claim.horizons
    micros = to_micros(now)
    before = max(cutoff(now, run.terms.searchable), horizons.parts_before)
    end = gateway.due_until(horizons.parts, before, micros)
    if end > horizons.parts:
        yield Due(_REST, (horizons.parts, end), before)
    before = max(cutoff(now, run.terms.kept), horizons.who_before)
    until = min(end, gateway.due_until(horizons.who, before, micros))
    if until > horizons.who:
        yield Due(_WHO, (horizons.who, until), before)


def redact(run: Pass) -> None:
    """Redact all that is due, a block of lines at a time."""
    while _some(run):
        pass


def _some(run: Pass) -> bool:
    """Redact one block, if one is due; say whether there may be more."""
    with run.looking() as gateway:
        claim = gateway.claim(run.keys)
        first = next(due(run, gateway, claim), None)
        if first is None:
            return False
        part = replace(first, span=gateway.step(first.span, first.before, BLOCK))
        lines = list(gateway.span(part.span))
        named = list(_named(run.keys, part.parts[0], lines))

    def step(_: Work, changing: ForgettingGateway) -> None:
        names = [one.decode() for one in part.parts]
        if changing.clear(names, part.span) < len(lines):
            raise IntegrityFailure("lines that are due are missing or are kept back")
        changing.drop_subjects(named)

    claimed = (Act.REGISTER_REDACTED, part.claimed(claim.horizons))
    run.commit(claim, claimed, step, lines=len(lines))
    return True


def _named(keys: RegisterKeys, tag: bytes, lines: Iterable[LeafValues]) -> Iterator[Subject]:
    """Give the index entries that a part of each line is found by.

    A part that was altered, or whose key is gone, names nothing: its entries go with its month.
    """
    for values in lines:
        (part,) = [one for one in stored_parts(values) if one.tag == tag]
        try:
            text = open_part(keys, values, part)
        except SealBroken:
            continue
        for kind, one in subjects_in(text) if text else ():
            yield Subject(keys.tags.tag(kind, one), values.seq)
