"""How to reach a victim without danger: one part, opened apart from the rest of her case."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, Admitted, Shown
from casework.cases.gateway.opening import Cells
from casework.cases.gateway.stating import stated_for
from casework.cases.models import CaseStepRow
from casework.cases.safeguards.policy import STATED_FOR
from casework.cases.values import SafeContact
from casework.charters.gates import ASKS_MORE
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.crypto.encoding import canonical_json
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.errors import AccessDenied, ReasonRequired
from casework.keys.delivery import Courier, acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey, Withheld

_CLASS: Final = CompartmentClass.PROTECTED_CONTACT
_READ: Final = Wanted(CharterAct.READ, _CLASS)
_WRITE: Final = Wanted(CharterAct.CONTRIBUTE, _CLASS)


@dataclass(frozen=True, slots=True)
class ShutContact:
    """A safe contact before it opens."""

    shown: Shown
    held: tuple[HeldKey, ...]
    row: Any

    def with_keys(self, held: Sequence[HeldKey]) -> "ShutContact":
        """Return the same with delivered keys."""
        return replace(self, held=tuple(held))


@dataclass(frozen=True, slots=True)
class SafeContacts:
    """Loads, opens and replaces it. No exceptional access counts here."""

    admission: Admission
    keyring: Keyring
    courier: Courier

    def load(self, work: Work, case_id: UUID) -> ShutContact:
        """Load it, and record who is about to open it and why.

        Raises `AccessDenied`, or `ReasonRequired` where the charter asks for a reason typed for
        this case and this session has typed none.
        """
        shown = self.admission.shown(work, case_id, _READ)
        told: Detail = {}
        if not ASKS_MORE.isdisjoint(shown.decision.obligations):
            words = stated_for(work.session, work.principal, case_id, work.now - STATED_FOR)
            if words is None:
                raise ReasonRequired(shown.row.reference or "")
            told = {"words": words}
        held = self._held(work, case_id)
        row = _row(work, case_id, held)
        parts = tuple(key.compartment_id for key in held)
        article = shown.decision.article or None
        work.record(Entry(Act.CONTACT_READ, case_id, parts, article=article, detail=told))
        return ShutContact(shown, tuple(held), row)

    def open(self, receipt: Receipt, shut: ShutContact) -> SafeContact:
        """Open what the receipt covers."""
        cells = Cells(self.keyring.open(receipt, shut.held))
        text = cells.text("case_steps", shut.row, "record_sealed")
        answers = text if isinstance(text, Withheld) else json.loads(text)
        may_write = shut.shown.may(_WRITE).allowed
        return SafeContact(shut.shown.row, answers, shut.shown.decision.article, may_write)

    def writable(self, work: Work, case_id: UUID) -> Admitted:
        """Return a case whose safe contact who acts may replace. Raises `AccessDenied`."""
        return self.admission.case(work, case_id, _WRITE)

    def replace(self, work: Work, case_id: UUID, answers: Mapping[str, str]) -> None:
        """Put another in its place: an address that she has left is not kept beside it."""
        held = self._held(work, case_id)
        place = (work.principal.council_id, _row(work, case_id, held).id)
        row = work.session.get_one(CaseStepRow, place, execution_options=sight.ADMITTED)
        sealer = self.keyring.sealer(work, self.courier.ready(work, held)[0])
        said = canonical_json({**answers}).decode()
        row.record_sealed = sealer.text("case_steps", "record_sealed", row.id, said)
        entry = Entry(Act.CONTACT_WRITTEN, case_id, compartments=(sealer.compartment_id,))
        work.record(entry)

    def _held(self, work: Work, case_id: UUID) -> list[HeldKey]:
        found = holding.held_by_case(work.session, acting_organisation(work), case_id)
        return [key for key in found if key.compartment_class == _CLASS]


def _row(work: Work, case_id: UUID, held: Sequence[HeldKey]) -> Any:
    """Return the row of the contact. Raises `AccessDenied` where the case has none."""
    place = {"council": work.principal.council_id, "case": case_id}
    parts = {key.compartment_id for key in held}
    rows = _STEPS.all(connection_of(work.session), place)
    found = next((row for row in rows if row.compartment_id in parts), None)
    if found is None:
        raise AccessDenied(str(_READ), "no-such-contact", subject=str(case_id))
    return found


_STEPS: Final = Direct(
    select(CaseStepRow.id, CaseStepRow.compartment_id, CaseStepRow.record_sealed)
    .where(
        CaseStepRow.council_id == bindparam("council", type_=Id),
        CaseStepRow.case_id == bindparam("case", type_=Id),
    )
    .order_by(CaseStepRow.taken_at, CaseStepRow.id)
    .execution_options(**sight.ADMITTED)
)
