"""Where the keys of a council stand, organisation by organisation. Opens nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.db.engine import Database, Scope
from casework.keys.gateway import census, following
from casework.keys.keystore import KeyStore
from casework.keys.seals import KEK_HOLDER, MEMBER
from casework.keys.values import CustodyKind


@dataclass(frozen=True, slots=True)
class OrganisationStatus:
    """One organisation: who can open its secret, and how its ring stands.

    `behind` keys wait to be wrapped under its newest version; `faults` are codes.
    """

    organisation_id: UUID
    custody: CustodyKind
    version: int
    holders: int
    keys: int
    pending: int
    behind: int
    former_seals: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CouncilStatus:
    """The whole council: `due` compartments wait for a new epoch, `former` to be sealed anew."""

    organisations: Sequence[OrganisationStatus]
    due: int
    former: int
    peppers: int
    erased: int


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """Counts, for the operator and the auditor."""

    database: Database
    keystore: KeyStore

    def of(self, council_id: UUID) -> CouncilStatus:
        """Return where the keys of a council stand."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            versions = census.versions(session, council_id)
            holders = census.holders(session, council_id)
            keys = census.held(session, council_id)
            pending = census.pending(session, council_id)
            behind = census.behind(session, council_id)
            due, former = following.waiting(session, council_id)
        told = [
            _status(one, version, holders.get(one, {}), (keys, pending, behind))
            for one, version in sorted(versions.items())
        ]
        peppers, erased = self.keystore.count(council_id), len(self.keystore.erased(council_id))
        return CouncilStatus(told, due, former, peppers, erased)

    def broken_off(self, council_id: UUID) -> list[UUID]:
        """Return the organisations whose rotation is not over and which the service can open.

        Former seals go last: nobody else has an entry left to wrap anew.
        """
        with self.database.reading(Scope(council_id, whole=True)) as session:
            seals = census.holders(session, council_id)
        return sorted(
            one
            for one, by in seals.items()
            if len(by) > 1 and all(KEK_HOLDER in holders for holders in by.values())
        )


def _status(
    organisation_id: UUID,
    version: int,
    seals: dict[int, set[str]],
    counts: tuple[dict[UUID, int], dict[UUID, int], dict[UUID, int]],
) -> OrganisationStatus:
    holders = seals.get(version, set())
    keys, pending, behind = (one.get(organisation_id, 0) for one in counts)
    members = {one for one in holders if one.startswith(MEMBER)}
    kind = CustodyKind.SERVER if KEK_HOLDER in holders else CustodyKind.MEMBER
    faults = [] if holders else ["no-holder"]
    if kind is CustodyKind.MEMBER and len(members) == 1:
        faults.append("one-holder")
    if kind is CustodyKind.SERVER and members:
        faults.append("two-custodies")
    return OrganisationStatus(
        organisation_id=organisation_id,
        custody=kind,
        version=version,
        holders=len(members),
        keys=keys,
        pending=pending,
        behind=behind,
        former_seals=sum(one < version for one in seals),
        faults=tuple(faults),
    )
