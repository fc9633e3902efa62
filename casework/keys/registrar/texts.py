"""What travels between the server and the registrar: a public key, requests, signatures. Texts.

No secret in any of them: they may go by mail. Frozen in `tests/vectors/registrar.json`.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from casework.crypto.encoding import canonical_json, lp
from casework.crypto.hpke import kid
from casework.crypto.signing import SigningKey, verify
from casework.errors import InvalidInput, SealBroken
from casework.keys.gateway.entries import PublicKeys
from casework.sentences import N_

_PUBLIC: Final = "casework-registrar/v1"
_REQUEST: Final = "casework/registrar-request/v1"
_SIGNED: Final = "casework/registrar-signed/v1"
_LENGTHS: Final = {"agreement": 32, "signing": 32, "kid": 16}

_NO_PUBLIC: Final = N_("Ce fichier n’est pas la clé publique d’un registre des clés.")
_NO_REQUEST: Final = N_("Ce fichier n’est pas une demande de signatures, ou il a été modifié.")
_NO_SIGNED: Final = N_("Ce fichier ne contient pas de signatures du registre des clés.")


@dataclass(frozen=True, slots=True)
class Asked:
    """One entry to be signed: an organisation by its name, and its public keys."""

    name: str
    keys: PublicKeys


@dataclass(frozen=True, slots=True)
class Request:
    """What an instance asks of one registrar. `instance` is the key that it draws under."""

    council_id: UUID
    registrar: bytes
    instance: bytes
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A registrar's word for one version of the keys of an organisation."""

    organisation_id: UUID
    version: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """What a registrar answers an instance."""

    council_id: UUID
    registrar: bytes
    signatures: tuple[Signature, ...]


def registrar_id(public: bytes) -> UUID:
    """Return the short name of a registrar: the key id of its public key."""
    return UUID(bytes=kid(public))


def write_public(public: bytes) -> str:
    """Return a public key as the text of its file."""
    return f"{_PUBLIC}\n{b64encode(public).decode('ascii')}\n"


def read_public(text: str) -> bytes:
    """Return the 32 bytes of a public key. Raises `InvalidInput` for any other text."""
    head, _, body = text.partition("\n")
    try:
        public = b64decode(body.strip(), validate=True)
    except (Error, ValueError):
        public = b""
    if head != _PUBLIC or len(public) != _LENGTHS["signing"]:
        raise InvalidInput({"registrar": [_NO_PUBLIC]})
    return public


def write_request(request: Request, sign: SigningKey) -> str:
    """Return a request, signed by the instance: whoever changes it on its way is found out."""
    body: dict[str, Any] = {
        "format": _REQUEST,
        "council": str(request.council_id),
        "registrar": request.registrar.hex(),
        "instance": request.instance.hex(),
        "entries": [_entry(one) for one in request.asked],
    }
    return _text({**body, "signature": sign.sign(_statement(body)).hex()})


def read_request(text: str) -> Request:
    """Return a request whose signature holds. Raises `InvalidInput` for any other text."""
    try:
        body = _body(text, _REQUEST)
        signature = bytes.fromhex(body.pop("signature"))
        instance = bytes.fromhex(body["instance"])
        verify(instance, signature, _statement(body))
        entries = tuple(_asked(one) for one in body["entries"])
        registrar = bytes.fromhex(body["registrar"])
        return Request(UUID(body["council"]), registrar, instance, entries)
    except (KeyError, TypeError, ValueError, AttributeError, SealBroken):
        raise InvalidInput({"request": [_NO_REQUEST]}) from None


def write_signed(signed: Signed) -> str:
    """Return signatures as the text of a file."""
    return _text(
        {
            "format": _SIGNED,
            "council": str(signed.council_id),
            "registrar": signed.registrar.hex(),
            "signatures": [
                {
                    "organisation": str(one.organisation_id),
                    "version": one.version,
                    "signature": one.signature.hex(),
                }
                for one in signed.signatures
            ],
        }
    )


def read_signed(text: str) -> Signed:
    """Return signatures, still to be checked. Raises `InvalidInput` for any other text."""
    try:
        body = _body(text, _SIGNED)
        found = tuple(
            Signature(
                UUID(one["organisation"]), int(one["version"]), bytes.fromhex(one["signature"])
            )
            for one in body["signatures"]
        )
        return Signed(UUID(body["council"]), bytes.fromhex(body["registrar"]), found)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InvalidInput({"signed": [_NO_SIGNED]}) from None


def _entry(one: Asked) -> dict[str, Any]:
    keys = one.keys
    return {
        "organisation": str(keys.organisation_id),
        "name": one.name,
        "version": keys.version,
        "agreement": keys.agreement.hex(),
        "signing": keys.signing.hex(),
        "kid": keys.kid.hex(),
    }


def _asked(entry: Mapping[str, Any]) -> Asked:
    raw = {name: bytes.fromhex(entry[name]) for name in _LENGTHS}
    if any(len(raw[name]) != length for name, length in _LENGTHS.items()):
        raise ValueError
    own = UUID(entry["organisation"])
    return Asked(str(entry["name"]), PublicKeys(own, int(entry["version"]), **raw))


def _statement(body: Mapping[str, Any]) -> bytes:
    return lp(_REQUEST.encode("ascii"), canonical_json(dict(body)))


def _body(text: str, expected: str) -> dict[str, Any]:
    body = json.loads(text)
    if body["format"] != expected:
        raise ValueError
    return dict(body)


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


__all__: Sequence[str] = (
    "Asked", "Request", "Signature", "Signed", "read_public", "read_request", "read_signed",
    "registrar_id", "write_public", "write_request", "write_signed",
)  # fmt: skip
