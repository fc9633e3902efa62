"""Where a list goes on, sealed: a cursor says nothing, and serves one person and one list."""

from base64 import b64encode, urlsafe_b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass, field

from casework.crypto.encoding import lp
from casework.crypto.secretbox import Box
from casework.entropy import Entropy
from casework.errors import SealBroken

_LABEL = b"casework/cursor/v1"


@dataclass(frozen=True, slots=True)
class CursorSeal:
    """Seals places under the instance's secret for cursors."""

    secret: bytes = field(repr=False)
    entropy: Entropy

    def seal(self, place: str, bound: tuple[str, ...]) -> str:
        """Return `place` sealed for the list that `bound` describes; fit for an address."""
        sealed = Box(self.secret).seal(place.encode(), _context(bound), self.entropy.bytes(12))
        return b64encode(sealed, altchars=b"-_").decode().rstrip("=")

    def open(self, cursor: str, bound: tuple[str, ...]) -> str:
        """Return the place. Raises `SealBroken` for anything but a cursor of that very list."""
        try:
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except (NotBase64, ValueError):
            raise SealBroken from None
        return Box(self.secret).open(sealed, _context(bound)).decode()


def _context(bound: tuple[str, ...]) -> bytes:
    return lp(_LABEL, *(part.encode() for part in bound))
