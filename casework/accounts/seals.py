"""What makes a row ours: without the instance's secret nobody plants a session, token or code.

A database administrator can insert rows and knows no secret; each of these rows therefore carries
an HMAC over what it grants and to whom, checked whenever it is used.
"""

import hmac
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from casework.accounts.sessions import StoredSession
from casework.accounts.values import ApiToken
from casework.crypto.encoding import lp
from casework.moments import to_micros

_SESSION: Final = b"casework/session-row/v1"
_TOKEN: Final = b"casework/token/v1"
_TOKEN_ROW: Final = b"casework/token-row/v1"
_CODE: Final = b"casework/activation/v1"


@dataclass(frozen=True, slots=True)
class RowSeals:
    """Seals rows that grant something under one secret of the instance."""

    secret: bytes = field(repr=False)

    def session(self, stored: StoredSession) -> bytes:
        """Return the seal of a session: whose it is, how far it has come, since when."""
        verified = to_micros(stored.verified_at) if stored.verified_at else 0
        return self._sealed(
            _SESSION,
            stored.key,
            stored.account_id.bytes,
            stored.member_id.bytes,
            stored.stage.value.encode(),
            str(to_micros(stored.opened_at)).encode(),
            str(verified).encode(),
            stored.seed_sealed or b"",
        )

    def token(self, text: str) -> bytes:
        """Return what a token is found by; the table alone gives no token."""
        return self._sealed(_TOKEN, text.encode("utf-8", "replace"))

    def token_row(self, token: ApiToken) -> bytes:
        """Return the seal of a token: whose it is, for what, until when."""
        return self._sealed(
            _TOKEN_ROW,
            token.id.bytes,
            token.member_id.bytes,
            " ".join(sorted(token.scopes)).encode(),
            str(to_micros(token.expires_at)).encode(),
        )

    def code(self, account_id: UUID, code: str) -> bytes:
        """Return what the activation code of one account is known by."""
        return self._sealed(_CODE, account_id.bytes, code.encode("utf-8", "replace"))

    def _sealed(self, *parts: bytes) -> bytes:
        return hmac.digest(self.secret, lp(*parts), "sha256")


def same(one: bytes | None, other: bytes) -> bool:
    """Compare seals in constant time; an absent one is never the same."""
    return one is not None and hmac.compare_digest(one, other)
