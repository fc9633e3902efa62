"""ClamAV by INSTREAM: what is said to clamd, what it answers, and what silence means."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from casework.documents.scanning import Scanner
from casework.documents.values import Refusal
from casework.errors import ScannerSilent

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file that every scanner knows: it does no harm."""

Answer = Callable[[bytes], bytes]


def clam(content: bytes) -> bytes:
    found = b"stream: Eicar-Signature FOUND\0"
    return found if EICAR in content else b"stream: OK\0"


@contextmanager
def clamd(answer: Answer = clam, path: Path | None = None) -> Iterator[str]:
    """Give the place of a clamd that answers one call."""
    if path is None:
        listening = socket.create_server(("127.0.0.1", 0))
        place = f"127.0.0.1:{listening.getsockname()[1]}"
    else:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(path))
        listening.listen()
        place = str(path)
    listening.settimeout(5)
    thread = Thread(target=_serve, args=(listening, answer), daemon=True)
    thread.start()
    with listening:
        yield place
        thread.join(5)


def _serve(listening: socket.socket, answer: Answer) -> None:
    called, _ = listening.accept()
    with called, called.makefile("rb") as heard:
        assert heard.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(heard.read(4), "big"):
            content += heard.read(length)
        called.sendall(answer(content))


def test_eicar_is_refused_and_a_clean_file_is_not() -> None:
    with clamd() as place:
        assert Scanner(place).refusal(b"%PDF-" + EICAR) is Refusal.VIRUS
    with clamd() as place:
        assert Scanner(place).refusal(b"%PDF-" + bytes(200_000)) is None


def test_clamd_is_reached_by_its_socket_too(tmp_path: Path) -> None:
    with clamd(path=tmp_path / "clamd.ctl") as place:
        assert Scanner(place).refusal(EICAR) is Refusal.VIRUS


@pytest.mark.parametrize(
    "said", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK ERROR\0", b"\0", b"OK\0"]
)
def test_anything_else_that_clamd_says_refuses(said: bytes) -> None:
    with clamd(lambda _: said) as place, pytest.raises(ScannerSilent):
        Scanner(place).refusal(b"%PDF-")


def test_a_scanner_that_is_not_there_refuses(tmp_path: Path) -> None:
    for place in ("127.0.0.1:9", str(tmp_path / "nobody.ctl")):
        with pytest.raises(ScannerSilent):
            Scanner(place, patience=1).refusal(b"%PDF-")


def test_a_scanner_that_never_answers_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        place = f"127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(ScannerSilent):
            Scanner(place, patience=0.1).refusal(b"%PDF-")


def test_without_a_scanner_nothing_is_asked() -> None:
    assert Scanner().refusal(EICAR) is None
