"""Files sealed for somebody who is not here: age (age-encryption.org/v1), X25519.

Whoever seals holds public keys alone. What comes out opens with `age -d -i IDENTITY`, without us.
"""

from collections.abc import Sequence
from typing import IO

from pyrage import (
    DecryptError,
    EncryptError,
    IdentityError,
    RecipientError,
    decrypt_io,
    encrypt_io,
)
from pyrage.x25519 import Identity, Recipient

from casework.errors import SealBroken, Unavailable


def draw_identity() -> tuple[str, str]:
    """Return a new identity, which opens, and its recipient, which seals.

    Drawn by the library, from the kernel: age has no other way to make one.
    """
    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """Return who an identity is. Raises ValueError for a text that is none."""
    return str(_identity(identity).to_public())


def is_recipient(text: str) -> bool:
    """Say whether a text is a key that seals; a mistyped one has another checksum."""
    try:
        Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def seal(source: IO[bytes], target: IO[bytes], recipients: Sequence[str]) -> None:
    """Copy `source` to `target`, sealed for all `recipients`.

    Raises ValueError when one of them is no key, or there is none; `Unavailable` when `source`
    or `target` fails.
    """
    if not recipients or not all(map(is_recipient, recipients)):
        raise ValueError("nobody to seal for, or no age recipient")
    try:
        encrypt_io(source, target, [Recipient.from_str(one) for one in recipients])
    except EncryptError as fault:
        raise Unavailable("what is to be sealed cannot be read or written") from fault


def unseal(source: IO[bytes], target: IO[bytes], identity: str) -> None:
    """Copy `source` to `target`, opened. What came before a fault is already in `target`.

    Raises `SealBroken` for another identity and for a file that was changed or cut short,
    ValueError for a text that is no identity, `Unavailable` when `target` fails.
    """
    known = _identity(identity)
    try:
        decrypt_io(source, target, [known])
    except (DecryptError, OSError) as fault:
        # The library says with an OSError of its own, without a number, that a piece does not open.
        if getattr(fault, "errno", None) is not None:
            raise Unavailable("what was opened cannot be written") from fault
        raise SealBroken("the file opens with another identity, or is damaged") from fault


def _identity(text: str) -> Identity:
    """Read the line of an identity; comments around it are allowed, as `age-keygen` writes them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    secrets = [line for line in lines if not line.startswith("#")]
    try:
        (secret,) = secrets
        return Identity.from_str(secret)
    except (ValueError, IdentityError):
        raise ValueError("no age identity") from None
