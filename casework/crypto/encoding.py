"""Bytes with one reading only: framed parts, canonical JSON, UTF-8."""

import json
from typing import Final, TypeAlias
from uuid import UUID

from casework.errors import InvalidInput
from casework.sentences import N_

Json: TypeAlias = str | int | bool | list["Json"] | dict[str, "Json"] | None

_UNREADABLE = N_(
    "Ce texte contient un caractère illisible, sans doute abîmé par une copie. "
    "Effacez-le et saisissez-le de nouveau."
)

Part: TypeAlias = tuple[UUID, int]
"""A compartment and its epoch."""


def u32(number: int) -> bytes:
    """Encode in four bytes, big-endian; OverflowError outside 0..2³²-1."""
    return number.to_bytes(4, "big")


def lp(*parts: bytes) -> bytes:
    """Frame each part by its length, so that two lists of parts never give the same bytes."""
    return b"".join([(_SHORT.get(len(part)) or u32(len(part))) + part for part in parts])


def lp_part(compartment: UUID, epoch: int) -> bytes:
    """Frame a compartment and its epoch: `lp(compartment.bytes, u32(epoch))`, in a third the time.

    It is a piece of every key, ring entry and sealed value that a page opens.
    """
    return _ID_HEAD + compartment.int.to_bytes(16) + _U32_HEAD + epoch.to_bytes(4)


def utf8(text: str, field: str = "text") -> bytes:
    """Encode `text`; InvalidInput on `field` if it holds half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass  # raised below instead: the library's error carries the whole text with it
    raise InvalidInput({field: [_UNREADABLE]})


def canonical_json(value: Json) -> bytes:
    """Encode with sorted keys, no spaces, in UTF-8: the same value always gives the same bytes.

    TypeError for anything but text, whole numbers, booleans, null, lists and dicts keyed by
    text: a float has several spellings.
    """
    _refuse_foreign(value)
    return utf8(_ENCODER.encode(value))


def _refuse_foreign(value: object) -> None:
    if isinstance(value, _PLAIN):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("canonical JSON: keys are text")
            _refuse_foreign(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_foreign(inner)
    else:
        raise TypeError(f"canonical JSON: no {type(value).__name__}")


# Made once: `json.dumps` makes an encoder, and `str | int | None` a type, for each value.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN: Final = (str, int, type(None))

# Ids, digests and labels, all of them short: framed several times for each key that is opened.
_SHORT: Final = {length: u32(length) for length in range(64)}
_ID_HEAD: Final = u32(16)
_U32_HEAD: Final = u32(4)
