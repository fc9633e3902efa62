"""The `pkcs11:` URI of CASEWORK_KEK (RFC 7512), of which we take what we can hold to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from casework.errors import Misconfigured

_PATH: Final = frozenset({"token", "object", "type"})
_QUERY: Final = frozenset({"module-path", "pin-source"})
_FILE: Final = "file:"


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Which key of which token, the library that speaks to it, and the file of its PIN."""

    token: str
    label: str
    module: Path
    pin_file: Path


def token_place(uri: str) -> TokenPlace:
    """Return what `pkcs11:token=…;object=…?module-path=…&pin-source=file:…` says.

    Raises `Misconfigured` for anything missing, twice, unknown, or for a PIN in the URI itself.
    """
    path, _, query = uri.removeprefix("pkcs11:").partition("?")
    named = _attributes(path, ";", _PATH)
    asked = _attributes(query, "&", _QUERY)
    missing = sorted(({"token", "object"} - named.keys()) | (_QUERY - asked.keys()))
    if missing:
        raise _wrong(f"says no {', '.join(missing)}")
    if named.get("type", "secret-key") != "secret-key":
        raise _wrong("names no secret key")
    if not asked["pin-source"].startswith(_FILE):
        raise _wrong("takes its PIN from a file: pin-source=file:/…")
    pin, module = Path(asked["pin-source"].removeprefix(_FILE)), Path(asked["module-path"])
    if not pin.is_absolute() or not module.is_absolute():
        raise _wrong("names its files by whole paths")
    return TokenPlace(named["token"], named["object"], module, pin)


def _attributes(text: str, between: str, known: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, text.split(between)):
        name, _, value = part.partition("=")
        if name == "pin-value":
            raise _wrong("must not hold a PIN: use pin-source=file:/…")
        if name not in known or name in found:
            raise _wrong(f"may say {', '.join(sorted(known))} there, each once")
        found[name] = unquote(value, errors="strict")
    return found


def _wrong(what: str) -> Misconfigured:
    return Misconfigured([f"CASEWORK_KEK: the pkcs11 URI {what}"])
