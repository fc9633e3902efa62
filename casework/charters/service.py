"""What people do with a charter: adopt it, sign it, read it, undertake to keep it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.engagement import Signature, ends_on, ends_soon
from casework.charters.gateway import Undertaking, Version
from casework.charters.loading import load
from casework.charters.policy import require_operator
from casework.clock import Clock, local_day
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, IntegrityFailure
from casework.identity import Principal, Reason

ChartersOfMember = Callable[[Session, UUID, UUID, date], Mapping[UUID, list[str]]]
"""(session, council, member, day) → names of the groups where each charter binds the member."""


class CharterLibrary:
    """Compiles each adopted text once per process, and knows it by its digest."""

    def __init__(self) -> None:
        """Begin empty."""
        self._compiled: dict[bytes, Charter] = {}

    def of(self, session: Session, council_id: UUID, charter_id: UUID) -> Charter:
        """Return a charter. Raises `IntegrityFailure` when its text is not what was adopted."""
        digest = gateway.digest_of(session, council_id, charter_id)
        if digest is None:
            raise IntegrityFailure("no such charter version")
        if digest not in self._compiled:
            text = gateway.text_of(session, council_id, charter_id) or ""
            charter = load(text)
            if bytes.fromhex(charter.digest) != digest:
                raise IntegrityFailure("a charter is not the text that was adopted")
            self._compiled[digest] = charter
        return self._compiled[digest]


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
    charters_of_member: ChartersOfMember
    clock: Clock
    entropy: Entropy
    library: CharterLibrary = field(default_factory=CharterLibrary)

    def adopt(self, principal: Principal, reason: Reason, text: str) -> UUID:
        """Adopt a text and return its id. Raises `CharterFaults` with every fault of it."""
        charter = load(text)
        version = Version(
            id=new_id(self.clock, self.entropy),
            kind=charter.kind,
            version=str(charter.version),
            digest=bytes.fromhex(charter.digest),
            adopted_at=self.clock.now(),
        )
        with self.ledger.begin(principal, reason) as work:
            require_operator(principal, Act.CHARTER_ADOPTED)
            gateway.add_version(work.session, principal.council_id, version, text)
            detail: Detail = {
                "charter": version.id,
                "digest": charter.digest,
                "kind": charter.kind.value,
            }
            work.record(Entry(Act.CHARTER_ADOPTED, detail=detail))
        return version.id

    def sign(self, principal: Principal, reason: Reason, signature: Signature) -> None:
        """Keep the signature that an organisation gave on paper."""
        with self.ledger.begin(principal, reason) as work:
            require_operator(principal, Act.CHARTER_SIGNED)
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

    def _in_force(self, work: Work) -> list[CharterInForce]:
        council_id, member_id = work.principal.council_id, _member(work.principal)
        day = local_day(work.now)
        groups = self.charters_of_member(work.session, council_id, member_id, day)
        until = gateway.undertakings_of(work.session, council_id, member_id)
        return [
            CharterInForce(
                one, self.library.of(work.session, council_id, one), tuple(names), until.get(one)
            )
            for one, names in groups.items()
        ]


def _member(principal: Principal) -> UUID:
    if principal.member_id is None:
        raise AccessDenied(Act.UNDERTAKING_SIGNED, "not-signed-in")
    return principal.member_id
