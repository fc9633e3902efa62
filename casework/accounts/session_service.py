"""Sessions once open: whose each request is, its reason, its lock, its end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from casework.accounts.desk import Desk
from casework.accounts.gateway import accounts, counters, sessions
from casework.accounts.policy import reasons_for, require_reason
from casework.accounts.sessions import (
    SECRET_BYTES,
    TOUCH_EVERY,
    Limits,
    SessionKeys,
    Stage,
    StoredSession,
    WebSession,
    key_of,
    tag_of,
)
from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.clock import local_day
from casework.identity import Reason, Stated
from casework.partners.values import Standing

_COUNTERS_KEPT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SessionService:
    """Answers for each request, hence in one read transaction and without a leaf."""

    desk: Desk
    limits: Limits

    def session_of(self, secret: bytes) -> WebSession | None:
        """Return the open session a cookie leads to, or None. Over is over: its keys go too."""
        key, now = key_of(secret), self.desk.clock.now()
        with self.desk.database.reading(self.desk.scope) as session:
            stored = self.desk.session_by_key(session, key)
            if stored is None or stored.stage is not Stage.OPEN:
                return None
            over = stored.over(self.limits, now)
            standing = None if over else self.desk.standing(session, stored.member_id)
        if standing is None:
            self._drop(key)
            return None
        if now - stored.seen_at >= TOUCH_EVERY:
            self._touch(key)
        return self._web_session(stored, standing, secret)

    def change_reason(self, session: WebSession, given: Stated) -> None:
        """Read for another reason from now on. Raises `InvalidInput` for one not theirs."""
        require_reason(session.principal, given, local_day(self.desk.clock.now()))
        with self.desk.ledger.begin(session.principal, given.reason) as work:
            key, reason = key_of(session.secret), given.reason.value
            sessions.update_session(work.session, self.desk.council_id, key, reason=reason)
            self.desk.record_reason(work, session.reason, given)

    def reasons_of_half(self, secret: bytes) -> tuple[Reason, ...]:
        """Return the reasons that whoever owes a code may give, the usual one first."""
        now = self.desk.clock.now()
        with self.desk.database.reading(self.desk.scope) as session:
            stored = self.desk.session_by_key(session, key_of(secret))
            if stored is None or stored.stage is not Stage.HALF or stored.over(self.limits, now):
                return ()
            standing = self.desk.standing(session, stored.member_id)
        if standing is None:
            return ()
        who = self.desk.principal(standing, tag_of(stored.key), verified_at=None)
        return reasons_for(who, local_day(now))

    def lock(self, session: WebSession) -> bytes:
        """Close the keys at once but remember who; return the secret that only remembers."""
        fresh = self.desk.entropy.bytes(SECRET_BYTES)
        with self.desk.ledger.begin(session.principal, session.reason) as work:
            council_id, key = self.desk.council_id, key_of(session.secret)
            stored = self.desk.session_by_key(work.session, key)
            sessions.delete_session(work.session, council_id, key)
            if stored is not None:
                self.desk.keep_session(work.session, stored.locked(key_of(fresh)))
            work.record(Entry(Act.SESSION_LOCKED))
        return fresh

    def sign_out(self, session: WebSession) -> None:
        """End the session and its keys."""
        with self.desk.ledger.begin(session.principal, session.reason) as work:
            sessions.delete_session(work.session, self.desk.council_id, key_of(session.secret))
            work.record(Entry(Act.SESSION_CLOSED))

    def remembered(self, secret: bytes) -> str | None:
        """Return the identifier of whoever locked this browser's session, or None."""
        with self.desk.database.reading(self.desk.scope) as session:
            stored = self.desk.session_by_key(session, key_of(secret))
            if stored is None or stored.stage is not Stage.LOCKED:
                return None
            if stored.over(self.limits, self.desk.clock.now()):
                return None
            account = accounts.account_by_id(session, self.desk.council_id, stored.account_id)
        return account.login if account else None

    def awaits_code(self, secret: bytes) -> bool:
        """Say whether a cookie leads to half a session."""
        with self.desk.database.reading(self.desk.scope) as session:
            stored = self.desk.session_by_key(session, key_of(secret))
        if stored is None or stored.stage is not Stage.HALF:
            return False
        return not stored.over(self.limits, self.desk.clock.now())

    def sweep(self) -> None:
        """Delete what has ended and nobody came back for; the regular job calls it."""
        now = self.desk.clock.now()
        with self.desk.database.writing(self.desk.scope) as session:
            council_id = self.desk.council_id
            sessions.delete_ended(session, council_id, self.limits, now)
            counters.delete_older(session, council_id, now - _COUNTERS_KEPT)

    def end_all(self) -> int:
        """End every session: those of an old copy may have been closed since. Return how many."""
        with self.desk.database.writing(self.desk.scope) as session:
            return sessions.delete_all_sessions(session, self.desk.council_id)

    def _drop(self, key: bytes) -> None:
        with self.desk.database.writing(self.desk.scope) as session:
            sessions.delete_session(session, self.desk.council_id, key)

    def _touch(self, key: bytes) -> None:
        with self.desk.database.writing(self.desk.scope) as session:
            now = self.desk.clock.now()
            sessions.update_session(session, self.desk.council_id, key, seen_at=now)

    def _web_session(self, stored: StoredSession, standing: Standing, secret: bytes) -> WebSession:
        now = self.desk.clock.now()
        ends_at = min(now + self.limits.idle, stored.opened_at + self.limits.absolute)
        keys = SessionKeys(secret, stored.member_id, stored.seed_sealed)
        tag, verified_at = tag_of(stored.key), stored.verified_at
        return WebSession(
            principal=self.desk.principal(standing, tag, verified_at, keys),
            reason=stored.reason,
            name=standing.name.full,
            organisation=standing.organisation.name,
            opened_at=stored.opened_at,
            ends_at=ends_at,
            secret=secret,
        )
