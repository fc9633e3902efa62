"""The proof that a leaf is durably committed; without it no key opens anything."""

from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from typing import Final, NoReturn
from uuid import UUID

from casework.audit.actions import Act
from casework.identity import OwnKeys

LIFETIME: Final = timedelta(minutes=5)
_MINT: Final = object()


@dataclass(frozen=True, slots=True, eq=False)
class Receipt:
    """What a committed unit of work entitles its maker to open.

    Only the ledger makes one, after the commit. It cannot be built, copied or pickled elsewhere:
    TypeError. `acts` and `compartments` are those of the allowed entries only.
    """

    council_id: UUID
    member_id: UUID | None
    organisation_id: UUID | None
    seqs: tuple[int, ...]
    acts: frozenset[Act]
    compartments: frozenset[UUID]
    issued_at: datetime
    own_keys: OwnKeys | None = field(repr=False)
    mint: InitVar[object] = None

    def __post_init__(self, mint: object) -> None:
        """Refuse any maker but the ledger."""
        if mint is not _MINT:
            raise TypeError("a receipt comes from a committed unit of work")

    def covers(self, compartment_id: UUID) -> bool:
        """Say whether the committed leaves name this compartment as opened."""
        return compartment_id in self.compartments

    def stale(self, now: datetime) -> bool:
        """Say whether it is older than five minutes."""
        return now - self.issued_at > LIFETIME

    def __copy__(self) -> NoReturn:
        """Refuse: a receipt is one."""
        raise TypeError("a receipt is not copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        """Refuse: a receipt is one."""
        raise TypeError("a receipt is not copied")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse: a receipt does not leave the process."""
        raise TypeError("a receipt is not pickled")


@dataclass(frozen=True, slots=True)
class Committed:
    """What the database has durably accepted."""

    council_id: UUID
    member_id: UUID | None
    organisation_id: UUID | None
    seqs: tuple[int, ...]
    acts: frozenset[Act]
    compartments: frozenset[UUID]
    at: datetime
    own_keys: OwnKeys | None = field(default=None, repr=False)


def issue(done: Committed) -> Receipt:
    """Make the receipt of a committed unit of work; for the ledger alone (a test watches)."""
    return Receipt(
        done.council_id,
        done.member_id,
        done.organisation_id,
        done.seqs,
        done.acts,
        done.compartments,
        done.at,
        done.own_keys,
        mint=_MINT,
    )
