"""The registrar kept elsewhere, as the server sees it: adopted, asked, answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.crypto.signing import verify
from casework.errors import AccessDenied, IntegrityFailure, InvalidInput, SealBroken
from casework.identity import Principal, PrincipalKind, Reason
from casework.keys.directory import KeyDirectory, directory_message
from casework.keys.gateway import entries, registry
from casework.keys.gateway.entries import PublicKeys
from casework.keys.registrar.pins import Pins
from casework.keys.registrar.texts import Asked, Request, Signed, registrar_id
from casework.sentences import N_

_NONE: Final = N_("Aucun registre tenu hors du serveur n’est adopté ici : adoptez d’abord sa clé.")
_IN_FORCE: Final = N_("Cette clé du registre est déjà en vigueur ici.")
_FORMER: Final = N_("Cette clé du registre a été remplacée : elle ne peut plus servir ici.")
_FOREIGN_COUNCIL: Final = N_("Ces signatures sont celles d’un autre conseil.")
_FOREIGN: Final = N_(
    "Ces signatures viennent d’une clé du registre qui n’est ni en vigueur ni adoptée ici."
)
_BROKEN: Final = N_(
    "Une signature ne correspond pas à ce que le serveur a demandé : rien n’a été repris. "
    "Faites signer une nouvelle demande."
)


@dataclass(frozen=True, slots=True)
class RegistrarStatus:
    """Whose word counts: the instance's, or that of `public`; `announced` is about to replace it.

    `waiting` entries lack the signature of the announced one, or else of the one in force.
    """

    offline: bool
    public: bytes
    announced: bytes | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of signatures: kept, of entries that are gone, and whether a new word counts."""

    kept: int
    passed_over: int
    waiting: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class RegistrarService:
    """Acts of the operator. Signing itself is done on another machine."""

    ledger: Ledger
    directory: KeyDirectory
    pins: Pins

    def status(self, session: Session, council_id: UUID) -> RegistrarStatus:
        """Return whose word counts, and how many entries wait for one."""
        asked = self.pins.announced or self.pins.elsewhere
        waiting = self._unsigned(session, council_id, asked)[0] if asked else []
        return RegistrarStatus(
            self.pins.elsewhere is not None, self.pins.public, self.pins.announced, len(waiting)
        )

    def adopt(self, who: Principal, public: bytes) -> Imported:
        """Announce a registrar: it counts once it has signed for everybody; until then, the former.

        Raises `InvalidInput` for the one in force and for a former one.
        """
        own = registrar_id(public)
        with self.ledger.begin(who, Reason.OPERATION) as work:
            _require_operator(who, Act.REGISTRAR_ADOPTED)
            if public == self.pins.public:
                raise InvalidInput({"registrar": [_IN_FORCE]})
            if self.pins.revocations.among(who.council_id, {own}):
                raise InvalidInput({"registrar": [_FORMER]})
            waiting, _ = self._unsigned(work.session, who.council_id, public)
            self._record_adopted(work, public, len(waiting))
        self.pins.announce(public)
        if not waiting:
            self.pins.change_over()
        return Imported(0, 0, len(waiting), in_force=not waiting)

    def pending(self, who: Principal, names: Mapping[UUID, str]) -> tuple[Request, int]:
        """Return what to have signed, and how many planted entries were left out.

        Raises `InvalidInput` while the instance vouches itself.
        """
        asked = self.pins.announced or self.pins.elsewhere
        if asked is None:
            raise InvalidInput({"registrar": [_NONE]})
        with self.ledger.begin(who, Reason.OPERATION) as work:
            _require_operator(who, Act.DIRECTORY_ASKED)
            waiting, planted = self._unsigned(work.session, who.council_id, asked)
            detail: Detail = {"registrar": registrar_id(asked), "entries": len(waiting)}
            outcome = Outcome.FAILED if planted else Outcome.ALLOWED
            if planted:
                detail = {**detail, "refused": planted}
            work.record(Entry(Act.DIRECTORY_ASKED, outcome=outcome, detail=detail))
        entries_asked = tuple(
            Asked(names.get(one.organisation_id, str(one.organisation_id)), one) for one in waiting
        )
        return Request(who.council_id, asked, self.pins.instance.public, entries_asked), planted

    def take_in(self, who: Principal, signed: Signed) -> Imported:
        """Keep signatures; all of a file or none. Doing it again changes nothing.

        Raises `InvalidInput` for signatures of another council or of a registrar that does not
        count here, and when one does not hold: each leaves its leaf.
        """
        with self.ledger.begin(who, Reason.OPERATION) as work:
            _require_operator(who, Act.DIRECTORY_SIGNED)
            told = self._faults(work, signed)
            if told:
                done = Imported(0, len(signed.signatures), 0, in_force=False)
            else:
                done = self._kept(work, signed)
            self._record_signed(work, signed, done, told)
        if told:
            raise InvalidInput({"signed": [told]})
        if done.in_force:
            self.pins.change_over()
        self.pins.settle()
        return done

    def _faults(self, work: Work, signed: Signed) -> str:
        council_id = work.principal.council_id
        if signed.council_id != council_id:
            return _FOREIGN_COUNCIL
        if signed.registrar not in {self.pins.announced, self.pins.elsewhere}:
            return _FOREIGN
        try:
            for entry in self._entries(work, signed):
                verify(signed.registrar, entry.signature, directory_message(council_id, entry))
        except SealBroken:
            return _BROKEN
        return ""

    def _kept(self, work: Work, signed: Signed) -> Imported:
        council_id, own = work.principal.council_id, registrar_id(signed.registrar)
        found = self._entries(work, signed)
        for entry in found:
            registry.sign(work.session, council_id, entry, own, work.now)
        waiting, _ = self._unsigned(work.session, council_id, signed.registrar)
        complete = signed.registrar == self.pins.announced and not waiting
        if complete:
            self._record_adopted(work, signed.registrar, 0)
        passed_over = len(signed.signatures) - len(found)
        return Imported(len(found), passed_over, len(waiting), in_force=complete)

    def _entries(self, work: Work, signed: Signed) -> list[PublicKeys]:
        """Return the entries of ours that are signed, each under its signature.

        Those revoked or replaced meanwhile are left out, and those that the instance did not draw.
        """
        council_id, found = work.principal.council_id, []
        for one in signed.signatures:
            place = council_id, one.organisation_id
            entry = entries.at(work.session, place, one.version)
            if entry is not None and self._is_ours(council_id, entry):
                found.append(entry.signed(one.signature))
        return found

    def _unsigned(
        self, session: Session, council_id: UUID, registrar: bytes
    ) -> tuple[Sequence[PublicKeys], int]:
        """Return the entries that wait for a registrar, and count those planted among them."""
        stored = registry.unsigned(session, council_id, registrar_id(registrar))
        ours = [one for one in stored if self._is_ours(council_id, one)]
        return ours, len(stored) - len(ours)

    def _is_ours(self, council_id: UUID, entry: PublicKeys) -> bool:
        try:
            self.directory.require_drawn_here(council_id, entry)
        except IntegrityFailure:
            return False
        return True

    def _record_adopted(self, work: Work, public: bytes, waiting: int) -> None:
        state = "in-force" if not waiting else "announced"
        detail: Detail = {"registrar": registrar_id(public), "state": state, "waiting": waiting}
        work.record(Entry(Act.REGISTRAR_ADOPTED, detail=detail))

    def _record_signed(self, work: Work, signed: Signed, done: Imported, told: str) -> None:
        detail: Detail = {
            "registrar": registrar_id(signed.registrar),
            "entries": done.kept,
            "passed": done.passed_over,
            "waiting": done.waiting,
        }
        outcome = Outcome.FAILED if told else Outcome.ALLOWED
        work.record(Entry(Act.DIRECTORY_SIGNED, outcome=outcome, detail=detail))


def _require_operator(who: Principal, act: Act) -> None:
    if who.kind is not PrincipalKind.OPERATOR:
        raise AccessDenied(act, "other-function")
