"""One label per purpose: bytes made for one use never mean anything to another.

Published values never change; a new meaning takes a new label.
"""

from typing import Final

FIELD: Final = b"casework/field/v1"
DEK: Final = b"casework/dek/v1"
DEK_COMMIT: Final = b"casework/dek-commit/v1"
GRANT: Final = b"casework/grant/v1"
GRANT_SIGNATURE: Final = b"casework/grant-sig/v1"
RING: Final = b"casework/ring/v1"
KID: Final = b"casework/kid/v1"
FILE: Final = b"casework/file/v1"
BOX: Final = b"casework/box/v1"
ORGANISATION_AGREEMENT: Final = b"casework/org-x25519/v1"
ORGANISATION_SIGNING: Final = b"casework/org-ed25519/v1"
ORGANISATION_RING: Final = b"casework/org-ring/v1"
MEMBER_AGREEMENT: Final = b"casework/member-x25519/v1"
HYBRID: Final = b"casework/hybrid/v1"
AUTH: Final = b"casework/auth/v1"
UNLOCK: Final = b"casework/unlock/v1"
