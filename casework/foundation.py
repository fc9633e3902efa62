"""What every service stands on: the trail, the keys, the partners and their charters."""

from functools import cached_property
from uuid import UUID

from casework.accounts.assembly import Accounts, AccountSettings, assemble
from casework.accounts.desk import Desk
from casework.accounts.patience import CardPatience
from casework.accounts.seals import RowSeals
from casework.accounts.turnstile import Turnstile
from casework.audit.ledger import Ledger
from casework.audit.typed_reasons import TypedReasons
from casework.cases.gateway.excluding import kept
from casework.cases.gateway.reserving import CaseReserving
from casework.charters.promise import Promise
from casework.charters.service import CharterLibrary, CharterService, Neighbours
from casework.documents.scanning import Scanner
from casework.idempotency.service import RepeatService
from casework.keys.admissions import Admissions
from casework.keys.adopting import Adopting
from casework.keys.category_seal import CategorySeal
from casework.keys.checking import KeyChecking
from casework.keys.cursor_seal import CursorSeal
from casework.keys.custody import Custody
from casework.keys.delivery import Courier
from casework.keys.directory import KeyDirectory
from casework.keys.erasure import Erasure
from casework.keys.holders import Holders
from casework.keys.keyring import Keyring
from casework.keys.member_directory import MemberDirectory
from casework.keys.part_keys import CouncilRegisterKeys
from casework.keys.recovery.assembly import Recovery, RecoveryGround
from casework.keys.registrar.pins import Pins
from casework.keys.reserve import Reserve
from casework.keys.revocations import Revocations
from casework.keys.rotation import Rotation
from casework.keys.secrets import InstanceSecrets, SecretName
from casework.keys.service.custody import CustodyService
from casework.keys.service.registrar import RegistrarService
from casework.keys.service.running import RotationRunner
from casework.keys.status import KeyStatus
from casework.meetings.charter_house import charter_house
from casework.partners import gateway as partners
from casework.partners.charters_in_force import ChartersInForce
from casework.partners.directory import Directory
from casework.stores import Edges, Stores


class Foundation:
    """The floors of one council, wired."""

    def __init__(self, stores: Stores, edges: Edges, council_id: UUID) -> None:
        """Wire; databases open when first asked."""
        self.stores = stores
        self.edges = edges
        self.council_id = council_id

    @cached_property
    def secrets(self) -> InstanceSecrets:
        """Secrets of the instance."""
        return InstanceSecrets(self.stores.main, self.stores.provider, self.council_id)

    @cached_property
    def key_directory(self) -> KeyDirectory:
        """Organisations' public keys."""
        return KeyDirectory(self.registrar_pins)

    @cached_property
    def registrar_pins(self) -> Pins:
        """Whose word counts for public keys."""
        folder = self.stores.key_path("main.key").parent
        return Pins(folder, self.secrets, self.revocations, self.council_id)

    @cached_property
    def registrar(self) -> RegistrarService:
        """A registrar kept elsewhere."""
        return RegistrarService(self.ledger, self.key_directory, self.registrar_pins)

    @cached_property
    def custody(self) -> Custody:
        """Organisations' secrets."""
        stores = self.stores
        return Custody(stores.main, stores.provider, self.key_directory, self.edges.clock)

    @cached_property
    def register_keys(self) -> CouncilRegisterKeys:
        """The register's own keys."""
        return CouncilRegisterKeys(
            self.stores.keystore,
            self.secrets,
            self.council_id,
            self.edges.entropy,
            twice=self.signs_twice,
        )

    @cached_property
    def signs_twice(self) -> bool:
        """Whether checkpoints bear a second signature."""
        return False

    @cached_property
    def ledger(self) -> Ledger:
        """The only way to begin a transaction."""
        return Ledger(self.stores.main, self.register_keys, self.edges.clock, self.edges.entropy)

    @cached_property
    def courier(self) -> Courier:
        """Keys on their way."""
        return Courier(
            self.custody,
            self.stores.keystore,
            self.admissions,
            self.edges.clock,
            self.edges.entropy,
        )

    @cached_property
    def revocations(self) -> Revocations:
        """What counts no more."""
        return Revocations(self.stores.keystore_database)

    @cached_property
    def adopting(self) -> Adopting:
        """Admissions for the holders of before."""
        return Adopting(self.ledger, self.courier)

    @cached_property
    def category_seal(self) -> CategorySeal:
        """The word of the instance for the category of a body."""
        return CategorySeal(self.secrets)

    @cached_property
    def admissions(self) -> Admissions:
        """Who may hold a key."""
        return Admissions(self.secrets, self.revocations, self.edges.entropy)

    @cached_property
    def keyring(self) -> Keyring:
        """The second wall."""
        return Keyring(
            self.custody,
            self.stores.keystore,
            self.courier,
            self.reserve,
            self.edges.clock,
            self.edges.entropy,
        )

    @cached_property
    def reserve(self) -> Reserve:
        """What charters keep for organisations whose members hold the key."""
        return Reserve(self.custody, CaseReserving(self.charters, self.category_seal))

    @cached_property
    def member_directory(self) -> MemberDirectory:
        """Members' public keys."""
        return MemberDirectory(self.secrets)

    @cached_property
    def rotation(self) -> Rotation:
        """New secrets for organisations."""
        return Rotation(
            self.custody,
            self.courier,
            self.stores.provider,
            Holders(self.member_directory, self.recovery.escrows_kept).public_key_of,
            self.edges.clock,
            self.edges.entropy,
        )

    @cached_property
    def rotation_runner(self) -> RotationRunner:
        """Rotations, to their end."""
        return RotationRunner(self.ledger, self.rotation, self.key_status)

    @cached_property
    def custody_service(self) -> CustodyService:
        """Who holds the keys of an organisation."""
        return CustodyService(
            self.ledger,
            self.custody,
            self.member_directory,
            self.rotation,
            self.rotation_runner,
            self.reserve,
            partners.active_members,
        )

    @cached_property
    def key_status(self) -> KeyStatus:
        """Where the keys stand."""
        return KeyStatus(
            self.stores.main, self.stores.keystore, self.key_directory, self.admissions
        )

    @cached_property
    def erasure(self) -> Erasure:
        """The end of keys."""
        return Erasure(self.stores.main, self.stores.keystore, self.edges.clock)

    @cached_property
    def key_checking(self) -> KeyChecking:
        """Whether the two databases belong together."""
        return KeyChecking(self.ledger, self.stores.main, self.stores.keystore)

    @cached_property
    def promise(self) -> Promise:
        """For how long backups of the key store are kept, unless the operator says otherwise."""
        return Promise()

    @cached_property
    def scanner(self) -> Scanner:
        """Who looks for viruses; nobody, unless the operator says where."""
        return Scanner()

    @cached_property
    def desk(self) -> Desk:
        """What accounts stand on."""
        return Desk(
            self.ledger,
            self.stores.main,
            self.council_id,
            self.edges.clock,
            self.edges.entropy,
            RowSeals(self.secrets.of(SecretName.SESSIONS)),
            self.typed_reasons,
        )

    @cached_property
    def recovery(self) -> Recovery:
        """Ways back to a key, and keys lent."""
        return Recovery(
            RecoveryGround(
                ledger=self.ledger,
                database=self.stores.main,
                secrets=self.secrets,
                custody=self.custody,
                keyring=self.keyring,
                published=self.member_directory,
                roster=partners.open_members,
                patience=CardPatience(self._turnstile),
                clock=self.edges.clock,
                entropy=self.edges.entropy,
                kept=kept,
            )
        )

    @cached_property
    def _turnstile(self) -> Turnstile:
        desk, key = self.desk, self.secrets.of(SecretName.DEVICES)
        return Turnstile(desk.database, desk.council_id, desk.clock, key)

    def accounts(self, settings: AccountSettings) -> Accounts:
        """Sign-in, sessions, enrolment, tokens."""
        return assemble(self.desk, self.secrets, settings)

    @cached_property
    def typed_reasons(self) -> TypedReasons:
        """Words behind the reason « other »."""
        return TypedReasons(self.register_keys, self.edges.clock, self.edges.entropy)

    @cached_property
    def directory(self) -> Directory:
        """Professional names."""
        return Directory(self.stores.main, self.council_id)

    @cached_property
    def charter_service(self) -> CharterService:
        """Adopt, sign, read, undertake."""
        edges = self.edges
        return CharterService(
            self.ledger, self.charter_house, edges.clock, edges.entropy, self.library
        )

    @cached_property
    def charter_house(self) -> Neighbours:
        """What charters ask of those above them."""
        return charter_house(self.stores.main)

    @cached_property
    def library(self) -> CharterLibrary:
        """Compiled charters."""
        return CharterLibrary()

    @cached_property
    def charters(self) -> ChartersInForce:
        """The charter of each group."""
        return ChartersInForce(self.library, self.edges.clock)

    @cached_property
    def repeats(self) -> RepeatService:
        """What programs asked with a key."""
        secret = self.secrets.of(SecretName.REPEATS)
        return RepeatService(self.stores.main, self.edges.clock, secret)

    @cached_property
    def cursors(self) -> CursorSeal:
        """Where lists go on."""
        return CursorSeal(self.secrets.of(SecretName.CURSORS), self.edges.entropy)
