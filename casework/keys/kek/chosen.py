"""From the setting CASEWORK_KEK to whoever holds the KEK.

file:/PATH | credential:NAME | transit:https://HOST:PORT/MOUNT/KEY | pkcs11:token=…
"""

import re
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from casework.entropy import Entropy
from casework.errors import Misconfigured
from casework.keys.kek.credential import CredentialKek
from casework.keys.kek.file import FileKek, create_file
from casework.keys.kek.provider import KekProvider
from casework.keys.kek.token_uri import token_place
from casework.keys.kek.transit import TransitKek
from casework.keys.kek.vault import Vault
from casework.settings import Settings
from casework.settings.values import kek_scheme

_TRANSIT: Final = re.compile(
    r"(?P<url>https?://[^/?#@]+)/(?P<mount>[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)/(?P<key>[A-Za-z0-9_.-]+)"
)


def chosen_kek(settings: Settings, entropy: Entropy, spec: str = "") -> KekProvider:
    """Return the holder that `spec`, or else the setting, names.

    Raises `Misconfigured` when it cannot be used, `KekUnavailable` when it does not answer.
    """
    spec = spec or settings.kek
    scheme, _, rest = spec.partition(":")
    match kek_scheme(spec):
        case "file":
            return FileKek(Path(rest), entropy)
        case "credential":
            return CredentialKek(settings.credentials, rest, entropy)
        case "transit":
            return _transit(rest, settings)
        case "pkcs11":
            kek: KekProvider = _token_module().TokenKek(token_place(spec), entropy)
            return kek
    raise Misconfigured([f"nobody holds a KEK under {scheme}:"])


def found_kek(settings: Settings, entropy: Entropy) -> None:
    """Make the first key, unless there is one, where we are the ones to make it.

    A credential and a vault's key are made by whoever looks after them.
    """
    path = key_file(settings)
    if path is not None and not path.exists():
        create_file(path, entropy)
    elif kek_scheme(settings.kek) == "pkcs11":
        _token_module().create_key(token_place(settings.kek))


def key_file(settings: Settings) -> Path | None:
    """Return the key file that the setting names, if it names one."""
    if kek_scheme(settings.kek) != "file":
        return None
    return Path(settings.kek.removeprefix("file:"))


def _transit(place: str, settings: Settings) -> KekProvider:
    found = _TRANSIT.fullmatch(place)
    if found is None:
        raise Misconfigured(["CASEWORK_KEK must look like transit:https://HOST:8200/MOUNT/KEY"])
    if settings.kek_token_file is None:
        raise Misconfigured(["CASEWORK_KEK_TOKEN_FILE is missing: the vault asks who we are"])
    vault = Vault(found["url"], settings.kek_token_file, settings.kek_ca_file)
    return TransitKek(vault, found["mount"], found["key"])


def _token_module() -> Any:
    """Load what speaks to tokens, which an instance without one does not need to install."""
    try:
        return import_module("casework.keys.kek.pkcs11")
    except ModuleNotFoundError:
        raise Misconfigured(
            ["CASEWORK_KEK=pkcs11: needs python-pkcs11: install requirements-pkcs11.lock"]
        ) from None
