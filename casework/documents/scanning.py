"""ClamAV, asked by INSTREAM: the file goes to clamd in pieces, and nowhere on a disk of ours."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from casework.documents.values import Refusal
from casework.errors import ScannerSilent

_PIECE: Final = 1 << 16
_PATIENCE: Final = 15.0
_ANSWER: Final = 4096
_CLEAN: Final = b"stream: OK"
_FOUND: Final = b" FOUND"


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens: HOST:PORT, or the path of its socket; nowhere means that nobody scans.

    `patience` in seconds, for each piece and for the answer.
    """

    place: str = ""
    patience: float = _PATIENCE

    def refusal(self, content: bytes) -> Refusal | None:
        """Return a refusal for a file in which clamd knows something, None for any other.

        Raises `ScannerSilent` whenever clamd does not say that the file is clean: gone, too slow,
        too small for the file, or saying something else.
        """
        if not self.place:
            return None
        answer = self._answer(content)
        if answer == _CLEAN:
            return None
        if answer.startswith(b"stream: ") and answer.endswith(_FOUND):
            return Refusal.VIRUS
        raise ScannerSilent

    def _answer(self, content: bytes) -> bytes:
        try:
            with self._called() as clamd:
                clamd.sendall(b"zINSTREAM\0")
                for piece in _pieces(content):
                    clamd.sendall(len(piece).to_bytes(4, "big") + piece)
                return _read(clamd)
        except OSError:
            raise ScannerSilent from None

    @contextmanager
    def _called(self) -> Iterator[socket.socket]:
        if self.place.startswith("/"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as clamd:
                clamd.settimeout(self.patience)
                clamd.connect(self.place)
                yield clamd
        else:
            host, _, port = self.place.rpartition(":")
            place = (host.strip("[]"), int(port))
            with socket.create_connection(place, timeout=self.patience) as clamd:
                yield clamd


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
    yield b""  # of length zero: the end


def _read(clamd: socket.socket) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < _ANSWER:
        got = clamd.recv(_ANSWER)
        if not got:
            break
        answer += got
    return answer.partition(b"\0")[0].strip()
