"""A zip written as it goes, always the same bytes for the same content, its manifest last."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MIDNIGHT: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that the format knows
_UNIX: Final = 3
_OWNER_ONLY: Final = 0o100600 << 16
_LEVEL: Final = 6
_ENOUGH: Final = 1 << 16
_MANIFEST: Final = "manifest.json"


class Member(NamedTuple):
    """A file of the archive, to be written piece by piece."""

    name: str
    pieces: Iterable[bytes]


class Written(NamedTuple):
    """A file of the archive as the manifest lists it; `size` in bytes."""

    name: str
    size: int
    sha256: str


def zipped(
    members: Iterable[Member], manifest: Callable[[list[Written]], bytes]
) -> Iterator[bytes]:
    """Give the bytes of a zip, a few at a time: nothing is kept on a disk or whole in memory."""
    outlet, written = _Outlet(), list[Written]()
    with ZipFile(outlet, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for member in members:
            yield from _member(archive, outlet, member, written)
        yield from _member(archive, outlet, Member(_MANIFEST, [manifest(written)]), [])
    yield outlet.taken()


def _member(
    archive: ZipFile, outlet: "_Outlet", member: Member, written: list[Written]
) -> Iterator[bytes]:
    size, digest = 0, hashlib.sha256()
    with archive.open(_entry(member.name), "w") as file:
        for piece in member.pieces:
            size += len(piece)
            digest.update(piece)
            file.write(piece)
            if outlet.waiting >= _ENOUGH:
                yield outlet.taken()
    written.append(Written(member.name, size, digest.hexdigest()))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _MIDNIGHT)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _OWNER_ONLY
    return entry


class _Outlet(io.RawIOBase, IO[bytes]):
    """Where the zip is written: a buffer that is emptied as it fills, and never read back."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def waiting(self) -> int:
        return len(self._buffer)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        self._buffer += data
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._buffer)
        self._buffer.clear()
        return taken
