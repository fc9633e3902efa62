"""Cases that nobody may see, for as long as it takes to try the doors: never committed."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casework.cases.models import (
    ActionRow,
    AdmissionRow,
    CaseRow,
    ContributionRow,
    DraftRow,
    NamingRow,
    PersonRow,
)
from casework.cases.procedures.steps import CaseState
from casework.clock import Clock, local_day
from casework.db.sight import Guarded
from casework.entropy import Entropy, new_id
from casework.errors import VisibilityUndeclared
from casework.identity import Principal
from casework.partners.values import Group

_NOWHERE: Final = "00000"
_LONG_AGO: Final = date(2000, 1, 1)
_NOTHING: Final = b"\0"


@dataclass(frozen=True, slots=True)
class Planting:
    """Plants in one group, for one reader who has every tie to each case and lacks one thing."""

    session: Session
    clock: Clock
    entropy: Entropy
    group: Group
    reader: Principal

    def plant(self, commune: str) -> dict[UUID, str]:
        """Return the cases by id, each with the wall it stands behind."""
        return {
            self._case(CaseState.FOLLOWED, commune, admitted=False): "not-admitted",
            self._case(CaseState.REFERRED, commune, admitted=False): "not-admitted",
            self._case(CaseState.FOLLOWED, _NOWHERE, admitted=True): "out-of-territory",
            self._case(CaseState.SEALED, commune, admitted=True): "sealed",
        }

    def draft(self) -> UUID:
        """Plant a draft of the reader's."""
        own_id = self._new_id()
        self._add(
            DraftRow(
                council_id=self.reader.council_id,
                id=own_id,
                member_id=self.reader.member_id,
                group_id=self.group.id,
                step=1,
                body_sealed=_NOTHING,
                saved_at=self.clock.now(),
                expires_on=self._today,
            )
        )
        return own_id

    @property
    def _today(self) -> date:
        return local_day(self.clock.now())

    def _new_id(self) -> UUID:
        return new_id(self.clock, self.entropy)

    def _add(self, *rows: Guarded) -> None:
        for row in rows:
            self.session.add(row)
            self.session.flush()

    def _case(self, state: CaseState, commune: str, *, admitted: bool) -> UUID:
        case = CaseRow(
            council_id=self.reader.council_id,
            id=self._new_id(),
            group_id=self.group.id,
            kind=self.group.kind,
            state=state,
            commune=commune,
            referrer_id=self.reader.member_id,
            referrer_organisation_id=self.reader.organisation_id,
            lead_id=self.reader.member_id,
            referred_on=_LONG_AGO,
            ceiling_on=date.max,
        )
        self._add(case)
        if admitted:
            self._add(self._admission(case.id))
        self._add(self._naming(case.id), self._action(case.id), self._person(case.id))
        self._add(self._contribution(case.id))
        return case.id

    def _of(self, case_id: UUID) -> dict[str, object]:
        return {"council_id": self.reader.council_id, "id": self._new_id(), "case_id": case_id}

    def _admission(self, case_id: UUID) -> AdmissionRow:
        return AdmissionRow(
            council_id=self.reader.council_id,
            organisation_id=self.reader.organisation_id,
            case_id=case_id,
            from_on=_LONG_AGO,
        )

    def _naming(self, case_id: UUID) -> NamingRow:
        member = {"member_id": self.reader.member_id, "named_by": self.reader.member_id}
        body = self.reader.organisation_id
        return NamingRow(**self._of(case_id), **member, organisation_id=body, from_on=_LONG_AGO)

    def _person(self, case_id: UUID) -> PersonRow:
        return PersonRow(**self._of(case_id), compartment_id=self._new_id(), relation="subject")

    def _contribution(self, case_id: UUID) -> ContributionRow:
        return ContributionRow(
            **self._of(case_id),
            compartment_id=self._new_id(),
            author_id=self.reader.member_id,
            organisation_id=self.reader.organisation_id,
            written_at=self.clock.now(),
            text_sealed=_NOTHING,
        )

    def _action(self, case_id: UUID) -> ActionRow:
        return ActionRow(
            **self._of(case_id),
            compartment_id=self._new_id(),
            kind_sealed=_NOTHING,
            lead_id=self.reader.member_id,
            organisation_id=self.reader.organisation_id,
            opened_by=self.reader.member_id,
            opened_on=_LONG_AGO,
            due_on=_LONG_AGO,
            state="open",
        )


def undeclared_is_refused(session: Session) -> bool:
    """Say whether a statement that declares nothing fails before it reaches the database."""
    try:
        session.scalar(select(func.count()).select_from(CaseRow))
    except VisibilityUndeclared:
        return True
    return False
