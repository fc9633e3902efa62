"""The second factor: six figures that change each half minute (RFC 6238)."""

import base64
import hmac
from datetime import datetime
from typing import Final

from pyotp import HOTP, TOTP

from casework.crypto.encoding import lp

SECRET_BYTES: Final = 20
_PERIOD: Final = 30
# A phone's clock may be half a minute off, either way.
_WINDOW: Final = (-1, 0, 1)


def derive_secret(key: bytes, account: bytes, activation: bytes) -> bytes:
    """Return the secret of an activation, the same each time its page is shown.

    Nothing is stored before the person has shown that their phone knows it.
    """
    return hmac.digest(key, lp(b"casework/totp/v1", account, activation), "sha256")[:SECRET_BYTES]


def matching_step(secret: bytes, code: str, now: datetime, last_step: int) -> int | None:
    """Return the half minute whose code this is, if later than the last one used; else None."""
    figures = code.replace(" ", "").replace("\u00a0", "")
    current = int(now.timestamp()) // _PERIOD
    generator = HOTP(_base32(secret))
    found = [
        step
        for step in (current + shift for shift in _WINDOW)
        if hmac.compare_digest(generator.at(step).encode(), figures.encode("utf-8", "replace"))
    ]
    return next((step for step in found if step > last_step), None)


def provisioning_uri(secret: bytes, login: str, issuer: str) -> str:
    """Return the `otpauth:` address that an authenticator reads from the QR code."""
    return TOTP(_base32(secret)).provisioning_uri(name=login, issuer_name=issuer)


def spelled(secret: bytes) -> str:
    """Return the secret in groups of four, for a phone without a camera."""
    text = _base32(secret)
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _base32(secret: bytes) -> str:
    return base64.b32encode(secret).decode()
