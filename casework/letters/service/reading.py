"""Letters read: those of a case, one of them, its file, and a group's list of them."""

from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry, cited
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.listing import CaseListing
from casework.cases.service.delivering import Delivering
from casework.errors import Locked, StepRefused
from casework.identity import Principal, Reason
from casework.letters.gateway.reading import LetterReading, Shut
from casework.letters.policy import check_printable
from casework.letters.service.ground import INFORM, READ, beside, read_case, record
from casework.letters.values import (
    AskedLetters,
    Beside,
    Letter,
    LetterFile,
    LetterLine,
    LettersOfCase,
)


@dataclass(frozen=True, slots=True)
class LetterReader:
    """Reads letters, each time with its leaf."""

    ledger: Ledger
    admission: Admission
    listing: CaseListing
    reading: LetterReading
    delivering: Delivering

    def of_case(self, who: Principal, reason: Reason, case_id: UUID) -> LettersOfCase:
        """List the letters of a case, newest first. Raises `AccessDenied`."""
        with self.ledger.consult(who, reason) as work:
            shown = read_case(self.admission, work, case_id)
            shut, around = self.reading.of_case(work, case_id), beside(work, shown)
            record(work, shown, Act.LETTER_LISTED, shut.compartments, count=len(shut.rows))
        lines = self.reading.lines(work.receipt, self._ready(who, reason, shut))
        return LettersOfCase(around, lines, _hindrance(around))

    def read(self, who: Principal, reason: Reason, case_id: UUID, letter_id: UUID) -> Letter:
        """Open a letter. Raises `AccessDenied`, alike for one that does not exist."""
        with self.ledger.consult(who, reason) as work:
            shown = read_case(self.admission, work, case_id)
            shut, around = self.reading.words(work, case_id, letter_id), beside(work, shown)
            record(work, shown, Act.LETTER_READ, shut.compartments, letter=letter_id)
        shut = self._ready(who, reason, shut)
        head, kind, fields = self.reading.opened(work.receipt, shut)
        return Letter(head, around, kind, fields)

    def file(self, who: Principal, reason: Reason, case_id: UUID, letter_id: UUID) -> LetterFile:
        """Open the file of a letter, as it was made.

        Raises `AccessDenied`, `StepRefused` for one never made, `Locked` without the key.
        """
        with self.ledger.consult(who, reason) as work:
            shown = read_case(self.admission, work, case_id)
            shut = self.reading.file(work, case_id, letter_id)
            record(work, shown, Act.LETTER_READ, shut.compartments, letter=letter_id, file=1)
        if not shut.rows[0].composed:
            raise StepRefused("letter-without-file")
        head, content = self.reading.content(work.receipt, self._ready(who, reason, shut))
        if content is None:
            raise Locked("the file stays shut")
        return LetterFile(f"{head.reference}.{head.format}", head.format, content)

    def everywhere(
        self, who: Principal, reason: Reason, asked: AskedLetters
    ) -> tuple[LetterLine, ...]:
        """List the letters of the cases to whose persons one may write, newest first."""
        with self.ledger.consult(who, reason) as work:
            shut = self._among(work, asked)
        return self.reading.lines(work.receipt, self._ready(who, reason, shut))

    def _among(self, work: Work, asked: AskedLetters) -> Shut:
        shut = self.reading.among(work, self.listing.ids(work, INFORM, READ), asked)
        shown = dict.fromkeys(row.case_id for row in shut.rows)
        article = cited(self.listing.articles(work, INFORM, shown))
        detail = {"shown": len(shut.rows)}
        parts = shut.compartments
        entry = Entry(Act.LETTER_LISTED, None, parts, tuple(shown), article, detail=detail)
        work.record(entry)
        return shut

    def _ready(self, who: Principal, reason: Reason, shut: Shut) -> Shut:
        return replace(shut, held=self.delivering.complete(who, reason, shut.held))


def _hindrance(around: Beside) -> str:
    try:
        check_printable(around.case)
    except StepRefused as refused:
        return refused.reason
    return ""
