"""A part of the register for those it concerns: found by blind tags, opened, then checked again.

The tags are rows that somebody with the database could have planted; what the opened line itself
says is what counts.
"""

from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from casework.audit.actions import Act
from casework.audit.additions import LeafValues
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Line, Slice
from casework.audit.parts import open_lines
from casework.audit.ports import RegisterKeyring
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock


class Found(NamedTuple):
    """Lines still shut, what they must speak of, and where older ones go on."""

    asked: Asked
    leaves: tuple[LeafValues, ...]
    following: int | None = None


@dataclass(frozen=True, slots=True)
class Trails:
    """Finds lines within a unit of work, and opens them with its receipt."""

    keyring: RegisterKeyring
    clock: Clock

    def page(self, work: Work, asked: Asked, part: Slice) -> Found:
        """Return a page of the lines asked for, newest first."""
        gateway = RegisterGateway(work.session, work.principal.council_id)
        wider = replace(part, count=part.count + 1)
        rows = gateway.page(asked, self._tags(work, asked), wider)
        shown = tuple(rows[: part.count])
        return Found(asked, shown, shown[-1].seq if len(rows) > part.count else None)

    def every(self, work: Work, asked: Asked, end: int) -> Found:
        """Return all the lines asked for that are numbered below `end`, oldest first."""
        gateway = RegisterGateway(work.session, work.principal.council_id)
        tags, first = self._tags(work, asked), 0
        batches: list[list[LeafValues]] = []
        while rows := gateway.onward(asked, tags, (first, end)):
            batches.append(rows)
            first = rows[-1].seq + 1
        return Found(asked, tuple(chain.from_iterable(batches)))

    def open(self, receipt: Receipt, found: Found, recorded: Act) -> tuple[Line, ...]:
        """Return what can still be read and does speak of what was asked.

        That a reader bears a name of the case is said to the officer alone: the line that says so
        adds to the reading before it, and is no reading of its own.

        AuditGap without a fresh receipt of `recorded`.
        """
        keys = self.keyring.of(receipt.council_id)
        lines = open_lines(receipt, self.clock.now(), keys, found.leaves, recorded)
        return tuple(one for one in lines if speaks_of(one, found.asked) and not one.adds)

    def _tags(self, work: Work, asked: Asked) -> list[bytes]:
        tags = self.keyring.of(work.principal.council_id).tags
        return [tags.tag(kind, one) for kind, one in asked.subjects]


def speaks_of(line: Line, asked: Asked) -> bool:
    """Say whether an opened line is one of those asked for, by what it says itself."""
    cases = {line.case_id, *line.cases}
    return (
        line.readable
        and (not asked.acts or line.act in asked.acts)
        and asked.outcome in {None, line.outcome}
        and asked.member_id in {None, line.member_id}
        and asked.organisation_id in {None, line.organisation_id}
        and (asked.case_id is None or asked.case_id in cases)
    )
