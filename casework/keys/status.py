"""Where the keys of a council stand, organisation by organisation. Opens nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.db.engine import Database, Scope
from casework.keys.admissions import Admissions
from casework.keys.directory import KeyDirectory
from casework.keys.gateway import census, following, sealing
from casework.keys.keystore import KeyStore
from casework.keys.seals import KEK_HOLDER, MEMBER
from casework.keys.values import CustodyKind


@dataclass(frozen=True, slots=True)
class OrganisationStatus:
    """One organisation: who can open its secret, and how its ring stands.

    `version` is the one in use, 0 for none; `unsigned` says that newer keys wait for the registrar.
    `behind` keys wait to be wrapped under its newest version; `faults` are codes.
    """

    organisation_id: UUID
    custody: CustodyKind
    version: int
    holders: int
    keys: int
    pending: int
    behind: int
    unsigned: bool
    former_seals: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CouncilStatus:
    """The whole council: `due` compartments wait for a new epoch, `former` to be sealed anew.

    `epochs` counts the compartments that stand at each. `unadmitted` rows call somebody a holder
    whom nobody admitted: they are handed nothing.
    """

    organisations: Sequence[OrganisationStatus]
    due: int
    former: int
    epochs: Mapping[int, int]
    unadmitted: int
    peppers: int
    erased: int


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """Counts, for the operator and the auditor."""

    database: Database
    keystore: KeyStore
    directory: KeyDirectory
    admissions: Admissions

    def of(self, council_id: UUID) -> CouncilStatus:
        """Return where the keys of a council stand."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            versions = census.versions(session, council_id)
            holders = census.holders(session, council_id)
            keys = census.held(session, council_id)
            pending = census.pending(session, council_id)
            used = self.directory.in_use(session, council_id)
            behind = census.behind(session, council_id, used)
            to_renew = census.to_renew(session, council_id)
            unadmitted = self.admissions.refused(session, council_id)
            due, former = following.waiting(session, council_id)
            epochs = following.epochs(session, council_id)
        told = [
            _status(
                one,
                (used.get(one, 0), version),
                holders.get(one, {}),
                (keys, pending, behind),
                due=one in to_renew,
            )
            for one, version in sorted(versions.items())
        ]
        peppers, erased = self.keystore.count(council_id), len(self.keystore.erased(council_id))
        return CouncilStatus(told, due, former, epochs, unadmitted, peppers, erased)

    def kept_by_service(self, council_id: UUID) -> frozenset[UUID]:
        """Return the organisations whose newest secret the service opens."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            seals = census.holders(session, council_id)
        return frozenset(one for one, by in seals.items() if KEK_HOLDER in by[max(by)])

    def broken_off(self, council_id: UUID) -> list[UUID]:
        """Return the organisations whose rotation is not over and which the service can open.

        Former seals go last: nobody else has an entry left to wrap anew.
        """
        with self.database.reading(Scope(council_id, whole=True)) as session:
            seals = census.holders(session, council_id)
            used = self.directory.in_use(session, council_id)
        return sorted(
            one
            for one, by in seals.items()
            if min(by) < used.get(one, 0)
            and all(KEK_HOLDER in holders for at, holders in by.items() if at <= used[one])
        )

    def is_broken_off(self, place: tuple[UUID, UUID]) -> bool:
        """Say whether (council, organisation) has former seals beside the secret it uses."""
        with self.database.reading(Scope(*place)) as session:
            versions = sealing.versions(session, place)
            # One alone: nothing to go on with, and no more is asked on every page.
            return (
                len(versions) > 1 and versions[0] < self.directory.current(session, place).version
            )


def _status(
    organisation_id: UUID,
    versions: tuple[int, int],
    seals: dict[int, set[str]],
    counts: tuple[dict[UUID, int], dict[UUID, int], dict[UUID, int]],
    *,
    due: bool,
) -> OrganisationStatus:
    used, newest = versions
    holders = seals.get(used or newest, set())
    keys, pending, behind = (one.get(organisation_id, 0) for one in counts)
    members = {one for one in holders if one.startswith(MEMBER)}
    kind = CustodyKind.SERVER if KEK_HOLDER in holders else CustodyKind.MEMBER
    faults = [] if holders else ["no-holder"]
    if kind is CustodyKind.MEMBER and len(members) == 1:
        faults.append("one-holder")
    if used < newest:
        faults.append("unsigned")
    if kind is CustodyKind.SERVER and members:
        faults.append("two-custodies")
    if due:
        faults.append("renewal-due")
    return OrganisationStatus(
        organisation_id=organisation_id,
        custody=kind,
        version=used,
        holders=len(members),
        keys=keys,
        pending=pending,
        behind=behind,
        unsigned=used < newest,
        former_seals=sum(one < used for one in seals),
        faults=tuple(faults),
    )
