"""Letters prepared from an opened case, issued with a number, and marked as they go."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, Shown
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.writing import CaseWriting
from casework.cases.service.cases import CaseService
from casework.cases.standing import check_version
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.entropy import new_id
from casework.errors import AccessDenied
from casework.identity import Principal, Reason
from casework.letters.gateway.storing import LetterStore
from casework.letters.kinds import LetterKind, LetterState
from casework.letters.merging import computed, merged
from casework.letters.policy import (
    called_for,
    check_day,
    check_fields,
    check_kind,
    check_mark,
    check_printable,
    missing,
)
from casework.letters.service.ground import INFORM, record, write_case
from casework.letters.service.shelf import Shelf
from casework.letters.taking_over import taken_over
from casework.letters.values import Issued, Mark, NewLetter, Prepared
from casework.partners import gateway as partners


@dataclass(frozen=True, slots=True)
class LetterService:
    """Prepare, issue, mark."""

    ledger: Ledger
    admission: Admission
    cases: CaseService
    writing: CaseWriting
    counting: Counting
    store: LetterStore
    shelf: Shelf

    def new_form(self) -> UUID:
        """Return the id of a form: sent twice, it makes one letter."""
        return new_id(self.store.clock, self.store.entropy)

    def prepare(
        self, who: Principal, reason: Reason, case_id: UUID, wanted: LetterKind | None
    ) -> Prepared:
        """Open a case and return what a letter would say by now; the one it calls for if not said.

        Raises `AccessDenied` for whoever may not write it, `StepRefused` where none is written.
        """
        read = self.cases.read_with(who, reason, case_id, lambda _, loaded: loaded.admitted.charter)
        file, today = read.file, local_day(self.store.clock.now())
        if CharterAct.INFORM not in file.may:
            raise AccessDenied(str(INFORM), "no-rule", subject=str(case_id))
        check_printable(file.head)
        kind = wanted or called_for(file, today)
        check_kind(file.head, kind)
        head, commune = file.head, self.shelf.commune(who, file.head.commune)
        own = taken_over(file, read.more, today)
        known = {**own, **self.shelf.head(who, head.group_id).said}
        fields = merged(file, kind, known, commune)
        return Prepared(file, kind, fields, missing(kind, fields))

    def issue(self, who: Principal, reason: Reason, case_id: UUID, new: NewLetter) -> Issued | UUID:
        """Give a letter its number and seal what it says; return it, or the id of one made before.

        Raises `AccessDenied`, `StepRefused` where none is written, `InvalidInput` for its fields.
        """
        with self.ledger.begin(who, reason) as work:
            shown = write_case(self.admission, work, case_id)
            check_printable(shown.row)
            check_kind(shown.row, new.kind)
            check_fields(new.kind, new.fields)
            known = self.store.made_by(work, shown.row, new.once) if new.once else None
            if known is not None:
                record(work, shown, Act.LETTER_ISSUED, letter=known.id, again=1)
                return known.id
            return self._issue(work, shown, new)

    def mark(
        self, who: Principal, reason: Reason, case_id: UUID, letter: tuple[UUID, int], mark: Mark
    ) -> None:
        """Say what became of a letter (its id and the version seen), on which day.

        With `inform`, the same day informs the persons of the case: both are kept, or neither.

        Raises `Conflict`, `InvalidInput` for the day, `StepRefused` for what cannot follow.
        """
        letter_id, version = letter
        with self.ledger.begin(who, reason) as work:
            shown = write_case(self.admission, work, case_id)
            row = self.store.row(work, case_id, letter_id)
            check_version(row.version, version)
            check_mark(LetterState(row.state), mark.state)
            check_day(row.issued_on, mark.on, local_day(work.now))
            row.state, row.state_on = mark.state, mark.on
            record(work, shown, Act.LETTER_MARKED, letter=letter_id, state=mark.state.value)
            if mark.inform and mark.state in {LetterState.SENT, LetterState.HANDED}:
                self.cases.inform_within(work, case_id, shown.row.version, mark.on)

    def _issue(self, work: Work, shown: Shown, new: NewLetter) -> Issued:
        case = shown.row
        reference = self.counting.next_letter(work, case.group_id)
        sealer = self.writing.attachments(work, case.id)
        group = partners.group(work.session, work.principal.council_id, case.group_id)
        name, today = group.name if group else "", local_day(work.now)
        fields = {**new.fields, **computed(name, shown.charter, reference, today)}
        made = self.store.add(work, case, sealer, new, fields)
        parts = (sealer.compartment_id,)
        record(work, shown, Act.LETTER_ISSUED, parts, letter=made)
        return Issued(made, case.group_id, new.kind, new.format, fields)
