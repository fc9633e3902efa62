"""What a setting may hold, as values: the mail service, the folders of copies, a colour."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

KEK_SCHEMES: Final = ("file", "credential", "transit", "pkcs11")
_READABLE: Final = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail service that letters leave by; `security` is starttls, tls or none.

    `recipients` are sent checkpoints of the register, `reminded` what awaits the coordination.
    """

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)
    sender: str = ""
    recipients: tuple[str, ...] = ()
    reminded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backups:
    """Where copies of the two databases go, each to its own folder, and who opens them.

    `recipients` are age public keys: the machine that makes a copy cannot read it. `days` is for
    how long copies of the main database are kept; those of the key store have their promise.
    """

    main: Path
    keystore: Path
    recipients: tuple[str, ...]
    days: int = 30


def kek_scheme(spec: str) -> str:
    """Return who holds the KEK by its setting: the word before the colon, or nothing known."""
    scheme, _, rest = spec.partition(":")
    return scheme if scheme in KEK_SCHEMES and rest else ""


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of `#rrggbb` with white (WCAG 2.2, 1.4.3)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    # The two branches and their constants are those of the sRGB definition.
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def readable_on_white(colour: str) -> bool:
    """Say whether text of this colour can be read on white."""
    return contrast_with_white(colour) >= _READABLE
