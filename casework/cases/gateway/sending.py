"""A new referral: its compartments, its people, its words, all sealed before they are stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.audit.work import Work
from casework.cases.ceilings import ceiling
from casework.cases.gateway.stepping import Asked, CaseSteps
from casework.cases.models import AdmissionRow, CaseRow, PersonRow, ReferralRow
from casework.cases.procedures.steps import CaseState
from casework.cases.relations import CHILDREN
from casework.cases.values import NewPerson, NewRecord, NewReferral
from casework.charters.vocabulary import CaseKind, CompartmentClass
from casework.clock import Clock, local_day
from casework.db import sight
from casework.entropy import Entropy, new_id
from casework.keys.cipher import Sealer
from casework.keys.delivery import acting_organisation
from casework.keys.keyring import Keyring
from casework.keys.values import NewCompartment


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral just stored, still inside its unit of work."""

    case_id: UUID
    compartments: tuple[UUID, ...]


Placed = Callable[[Work, UUID, NewReferral], None]
"""Told of each case just stored, while its names are at hand."""


def _nobody(_work: Work, _case_id: UUID, _referral: NewReferral) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class CaseSending:
    """Stores referrals. The keys go to the referrer's organisation and the coordination alone."""

    keyring: Keyring
    clock: Clock
    entropy: Entropy
    steps: CaseSteps
    placed: Placed = _nobody

    def send(
        self, work: Work, referral: NewReferral, coordinating: UUID, referrer: UUID | None = None
    ) -> Sent:
        """Store a referral and return its case; nothing of it is ever stored in clear.

        It is the acting member's, or that of `referrer` where nobody acts in person.
        """
        case_id = self._new_id()
        own = acting_organisation(work).organisation_id
        known, admitted = frozenset({own, coordinating}), _reading(referral, own, coordinating)
        person_ids = [self._new_id() for _ in referral.persons]
        work.session.add(_case(work, case_id, referral, referrer or work.principal.member_id))
        work.session.flush()
        work.session.add_all(_admissions(work, case_id, known))
        parts = _parts(referral)
        sealers = self.keyring.create(work, _compartments(case_id, person_ids, admitted, parts))
        shared, identities = dict(zip(parts, sealers, strict=False)), sealers[len(parts) :]
        people = zip(person_ids, referral.persons, identities, strict=True)
        work.session.add_all(_person(work, case_id, *one) for one in people)
        words = (shared[CompartmentClass.SHEET], shared[CompartmentClass.ORIGIN])
        work.session.add(self._referral(work, case_id, referral, words))
        for record in referral.records:
            asked = _asked(referral, record)
            self.steps.record(work, case_id, shared[record.part], record, asked)
        self.placed(work, case_id, referral)
        return Sent(case_id, tuple(sealer.compartment_id for sealer in sealers))

    def accept(self, work: Work, sent: Sent, reference: str) -> None:
        """Let a referral just stored wait for its first meeting, as if triaged."""
        row = self.row(work, sent)
        row.state, row.reference = CaseState.ACCEPTED, reference

    def row(self, work: Work, sent: Sent) -> CaseRow:
        """Return the row of a case just stored."""
        place = (work.principal.council_id, sent.case_id)
        return work.session.get_one(CaseRow, place, execution_options=sight.CLEAR)

    def _referral(
        self, work: Work, case_id: UUID, referral: NewReferral, sealers: tuple[Sealer, Sealer]
    ) -> ReferralRow:
        sheet, origin = sealers
        row_id = self._new_id()
        fact_on = referral.fact_on.isoformat() if referral.fact_on else ""
        return ReferralRow(
            council_id=work.principal.council_id,
            id=row_id,
            case_id=case_id,
            sheet_id=sheet.compartment_id,
            origin_id=origin.compartment_id,
            sent_at=work.now,
            reason_sealed=sheet.short("referrals", "reason_sealed", row_id, referral.reason),
            fact_sealed=sheet.text("referrals", "fact_sealed", row_id, referral.fact),
            fact_on_sealed=sheet.short("referrals", "fact_on_sealed", row_id, fact_on),
            origin_sealed=origin.short("referrals", "origin_sealed", row_id, referral.origin),
            reporter_sealed=origin.short("referrals", "reporter_sealed", row_id, referral.reporter),
            words_sealed=origin.text("referrals", "words_sealed", row_id, referral.words),
        )

    def _new_id(self) -> UUID:
        return new_id(self.clock, self.entropy)


def _case(work: Work, case_id: UUID, referral: NewReferral, referrer: UUID | None) -> CaseRow:
    who = work.principal
    return CaseRow(
        council_id=who.council_id,
        id=case_id,
        group_id=referral.group_id,
        kind=referral.kind,
        state=CaseState.REFERRED,
        commune=referral.commune,
        referrer_id=referrer,
        referrer_organisation_id=who.organisation_id,
        referred_on=local_day(work.now),
        informed_on=referral.informed_on,
        delay_reason=referral.delay_reason,
        ceiling_on=ceiling(referral.kind, _births(referral), local_day(work.now)),
        meetings_without_decision=0,
        in_meeting=False,
    )


def _admissions(work: Work, case_id: UUID, organisations: frozenset[UUID]) -> list[AdmissionRow]:
    return [
        AdmissionRow(
            council_id=work.principal.council_id,
            organisation_id=organisation_id,
            case_id=case_id,
            from_on=local_day(work.now),
        )
        for organisation_id in sorted(organisations)
    ]


def _reading(referral: NewReferral, own: UUID, coordinating: UUID) -> frozenset[UUID]:
    """Return whose keys open a new case: of a victim, never those of who coordinates."""
    return frozenset({own}) if referral.kind is CaseKind.VICTIM else frozenset({own, coordinating})


def _asked(referral: NewReferral, record: NewRecord) -> Asked | None:
    """Return whom a referral addresses, for the record of the part that all its readers open."""
    addressed = referral.addressed_id
    shared = record.part is CompartmentClass.SHEET
    return Asked(None, addressed) if addressed is not None and shared else None


def _births(referral: NewReferral) -> tuple[date | None, ...]:
    """Return when those whom the case is about were born."""
    followed = [one for one in referral.persons if one.relation in CHILDREN]
    return tuple(one.birth_date for one in followed)


def _parts(referral: NewReferral) -> tuple[CompartmentClass, ...]:
    """Return the parts of a new case beside the identities, each once."""
    usual = (CompartmentClass.SHEET, CompartmentClass.ORIGIN)
    return tuple(dict.fromkeys((*usual, *(record.part for record in referral.records))))


def _compartments(
    case_id: UUID,
    persons: list[UUID],
    admitted: frozenset[UUID],
    parts: tuple[CompartmentClass, ...],
) -> list[NewCompartment]:
    shared = [NewCompartment(case_id, part, admitted) for part in parts]
    identities = [
        NewCompartment(case_id, CompartmentClass.IDENTITY, admitted, person_id=person_id)
        for person_id in persons
    ]
    return [*shared, *identities]


def _person(
    work: Work, case_id: UUID, person_id: UUID, person: NewPerson, sealer: Sealer
) -> PersonRow:
    birth_date = person.birth_date.isoformat() if person.birth_date else ""

    def short(column: str, text: str) -> bytes:
        return sealer.short("persons", column, person_id, text)

    return PersonRow(
        council_id=work.principal.council_id,
        id=person_id,
        case_id=case_id,
        compartment_id=sealer.compartment_id,
        relation=person.relation,
        family_name_sealed=short("family_name_sealed", person.family_name),
        given_name_sealed=short("given_name_sealed", person.given_name),
        birth_date_sealed=short("birth_date_sealed", birth_date),
        address_sealed=short("address_sealed", person.address),
        phone_sealed=short("phone_sealed", person.phone),
        school_sealed=short("school_sealed", person.school),
        home_sealed=short("home_sealed", person.home) if person.home else None,
    )
