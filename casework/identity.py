"""Who is acting: frozen values, no database, no web."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from casework.errors import StepUpRequired


class PrincipalKind(StrEnum):
    """What sort of actor stands behind a unit of work. There is no 'nobody'."""

    STRANGER = "stranger"
    MEMBER = "member"
    OPERATOR = "operator"
    SERVICE = "service"


class Role(StrEnum):
    """What a mandate makes of a member. Roles never imply one another."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    DPO = "dpo"
    ARCHIVES = "archives"


class Reason(StrEnum):
    """Why somebody opens what they open, given in one tap (law note 9.4, rule 10)."""

    MEETING = "meeting"
    DUTY = "duty"
    REFERRAL = "referral"
    OWN_ACTION = "own_action"
    CONTROL = "control"
    SIGN_IN = "sign_in"
    OPERATION = "operation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stated:
    """Why somebody reads from now on: a code, and the words they typed behind « other »."""

    reason: Reason
    words: str = field(default="", repr=False)


class OwnKeys(Protocol):
    """What a member's password opened, for the length of one request."""

    def seed(self) -> bytes:
        """Return the member's seed. Raises `AuditGap` when the session holds none."""
        ...


@dataclass(frozen=True, slots=True)
class Mandate:
    """A member's place in a group, or for the whole council when `group_id` is None.

    `suspended` while their organisation owes an answer to its access review; `kind` is that of the
    group, to show which doors there are.
    """

    role: Role
    group_id: UUID | None
    from_on: date
    until_on: date
    signed: bool
    suspended: bool = False
    kind: str = ""

    def covers(self, day: date) -> bool:
        """Say whether the dates cover `day` (both ends included), suspended or not."""
        return self.from_on <= day <= self.until_on

    def valid_on(self, day: date) -> bool:
        """Say whether it counts on `day`: the dates cover it and nothing suspends it."""
        return not self.suspended and self.covers(day)


@dataclass(frozen=True, slots=True)
class Principal:
    """An actor, as established when the request began.

    `own_keys` came with a member's web session; programs, jobs and operators have none.
    `family_name` is a member's own, compared with what they read, and shown nowhere.
    """

    kind: PrincipalKind
    council_id: UUID
    member_id: UUID | None = None
    organisation_id: UUID | None = None
    category: str = ""
    label: str = ""
    mandates: tuple[Mandate, ...] = field(default=())
    session_tag: str = ""
    verified_at: datetime | None = None
    own_keys: OwnKeys | None = field(default=None, repr=False, compare=False)
    family_name: str = field(default="", repr=False, compare=False)

    def mandate(self, group_id: UUID, day: date) -> Mandate | None:
        """Return the mandate of this principal in a group on a day, if any."""
        for mandate in self.mandates:
            if mandate.group_id == group_id and mandate.valid_on(day):
                return mandate
        return None

    def holds(self, role: Role, day: date) -> bool:
        """Say whether any valid mandate gives `role` on `day`."""
        return any(one.role is role and one.valid_on(day) for one in self.mandates)


FRESH: Final = timedelta(minutes=10)
"""How long a second factor stands for a grave act."""


def require_fresh(principal: Principal, now: datetime) -> None:
    """Raise StepUpRequired unless the second factor was given in the last ten minutes."""
    if principal.verified_at is None or now - principal.verified_at > FRESH:
        raise StepUpRequired


def stranger(council_id: UUID) -> Principal:
    """Return the principal of somebody who has not signed in."""
    return Principal(PrincipalKind.STRANGER, council_id)


def operator(council_id: UUID, name: str) -> Principal:
    """Return the named operator of the command line: runs the service, opens no case."""
    return Principal(PrincipalKind.OPERATOR, council_id, label=name)


def service(council_id: UUID, name: str) -> Principal:
    """Return a job of the service itself."""
    return Principal(PrincipalKind.SERVICE, council_id, label=name)
