"""Handing the register over. The export is itself the newest line of what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casework.audit.actions import Act
from casework.audit.asking import require_officer, require_officer_or_machine, told
from casework.audit.entry import Detail, Entry
from casework.audit.export.archive import zipped
from casework.audit.export.bundle import Bundle
from casework.audit.export.wanted import Wanted
from casework.audit.ledger import Ledger
from casework.audit.lines import Asked
from casework.audit.ports import RegisterKeyring
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database
from casework.errors import AuditGap
from casework.identity import Principal, Reason


@dataclass(frozen=True, slots=True)
class Export:
    """An export under way: how to call it, the lines it proves, its bytes as they come."""

    name: str
    size: int
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class ExportService:
    """Exports of the register of the principal's council."""

    database: Database
    ledger: Ledger
    keyring: RegisterKeyring
    clock: Clock

    def export(self, principal: Principal, wanted: Wanted) -> Export:
        """Record the export, sign the register with that line in it, and give the zip.

        Parts in clear and names are for the data protection officer alone; operators and jobs get
        commitments. AccessDenied otherwise.
        """
        council_id, keys = principal.council_id, self.keyring.of(principal.council_id)
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            _require(work, wanted)
            case_id = wanted.asked.case_id if wanted.asked else None
            work.record(Entry(Act.REGISTER_EXPORTED, case_id, detail=_detail(wanted)))
        _require_fresh(work.receipt, self.clock.now())
        size = self.ledger.checkpoint(council_id)
        bundle = Bundle(self.database, council_id, keys, wanted, size)
        return Export(f"registre-{size}.zip", size, zipped(bundle.members(), bundle.manifest))


def _require(work: Work, wanted: Wanted) -> None:
    if wanted.opened or wanted.names or wanted.asked:
        require_officer(work, Act.REGISTER_EXPORTED)
    else:
        require_officer_or_machine(work, Act.REGISTER_EXPORTED)


def _require_fresh(receipt: Receipt, now: datetime) -> None:
    """Raise AuditGap unless the export's own line has just been committed."""
    if Act.REGISTER_EXPORTED not in receipt.acts or receipt.stale(now):
        raise AuditGap("the register leaves only with a recorded export")


def _detail(wanted: Wanted) -> Detail:
    opened = "-".join(sorted(wanted.opened)) or "none"
    return {
        "first": wanted.first,
        "opened": opened,
        "names": bool(wanted.names),
        **told(wanted.asked or Asked()),
    }
