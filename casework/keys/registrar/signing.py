"""The registrar's own side, on another machine: what is asked, shown, then signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casework.crypto.encoding import lp
from casework.crypto.signing import SigningKey
from casework.errors import InvalidInput
from casework.keys.directory import directory_message
from casework.keys.gateway.entries import PublicKeys
from casework.keys.registrar.texts import Request, Signature, Signed
from casework.keys.words import fingerprint
from casework.sentences import N_

_FOR_ANOTHER: Final = N_("Cette demande s’adresse à une autre clé du registre.")


@dataclass(frozen=True, slots=True)
class Shown:
    """An organisation as the registrar sees it before signing; `words` are to be compared."""

    name: str
    version: int
    words: Sequence[str]


def shown(request: Request) -> list[Shown]:
    """Return what a request asks, for a person to check by telephone."""
    return [Shown(one.name, one.keys.version, words_of(one.keys)) for one in request.asked]


def words_of(keys: PublicKeys) -> Sequence[str]:
    """Return the six words of the public keys of an organisation."""
    return fingerprint(lp(keys.agreement, keys.signing))


def sign(request: Request, key: SigningKey) -> Signed:
    """Sign every entry. Raises `InvalidInput` for a request to another registrar."""
    if request.registrar != key.public:
        raise InvalidInput({"request": [_FOR_ANOTHER]})
    signatures = tuple(
        Signature(
            one.keys.organisation_id,
            one.keys.version,
            key.sign(directory_message(request.council_id, one.keys)),
        )
        for one in request.asked
    )
    return Signed(request.council_id, key.public, signatures)
