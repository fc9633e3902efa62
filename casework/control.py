"""The register and the charters as people use them: read, examined, proved, revised."""

from functools import cached_property
from uuid import UUID

from casework.audit.alerts import AlertService
from casework.audit.export.service import ExportService
from casework.audit.forgetting.service import RegisterForgetting
from casework.audit.service import RegisterService
from casework.audit.stamps import StampService
from casework.audit.trail import Trails
from casework.cases.gateway.silent import silent_to
from casework.charters.service import Entering, Sheets, VersionService
from casework.db.engine import Scope
from casework.enquiries.assembly import Examining, assemble_examining
from casework.foundation import Foundation
from casework.presence.circuit import Circuits
from casework.presence.forgetting import PresenceSweep
from casework.presence.gateway.index import PresenceIndex
from casework.presence.placing import PresencePlacing
from casework.presence.seals import PresenceSeals
from casework.processing.service import ProcessingService
from casework.processing.values import KeyFacts
from casework.retention.register_terms import RegisterTerms


class Control(Foundation):
    """What the data protection officer and those who are told of readings stand on, wired."""

    @cached_property
    def charter_entering(self) -> Entering:
        """Texts whose day has come."""
        main, clock = self.stores.main, self.edges.clock
        return Entering(self.ledger, main, self.charter_house, self.library, clock)

    @cached_property
    def charter_versions(self) -> VersionService:
        """The life of a text."""
        return VersionService(self.ledger, self.charter_entering, Sheets(self.charter_entering))

    @cached_property
    def register(self) -> RegisterService:
        """The register, as the DPO reads it."""
        stores, keys, clock = self.stores, self.register_keys, self.edges.clock
        return RegisterService(stores.main, self.ledger, keys, clock, self.typed_reasons)

    @cached_property
    def register_forgetting(self) -> RegisterForgetting:
        """The end of lines of the register."""
        main, keys, clock = self.stores.main, self.stores.keystore, self.edges.clock
        terms = RegisterTerms(main, self.charters).of
        return RegisterForgetting(main, self.ledger, self.register_keys, keys, terms, clock)

    @cached_property
    def exports(self) -> ExportService:
        """The register, handed over."""
        return ExportService(self.stores.main, self.ledger, self.register_keys, self.edges.clock)

    @cached_property
    def stamps(self) -> StampService:
        """Short codes of checkpoints."""
        return StampService(self.ledger, self.stores.main)

    @cached_property
    def trails(self) -> Trails:
        """The register, in part."""
        return Trails(self.register_keys, self.edges.clock)

    @cached_property
    def presence_index(self) -> PresenceIndex:
        """Tags of persons followed."""
        seals = PresenceSeals(self.secrets, self.council_id)
        keystore, edges = self.stores.keystore_database, self.edges
        return PresenceIndex(keystore, seals, edges.clock, edges.entropy)

    @cached_property
    def presence_circuits(self) -> Circuits:
        """Groups that answer one another, but for cases that nobody finds by asking."""
        return Circuits(self.stores.main, self.charters, self.edges.clock, silent_to)

    @cached_property
    def presence_placing(self) -> PresencePlacing:
        """New cases, taken into the index."""
        return PresencePlacing(self.presence_index, self.charters)

    @cached_property
    def presence_sweep(self) -> PresenceSweep:
        """The end of tags and questions."""
        main, clock = self.stores.main, self.edges.clock
        return PresenceSweep(self.ledger, main, self.charters, self.presence_index, clock)

    @cached_property
    def alerts(self) -> AlertService:
        """Decoys that were opened, as the DPO sees them."""
        return AlertService(self.ledger, self.register_keys, self.edges.clock)

    @cached_property
    def examining(self) -> Examining:
        """What the officer looks at, and asks about."""
        register = self.ledger, self.register_keys
        return assemble_examining(register, self.stores.main, self.keyring, self.erasure)

    @cached_property
    def processing(self) -> ProcessingService:
        """The record of processing, from what is live."""
        return ProcessingService(self.ledger, self.charters, self._key_facts)

    def _key_facts(self, council_id: UUID) -> KeyFacts:
        kept = self.key_status.kept_by_service(council_id)
        with self.stores.main.reading(Scope(council_id, whole=True)) as session:
            escrows = self.recovery.escrows_kept.all(session, council_id)
        elsewhere = self.registrar_pins.elsewhere is not None
        escrow = any(one.active for one in escrows)
        return KeyFacts(kept, registrar_elsewhere=elsewhere, escrow=escrow)
