"""The runtime in which a demonstration is made: the real services, a moving clock, few commits."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.running_count import RunningCount
from casework.cases.gateway.sending import CaseSending
from casework.cases.gateway.stepping import CaseSteps
from casework.cases.gateway.taking_over import CaseTakingOver
from casework.cases.gateway.writing import CaseWriting
from casework.demo.batches import Batches, PepperBasket
from casework.entropy import Entropy
from casework.keys.custody import Custody
from casework.keys.delivery import Courier, acting_organisation
from casework.keys.directory import KeyDirectory, Vouching
from casework.keys.gateway.entries import PublicKeys
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey
from casework.runtime import Runtime
from casework.settings import Settings
from casework.stores import Edges, Stores


class MovingClock:
    """A clock that stands where history has come to."""

    def __init__(self, start: datetime) -> None:
        """Stand at `start`, an aware moment."""
        self._now = start

    def now(self) -> datetime:
        """Return the moment told last."""
        return self._now

    def stand_at(self, moment: datetime) -> None:
        """Go to a moment; history does not go back."""
        self._now = max(self._now, moment)


class _Stores(Stores):
    @cached_property
    def keystore(self) -> PepperBasket:
        """The key store, with a basket before it."""
        return PepperBasket(self.keystore_database)


class _KeyDirectory(KeyDirectory):
    """Remembers public keys for as long as a history is written: nobody rotates meanwhile."""

    def __init__(self, vouching: Vouching) -> None:
        """Remember nothing yet."""
        super().__init__(vouching)
        self._checked: dict[tuple[UUID, UUID], PublicKeys] = {}

    def require_unrevoked(self, council_id: UUID, used: Collection[PublicKeys]) -> None:
        """Ask nothing: nobody rotates meanwhile."""

    def current(self, session: Session, place: tuple[UUID, UUID]) -> PublicKeys:
        """Return an organisation's public keys, checked once."""
        if place not in self._checked:
            self._checked[place] = super().current(session, place)
        return self._checked[place]


class _AtOnce(Courier):
    """Puts keys into every ring at once: those of a past told afterwards arrived long ago."""

    def hand_over(
        self,
        work: Work,
        held: HeldKey,
        secret: bytes,
        organisations: Iterable[UUID],
        until: datetime | None = None,
    ) -> None:
        """Give a secret to each organisation as if it acted itself."""
        for organisation_id in sorted(organisations):
            who = replace(work.principal, organisation_id=organisation_id)
            there = Work(who, work.reason, work.now)
            there.lend(work.session)
            super().hand_over(there, held, secret, [organisation_id], until)


class _Unasked(Keyring):
    """Delivers without asking who holds a key: whoever takes a case over knows."""

    def admit(
        self,
        work: Work,
        held: Sequence[HeldKey],
        organisations: frozenset[UUID],
        until: datetime | None = None,
    ) -> None:
        """Deliver keys to organisations that do not hold them yet."""
        for key in held:
            secret = self._secret(key, acting_organisation(work))
            self.courier.hand_over(work, key, secret, organisations, until)


class Workshop(Runtime):
    """Every service of one council, wired for writing a history."""

    def __init__(
        self, settings: Settings, clock: MovingClock, entropy: Entropy, council_id: UUID
    ) -> None:
        """Open the stores of a founded home."""
        edges = Edges(clock, entropy)
        super().__init__(_Stores(settings, edges), edges, council_id)
        self.clock = clock

    @cached_property
    def key_directory(self) -> KeyDirectory:
        """Organisations' public keys."""
        return _KeyDirectory(self.registrar_pins)

    @cached_property
    def custody(self) -> Custody:
        """Organisations' secrets, kept for as long as a history is written: its clock stands."""
        still = MovingClock(self.clock.now())
        return Custody(self.stores.main, self.stores.provider, self.key_directory, still)

    @cached_property
    def ledger(self) -> Batches:
        """The ledger of batches."""
        basket = self.stores.keystore
        if not isinstance(basket, PepperBasket):
            raise TypeError("a workshop writes through a basket of peppers")
        stores = (self.stores.main, basket)
        return Batches(stores, self.register_keys, self.edges.clock, self.edges.entropy)

    @cached_property
    def taking_over(self) -> CaseTakingOver:
        """The way in of cases that come with their past."""
        clock, entropy = self.edges.clock, self.edges.entropy
        courier = _AtOnce(self.custody, self.stores.keystore, self.admissions, clock, entropy)
        keyring = _Unasked(
            self.custody, self.stores.keystore, courier, self.reserve, clock, entropy
        )
        writing = CaseWriting(keyring, courier, clock, entropy)
        sending = CaseSending(keyring, clock, entropy, CaseSteps(clock, entropy))
        return CaseTakingOver(sending, writing, RunningCount())

    def close(self) -> None:
        """Close both databases."""
        self.stores.main.engine.dispose()
        self.stores.keystore_database.engine.dispose()
