"""What people do with a charter: bring in a text, sign it, read it, undertake to keep it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.engagement import Signature, ends_on, ends_soon
from casework.charters.gateway import Undertaking, Version
from casework.charters.lifecycle import (
    VersionState,
    VersionStep,
    check_step,
    functions_of,
    refused,
    require_successor,
)
from casework.charters.loading import load
from casework.charters.policy import may_draft, require_operator
from casework.charters.readiness import check_signatory, check_span
from casework.charters.service.library import CharterLibrary
from casework.charters.service.neighbours import Neighbours
from casework.clock import Clock, local_day
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Reason, Role
from casework.sentences import N_


@dataclass(frozen=True, slots=True)
class CharterInForce:
    """A charter as one member meets it: where it binds, and until when they undertook it."""

    id: UUID
    charter: Charter
    groups: tuple[str, ...]
    undertaken_until: date | None

    def to_sign(self, day: date) -> bool:
        """Say whether the member's undertaking is missing or over on `day`."""
        return self.undertaken_until is None or self.undertaken_until < day

    def to_renew(self, day: date) -> bool:
        """Say whether the undertaking still holds on `day` but ends soon: it may be renewed."""
        until = self.undertaken_until
        return until is not None and ends_soon(until, day)


@dataclass(frozen=True, slots=True)
class CharterService:
    """One method per task; each is one unit of work with its leaf."""

    ledger: Ledger
    neighbours: Neighbours
    clock: Clock
    entropy: Entropy
    library: CharterLibrary = field(default_factory=CharterLibrary)

    def adopt(
        self, principal: Principal, reason: Reason, text: str, replaces: UUID | None = None
    ) -> UUID:
        """Bring in a text and return its id. Raises `CharterFaults` with every fault of it.

        A text that founds a charter is in force at once: no case is under it yet, and no member
        could approve it. One that replaces another is a draft: of the text `replaces`, else of
        that in force with the same procedure and title.
        """
        self._require_author(principal, reason)
        charter = load(text)
        with self.ledger.begin(principal, reason) as work:
            former = self._former(work, charter, replaces)
            _require_new(work, charter)
            if former is None:
                return self._found(work, charter, text)
            return self._draft(work, former, charter, text)

    def sign(self, principal: Principal, reason: Reason, signature: Signature) -> None:
        """Keep the signature that an organisation gave on paper.

        Raises `InvalidInput` for a body that the text does not ask, and before two approved it.
        """
        with self.ledger.begin(principal, reason) as work:
            version = gateway.locked(work.session, principal.council_id, signature.charter_id)
            if version is None:
                subject = str(signature.charter_id)
                raise AccessDenied(Act.CHARTER_SIGNED, "unknown", subject=subject)
            self._require_hand(work, version)
            check_step(version.state, VersionStep.SIGN, Act.CHARTER_SIGNED)
            self._check_signature(work, signature)
            gateway.sign(work.session, principal.council_id, signature)
            detail: Detail = {
                "charter": signature.charter_id,
                "organisation": signature.organisation_id,
                "until": signature.until_on.isoformat(),
            }
            work.record(Entry(Act.CHARTER_SIGNED, detail=detail))

    def read(self, principal: Principal, reason: Reason) -> list[CharterInForce]:
        """Return the charters that bind the member today, with the state of each undertaking."""
        with self.ledger.consult(principal, reason) as work:
            found = self._in_force(work)
            work.record(Entry(Act.CHARTER_READ, detail={"charters": len(found)}))
        return found

    def undertake(self, principal: Principal, reason: Reason, charter_id: UUID) -> date:
        """Sign one's undertaking to a charter; return its last day."""
        with self.ledger.begin(principal, reason) as work:
            binding = {one.id: one.charter for one in self._in_force(work)}
            if charter_id not in binding:
                raise AccessDenied(Act.UNDERTAKING_SIGNED, "not-bound", subject=str(charter_id))
            until = ends_on(local_day(work.now))
            undertaking = Undertaking(charter_id, _member(principal), work.now, until)
            gateway.undertake(work.session, principal.council_id, undertaking)
            digest = binding[charter_id].digest
            detail: Detail = {"charter": charter_id, "digest": digest, "until": until.isoformat()}
            work.record(Entry(Act.UNDERTAKING_SIGNED, detail=detail))
        return until

    def _require_author(self, principal: Principal, reason: Reason) -> None:
        """Refuse a stranger to the task before anything is compiled, and record it."""
        if may_draft(principal, local_day(self.clock.now())):
            return
        with self.ledger.begin(principal, reason):
            raise AccessDenied(Act.CHARTER_DRAFTED, "other-function")

    def _former(self, work: Work, charter: Charter, replaces: UUID | None) -> Version | None:
        council_id = work.principal.council_id
        running = [
            one
            for one in gateway.versions(work.session, council_id)
            if one.state is VersionState.IN_FORCE
        ]
        if replaces is not None:
            named = [one for one in running if one.id == replaces]
            if not named:
                raise refused(N_("Le texte à remplacer n’est pas en vigueur."), "replaces")
            return named[0]
        alike = [one for one in running if one.kind is charter.kind]
        titles = {one.id: self.library.of(work.session, council_id, one.id).title for one in alike}
        same = [one for one in alike if titles[one.id] == charter.title]
        return same[-1] if same else None

    def _found(self, work: Work, charter: Charter, text: str) -> UUID:
        """Keep the first text of a charter, in the operator's hand alone: the leaf says so."""
        if work.principal.kind is PrincipalKind.MEMBER:
            said = N_(
                "Aucune charte en vigueur ne porte ce titre : gardez le titre de celle que vous "
                "voulez remplacer."
            )
            raise refused(said, "file")
        require_operator(work.principal, Act.CHARTER_ADOPTED)
        version = self._version(charter, entered_on=local_day(work.now))
        gateway.add_version(work.session, work.principal.council_id, version, text)
        detail: Detail = {**_named(version), "founding": 1}
        work.record(Entry(Act.CHARTER_ADOPTED, detail=detail))
        return version.id

    def _draft(self, work: Work, former: Version, charter: Charter, text: str) -> UUID:
        """Keep a draft, which binds nobody until two persons approved it."""
        council_id = work.principal.council_id
        self._require_hand(work, former, Act.CHARTER_DRAFTED)
        require_successor(charter, self.library.of(work.session, council_id, former.id))
        version = self._version(
            charter,
            state=VersionState.DRAFT,
            replaces_id=former.id,
            drafted_by=work.principal.member_id,
        )
        gateway.add_version(work.session, council_id, version, text)
        detail: Detail = {**_named(version), "former": former.id}
        work.record(Entry(Act.CHARTER_DRAFTED, detail=detail))
        return version.id

    def _version(self, charter: Charter, **stands: object) -> Version:
        return Version(
            id=new_id(self.clock, self.entropy),
            kind=charter.kind,
            version=str(charter.version),
            digest=bytes.fromhex(charter.digest),
            adopted_at=self.clock.now(),
            **stands,  # type: ignore[arg-type]
        )

    def _require_hand(self, work: Work, version: Version, wanted: str = Act.CHARTER_SIGNED) -> None:
        """Admit the operator, and who coordinates a group under a text or the one before it."""
        if work.principal.kind is PrincipalKind.OPERATOR:
            return
        groups = {
            group.id
            for one in (version.id, version.replaces_id)
            if one is not None
            for group in self.neighbours.governed(work.session, work.principal.council_id, one)
        }
        functions = functions_of(work.principal, groups, local_day(work.now))
        if Role.COORDINATOR not in functions:
            raise AccessDenied(wanted, "other-function", subject=str(version.id))

    def _check_signature(self, work: Work, signature: Signature) -> None:
        council_id = work.principal.council_id
        charter = self.library.of(work.session, council_id, signature.charter_id)
        bodies = {one.id: one for one in self.neighbours.bodies(work.session, council_id)}
        body = bodies.get(signature.organisation_id)
        category, left = (body.category, body.left_on is not None) if body else (None, False)
        check_signatory(charter, category, left=left)
        check_span(signature.signed_on, signature.until_on, local_day(work.now))

    def _in_force(self, work: Work) -> list[CharterInForce]:
        council_id, member_id = work.principal.council_id, _member(work.principal)
        day = local_day(work.now)
        groups = self.neighbours.of_member(work.session, council_id, member_id, day)
        until = gateway.undertakings_of(work.session, council_id, member_id)
        return [
            CharterInForce(
                one, self.library.of(work.session, council_id, one), tuple(names), until.get(one)
            )
            for one, names in groups.items()
        ]


def _named(version: Version) -> Detail:
    return {"charter": version.id, "digest": version.digest.hex(), "kind": version.kind.value}


def _require_new(work: Work, charter: Charter) -> None:
    """Refuse a text kept before, word for word, unless it was withdrawn."""
    kept = gateway.versions(work.session, work.principal.council_id)
    digest = bytes.fromhex(charter.digest)
    if any(one.digest == digest and one.state is not VersionState.WITHDRAWN for one in kept):
        raise refused(N_("Ce texte est déjà enregistré, mot pour mot."), "file")


def _member(principal: Principal) -> UUID:
    if principal.member_id is None:
        raise AccessDenied(Act.UNDERTAKING_SIGNED, "not-signed-in")
    return principal.member_id
