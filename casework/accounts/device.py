"""The cookie of a known device: says that this browser has signed in here as this account.

    base64url(nonce 16 ‖ HMAC-SHA-256(key, label ‖ login ‖ nonce))

It opens nothing: it only gives its own counter of failures (OWASP, device cookies).
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from casework.crypto.encoding import lp
from casework.entropy import Entropy

LIFE: Final = timedelta(days=180)
_NONCE: Final = 16


@dataclass(frozen=True, slots=True)
class DeviceCookies:
    """Signs and reads them under a key of the instance."""

    key: bytes = field(repr=False)

    def issue(self, login: str, entropy: Entropy) -> str:
        """Return a cookie for a browser that has just signed in."""
        nonce = entropy.bytes(_NONCE)
        return urlsafe_b64encode(nonce + self._code(login, nonce)).decode()

    def device_of(self, cookie: str | None, login: str) -> bytes | None:
        """Return the name of the device, or None when the cookie is not for this account."""
        try:
            given = urlsafe_b64decode((cookie or "").encode())
        except (NotBase64, ValueError):
            return None
        nonce, code = given[:_NONCE], given[_NONCE:]
        return nonce if hmac.compare_digest(code, self._code(login, nonce)) else None

    def _code(self, login: str, nonce: bytes) -> bytes:
        message = lp(b"casework/device/v1", login.encode("utf-8", "replace"), nonce)
        return hmac.digest(self.key, message, "sha256")
