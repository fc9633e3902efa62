"""A text of a charter as people follow it: where it stands, who did what, what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.charters.charter import Charter
from casework.charters.comparing import Right
from casework.charters.differences import Difference
from casework.charters.effects import Effect, Unbound
from casework.charters.engagement import Signature
from casework.charters.gateway import Version
from casework.charters.lifecycle import OPEN_IN, TAKEN_BY, Approval, VersionState, VersionStep
from casework.charters.readiness import Readiness
from casework.identity import Role


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A text in a list: its title, and the groups that work under it today."""

    version: Version
    title: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """A partner that a text asks to sign, and its signature if it gave one."""

    body_id: UUID
    name: str
    signature: Signature | None

    def binds(self, day: date) -> bool:
        """Say whether the signature is given and not over on `day`."""
        return self.signature is not None and self.signature.until_on >= day


@dataclass(frozen=True, slots=True)
class VersionSheet:
    """One text whole; `functions` are those in which the reader has a say in it.

    `former` is the text it follows and `groups` are those it governs, or would.
    """

    version: Version
    charter: Charter
    former: Version | None
    groups: tuple[str, ...]
    approvals: tuple[Approval, ...]
    signings: tuple[Signing, ...]
    ready: Readiness
    functions: frozenset[Role]
    rights: tuple[Right, ...] = ()
    differences: tuple[Difference, ...] = ()

    def may(self, step: VersionStep) -> bool:
        """Say whether the reader can take a step now."""
        return bool(self.functions & TAKEN_BY[step]) and self.version.state in OPEN_IN[step]

    @property
    def replaced(self) -> bool:
        """Say whether the text it would follow is in force no more: it can only be withdrawn."""
        pending = self.version.state not in {VersionState.IN_FORCE, VersionState.SUPERSEDED}
        former = self.former
        return pending and former is not None and former.state is not VersionState.IN_FORCE


@dataclass(frozen=True, slots=True)
class GroupEffects:
    """What a text would change for the people and cases of one group."""

    name: str
    cases: int
    people: int
    effects: tuple[Effect, ...]
    unbound: tuple[Unbound, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text beside the one in force: in its words, and in the world of today."""

    sheet: VersionSheet
    groups: tuple[GroupEffects, ...]
    bodies: Mapping[UUID, str]

    @property
    def grave(self) -> tuple[Effect, ...]:
        """Return what takes away something that a running case is followed with."""
        return tuple(one for group in self.groups for one in group.effects if one.grave)
