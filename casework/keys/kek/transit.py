"""The KEK in OpenBao or Vault: the Transit engine wraps, and its key never comes here.

The key must be *derived*: the engine then makes another key for each context, so that a wrap
opens for its own purpose alone. For a plain key it would ignore the context without a word.
"""

import base64
import binascii
import re
from typing import Final

from casework.errors import KekUnavailable, Misconfigured, SealBroken
from casework.keys.kek.provider import Kind, body, head, version_of
from casework.keys.kek.vault import Json, Vault

_MARK: Final = "vault:v"
_CIPHERS: Final = frozenset({"aes256-gcm96", "chacha20-poly1305", "xchacha20-poly1305"})
_CIPHERTEXT: Final = re.compile(r"vault:v([1-9][0-9]{0,6}):([A-Za-z0-9+/]+={0,2})")
_WRONG: Final = "the vault of CASEWORK_KEK answers something else than Transit"


class TransitKek:
    """A `KekProvider` that asks a vault for each wrap."""

    def __init__(self, vault: Vault, mount: str, name: str) -> None:
        """Use the key `name` of the engine at `mount`, once it is one that binds contexts.

        Raises `Misconfigured` for a key that is not derived, can be exported, or cannot seal.
        """
        self._vault = vault
        self._mount = mount
        self._name = name
        self._require_binding(self._facts())

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` under the newest version of the engine's key."""
        question = {"plaintext": _b64(secret), "context": _b64(context)}
        answer = self._vault.ask("POST", self._path("encrypt"), question)
        if answer.refused:
            raise Misconfigured(["the vault of CASEWORK_KEK does not seal with its key"])
        return _kept(answer.data)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret, whichever version wrapped it."""
        answer = self._vault.ask("POST", self._path("decrypt"), _question(wrapped, context))
        if answer.refused:
            raise SealBroken("kek")
        try:
            return base64.b64decode(answer.data["plaintext"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise KekUnavailable(_WRONG) from None

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Let the vault wrap it anew; the secret itself does not travel, unless to be checked."""
        if version_of(wrapped) == self.current_version():
            self.unwrap(wrapped, context)
            return wrapped
        answer = self._vault.ask("POST", self._path("rewrap"), _question(wrapped, context))
        if answer.refused:
            raise SealBroken("kek")
        return _kept(answer.data)

    def current_version(self) -> int:
        """Return the newest version of the engine's key."""
        return _number(self._facts(), "latest_version")

    def versions(self) -> tuple[int, ...]:
        """Return the versions that the engine still opens with."""
        facts = self._facts()
        first = max(1, _number(facts, "min_decryption_version"))
        return tuple(range(first, _number(facts, "latest_version") + 1))

    def draw(self, after: int) -> int:
        """Let the engine rotate its key."""
        newest = self.current_version()
        if newest > after:
            return newest
        self._command("rotate", {})
        return self.current_version()

    def retire(self) -> int:
        """Let the engine open with its newest version only."""
        *older, newest = self.versions()
        if older:
            self._command("config", {"min_decryption_version": newest})
        return len(older)

    def _command(self, verb: str, question: Json) -> None:
        path = f"{self._mount}/keys/{self._name}/{verb}"
        if self._vault.ask("POST", path, question).refused:
            raise Misconfigured([f"the vault of CASEWORK_KEK does not {verb} its key"])

    def _path(self, verb: str) -> str:
        return f"{self._mount}/{verb}/{self._name}"

    def _facts(self) -> Json:
        answer = self._vault.ask("GET", f"{self._mount}/keys/{self._name}")
        if answer.refused:
            raise Misconfigured(["the vault of CASEWORK_KEK does not describe its key"])
        return answer.data

    def _require_binding(self, facts: Json) -> None:
        wanted = {
            "must be derived": facts.get("derived") is True,
            "must not be exportable": facts.get("exportable") is False,
            f"must be one of {', '.join(sorted(_CIPHERS))}": str(facts.get("type")) in _CIPHERS,
        }
        faults = [f"the key of CASEWORK_KEK {what}" for what, holds in wanted.items() if not holds]
        if faults:
            raise Misconfigured(faults)


def _question(wrapped: bytes, context: bytes) -> Json:
    sealed = _b64(body(wrapped, Kind.TRANSIT))
    return {"ciphertext": f"{_MARK}{version_of(wrapped)}:{sealed}", "context": _b64(context)}


def _kept(data: Json) -> bytes:
    """Return `vault:v3:BASE64` as we keep it: its version in front, then its bytes."""
    found = _CIPHERTEXT.fullmatch(str(data.get("ciphertext", "")))
    if found is None:
        raise KekUnavailable(_WRONG)
    try:
        sealed = base64.b64decode(found[2], validate=True)
    except binascii.Error:
        raise KekUnavailable(_WRONG) from None
    return head(Kind.TRANSIT, int(found[1])) + sealed


def _number(facts: Json, name: str) -> int:
    value = facts.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise KekUnavailable(_WRONG)
    return value


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
