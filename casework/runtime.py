"""The composition root of everything but the web: built once, from settings, clock, entropy."""

from functools import cached_property

from casework.cases.assembly import (
    Safeguards,
    assemble_measures,
    assemble_safeguards,
    assemble_victims,
)
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.content import CONTENT
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.erasing import CaseErasing
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.reading import CaseReading
from casework.cases.gateway.referring import Referring
from casework.cases.gateway.resealing import CaseContents
from casework.cases.gateway.sending import CaseSending
from casework.cases.gateway.stepping import CaseSteps
from casework.cases.gateway.writing import CaseWriting
from casework.cases.lookups import Lookups, assemble_lookups
from casework.cases.service.actions import ActionService
from casework.cases.service.cases import CaseService
from casework.cases.service.deciding import Deciding
from casework.cases.service.decoys import DecoyService
from casework.cases.service.drafts import DraftService
from casework.cases.service.exceptional import ExceptionalService
from casework.cases.service.home import HomeService
from casework.cases.service.letting_go import LettingGo
from casework.cases.service.measures import MeasureService
from casework.cases.service.referrals import ReferralService
from casework.cases.service.stepping import SteppingService
from casework.cases.service.transmitting import Transmitting
from casework.cases.service.victims import VictimService
from casework.documents.assembly import assemble_documents
from casework.documents.gateway.content import DOCUMENTS, PIECES
from casework.documents.service import DocumentService
from casework.enquiries.gateway.resealing import EnquiriesBeside
from casework.explanations.assembly import Explanations, assemble_explanations
from casework.keys.decoy_seal import DecoySeal
from casework.keys.rekeying import Rekeying
from casework.keys.resealing import Resealing
from casework.keys.secrets import SecretName
from casework.keys.visiting import Visiting
from casework.letters.assembly import LetterGround, Letters, assemble_letters
from casework.letters.gateway.content import CONTENT as LETTERS
from casework.meetings.assembly import MeetingGround, assemble_meetings
from casework.meetings.service import MeetingService
from casework.membership import Membership
from casework.presence.assembly import Presences, assemble_presence
from casework.readings.assembly import Readings, assemble_readings
from casework.retention.assembly import RetentionGround, assemble_retention
from casework.retention.gateway.reading import HoldBook
from casework.retention.service import RetentionService
from casework.stores import Edges, Stores

__all__ = ["Edges", "Runtime", "Stores"]


class Runtime(Membership):
    """Every service of one council, wired."""

    @cached_property
    def admission(self) -> Admission:
        """The first wall."""
        return Admission(self.charters, self.recovery.exceptions_kept.running)

    @cached_property
    def writing(self) -> CaseWriting:
        """Changes to cases."""
        return CaseWriting(self.keyring, self.courier, self.edges.clock, self.edges.entropy)

    @cached_property
    def victims(self) -> VictimService:
        """What is done for victims beside the steps of their referrals."""
        ground = (self.ledger, self.admission, self.delivering, self.counting)
        return assemble_victims(*ground, self.listing)

    @cached_property
    def rekeying(self) -> Rekeying:
        """New epochs, and everything sealed anew."""
        contents = CaseContents((*CONTENT, *LETTERS, *DOCUMENTS))
        resealing = Resealing(self.keyring, EnquiriesBeside(contents))
        stores, clock = self.stores, self.edges.clock
        return Rekeying(self.ledger, stores.main, stores.keystore, resealing, clock)

    @cached_property
    def visiting(self) -> Visiting:
        """The same where only members open the keys."""
        return Visiting(self.rekeying, self.rotation_runner)

    @cached_property
    def erasing(self) -> CaseErasing:
        """The end of cases."""
        content = (*CONTENT, *LETTERS, *PIECES, *DOCUMENTS)
        return CaseErasing(self.erasure, self.presence_index.forget, content)

    @cached_property
    def letting_go(self) -> LettingGo:
        """The end of referrals that are not kept."""
        return LettingGo(self.counting, self.erasing, HoldBook())

    @cached_property
    def sending(self) -> CaseSending:
        """New cases."""
        edges = self.edges
        placed = self.presence_placing.placed
        return CaseSending(self.keyring, edges.clock, edges.entropy, self.case_steps, placed)

    @cached_property
    def case_steps(self) -> CaseSteps:
        """What steps of procedures record."""
        return CaseSteps(self.edges.clock, self.edges.entropy)

    @cached_property
    def stepping(self) -> SteppingService:
        """Recorded steps, whatever the procedure."""
        return SteppingService(
            ledger=self.ledger,
            admission=self.admission,
            writing=self.writing,
            naming=self.naming,
            counting=self.counting,
            letting_go=self.letting_go,
            steps=self.case_steps,
            addressing=self.addressing,
            confiding=self.confiding,
        )

    @cached_property
    def measures(self) -> MeasureService:
        """What is mentioned of judicial measures."""
        ground = (self.ledger, self.admission, self.decoys, self.keyring)
        return assemble_measures(*ground, self.delivering, self.visiting)

    @cached_property
    def presence(self) -> Presences:
        """Whether a person is already followed."""
        ground = (self.ledger, self.admission, self.presence_circuits, self.presence_index)
        return assemble_presence(*ground, self.cases.list_cases)

    @cached_property
    def referrals(self) -> ReferralService:
        """Referrals and their triage."""
        return ReferralService(
            ledger=self.ledger,
            admission=self.admission,
            sending=self.sending,
            writing=self.writing,
            counting=self.counting,
            letting_go=self.letting_go,
            addressing=self.addressing,
        )

    @cached_property
    def listing(self) -> CaseListing:
        """Lists of cases."""
        return CaseListing(self.charters, self.keyring)

    @cached_property
    def lookups(self) -> Lookups:
        """Searches by name, and two cases of one person."""
        return assemble_lookups(self.ledger, self.admission, self.listing, self.delivering)

    @cached_property
    def cases(self) -> CaseService:
        """Cases."""
        return CaseService(
            ledger=self.ledger,
            admission=self.admission,
            reading=CaseReading(self.admission, self.keyring, self.decoys),
            listing=self.listing,
            writing=self.writing,
            naming=self.naming,
            delivering=self.delivering,
            visiting=self.visiting,
            confiding=self.confiding,
        )

    @cached_property
    def documents(self) -> DocumentService:
        """Documents of cases."""
        return assemble_documents(self)

    @cached_property
    def exceptional(self) -> ExceptionalService:
        """Cases read in an emergency, and what is said of it afterwards."""
        opening = self.recovery.exceptions
        return ExceptionalService(self.ledger, self.stores.main, self.admission, opening)

    @cached_property
    def safeguards(self) -> Safeguards:
        """What keeps a case from somebody."""
        ground = (self.ledger, self.stores.main, self.admission)
        return assemble_safeguards(*ground, self.naming, self.typed_reasons)

    @cached_property
    def decoys(self) -> Decoys:
        """Which cases are decoys."""
        return Decoys(DecoySeal(lambda: self.secrets.of(SecretName.DECOYS)))

    @cached_property
    def decoy_service(self) -> DecoyService:
        """Decoys, for the operator."""
        parts = (self.sending, self.counting, self.decoys)
        return DecoyService(self.ledger, self.stores.main, self.charters, *parts)

    @cached_property
    def actions(self) -> ActionService:
        """Actions."""
        return ActionService(self.ledger, self.admission, self.writing)

    @cached_property
    def deciding(self) -> Deciding:
        """What meetings decide of cases."""
        return Deciding(self.admission, self.writing, self.naming, self.counting, self.letting_go)

    @cached_property
    def meetings(self) -> MeetingService:
        """Meetings."""
        return assemble_meetings(
            MeetingGround(
                ledger=self.ledger,
                admission=self.admission,
                listing=self.listing,
                decoys=self.decoys,
                deciding=self.deciding,
                protection=self.safeguards.protection,
                clock=self.edges.clock,
                entropy=self.edges.entropy,
            )
        )

    @cached_property
    def drafts(self) -> DraftService:
        """Drafts."""
        return DraftService(self.ledger, self.admission, self.drafting)

    @cached_property
    def transmitting(self) -> Transmitting:
        """The end of a draft."""
        return Transmitting(self.ledger, self.referrals, self.drafting)

    @cached_property
    def home(self) -> HomeService:
        """What waits for somebody."""
        lists = (self.drafting, Referring(self.listing), self.listing)
        return HomeService(self.ledger, *lists, self.delivering, self.visiting)

    @cached_property
    def retention(self) -> RetentionService:
        """Forgetting."""
        return assemble_retention(
            RetentionGround(
                ledger=self.ledger,
                database=self.stores.main,
                register_keys=self.register_keys,
                admission=self.admission,
                naming=self.naming,
                counting=self.counting,
                erasing=self.erasing,
                promise=self.promise,
                decoys=self.decoys,
                register=self.register_forgetting,
                clock=self.edges.clock,
                entropy=self.edges.entropy,
            )
        )

    @cached_property
    def letters(self) -> Letters:
        """Letters to the persons of cases."""
        return assemble_letters(
            LetterGround(
                ledger=self.ledger,
                database=self.stores.main,
                admission=self.admission,
                cases=self.cases,
                writing=self.writing,
                counting=self.counting,
                clock=self.edges.clock,
                entropy=self.edges.entropy,
            )
        )

    @cached_property
    def explanations(self) -> Explanations:
        """Why somebody may or may not."""
        exceptions = self.recovery.exceptions_kept.running_of
        return assemble_explanations(self.ledger, self.stores.main, self.admission, exceptions)

    @cached_property
    def readings(self) -> Readings:
        """Who opened what."""
        ground = (self.ledger, self.stores.main, self.admission, self.trails)
        return assemble_readings(*ground, self.typed_reasons)
