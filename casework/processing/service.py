"""The record of processing, computed each time it is asked for: nothing of it is stored."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.asking import require_officer_or_machine
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters import gateway as charters
from casework.charters.charter import Charter
from casework.charters.gateway import Version
from casework.charters.vocabulary import PartnerCategory
from casework.clock import local_day
from casework.identity import Principal, Reason, Role
from casework.partners import gateway as partners
from casework.partners.charters_in_force import ChartersInForce
from casework.partners.values import Group, Member, Organisation
from casework.processing.measures import Facts, measures_on
from casework.processing.recipients import data_of
from casework.processing.terms import register_terms, terms_of
from casework.processing.values import Activity, KeyFacts, Measures, Record, Setting
from casework.reviews import gateway as reviews
from casework.reviews.values import ReviewState

KeyBook = Callable[[UUID], KeyFacts]
"""Council → who keeps the keys."""

_CONTROL = frozenset({PartnerCategory.DATA_PROTECTION, PartnerCategory.ARCHIVES})


@dataclass(frozen=True, slots=True)
class ProcessingService:
    """For the officer of today, and for the operator who prints it: no case is in it."""

    ledger: Ledger
    charters: ChartersInForce
    keys: KeyBook

    def open(self, who: Principal, settings: Measures) -> Record:
        """Return the record as the configuration stands now. Raises `AccessDenied` to others."""
        keys = self.keys(who.council_id)
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer_or_machine(work, Act.PROCESSING_READ)
            record = self._record(work, settings, keys)
            detail = {"activities": len(record.activities), "measures": len(record.measures)}
            work.record(Entry(Act.PROCESSING_READ, detail=detail))
        return record

    def _record(self, work: Work, settings: Measures, keys: KeyFacts) -> Record:
        session, council_id = work.session, work.principal.council_id
        every = partners.organisations(session, council_id)
        bodies = [one for one in every if one.left_on is None]
        people = [one for one in partners.members(session, council_id) if not one.locked]
        activities = tuple(self._activities(work, bodies))
        known = [one.charter for one in activities]
        facts = _facts(session, council_id, keys, known, bodies)
        return Record(
            council=partners.council_name(session, council_id),
            at=work.now,
            officers=tuple(_officers(work, people)),
            partners=_by_category(bodies),
            members=len(people),
            activities=activities,
            register=register_terms(known),
            measures=measures_on(settings, facts),
        )

    def _activities(self, work: Work, bodies: Sequence[Organisation]) -> Iterable[Activity]:
        session, council_id = work.session, work.principal.council_id
        versions = {one.id: one for one in charters.versions(session, council_id)}
        groups: dict[UUID, list[Group]] = {}
        for group in partners.groups(session, council_id):
            groups.setdefault(group.charter_id, []).append(group)
        for charter_id, those in groups.items():
            yield self._activity(work, versions[charter_id], those, bodies)

    def _activity(
        self, work: Work, version: Version, groups: list[Group], bodies: Sequence[Organisation]
    ) -> Activity:
        session, council_id = work.session, work.principal.council_id
        charter = self.charters.of_version(session, council_id, version.id)
        day = local_day(work.now)
        signed, _ = charters.parties_to(session, council_id, version.id, day)
        named = {one.id: one for one in bodies}
        coordinating = [
            named[one.coordinating_id] for one in groups if one.coordinating_id in named
        ]
        parties = [one for one in bodies if one.category not in _CONTROL]
        return Activity(
            charter=charter,
            kind=charter.kind,
            adopted_at=version.adopted_at,
            settings=tuple(_setting(session, council_id, one, named) for one in groups),
            signed=tuple(one.name for one in parties if one.id in signed),
            unsigned=tuple(one.name for one in parties if one.id not in signed),
            data=data_of(charter.on(day), {one.category for one in coordinating}),
            terms=terms_of(charter),
        )


def _setting(
    session: Session, council_id: UUID, group: Group, named: dict[UUID, Organisation]
) -> Setting:
    names = partners.communes(session, council_id)
    codes = sorted(partners.territory(session, council_id, group.id))
    body = named.get(group.coordinating_id)
    return Setting(
        group.name, tuple(names.get(one, one) for one in codes), body.name if body else ""
    )


def _officers(work: Work, people: Sequence[Member]) -> list[str]:
    """Return who holds the mandate of the officer today."""
    council_id, day = work.principal.council_id, local_day(work.now)
    ids = partners.holders_of(work.session, council_id, Role.DPO, day)
    return [one.name.full for one in people if one.id in ids]


def _by_category(bodies: Sequence[Organisation]) -> dict[PartnerCategory, list[str]]:
    found: dict[PartnerCategory, list[str]] = {}
    for one in bodies:
        found.setdefault(one.category, []).append(one.name)
    return {category: found[category] for category in PartnerCategory if category in found}


def _facts(
    session: Session,
    council_id: UUID,
    keys: KeyFacts,
    known: Sequence[Charter],
    bodies: Sequence[Organisation],
) -> Facts:
    ids = {one.id for one in bodies}
    asked = [one for one in reviews.newest(session, council_id) if one.organisation_id in ids]
    promised = [one.clocks.keystore_backup_days for one in known]
    return Facts(
        charters=len(known),
        bodies=len(bodies),
        by_service=len(ids & keys.by_service),
        registrar_elsewhere=keys.registrar_elsewhere,
        escrow=keys.escrow,
        asked=len(asked),
        answered=sum(one.state is ReviewState.DONE for one in asked),
        suspended=sum(one.suspended_on is not None for one in bodies),
        promised_days=min(promised, default=None),
    )
