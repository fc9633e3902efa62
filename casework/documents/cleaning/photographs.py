"""A JPEG inside a document, without what its camera said: the points stay as they are."""

from typing import Final

_START: Final = b"\xff\xd8"
_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_FIRST, _LAST, _COLOURS = 0xE1, 0xEF, 0xEE
"""APP1 (EXIF, XMP) to APP15; APP14 alone says how the colours are meant."""


def without_metadata(jpeg: bytes) -> bytes:
    """Return the same photograph; as it came, where it is no JPEG that can be followed."""
    if not jpeg.startswith(_START):
        return jpeg
    kept, at = [_START], len(_START)
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:  # noqa: PLR2004 - a marker, ITU-T T.81, B.1.1
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return b"".join([*kept, jpeg[at:]])
        if not _tells(marker):
            kept.append(jpeg[at : at + 2 + length])
        at += 2 + length
    return jpeg


def _tells(marker: int) -> bool:
    return marker == _COMMENT or (_FIRST <= marker <= _LAST and marker != _COLOURS)
