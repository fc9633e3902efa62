"""Which cases are decoys, as tags: only this instance can tell a case from its tag."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.crypto.encoding import lp

_LABEL: Final = b"casework/decoy/v1"


@dataclass(frozen=True, slots=True)
class DecoySeal:
    """Tags cases under the instance's secret for decoys, which is asked for when first needed."""

    secret: Callable[[], bytes]

    def tag(self, council_id: UUID, case_id: UUID) -> bytes:
        """Return the 32 bytes under which a case stands among the decoys, if it is one."""
        message = lp(_LABEL, council_id.bytes, case_id.bytes)
        return hmac.digest(self.secret(), message, "sha256")
