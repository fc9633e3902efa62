"""A case for one reader: load the cipher text, decide part by part, open after the receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, Shown
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.opening import (
    Cells,
    action_of,
    contribution_of,
    decision_of,
    naming_of,
    person_of,
    referral_of,
    step_of,
)
from casework.cases.gateway.protecting import one_of
from casework.cases.gateway.stating import asks_words, heeded
from casework.cases.merging import FROZEN
from casework.cases.models import (
    ActionRow,
    CaseStepRow,
    ContributionRow,
    DecisionRow,
    NamingRow,
    PersonRow,
    ReferralRow,
)
from casework.cases.safeguards.models import ExclusionRow
from casework.cases.values import CaseFile, Part
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey

_UNSTATED = "reason-required"
_APART = "opened-apart"
_READ = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
_PRIVATE = CompartmentClass.PRIVATE
_OF_PARTS = {
    "share": Wanted(CharterAct.CONTRIBUTE, CompartmentClass.SOCIAL),
    "measure": Wanted(CharterAct.READ, CompartmentClass.JUDICIAL),
    "documents": Wanted(CharterAct.READ, CompartmentClass.ATTACHMENTS),
    "attach": Wanted(CharterAct.CONTRIBUTE, CompartmentClass.ATTACHMENTS),
}
_ASKED = (
    CharterAct.TRIAGE, CharterAct.ANSWER, CharterAct.NAME, CharterAct.ASSIGN, CharterAct.INFORM,
    CharterAct.CLOSE, CharterAct.DECIDE, CharterAct.REPORT, CharterAct.TRACE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """A case still shut: rows, the keys that may open them, and what the charter says of each."""

    admitted: Shown
    held: tuple[HeldKey, ...]
    decisions: dict[UUID, Decision]
    persons: Sequence[Any]
    referral: Any
    contributions: Sequence[Any]
    meeting_decisions: Sequence[Any]
    actions: Sequence[Any]
    steps: Sequence[Any]
    namings: Sequence[Any]
    away: frozenset[UUID]
    words: UUID | None = None

    @property
    def openable(self) -> list[HeldKey]:
        """The compartments the charter opens to this reader; their organisation may lack keys."""
        return [key for key in self.held if self.decisions[key.compartment_id].allowed]

    @property
    def pending(self) -> list[HeldKey]:
        """Keys granted to the reader's organisation and not yet in its ring."""
        return [key for key in self.openable if key.pending and key.entry is None]

    def with_keys(self, delivered: Iterable[HeldKey]) -> "Loaded":
        """Return the same with delivered keys in place of pending ones."""
        fresh = {key.compartment_id: key for key in delivered}
        held = tuple(fresh.get(key.compartment_id, key) for key in self.held)
        return replace(self, held=held)


@dataclass(frozen=True, slots=True)
class CaseReading:
    """Loads and opens cases."""

    admission: Admission
    keyring: Keyring
    decoys: Decoys

    def load(self, work: Work, case_id: UUID) -> Loaded:
        """Load a case and record who is about to open which parts of it."""
        admitted = self.admission.reading(work, case_id, _READ)
        held = holding.held_by_case(work.session, acting_organisation(work), case_id)
        loaded = _rows(work, admitted, _visible(work, admitted, held))
        loaded = _heeding(work, _set_apart(loaded))
        if self.decoys.holds(work, case_id):
            work.record(Entry(Act.DECOY_OPENED, case_id=case_id))
        work.record(
            Entry(
                Act.CASE_READ,
                case_id=case_id,
                compartments=tuple(key.compartment_id for key in loaded.openable),
                article=admitted.decision.article or None,
                detail={**_told(loaded), **second_of(work, admitted)},
            )
        )
        return loaded

    def open(self, receipt: Receipt, loaded: Loaded) -> CaseFile:
        """Open what the receipt covers."""
        cells = Cells(self.keyring.open(receipt, loaded.openable))
        private, social = (_ids(loaded, one) for one in (_PRIVATE, CompartmentClass.SOCIAL))
        written = [contribution_of(row, cells) for row in loaded.contributions]
        known = {key.compartment_id for key in loaded.held}
        readable = [one for one in written if one.compartment_id in known]
        return CaseFile(
            head=loaded.admitted.row,
            persons=tuple(person_of(row, cells) for row in loaded.persons),
            referral=referral_of(loaded.referral, cells) if loaded.referral else None,
            shared=tuple(one for one in readable if one.compartment_id not in private | social),
            social=tuple(one for one in readable if one.compartment_id in social),
            notes=tuple(one for one in readable if one.compartment_id in private),
            decisions=tuple(decision_of(row, cells) for row in loaded.meeting_decisions),
            actions=tuple(action_of(row, cells) for row in loaded.actions),
            steps=tuple(step_of(row, cells) for row in loaded.steps if row.compartment_id in known),
            namings=tuple(map(naming_of, loaded.namings)),
            parts=tuple(_part(key, loaded, cells) for key in loaded.held),
            article=loaded.admitted.decision.article,
            may=_may(loaded),
            exceptional_until=_until(loaded.admitted),
            away=loaded.away,
        )


def _ids(loaded: Loaded, class_: CompartmentClass) -> set[UUID]:
    return {key.compartment_id for key in loaded.held if key.compartment_class == class_}


def _until(admitted: Shown) -> datetime | None:
    return admitted.exceptional.until if admitted.exceptional else None


def _told(loaded: Loaded) -> Detail:
    told: Detail = {"withheld": len(loaded.held) - len(loaded.openable)}
    access, words = loaded.admitted.exceptional, loaded.words
    told = told if access is None else {**told, "access": access.id}
    return told if words is None else {**told, "words": words}


def _set_apart(loaded: Loaded) -> Loaded:
    """Shut what has a page of its own: whoever opens a case does not see where a victim hides."""
    apart = {
        key.compartment_id: replace(
            loaded.decisions[key.compartment_id], allowed=False, reason=_APART
        )
        for key in loaded.held
        if key.compartment_class == CompartmentClass.PROTECTED_CONTACT
    }
    return replace(loaded, decisions={**loaded.decisions, **apart}) if apart else loaded


def _heeding(work: Work, loaded: Loaded) -> Loaded:
    """Shut what asks for a reason typed for this case alone, unless this session has typed it.

    Raises `ReasonRequired` when that is the case itself.
    """
    case, decisions = loaded.admitted, loaded.decisions
    asking = {one for one, decision in decisions.items() if asks_words(decision)}
    if not asking and not asks_words(case.decision):
        return loaded
    words = heeded(work, case)
    if words is not None:
        return replace(loaded, words=words)
    shut = {one: replace(decisions[one], allowed=False, reason=_UNSTATED) for one in asking}
    return replace(loaded, decisions={**decisions, **shut})


def second_of(work: Work, admitted: Shown) -> Detail:
    """Tell with whom a protected case is open: another member, or those present at a meeting."""
    if not admitted.row.protected or work.principal.member_id is None:
        return {}
    opening = one_of(work, admitted.row.id, work.principal.member_id)
    told = {"second": opening.second_id, "meeting": opening.meeting_id}
    return {name: value for name, value in told.items() if value is not None}


def _visible(work: Work, admitted: Shown, held: Sequence[HeldKey]) -> tuple[HeldKey, ...]:
    """Leave out that of which this reader is not to learn that it exists.

    What other services keep for themselves, the shared secret of others, and for everybody the
    mention of a measure: those who may read it find it on a page of its own.
    """
    own = work.principal.organisation_id

    def known(key: HeldKey) -> bool:
        if key.compartment_class == _PRIVATE:
            return key.organisation_id == own
        if key.compartment_class == CompartmentClass.SOCIAL:
            return _decision(admitted, key).allowed
        return key.compartment_class != CompartmentClass.JUDICIAL

    return tuple(filter(known, held))


def _rows(work: Work, admitted: Shown, held: tuple[HeldKey, ...]) -> Loaded:
    """Load what the page shows as rows of the driver: entities would cost more than opening."""
    connection = connection_of(work.session)
    case = {"council": work.principal.council_id, "case": admitted.row.id}
    return Loaded(
        admitted=admitted,
        held=held,
        decisions={key.compartment_id: _decision(admitted, key) for key in held},
        persons=_PERSONS.all(connection, case),
        referral=_REFERRAL.first(connection, case),
        contributions=_CONTRIBUTIONS.all(connection, case),
        meeting_decisions=_DECISIONS.all(connection, case),
        actions=_ACTIONS.all(connection, case),
        steps=_STEPS.all(connection, case),
        namings=_NAMINGS.all(connection, case),
        away=frozenset(row.holder_id for row in _LINKS.all(connection, case)),
    )


def _statement(table: Any, *order: Any) -> Direct:
    """Return the rows of a case in an order that leaves nothing to chance: of a moment, by id."""
    council, case = bindparam("council", type_=Id), bindparam("case", type_=Id)
    chosen = select(*(one for one in table.__table__.columns if one.name != "council_id"))
    of_case = chosen.where(table.council_id == council, table.case_id == case).order_by(*order)
    return Direct(of_case.execution_options(**sight.ADMITTED))


_PERSONS = _statement(PersonRow, PersonRow.id)
_REFERRAL = _statement(ReferralRow, ReferralRow.id)
_CONTRIBUTIONS = _statement(
    ContributionRow, ContributionRow.written_at.desc(), ContributionRow.id.desc()
)
_DECISIONS = _statement(DecisionRow, DecisionRow.made_at.desc(), DecisionRow.id.desc())
_ACTIONS = _statement(ActionRow, ActionRow.due_on, ActionRow.id)
_STEPS = _statement(CaseStepRow, CaseStepRow.taken_at, CaseStepRow.id)
_NAMINGS = _statement(NamingRow, NamingRow.from_on, NamingRow.id)
_LINKS = _statement(ExclusionRow, ExclusionRow.holder_id)


def _decision(admitted: Shown, key: HeldKey) -> Decision:
    wanted = Wanted(CharterAct.READ, CompartmentClass(key.compartment_class))
    return admitted.may(wanted, own_service=key.compartment_class == _PRIVATE)


def _part(key: HeldKey, loaded: Loaded, cells: Cells) -> Part:
    decision = loaded.decisions[key.compartment_id]
    opens = decision.allowed and cells.opened.opens(key.compartment_id)
    why = "" if opens else (decision.reason if not decision.allowed else "no-key")
    return Part(key.compartment_id, key.compartment_class, opens, decision.article, why)


def _may(loaded: Loaded) -> frozenset[str]:
    """Return what to offer on the page; each is decided again when it is done."""
    admitted = loaded.admitted
    asked = [Wanted(act) for act in _ASKED]
    asked += [Wanted(CharterAct.CONTRIBUTE, CompartmentClass.SHEET)]
    may = {str(one.act) for one in asked if admitted.may(one).allowed}
    if admitted.may(Wanted(CharterAct.NOTE, _PRIVATE), own_service=True).allowed:
        may.add(CharterAct.NOTE)
    may |= {name for name, one in _OF_PARTS.items() if admitted.may(one).allowed}
    frozen = FROZEN | {"attach", "share"}
    return frozenset(may if admitted.row.merged_into is None else may - frozen)
