"""What members do with a case: read it, write on it, name, inform, close."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.barred import check_texts
from casework.cases.gateway.admission import Admission, Admitted, Shown
from casework.cases.gateway.confiding import Confiding
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.moving import close_case
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.reading import CaseReading, Loaded
from casework.cases.gateway.writing import CaseWriting
from casework.cases.namesakes import bears_name_of
from casework.cases.orders import Asked
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.steps import Step
from casework.cases.service.delivering import Delivering
from casework.cases.standing import check_version, standing_of_case
from casework.cases.values import Action, CaseFile, CaseHead, CaseLine
from casework.charters.charter import Charter
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.clock import local_day
from casework.errors import CaseworkError, InvalidInput
from casework.identity import Principal, Reason
from casework.keys.values import HeldKey
from casework.keys.visiting import Visiting
from casework.partners import gateway as partners
from casework.sentences import N_

_CONTRIBUTE = Wanted(CharterAct.CONTRIBUTE, CompartmentClass.SHEET)
_SHARE = Wanted(CharterAct.CONTRIBUTE, CompartmentClass.SOCIAL)
_NOTE = Wanted(CharterAct.NOTE, CompartmentClass.PRIVATE)
_NAME = Wanted(CharterAct.NAME)
_INFORM = Wanted(CharterAct.INFORM)
_CLOSE = Wanted(CharterAct.CLOSE)
_logger = logging.getLogger("casework.confiding")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A case that was opened, the receipt of that, the keys it covers, and what came with it."""

    file: CaseFile
    receipt: Receipt
    keys: Sequence[HeldKey]
    more: T


@dataclass(frozen=True, slots=True)
class CaseService:
    """Read, list, contribute, note, name, inform, close."""

    ledger: Ledger
    admission: Admission
    reading: CaseReading
    listing: CaseListing
    writing: CaseWriting
    naming: CaseNaming
    delivering: Delivering
    visiting: Visiting
    confiding: Confiding

    def read(self, who: Principal, reason: Reason, case_id: UUID) -> CaseFile:
        """Open a case for one reader. Raises `AccessDenied`, and nothing was opened."""
        return self.read_with(who, reason, case_id, lambda *_: None).file

    def read_with(
        self, who: Principal, reason: Reason, case_id: UUID, also: Callable[[Work, Loaded], T]
    ) -> Read[T]:
        """Do the same; `also` loads what stands beside the case and opens with its receipt."""
        with self.ledger.consult(who, reason) as work:
            loaded = self.reading.load(work, case_id)
            more = also(work, loaded)
            lacking = self.confiding.lacks(work, loaded.admitted.row, loaded.openable)
        if loaded.pending:
            loaded = loaded.with_keys(self.delivering.deliver(who, reason, loaded.pending))
        opened = self.reading.open(work.receipt, loaded)
        if bears_name_of(who.family_name, opened.persons):
            self._tell_namesake(who, reason, case_id)
            opened = replace(opened, namesake=True)
        self.visiting.case(who, reason, loaded.held)
        if lacking:
            self._hand_on(who, reason, case_id)
        return Read(opened, work.receipt, loaded.openable, more)

    def _tell_namesake(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """Say in a line of its own, before anything is shown, that the reader bears the name.

        The line of the reading came before any name was open, and could not know it.
        """
        with self.ledger.consult(who, reason) as work:
            work.record(Entry(Act.CASE_READ, case_id, detail={"same_name": 1}))

    def _hand_on(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """Give others the key that they wait for; whoever reads is told of no fault here."""
        try:
            with self.ledger.begin(who, reason) as work:
                admitted = self.admission.shown(work, case_id, _SHARE)
                self.confiding.settle_now(work, admitted.row)
        except CaseworkError as fault:
            _logger.info("a visit handed nothing on: %s", fault.code)

    def list_cases(self, who: Principal, reason: Reason, asked: Asked) -> list[CaseLine]:
        """List the cases one may see, with the names one may open."""
        with self.ledger.consult(who, reason) as work:
            listed = self.listing.load(work, asked)
        held = self.delivering.complete(who, reason, listed.held)
        return self.listing.open(work.receipt, replace(listed, held=held))

    def list_actions(
        self, who: Principal, reason: Reason
    ) -> tuple[list[Action], dict[UUID, CaseHead]]:
        """List one's own open actions, with the cases they belong to."""
        with self.ledger.consult(who, reason) as work:
            listed = self.listing.load_actions(work)
            work.record(listed.entry())
        held = self.delivering.complete(who, reason, listed.held)
        opened = replace(listed, held=held)
        return self.listing.open_actions(work.receipt, opened), listed.heads

    def contribute(self, who: Principal, reason: Reason, case_id: UUID, text: str) -> UUID:
        """Write on the shared sheet: read by everyone the group named."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.shown(work, case_id, _CONTRIBUTE)
            check_text(admitted.charter, text)
            sealer = self.writing.sheet(work, case_id)
            written = self.writing.contribute(work, case_id, sealer, text)
            _written(work, admitted, sealer.compartment_id, "sheet", written)
        return written

    def share(self, who: Principal, reason: Reason, case_id: UUID, text: str) -> UUID:
        """Write for the social workers named on a case (CASF L. 121-6-2); nobody else has the key.

        Raises `Locked` while the key of one's own organisation is on its way.
        """
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.shown(work, case_id, _SHARE)
            check_text(admitted.charter, text)
            sealer = self.confiding.sealer(work, admitted.row, CompartmentClass.SOCIAL)
            written = self.writing.contribute(work, case_id, sealer, text)
            _written(work, admitted, sealer.compartment_id, "social", written)
        return written

    def note(self, who: Principal, reason: Reason, case_id: UUID, text: str) -> UUID:
        """Write for one's own service alone; no other organisation holds the key."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.shown(work, case_id, _NOTE, own_service=True)
            check_text(admitted.charter, text)
            sealer = self.writing.private(work, case_id)
            written = self.writing.contribute(work, case_id, sealer, text)
            _written(work, admitted, sealer.compartment_id, "private", written)
        return written

    def name(
        self, who: Principal, reason: Reason, case_id: UUID, member_id: UUID, until: date | None
    ) -> None:
        """Name a member of the group on a case, until a date or without one."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _NAME)
            organisation_id = seated(work, admitted.row.group_id, member_id)
            self.naming.name(work, admitted.row, (member_id, organisation_id), until)
            _record(work, admitted, Act.CASE_NAMED, member=member_id)

    def unname(self, who: Principal, reason: Reason, case_id: UUID, member_id: UUID) -> None:
        """End a naming: from now on the case does not exist for this member."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _NAME)
            self.naming.unname(work, admitted.row, member_id)
            _record(work, admitted, Act.CASE_UNNAMED, member=member_id)

    def inform(self, who: Principal, reason: Reason, case_id: UUID, version: int, on: date) -> None:
        """Record that the person and their representatives were informed on a day."""
        with self.ledger.begin(who, reason) as work:
            self.inform_within(work, case_id, version, on)

    def inform_within(self, work: Work, case_id: UUID, version: int, on: date) -> None:
        """Record the same inside a unit of work, beside what informed them."""
        admitted = self.admission.case(work, case_id, _INFORM)
        check_version(admitted.row.version, version)
        if on > local_day(work.now):
            raise InvalidInput({"informed_on": [N_("Cette date est dans le futur.")]})
        standing = standing_of_case(admitted.row, local_day(work.now))
        procedure_of(admitted.row.kind).take(Step.INFORM, standing)
        admitted.row.informed_on, admitted.row.delay_reason = on, None
        _record(work, admitted, Act.CASE_INFORMED)

    def close(self, who: Principal, reason: Reason, case_id: UUID, version: int, why: str) -> None:
        """End the follow-up: its retention clock starts today."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _CLOSE)
            check_version(admitted.row.version, version)
            procedure_of(admitted.row.kind).check_plain(Step.CLOSE)
            close_case(work, admitted.row, admitted.charter, why)
            _record(work, admitted, Act.CASE_CLOSED, why=why)


def check_text(charter: Charter, text: str) -> None:
    """Raise `InvalidInput` for nothing, or for more than the charter lets one write."""
    limit = charter.texts.free_text_max
    if not text or len(text) > limit:
        raise InvalidInput({"text": [N_("Écrivez de 1 à %(most)d caractères.", most=limit)]})
    check_texts({"text": text})


def seated(work: Work, group_id: UUID, member_id: UUID) -> UUID:
    """Return the organisation of a member with a mandate in a group today."""
    day, council_id = local_day(work.now), work.principal.council_id
    for member in partners.members_of_group(work.session, council_id, group_id, day):
        if member.id == member_id:
            return member.organisation_id
    raise InvalidInput({"member": [N_("Cette personne n’a pas de mandat dans ce groupe.")]})


def _written(work: Work, admitted: Shown, compartment_id: UUID, part: str, written: UUID) -> None:
    act, compartments = Act.CONTRIBUTION_WRITTEN, (compartment_id,)
    _record(work, admitted, act, compartments, part, contribution=written)


def _record(
    work: Work,
    admitted: Admitted | Shown,
    act: Act,
    compartments: tuple[UUID, ...] = (),
    part: str = "",
    **detail: str | UUID,
) -> None:
    said = {"part": part} if part else {}
    work.record(
        Entry(
            act,
            case_id=admitted.row.id,
            compartments=compartments,
            article=admitted.decision.article or None,
            detail={**said, **detail},
        )
    )
