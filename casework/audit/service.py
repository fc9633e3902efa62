"""What the data protection officer does with the register. Reading it is recorded in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.alerts import load_alerts, unseen_of
from casework.audit.aside import Helper
from casework.audit.asking import require_officer, require_officer_or_machine, told
from casework.audit.entry import Entry
from casework.audit.faults import Verification
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger, scope_of
from casework.audit.lines import Asked, Line, Page, Slice
from casework.audit.parts import open_lines
from casework.audit.ports import RegisterKeyring
from casework.audit.typed_reasons import TypedReasons
from casework.audit.verify import Extent, verify
from casework.clock import Clock
from casework.db.engine import Database
from casework.identity import Principal, Reason

_VERIFIED: Final = Asked(frozenset({Act.REGISTER_VERIFIED}))
_LOOKED_BACK: Final = 30


@dataclass(frozen=True, slots=True)
class RegisterService:
    """The register of the principal's council, for its data protection officer."""

    database: Database
    ledger: Ledger
    keyring: RegisterKeyring
    clock: Clock
    typed: TypedReasons

    def read(self, principal: Principal, asked: Asked, part: Slice | None = None) -> Page:
        """Return a page of lines; AccessDenied unless the principal is the officer today."""
        size = part or Slice()
        keys = self.keyring.of(principal.council_id)
        tags = [keys.tags.tag(kind, one) for kind, one in asked.subjects]
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            require_officer(work, Act.REGISTER_READ)
            gateway = RegisterGateway(work.session, principal.council_id)
            found = gateway.page(asked, tags, replace(size, count=size.count + 1))
            verified = gateway.page(_VERIFIED, (), Slice(count=_LOOKED_BACK))
            signed, alerts = gateway.newest_note(), load_alerts(gateway)
            before = {} if size.before is None else {"before": size.before}
            detail = {**told(asked), **before}
            work.record(Entry(Act.REGISTER_READ, asked.case_id, detail=detail))
        shown = found[: size.count]
        ends = len(shown), len(shown) + len(verified)
        opened = open_lines(work.receipt, self.clock.now(), keys, [*shown, *verified, *alerts])
        with self.database.reading(scope_of(principal)) as session:
            lines = self.typed.told(work.receipt, session, opened)
        following = shown[-1].seq if len(found) > size.count else None
        verdicts, unseen = lines[slice(*ends)], unseen_of(lines[ends[1] :])
        newest, compared = next(iter(verdicts), None), next(filter(_of_rows, verdicts), None)
        return Page(lines[: len(shown)], following, newest, compared, signed, unseen)

    def who_opened(self, principal: Principal, case_id: UUID, part: Slice | None = None) -> Page:
        """Return every line that names a case, alone or in a list."""
        return self.read(principal, Asked(case_id=case_id), part)

    def opened_by(self, principal: Principal, member_id: UUID, part: Slice | None = None) -> Page:
        """Return every line of a member."""
        return self.read(principal, Asked(member_id=member_id), part)

    def verify(
        self,
        principal: Principal,
        extent: Extent | None = None,
        helpers: Sequence[Helper] = (),
    ) -> Verification:
        """Verify the whole register and record the result; also for operators and jobs."""
        keys, extent = self.keyring.of(principal.council_id), extent or Extent()
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            require_officer_or_machine(work, Act.REGISTER_VERIFIED)
            result = verify(self.database, keys, principal.council_id, extent, helpers)
            work.record(_verdict(result, extent))
        return result


def _verdict(result: Verification, extent: Extent) -> Entry:
    return Entry(
        Act.REGISTER_VERIFIED,
        outcome=Outcome.ALLOWED if result.clean else Outcome.FAILED,
        detail={
            "size": result.size,
            "signed": result.signed,
            "faults": result.fault_count,
            "rows": extent.rows,
        },
    )


def _of_rows(verdict: Line) -> bool:
    """Say whether a verification compared the sealed values too."""
    return bool(verdict.detail.get("rows"))
