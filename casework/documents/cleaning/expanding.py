"""What a PDF unpacks to, measured piece by piece, so that no piece is ever held whole."""

import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from pikepdf import Array, Name, Object, Stream

from casework.documents.cleaning.unclean import Unclean
from casework.documents.values import Refusal

MOST_UNPACKED: Final = 400 << 20
"""Bytes that all the streams of a document unpack to at most."""

MOST_POINTS: Final = 150_000_000
"""Points of one image in a document: a page of A3 at 900 per inch."""

_MOST_FILTERS: Final = 3
_PIECE: Final = 1 << 20
_FLATE: Final = frozenset({"/FlateDecode", "/Fl"})
_FILES: Final = (Name.EmbeddedFile,)


class Allowance:
    """What the streams of one document may still unpack to."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._left = MOST_UNPACKED

    def take(self, stream: Stream) -> None:
        """Count one stream. Raises `Unclean` beyond what is allowed."""
        filters = list(_filters(stream.get(Name.Filter)))
        if len(filters) > _MOST_FILTERS or _points(stream) > MOST_POINTS:
            raise Unclean(Refusal.EXPANDS)
        if not filters or filters[0] not in _FLATE or stream.get(Name.Type) in _FILES:
            return  # kept as it is, left out whole, or unpacked under the limits of this process
        for size in _unpacked(stream.read_raw_bytes(), len(filters)):
            self._left -= size
            if self._left < 0:
                raise Unclean(Refusal.EXPANDS)


def _filters(told: Object | None) -> Iterator[str]:
    if isinstance(told, Array):
        yield from (str(one) for one in told)
    elif told is not None:
        yield str(told)


def _points(stream: Stream) -> int:
    return _side(stream.get(Name.Width)) * _side(stream.get(Name.Height))


def _side(told: Any) -> int:
    return abs(int(told)) if isinstance(told, int | float | Decimal) else 0


def _unpacked(raw: bytes, depth: int) -> Iterator[int]:
    """Yield the sizes of the pieces; what is packed twice counts double, and is refused sooner."""
    machine, waiting = zlib.decompressobj(), raw
    while waiting and not machine.eof:
        try:
            piece = machine.decompress(waiting, _PIECE)
        except zlib.error:
            return  # damaged: the reader of the document says so, or shows what there is
        waiting = machine.unconsumed_tail
        if not piece:
            return
        yield len(piece) * depth
