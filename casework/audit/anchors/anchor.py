"""What others gave back for a checkpoint, or the fact that they were sent it."""

from enum import StrEnum
from typing import NamedTuple


class AnchorKind(StrEnum):
    """How a checkpoint left the server; stored, so a published value never changes."""

    MAIL = "mail"
    TIME_STAMP = "time-stamp"
    COSIGNATURE = "cosignature"


class Anchor(NamedTuple):
    """A row of `audit_anchors` without its council.

    `giver` names the witness or the authority; `at` in microseconds; `content` is the RFC 3161
    token, the cosignature line, or the id of the message.
    """

    size: int
    kind: str
    giver: str
    at: int
    content: bytes
