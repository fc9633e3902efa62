"""What every task of accounts stands on, and how a member becomes a principal."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.accounts.gateway import sessions
from casework.accounts.seals import RowSeals, same
from casework.accounts.sessions import StoredSession
from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.typed_reasons import TypedReasons
from casework.audit.work import Work
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.identity import OwnKeys, Principal, PrincipalKind, Reason, Stated, stranger
from casework.partners import gateway as partners
from casework.partners.values import Standing


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger for what is recorded; the database for counters and signs of life, which are not.

    One council: a stranger has no other way to say which.
    """

    ledger: Ledger
    database: Database
    council_id: UUID
    clock: Clock
    entropy: Entropy
    seals: RowSeals
    typed: TypedReasons

    @property
    def scope(self) -> Scope:
        """The rows that a request may touch before anybody is known."""
        return Scope(self.council_id)

    @property
    def stranger(self) -> Principal:
        """Whoever has not proved anything yet."""
        return stranger(self.council_id)

    def keep_session(self, session: Session, stored: StoredSession) -> None:
        """Store a web session under our seal."""
        sealed = replace(stored, seal=self.seals.session(stored))
        sessions.add_session(session, self.council_id, sealed)

    def session_by_key(self, session: Session, key: bytes) -> StoredSession | None:
        """Return the web session of a key; one that we did not seal is none."""
        stored = sessions.session_by_key(session, self.council_id, key)
        if stored is None or not same(stored.seal, self.seals.session(stored)):
            return None
        return stored

    def record_reason(self, work: Work, former: Reason, given: Stated) -> None:
        """Record why somebody reads from now on."""
        detail: Detail = {"from": former.value, "to": given.reason.value}
        words = self.words_of(work, given)
        work.record(Entry(Act.REASON_CHANGED, detail={**detail, **words}))

    def words_of(self, work: Work, given: Stated) -> Detail:
        """Keep what was typed, if anything was; return how a line without words names it."""
        other = given.reason is Reason.OTHER
        return {"words": self.typed.keep(work, given.words)} if other else {}

    def standing(self, session: Session, member_id: UUID) -> Standing | None:
        """Return what a member is today, or None when the service is closed to them."""
        today = local_day(self.clock.now())
        found = partners.standing(session, self.council_id, member_id, today)
        return None if found is None or found.locked else found

    def principal(
        self,
        standing: Standing,
        tag: str,
        verified_at: datetime | None,
        own_keys: OwnKeys | None = None,
    ) -> Principal:
        """Return the principal of a session or a token, named `tag` in the register."""
        return Principal(
            kind=PrincipalKind.MEMBER,
            council_id=self.council_id,
            member_id=standing.member_id,
            organisation_id=standing.organisation.id,
            category=standing.organisation.category.value,
            label=standing.label,
            mandates=standing.mandates,
            session_tag=tag,
            verified_at=verified_at,
            own_keys=own_keys,
            family_name=standing.name.family,
        )
