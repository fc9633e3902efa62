"""ISO/IEC 7816-4 padding: the stored length tells no more than a number of steps."""

from typing import Final

from casework.errors import SealBroken

SHORT: Final = 32
"""Step, in bytes, for names, telephones and dates."""
TEXT: Final = 256
"""Step, in bytes, for prose."""
FILE: Final = 1 << 16
"""Step, in bytes, for files: theirs begin with their length, for theirs are too long to search."""

_MARK: Final = b"\x80"
_LENGTH: Final = 8
# By step, then by length modulo step: padding is one addition on the hottest path.
_TAILS: Final = {
    step: tuple(_MARK.ljust(step - over, b"\0") for over in range(step)) for step in (SHORT, TEXT)
}

_ENDS: Final = frozenset(_TAILS[TEXT])


def pad(plaintext: bytes, step: int) -> bytes:
    """Append 0x80 then zeros up to the next multiple of `step`: SHORT or TEXT, else KeyError."""
    return plaintext + _TAILS[step][len(plaintext) % step]


def unpad(padded: bytes) -> bytes:
    """Return what `pad` was given, at either step; SealBroken if `pad` did not make it."""
    plaintext, mark, zeros = padded.rpartition(_MARK)
    if mark + zeros not in _ENDS or len(padded) % SHORT:
        raise SealBroken
    return plaintext


def frame(content: bytes) -> bytes:
    """Return a u64 length, the content, and zeros up to the next multiple of FILE."""
    framed = len(content).to_bytes(_LENGTH, "big") + content
    return framed + bytes(-len(framed) % FILE)


def unframe(framed: bytes) -> bytes:
    """Return what `frame` was given; SealBroken if `frame` did not make it."""
    end = _LENGTH + int.from_bytes(framed[:_LENGTH], "big")
    if not 0 <= len(framed) - end < FILE or len(framed) % FILE or any(framed[end:]):
        raise SealBroken
    return framed[_LENGTH:end]
