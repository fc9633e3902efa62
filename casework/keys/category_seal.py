"""Of what sort a body is, in a word of the instance: rows alone would let SQL make a social worker.

HMAC-SHA-256 under the secret that admits holders, bound to council, organisation and category.
"""

import hmac
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.crypto.encoding import lp, utf8
from casework.keys.secrets import InstanceSecrets, SecretName

_LABEL: Final = b"casework/category/v1"


@dataclass(frozen=True, slots=True)
class CategorySeal:
    """Vouches for the category that an organisation was added with; it never changes."""

    secrets: InstanceSecrets

    def of(self, place: tuple[UUID, UUID], category: str) -> bytes:
        """Return the word for (council, organisation)."""
        message = lp(_LABEL, place[0].bytes, place[1].bytes, utf8(category))
        return hmac.digest(self.secrets.of(SecretName.HOLDERS), message, "sha256")

    def holds(self, place: tuple[UUID, UUID], category: str, seal: bytes | None) -> bool:
        """Say whether the instance gave this word for this very category."""
        return hmac.compare_digest(self.of(place, category), seal or b"")
