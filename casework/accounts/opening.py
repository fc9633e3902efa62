"""Makes sessions: new secrets, and the member's seed carried from one to the next."""

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from casework.accounts.desk import Desk
from casework.accounts.gateway import accounts, sessions
from casework.accounts.policy import reasons_for, require_reason
from casework.accounts.sessions import (
    SECRET_BYTES,
    SessionKeys,
    Stage,
    StoredSession,
    key_of,
    tag_of,
)
from casework.accounts.values import Account, Verifier
from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.clock import local_day
from casework.errors import IntegrityFailure, NotSignedIn
from casework.identity import Principal, Reason, Stated
from casework.keys.member_directory import MemberDirectory
from casework.keys.member_keys import keep_seal, load_seal, open_seed, seal_seed
from casework.keys.session_seal import open_in_session, seal_for_session


@dataclass(frozen=True, slots=True)
class Renewal:
    """A password stretched anew: what checks it from now on, and what unlocks the seed."""

    verifier: Verifier
    unlock: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A session about to be stored, its principal, and the secret of its cookie."""

    stored: StoredSession
    principal: Principal
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """A session's secret is drawn anew at each change of what it may do (no fixation)."""

    desk: Desk
    members: MemberDirectory

    def seed_of(self, account: Account, unlock: bytes) -> bytes | None:
        """Return what a right password unlocks; None when the service is closed to the member."""
        with self.desk.database.reading(self.desk.scope) as session:
            if self.desk.standing(session, account.member_id) is None:
                return None
            sealed = load_seal(session, self.desk.council_id, account.member_id)
        if sealed is None:
            raise IntegrityFailure("an active account without a seed")
        return open_seed(account.member_id, unlock, sealed)

    def half(
        self, account: Account, seed: bytes, renewal: Renewal | None, replaces: bytes | None
    ) -> bytes:
        """Store half a session for whoever knew the password; return its secret."""
        secret, now = self.desk.entropy.bytes(SECRET_BYTES), self.desk.clock.now()
        sealed = seal_for_session(secret, account.member_id, seed, self.desk.entropy)
        stored = StoredSession(
            key=key_of(secret),
            account_id=account.id,
            member_id=account.member_id,
            stage=Stage.HALF,
            reason=Reason.SIGN_IN,
            opened_at=now,
            seen_at=now,
            seed_sealed=sealed,
        )
        with self.desk.ledger.begin(self.desk.stranger, Reason.SIGN_IN) as work:
            if replaces is not None:
                sessions.delete_session(work.session, self.desk.council_id, key_of(replaces))
            if renewal is not None:
                self._renew(work.session, account, renewal, seed)
            self.desk.keep_session(work.session, stored)
            renewed = renewal is not None
            detail: Detail = {"step": "password", "account": account.id, "renewed": renewed}
            work.record(Entry(Act.SESSION_OPENED, detail=detail))
        return secret

    def successor(self, stored: StoredSession, secret: bytes, given: Stated | None) -> Fresh:
        """Return the open session that follows `stored`, under a new secret.

        Whoever opens it may say why; else it is for the usual reason. Raises `NotSignedIn` when the
        service was closed to the member meanwhile, `InvalidInput` for a reason not theirs.
        """
        now, fresh = self.desk.clock.now(), self.desk.entropy.bytes(SECRET_BYTES)
        carried = self._carried(stored, secret, fresh)
        principal = self._principal(stored, fresh, carried)
        # A half has given no reason yet; its age does not count against the session.
        opened_at = stored.opened_at if stored.stage is Stage.OPEN else now
        reason = stored.reason
        if stored.stage is Stage.HALF:
            reason = _opening_reason(principal, given, local_day(now))
        following = replace(
            stored,
            key=key_of(fresh),
            stage=Stage.OPEN,
            reason=reason,
            opened_at=opened_at,
            seen_at=now,
            verified_at=now,
            seed_sealed=carried,
        )
        return Fresh(following, principal, fresh)

    def publish(self, session: Session, fresh: Fresh) -> None:
        """Publish the key of a member who has just signed in: secrets can be sealed to it."""
        own = fresh.principal.own_keys
        if own is not None:
            place = (self.desk.council_id, fresh.stored.member_id)
            self.members.publish(session, place, own.seed(), self.desk.clock.now())

    def _principal(self, stored: StoredSession, fresh: bytes, carried: bytes) -> Principal:
        with self.desk.database.reading(self.desk.scope) as session:
            standing = self.desk.standing(session, stored.member_id)
        if standing is None:
            raise NotSignedIn
        keys = SessionKeys(fresh, stored.member_id, carried)
        return self.desk.principal(standing, tag_of(key_of(fresh)), self.desk.clock.now(), keys)

    def _carried(self, stored: StoredSession, secret: bytes, fresh: bytes) -> bytes:
        if stored.seed_sealed is None:
            raise IntegrityFailure("a session without keys")
        seed = open_in_session(secret, stored.member_id, stored.seed_sealed)
        return seal_for_session(fresh, stored.member_id, seed, self.desk.entropy)

    def _renew(self, session: Session, account: Account, renewal: Renewal, seed: bytes) -> None:
        council_id, member_id = self.desk.council_id, account.member_id
        accounts.set_verifier(session, council_id, account.id, renewal.verifier)
        sealed = seal_seed(member_id, renewal.unlock, seed, self.desk.entropy)
        keep_seal(session, council_id, member_id, sealed)


def _opening_reason(principal: Principal, given: Stated | None, day: date) -> Reason:
    """Return why a session is opened: as its owner says, else the usual reason."""
    if given is None:
        return reasons_for(principal, day)[0]
    require_reason(principal, given, day)
    return given.reason
