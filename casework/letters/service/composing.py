"""The file of a letter: made by the press from what is sealed, then kept as it was made."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.writing import CaseWriting
from casework.errors import InvalidInput, Locked, PressFailed
from casework.identity import Principal, Reason
from casework.letters.gateway.storing import LetterStore, keep_file
from casework.letters.pressing import Press
from casework.letters.service.ground import record, write_case
from casework.letters.service.reading import LetterReader
from casework.letters.service.shelf import Shelf
from casework.letters.values import Issued


@dataclass(frozen=True, slots=True)
class ComposingService:
    """Makes files outside of any transaction: a page takes the press a second."""

    ledger: Ledger
    admission: Admission
    writing: CaseWriting
    store: LetterStore
    shelf: Shelf
    press: Press
    reader: LetterReader

    def compose(self, who: Principal, reason: Reason, case_id: UUID, issued: Issued) -> None:
        """Make and keep the file of a letter that has none.

        Raises `PressFailed`, or `InvalidInput` for a template that may not be used any more: the
        letter stays, and can be composed later or printed from its page.
        """
        template = self.shelf.template(who, issued.group_id, issued.kind, issued.format)
        content = self.press.render(issued.kind, issued.format, template, issued.fields)
        with self.ledger.begin(who, reason) as work:
            shown = write_case(self.admission, work, case_id)
            row = self.store.row(work, case_id, issued.id)
            sealer = self.writing.attachments(work, case_id)
            if row.file_sealed is None:
                keep_file(row, sealer, content)
            parts = (sealer.compartment_id,)
            record(work, shown, Act.LETTER_COMPOSED, parts, letter=issued.id)

    def compose_again(self, who: Principal, reason: Reason, case_id: UUID, letter_id: UUID) -> None:
        """Make the file of a letter from what was sealed with it. Raises as `compose`."""
        letter = self.reader.read(who, reason, case_id, letter_id)
        if letter.kind is None:
            raise Locked("what the letter says stays shut")
        head = letter.head
        issued = Issued(head.id, head.group_id, letter.kind, head.format, letter.fields)
        self.compose(who, reason, case_id, issued)

    def composed(
        self, who: Principal, reason: Reason, case_id: UUID, issued: Issued
    ) -> PressFailed | InvalidInput | None:
        """Do the same right after issuing, and return what went wrong instead of raising it."""
        try:
            self.compose(who, reason, case_id, issued)
        except (PressFailed, InvalidInput) as fault:
            return fault
        return None
