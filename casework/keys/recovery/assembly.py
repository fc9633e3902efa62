"""Builds the services of recovery."""

from dataclasses import dataclass
from functools import cached_property

from casework.audit.ledger import Ledger
from casework.clock import Clock
from casework.db.engine import Database
from casework.entropy import Entropy
from casework.keys.custody import Custody
from casework.keys.keyring import Keyring
from casework.keys.lending import Lending
from casework.keys.recovery.acts import EscrowActs
from casework.keys.recovery.enrolling import Enrolling
from casework.keys.recovery.escrows import Escrows
from casework.keys.recovery.exceptions import Exceptions
from casework.keys.recovery.ports import Kept, Patience, PublishedKeys, Roster, nothing_kept
from casework.keys.recovery.waiting import WaitingRoom
from casework.keys.secrets import InstanceSecrets
from casework.keys.service.asking import AskingService
from casework.keys.service.at_hand import KeyWatch
from casework.keys.service.breaking_glass import BreakingGlass
from casework.keys.service.ceremonies import CeremonyService
from casework.keys.service.escrows import EscrowService
from casework.keys.service.exceptions import ExceptionService
from casework.keys.service.lending import LendingService
from casework.keys.service.notices import NoticeService
from casework.keys.service.recovery_codes import RecoveryCodes


@dataclass(frozen=True, slots=True)
class RecoveryGround:
    """What recovery stands on."""

    ledger: Ledger
    database: Database
    secrets: InstanceSecrets
    custody: Custody
    keyring: Keyring
    published: PublishedKeys
    roster: Roster
    patience: Patience
    clock: Clock
    entropy: Entropy
    kept: Kept = nothing_kept


class Recovery:
    """Every service of recovery, wired."""

    def __init__(self, ground: RecoveryGround) -> None:
        """Wire; no secret is unwrapped before it is needed."""
        self._on = ground
        self.escrows_kept = Escrows(ground.secrets, ground.entropy)
        self.enrolling = Enrolling(self.escrows_kept, ground.custody)
        self.exceptions_kept = Exceptions(ground.secrets)

    @cached_property
    def codes(self) -> RecoveryCodes:
        """Printed codes of members."""
        on = self._on
        return RecoveryCodes(on.ledger, on.database, on.clock, on.entropy)

    @cached_property
    def escrows(self) -> EscrowService:
        """Custodians, cards, enrolment."""
        on = self._on
        return EscrowService(
            on.ledger,
            on.database,
            self.escrows_kept,
            self.enrolling,
            on.roster,
            on.clock,
            on.entropy,
        )

    @cached_property
    def asking(self) -> AskingService:
        """Questions put to the custodians."""
        on = self._on
        room = WaitingRoom(self.enrolling, on.custody, on.published, on.roster)
        return AskingService(on.ledger, on.database, self.escrows_kept, room, on.clock, on.entropy)

    @cached_property
    def ceremonies(self) -> CeremonyService:
        """Openings."""
        on, acts = self._on, EscrowActs(self._on.custody, self._on.published)
        glass = BreakingGlass(on.ledger, acts, self._lending, self.exceptions_kept, on.clock)
        return CeremonyService(
            on.ledger, on.database, self.escrows_kept, acts, glass, on.patience, on.entropy
        )

    @cached_property
    def lending(self) -> LendingService:
        """Exceptional access in `server` custody, and the end of every loan."""
        on = self._on
        return LendingService(on.ledger, on.database, self._lending, on.custody)

    @cached_property
    def exceptions(self) -> ExceptionService:
        """Cases opened for a while to somebody who is not named on them."""
        on = self._on
        return ExceptionService(
            on.ledger,
            on.database,
            self.exceptions_kept,
            self.lending,
            self.asking,
            on.clock,
            on.entropy,
            on.kept,
        )

    @cached_property
    def notices(self) -> NoticeService:
        """What people are told."""
        on = self._on
        watch = KeyWatch(on.published, on.roster)
        return NoticeService(
            on.database, self.escrows_kept, self.enrolling, watch, self.exceptions, on.clock
        )

    @cached_property
    def _lending(self) -> Lending:
        return Lending(self._on.keyring, self._on.clock, self._on.entropy)
