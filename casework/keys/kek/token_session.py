"""Sessions with a PKCS#11 token, and the AES keys in it: for as long as one task takes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

import pkcs11
from pkcs11 import Attribute, KeyType, MechanismFlag, ObjectClass

from casework.errors import KekUnavailable, Misconfigured
from casework.keys.kek.private_files import read_private
from casework.keys.kek.token_uri import TokenPlace

_KEY_BITS: Final = 256
_ID_LENGTH: Final = 4
_USES: Final = MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT
_WHO: Final = "the token of CASEWORK_KEK"

Keys = dict[int, list[Any]]
"""Keys by version; two that were drawn at once may share one, and each is tried."""


@dataclass(slots=True)
class _Libraries:
    """Which process made each library ready: none outlives a fork (PKCS #11 v3.1, 5.4)."""

    # Logging in is of the whole process: two sessions at once would log each other out.
    lock: Lock = field(default_factory=Lock)
    owners: dict[Path, int] = field(default_factory=dict)

    def ready(self, module: Path) -> Any:
        """Return the library, made ready for this process."""
        library, own = pkcs11.lib(str(module)), os.getpid()
        if self.owners.setdefault(module, own) != own:
            library.reinitialize()
            self.owners[module] = own
        return library


_LIBRARIES: Final = _Libraries()


@contextmanager
def session_with(place: TokenPlace, *, writing: bool = False) -> Iterator[Any]:
    """Give a session that is logged in, and end it.

    Raises `Misconfigured` for a library, token or PIN that is not right, `KekUnavailable` when
    the token fails.
    """
    pin = read_private(place.pin_file, "the PIN file").strip()
    with _LIBRARIES.lock, _named_faults():
        token = _LIBRARIES.ready(place.module).get_token(token_label=place.token)
        with token.open(rw=writing, user_pin=pin) as session:
            yield session


def keys_of(session: Any, label: str) -> Keys:
    """Return the keys of a label. Raises `Misconfigured` for one that the token could give out."""
    found: Keys = {}
    wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: label}
    for key in session.get_objects(wanted):
        found.setdefault(_version(key), []).append(key)
    return found


def generate(session: Any, label: str, version: int) -> None:
    """Let the token make the key of a version: it uses it, and never gives it out."""
    session.generate_key(
        KeyType.AES,
        _KEY_BITS,
        label=label,
        id=version.to_bytes(_ID_LENGTH, "big"),
        store=True,
        capabilities=_USES,
        template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
    )


def _version(key: Any) -> int:
    strict = (
        key.key_type is KeyType.AES,
        key[Attribute.VALUE_LEN] * 8 == _KEY_BITS,
        key[Attribute.SENSITIVE],
        not key[Attribute.EXTRACTABLE],
        len(key[Attribute.ID]) == _ID_LENGTH,
    )
    if not all(strict):
        raise Misconfigured(
            [f"a key of that label in {_WHO} is not AES-256, sensitive and never extractable"]
        )
    return int.from_bytes(key[Attribute.ID], "big")


@contextmanager
def _named_faults() -> Iterator[None]:
    try:
        yield
    except pkcs11.NoSuchToken:
        raise Misconfigured([f"{_WHO} is not there"]) from None
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise Misconfigured([f"{_WHO} refuses its PIN; some lock after a few tries"]) from None
    except (pkcs11.PinLocked, pkcs11.PinExpired):
        raise Misconfigured([f"the PIN of {_WHO} is locked or expired"]) from None
    except pkcs11.PKCS11Error as fault:
        raise KekUnavailable(f"{_WHO} does not answer: {type(fault).__name__}") from None
