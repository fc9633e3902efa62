"""A failure of ours, named so that a person can quote it and the operator can find it."""

import logging
import traceback
from base64 import b32encode

from casework.entropy import Entropy
from casework.errors import AuditGap, IntegrityFailure, SealBroken


def reference(entropy: Entropy) -> str:
    """Return eight signs that can be read over the telephone."""
    signs = b32encode(entropy.bytes(5)).decode()
    return f"{signs[:4]}-{signs[4:]}"


def note(logger: logging.Logger, known: str, error: Exception) -> None:
    """Log what failed and where. Never the message: it may quote what somebody wrote."""
    alert = isinstance(error, AuditGap | IntegrityFailure | SealBroken)
    places = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    level = logging.CRITICAL if alert else logging.ERROR
    logger.log(level, "incident %s: %s at %s", known, type(error).__name__, places or "?")
