"""A letter as it is stored: numbered, sealed in the attachments of its case, then marked."""

import base64
import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from casework.audit.work import Work
from casework.cases.values import CaseHead
from casework.clock import Clock, local_day
from casework.db import sight
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied
from casework.keys.cipher import Sealer
from casework.letters.fields import LetterField
from casework.letters.kinds import LetterState
from casework.letters.models import LetterRow
from casework.letters.values import Merged, NewLetter
from casework.partners.gateway.conditions import lock_group


@dataclass(frozen=True, slots=True)
class LetterStore:
    """Writes letters of a case that who acts has just been admitted to."""

    clock: Clock
    entropy: Entropy

    def made_by(self, work: Work, case: CaseHead, once: UUID) -> LetterRow | None:
        """Return the letter that a form has made already. Of two at once the second waits here."""
        lock_group(work.session, work.principal.council_id, case.group_id)
        row = LetterRow
        chosen = select(row).where(
            row.council_id == work.principal.council_id, row.case_id == case.id, row.once == once
        )
        return work.session.scalars(chosen.execution_options(**sight.ADMITTED)).one_or_none()

    def add(
        self, work: Work, case: CaseHead, sealer: Sealer, new: NewLetter, merged: Merged
    ) -> UUID:
        """Store a letter just numbered and return its id; `merged` are all its fields."""
        row_id, today = new_id(self.clock, self.entropy), local_day(work.now)
        words = json.dumps({name.value: said for name, said in merged.items()}, ensure_ascii=False)
        work.session.add(
            LetterRow(
                council_id=work.principal.council_id,
                id=row_id,
                case_id=case.id,
                group_id=case.group_id,
                compartment_id=sealer.compartment_id,
                once=new.once or row_id,
                reference=merged[LetterField.REFERENCE],
                format=new.format,
                state=LetterState.ISSUED,
                issued_by=work.principal.member_id,
                issued_on=today,
                state_on=today,
                kind_sealed=sealer.short("letters", "kind_sealed", row_id, new.kind),
                fields_sealed=sealer.text("letters", "fields_sealed", row_id, words),
            )
        )
        return row_id

    def row(self, work: Work, case_id: UUID, letter_id: UUID) -> LetterRow:
        """Return a letter of a case. Raises `AccessDenied` when there is none."""
        row = LetterRow
        chosen = select(row).where(
            row.council_id == work.principal.council_id,
            row.case_id == case_id,
            row.id == letter_id,
        )
        found = work.session.scalars(chosen.execution_options(**sight.ADMITTED)).one_or_none()
        if found is None:
            raise AccessDenied("letter", "no-such-letter", subject=str(letter_id))
        return found


def keep_file(row: LetterRow, sealer: Sealer, content: bytes) -> None:
    """Keep the file that a letter was made into."""
    text = base64.b64encode(content).decode("ascii")
    row.file_sealed = sealer.text("letters", "file_sealed", row.id, text)
