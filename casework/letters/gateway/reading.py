"""Letters for one reader: clear facts, and what is sealed of them, opened after the receipt."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.facts import who_asks
from casework.cases.gateway.opening import Cells
from casework.cases.gateway.references import references_of
from casework.db import sight
from casework.errors import AccessDenied
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey, Withheld
from casework.letters.fields import LetterField
from casework.letters.kinds import LetterFormat, LetterKind, LetterState
from casework.letters.models import LetterRow
from casework.letters.values import PAGE, AskedLetters, LetterHead, LetterLine, Merged

_HEAD: Final = (
    *(LetterRow.id, LetterRow.case_id, LetterRow.group_id, LetterRow.reference, LetterRow.format),
    *(LetterRow.state, LetterRow.issued_on, LetterRow.state_on),
    LetterRow.file_sealed.is_not(None).label("composed"),
    *(LetterRow.version, LetterRow.compartment_id),
)


@dataclass(frozen=True, slots=True)
class Shut:
    """Letters still shut, the references of their cases, and the keys that may open them."""

    rows: Sequence[Any]
    cases: dict[UUID, str]
    held: tuple[HeldKey, ...]

    @property
    def compartments(self) -> tuple[UUID, ...]:
        """The parts about to be opened."""
        return tuple(key.compartment_id for key in self.held)


@dataclass(frozen=True, slots=True)
class LetterReading:
    """Loads and opens letters."""

    keyring: Keyring

    def of_case(self, work: Work, case_id: UUID) -> Shut:
        """Load the letters of a case that the reader has just been admitted to, newest first."""
        chosen = select(*_HEAD, LetterRow.kind_sealed).where(
            LetterRow.council_id == work.principal.council_id, LetterRow.case_id == case_id
        )
        ordered = chosen.order_by(LetterRow.id.desc())
        return _shut(work, work.session.execute(ordered.execution_options(**sight.ADMITTED)).all())

    def one(self, work: Work, case_id: UUID, letter_id: UUID, *more: Any) -> Shut:
        """Load one letter whole. Raises `AccessDenied` when the case has no such letter."""
        chosen = select(*_HEAD, *more).where(
            LetterRow.council_id == work.principal.council_id,
            LetterRow.case_id == case_id,
            LetterRow.id == letter_id,
        )
        rows = work.session.execute(chosen.execution_options(**sight.ADMITTED)).all()
        if not rows:
            raise AccessDenied("letter", "no-such-letter", subject=str(letter_id))
        return _shut(work, rows)

    def words(self, work: Work, case_id: UUID, letter_id: UUID) -> Shut:
        """Load what a letter says."""
        return self.one(work, case_id, letter_id, LetterRow.kind_sealed, LetterRow.fields_sealed)

    def file(self, work: Work, case_id: UUID, letter_id: UUID) -> Shut:
        """Load the file that a letter was made into."""
        return self.one(work, case_id, letter_id, LetterRow.kind_sealed, LetterRow.file_sealed)

    def among(self, work: Work, cases: Select[UUID], asked: AskedLetters) -> Shut:
        """Load a page of the letters of some cases, as the charter's condition chooses them."""
        conditions: list[ColumnElement[bool]] = [
            LetterRow.council_id == work.principal.council_id,
            LetterRow.case_id.in_(cases),
            LetterRow.state.in_(asked.states),
        ]
        if asked.before is not None:
            conditions.append(LetterRow.id < asked.before)
        chosen = select(*_HEAD, LetterRow.kind_sealed).where(*conditions)
        page = chosen.order_by(LetterRow.id.desc()).limit(PAGE)
        found = page.execution_options(**sight.CHARTER)
        return _shut(work, work.session.execute(found, who_asks(work)).all())

    def lines(self, receipt: Receipt, shut: Shut) -> tuple[LetterLine, ...]:
        """Open what each letter is for."""
        cells = Cells(self.keyring.open(receipt, shut.held))
        return tuple(
            LetterLine(
                _head_of(row),
                shut.cases.get(row.case_id, ""),
                cells.text("letters", row, "kind_sealed"),
            )
            for row in shut.rows
        )

    def opened(self, receipt: Receipt, shut: Shut) -> tuple[LetterHead, LetterKind | None, Merged]:
        """Open one letter; without its key, nothing but its number and days."""
        cells, row = Cells(self.keyring.open(receipt, shut.held)), shut.rows[0]
        kind, words = (
            cells.text("letters", row, column) for column in ("kind_sealed", "fields_sealed")
        )
        if isinstance(kind, Withheld) or isinstance(words, Withheld):
            return _head_of(row), None, {}
        said = {LetterField(name): text for name, text in json.loads(words).items()}
        return _head_of(row), LetterKind(kind), said

    def content(self, receipt: Receipt, shut: Shut) -> tuple[LetterHead, bytes | None]:
        """Open the file of one letter; None where it stays shut, or was never made."""
        cells, row = Cells(self.keyring.open(receipt, shut.held)), shut.rows[0]
        text = cells.text("letters", row, "file_sealed")
        content = base64.b64decode(text) if isinstance(text, str) and text else None
        return _head_of(row), content


def _shut(work: Work, rows: Sequence[Any]) -> Shut:
    parts = sorted({row.compartment_id for row in rows})
    cases = sorted({row.case_id for row in rows})
    held = holding.held_these(work.session, acting_organisation(work), parts)
    known = references_of(work.session, work.principal.council_id, cases)
    return Shut(rows, known, tuple(held))


def _head_of(row: Any) -> LetterHead:
    return LetterHead(
        id=row.id,
        case_id=row.case_id,
        group_id=row.group_id,
        reference=row.reference,
        format=LetterFormat(row.format),
        state=LetterState(row.state),
        issued_on=row.issued_on,
        state_on=row.state_on,
        composed=bool(row.composed),
        version=row.version,
    )
