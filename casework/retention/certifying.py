"""The end of an erasure: the last rows go, a certificate stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ports import RegisterKeyring
from casework.audit.work import Work
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.erasing import CaseErasing, Erased
from casework.charters.promise import Promise
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.meetings.gateway import MeetingGateway
from casework.retention.gateway.writing import RetentionWriting
from casework.retention.register import erasure_line
from casework.retention.values import Certificate


@dataclass(frozen=True, slots=True)
class Certifying:
    """Confirms erasures whose peppers are gone, and certifies them in the same unit of work."""

    erasing: CaseErasing
    promise: Promise
    keyring: RegisterKeyring
    writing: RetentionWriting
    agendas: MeetingGateway
    decoys: Decoys

    def certify(self, work: Work, dying: Mapping[UUID, Sequence[UUID]]) -> int:
        """Remove the last rows of cases, and return how many got their certificate."""
        gone = self.erasing.confirm(work, dying)
        if gone:
            cases = tuple(one.case_id for one in gone)
            listed = self.writing.lists_of(work, cases)
            for one in gone:
                self.writing.certify(work, self._certificate(work, one, listed.get(one.case_id)))
            self.writing.eliminate(work, listed.values())
            self.agendas.forget(work, cases)
            self.decoys.forget(work, cases)
            detail = {"compartments": sum(one.compartments for one in gone)}
            work.record(Entry(Act.CERTIFICATE_ISSUED, cases=cases, detail=detail))
        return len(gone)

    def destroyed_again(self, work: Work, revived: Mapping[UUID, Sequence[UUID]]) -> int:
        """Say that peppers an old key store brought back are destroyed, and since when for good.

        Backups taken meanwhile hold them: the certificates of these cases say so from now on.
        """
        last_day = self.promise.last_day(local_day(work.now))
        self.writing.postpone(work, sorted(revived), last_day)
        peppers = sum(map(len, revived.values()))
        detail = {"destroyed_again": peppers}
        work.record(Entry(Act.CASE_ERASED, cases=tuple(sorted(revived)), detail=detail))
        return len(revived)

    def _certificate(self, work: Work, gone: Erased, list_id: UUID | None) -> Certificate:
        tags = self.keyring.of(work.principal.council_id).tags
        return Certificate(
            id=self.writing.new_id(),
            case_id=gone.case_id,
            kind=CaseKind(gone.kind),
            list_id=list_id,
            compartments=gone.compartments,
            erased_at=work.now,
            backups_until=self.promise.last_day(local_day(work.now)),
            leaf=erasure_line(work, tags, gone.case_id),
        )
