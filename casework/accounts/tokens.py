"""Bearer tokens: a program acts in the name of one person, for some permissions, for a while."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework.accounts.desk import Desk
from casework.accounts.gateway import tokens
from casework.accounts.policy import LONGEST_TOKEN, require_reason, require_sound_scopes
from casework.accounts.seals import same
from casework.accounts.values import ApiToken, Bearer
from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.clock import local_day
from casework.entropy import new_id
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason, Stated, require_fresh
from casework.sentences import N_
from casework.web.permissions import Permission

_PREFIX: Final = "cw_"
_SECRET_BYTES: Final = 32
_NOTE_EVERY: Final = timedelta(minutes=1)
_STATED_FOR: Final = timedelta(hours=10)
_UNSTATED: Final = N_("Dites d’abord cette raison : POST /api/v1/reasons.")


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to make: what it is for, what it may exercise, and its days of life."""

    label: str
    scopes: frozenset[Permission]
    days: int


@dataclass(frozen=True, slots=True)
class TokenService:
    """Only the person themself makes one, having just proved who they are."""

    desk: Desk

    def add(self, principal: Principal, reason: Reason, new: NewToken) -> tuple[ApiToken, str]:
        """Make a token; return it and its text, shown this once.

        Raises `StepUpRequired` without a fresh second factor, `InvalidInput` for the rest.
        """
        require_fresh(principal, self.desk.clock.now())
        require_sound_scopes(new.scopes)
        token, text = self._draw(_owner(principal, Act.TOKEN_ADDED), new)
        with self.desk.ledger.begin(principal, reason) as work:
            found_by = self.desk.seals.token(text)
            tokens.add_token(work.session, self.desk.council_id, token, found_by)
            detail: Detail = {
                "token": token.id,
                "scopes": len(token.scopes),
                "until": token.expires_at.date().isoformat(),
            }
            work.record(Entry(Act.TOKEN_ADDED, detail=detail))
        return token, text

    def revoke(self, principal: Principal, reason: Reason, token_id: UUID) -> None:
        """End one's own token at once."""
        with self.desk.ledger.begin(principal, reason) as work:
            council_id, owner = self.desk.council_id, _owner(principal, Act.TOKEN_REVOKED)
            own = {one.id for one in tokens.tokens_of(work.session, council_id, owner)}
            if token_id not in own:
                raise AccessDenied(Act.TOKEN_REVOKED, "not-own", subject=str(token_id))
            tokens.revoke(work.session, council_id, token_id, work.now)
            work.record(Entry(Act.TOKEN_REVOKED, detail={"token": token_id}))

    def own(self, principal: Principal) -> list[ApiToken]:
        """Return one's own tokens: labels and dates, no secret and no case, hence no leaf."""
        owner = _owner(principal, Act.TOKEN_ADDED)
        with self.desk.database.reading(self.desk.scope) as session:
            return tokens.tokens_of(session, self.desk.council_id, owner)

    def authenticate(self, text: str) -> Bearer | None:
        """Return whom a token stands for and what it may do, or None."""
        now, council_id = self.desk.clock.now(), self.desk.council_id
        with self.desk.database.reading(self.desk.scope) as session:
            token = tokens.token_by_digest(session, council_id, self.desk.seals.token(text))
            if token is None or not token.valid(now) or not self._ours(token):
                return None
            standing = self.desk.standing(session, token.member_id)
        if standing is None:
            return None
        self._note_use(token)
        tag = f"token-{token.id}"
        return Bearer(self.desk.principal(standing, tag, verified_at=None), token.scopes)

    def require_scope(self, bearer: Bearer, wanted: Permission, reason: Reason) -> None:
        """Raise `AccessDenied`, recorded, for what this token was not made for."""
        if wanted not in bearer.scopes:
            with self.desk.ledger.begin(bearer.principal, reason):
                raise AccessDenied(wanted, "scope")

    def state(self, principal: Principal, words: str) -> datetime:
        """Keep the reason that a program's person typed; return until when « other » means it.

        Raises `InvalidInput` for words that do not do.
        """
        given = Stated(Reason.OTHER, words)
        require_reason(principal, given, local_day(self.desk.clock.now()))
        with self.desk.ledger.begin(principal, Reason.OTHER) as work:
            self.desk.record_reason(work, Reason.OTHER, given)
        return work.now + _STATED_FOR

    def require_stated(self, bearer: Bearer) -> None:
        """Raise `InvalidInput` unless this token has typed its reason lately."""
        since = self.desk.clock.now() - _STATED_FOR
        with self.desk.database.reading(self.desk.scope) as session:
            stated = self.desk.typed.stated(session, bearer.principal, since)
        if not stated:
            raise InvalidInput({"Casework-Reason": [_UNSTATED]})

    def _note_use(self, token: ApiToken) -> None:
        now = self.desk.clock.now()
        if token.used_at is None or now - token.used_at >= _NOTE_EVERY:
            with self.desk.database.writing(self.desk.scope) as session:
                tokens.mark_used(session, self.desk.council_id, token.id, now)

    def _draw(self, member_id: UUID, new: NewToken) -> tuple[ApiToken, str]:
        life, now = timedelta(days=new.days), self.desk.clock.now()
        if not timedelta() < life <= LONGEST_TOKEN:
            raise InvalidInput({"days": [N_("De 1 à 90 jours.")]})
        own_id = new_id(self.desk.clock, self.desk.entropy)
        secret = urlsafe_b64encode(self.desk.entropy.bytes(_SECRET_BYTES)).decode().rstrip("=")
        token = ApiToken(own_id, member_id, new.label, new.scopes, now, now + life)
        sealed = replace(token, seal=self.desk.seals.token_row(token))
        return sealed, f"{_PREFIX}{secret}"

    def _ours(self, token: ApiToken) -> bool:
        return same(token.seal, self.desk.seals.token_row(token))


def _owner(principal: Principal, wanted: Act) -> UUID:
    if principal.member_id is None:
        raise AccessDenied(wanted, "not-a-member")
    return principal.member_id
