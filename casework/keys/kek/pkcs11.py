"""The KEK in a PKCS#11 token: AES-256 keys that it never gives out wrap inside it.

A wrap is the box of a key file, made by the token: `01 | nonce 12 | ciphertext | tag`, AES-GCM with
the context as associated data. Each version is a key with the same label; its id is the version.
"""

from typing import Any, Final

import pkcs11
from pkcs11 import GCMParams, Mechanism

from casework.crypto import labels
from casework.crypto.encoding import lp
from casework.entropy import Entropy
from casework.errors import Misconfigured, SealBroken
from casework.keys.kek.provider import Kind, body, head, version_of
from casework.keys.kek.token_session import Keys, generate, keys_of, session_with
from casework.keys.kek.token_uri import TokenPlace

_BOX: Final = b"\x01"
_NONCE_LENGTH: Final = 12
_BOX_HEAD: Final = len(_BOX) + _NONCE_LENGTH

# How libraries say that a tag does not hold; SoftHSM's word is the least telling one.
_DOES_NOT_OPEN: Final = (
    pkcs11.EncryptedDataInvalid,
    pkcs11.EncryptedDataLenRange,
    pkcs11.DataInvalid,
    pkcs11.DataLenRange,
    pkcs11.GeneralError,
)


class TokenKek:
    """A `KekProvider` whose keys stay in a token."""

    def __init__(self, place: TokenPlace, entropy: Entropy) -> None:
        """Find the keys. Raises `Misconfigured` when there is none, or one that can be given out.

        The first one is made by `create_key`.
        """
        self._place = place
        self._entropy = entropy
        self.versions()

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` wrapped by the newest key."""
        nonce = self._entropy.bytes(_NONCE_LENGTH)
        with session_with(self._place) as session:
            keys = self._keys(session)
            newest = max(keys)
            sealed: bytes = keys[newest][0].encrypt(secret, **_gcm(nonce, context))
        return head(Kind.TOKEN, newest) + _BOX + nonce + sealed

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret, whichever version wrapped it."""
        box = body(wrapped, Kind.TOKEN)
        if box[:1] != _BOX or len(box) <= _BOX_HEAD:
            raise SealBroken("kek")
        given = _gcm(box[1:_BOX_HEAD], context)
        with session_with(self._place) as session:
            for key in self._keys(session).get(version_of(wrapped), []):
                opened = _opened(key, box[_BOX_HEAD:], given)
                if opened is not None:
                    return opened
        raise SealBroken("kek")

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return it under the newest key; unchanged when it is, and it opens."""
        secret = self.unwrap(wrapped, context)
        current = version_of(wrapped) == self.current_version()
        return wrapped if current else self.wrap(secret, context)

    def current_version(self) -> int:
        """Return the version of the newest key."""
        return self.versions()[-1]

    def versions(self) -> tuple[int, ...]:
        """Return the versions of the keys in the token."""
        with session_with(self._place) as session:
            return tuple(sorted(self._keys(session)))

    def draw(self, after: int) -> int:
        """Let the token make a key."""
        with session_with(self._place, writing=True) as session:
            newest = max(self._keys(session))
            if newest == after:
                newest += 1
                generate(session, self._place.label, newest)
        return newest

    def retire(self) -> int:
        """Destroy every key but the newest."""
        with session_with(self._place, writing=True) as session:
            keys = self._keys(session)
            older = sorted(keys)[:-1]
            for key in [key for version in older for key in keys[version]]:
                key.destroy()
        return len(older)

    def _keys(self, session: Any) -> Keys:
        found = keys_of(session, self._place.label)
        if not found:
            raise Misconfigured(["the token of CASEWORK_KEK holds no key of that label"])
        return found


def create_key(place: TokenPlace) -> None:
    """Let a token make the first key, unless it has one."""
    with session_with(place, writing=True) as session:
        if not keys_of(session, place.label):
            generate(session, place.label, 1)


def _gcm(nonce: bytes, context: bytes) -> dict[str, Any]:
    params = GCMParams(nonce, lp(labels.BOX, context))
    return {"mechanism": Mechanism.AES_GCM, "mechanism_param": params}


def _opened(key: Any, sealed: bytes, given: dict[str, Any]) -> bytes | None:
    try:
        return bytes(key.decrypt(sealed, **given))
    except _DOES_NOT_OPEN:
        return None
