"""The one door to the rows of charters."""

from casework.charters.gateway.engagements import (
    Undertaking,
    engagements,
    parties_to,
    sign,
    signatures_of,
    signed_on,
    undertake,
    undertakings_of,
)
from casework.charters.gateway.versions import (
    Version,
    add_version,
    advance,
    approvals_of,
    approve,
    digest_of,
    due,
    locked,
    text_of,
    version,
    versions,
)

__all__ = [
    "Undertaking",
    "Version",
    "add_version",
    "advance",
    "approvals_of",
    "approve",
    "digest_of",
    "due",
    "engagements",
    "locked",
    "parties_to",
    "sign",
    "signatures_of",
    "signed_on",
    "text_of",
    "undertake",
    "undertakings_of",
    "version",
    "versions",
]
