"""An instance as it stands: settings, databases known to be migrated, one council, all wired."""

import os
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from casework.accounts.assembly import Accounts, AccountSettings
from casework.accounts.lane import places_for
from casework.accounts.password_rotation import PasswordRotation
from casework.accounts.sessions import Limits
from casework.audit.anchors.service import Anchoring
from casework.charters.promise import Promise
from casework.clock import SystemClock
from casework.crypto.passwords import Argon2Cost
from casework.documents.scanning import Scanner
from casework.entropy import SystemEntropy
from casework.errors import CaseworkError, Misconfigured
from casework.keys.kek.rotation import KekRotation
from casework.keys.trying import KeyTrial
from casework.operations.founding import councils
from casework.operations.home import Home, read_council
from casework.operations.outside import outside, reminder
from casework.operations.schema import Schema, require_current
from casework.partners.service import GroupService, MemberService, OrganisationService
from casework.presence.rotation import PresenceRotation
from casework.reviews.reminding import Reminding
from casework.runtime import Runtime
from casework.settings import Settings
from casework.stores import Edges, Stores

_KIB = 1024


class Instance(Runtime):
    """Every service of the council, those of its operator among them."""

    def __init__(self, settings: Settings, stores: Stores, edges: Edges, council_id: UUID) -> None:
        """Wire; nothing is opened before it is asked for."""
        super().__init__(stores, edges, council_id)
        self.settings = settings

    @cached_property
    def promise(self) -> Promise:
        """For how long backups of the key store are kept, as the operator says."""
        return Promise(self.settings.keystore_backup_days)

    @cached_property
    def scanner(self) -> Scanner:
        """Who looks for viruses, as the operator says."""
        return Scanner(self.settings.clamav)

    @cached_property
    def signs_twice(self) -> bool:
        """Whether the operator wants a second signature on checkpoints."""
        return self.settings.log_mldsa

    def close(self) -> None:
        """Close every connection: before a fork, and when a command ends."""
        self.stores.close()

    @cached_property
    def organisations(self) -> OrganisationService:
        """The partner bodies."""
        edges = self.edges
        return OrganisationService(self.ledger, self.enrol, edges.clock, edges.entropy)

    @cached_property
    def members(self) -> MemberService:
        """The persons of the bodies, and their mandates."""
        return MemberService(self.ledger, self.edges.clock, self.edges.entropy)

    @cached_property
    def groups(self) -> GroupService:
        """The groups."""
        return GroupService(self.ledger, self.edges.clock, self.edges.entropy)

    @cached_property
    def anchoring(self) -> Anchoring:
        """The register, handed to those who the settings name."""
        handed = outside(self.settings, self.edges)
        return Anchoring(self.stores.main, self.ledger, handed, self.edges.clock)

    @cached_property
    def reminding(self) -> Reminding:
        """The daily pass of access reviews, and its letter."""
        return Reminding(
            round=self.reviews.round,
            ledger=self.ledger,
            database=self.stores.main,
            mailer=reminder(self.settings, self.edges),
            url=self.settings.public_url,
            clock=self.edges.clock,
        )

    @cached_property
    def key_trial(self) -> KeyTrial:
        """Whether the keys of living parts still draw."""
        edges, stores = self.edges, self.stores
        return KeyTrial(self.custody, stores.main, stores.keystore, edges.clock, edges.entropy)

    @cached_property
    def kek_rotation(self) -> KekRotation:
        """The rotation of the KEK."""
        files = tuple(Home(self.settings).file_keys.values())
        return KekRotation(self.ledger, self.stores.main, self.stores.provider, files)

    @cached_property
    def password_rotation(self) -> PasswordRotation:
        """The rotation of the server's part of passwords."""
        return PasswordRotation(self.ledger, self.stores.main, self.secrets, self.edges.entropy)

    @cached_property
    def presence_rotation(self) -> PresenceRotation:
        """The rotation of the secrets of presence."""
        index, entropy = self.presence_index, self.edges.entropy
        return PresenceRotation(self.ledger, self.stores.main, self.secrets, index, entropy)

    @cached_property
    def account_services(self) -> Accounts:
        """Signing in, sessions, enrolment and tokens, as the settings say."""
        return self.accounts(account_settings(self.settings))


def account_settings(settings: Settings) -> AccountSettings:
    """Return what the accounts are told by the operator's settings."""
    limits = Limits(
        idle=timedelta(minutes=settings.idle_minutes),
        absolute=timedelta(hours=settings.session_hours),
    )
    cost = Argon2Cost(memory_kib=settings.argon2_memory_mib * _KIB)
    return AccountSettings(cost, places_for(os.cpu_count() or 1), limits, settings.town)


def system_edges() -> Edges:
    """Return the machine's own time and chance."""
    return Edges(SystemClock(), SystemEntropy())


def open_instance(settings: Settings, edges: Edges, former_kek: str = "") -> Instance:
    """Open an instance that can serve; `former_kek` names who held the KEK, while it moves.

    Raises `Misconfigured`, with a sentence for the operator, when a key is missing or readable by
    others, a migration is not applied, or no council is founded.
    """
    stores = Stores(settings, edges, former_kek)
    try:
        require_current(stores.main, Schema.MAIN)
        require_current(stores.keystore_database, Schema.KEYSTORE)
        return Instance(settings, stores, edges, _council(settings, stores))
    except CaseworkError:
        stores.close()
        raise


def _council(settings: Settings, stores: Stores) -> UUID:
    founded = councils(stores.main)
    named = read_council(settings)
    if named in founded:
        return named
    if named is None and len(founded) == 1:
        return founded[0]
    if not founded:
        raise Misconfigured(["no council is founded here: run casework council found"])
    raise Misconfigured(["council.json names another council than the database holds"])
