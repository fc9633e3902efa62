"""One secret under several public keys at once: an HPKE layer for each, one inside the other.

To seal, nobody's secret is needed: only public keys. To open, each layer needs its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from uuid import UUID

from casework.crypto import hpke
from casework.crypto.agreement import AgreementKey
from casework.crypto.encoding import lp

Places = tuple[int, ...]
"""The places of some custodians in their escrow, ascending."""

_LAYER: Final = b"casework/escrow-layer/v1"


@dataclass(frozen=True, slots=True)
class Whose:
    """What a layer is bound to: the escrow of a council."""

    council_id: UUID
    escrow_id: UUID


def subsets(count: int, threshold: int) -> list[Places]:
    """Return every choice of `threshold` places among `count`."""
    return list(combinations(range(count), threshold))


def seal(whose: Whose, places: Places, publics: Sequence[bytes], secret: bytes) -> bytes:
    """Seal to the custodians at `places`; the lowest place is the outermost layer."""
    sealed = secret
    for place in reversed(places):
        sealed = hpke.wrap(sealed, publics[place], _info(whose, places, place))
    return sealed


def unseal(whose: Whose, places: Places, keys: Mapping[int, AgreementKey], sealed: bytes) -> bytes:
    """Return the secret. Raises `SealBroken` for other keys, places or bytes."""
    for place in places:
        sealed = hpke.unwrap(sealed, keys[place], _info(whose, places, place))
    return sealed


def _info(whose: Whose, places: Places, place: int) -> bytes:
    ids = whose.council_id.bytes, whose.escrow_id.bytes
    return lp(_LAYER, *ids, bytes(places), bytes((place,)))
