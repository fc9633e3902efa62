"""The child that rewrites: what it is given, what it may take, and what its end means."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casework.documents.laundry import Laundry
from casework.documents.values import Clean, DocumentKind, Refusal
from casework.errors import Unavailable
from tests.papers import plain_pdf

_TELLS = """
import os, resource, sys
from casework.documents.cleaning.limits import limit
limit()
limits = [getattr(resource, f"RLIMIT_{one}") for one in ("AS", "CORE", "FSIZE")]
told = [*sorted(os.environ), *map(str, map(resource.getrlimit, limits)), os.getcwd()]
told += [str(len(os.listdir("/proc/self/fd")) <= 4)]
sys.stdout.buffer.write(b"ok pdf\\n" + "|".join(told).encode())
"""


def child(code: str, seconds: float = 20) -> Laundry:
    return Laundry((sys.executable, "-P", "-c", code), seconds)


def test_a_file_comes_back_rewritten_from_a_child() -> None:
    clean = Laundry().wash(plain_pdf())
    assert isinstance(clean, Clean)
    assert (clean.kind, clean.content[:5]) == (DocumentKind.PDF, b"%PDF-")


def test_the_child_is_told_no_secret_and_may_write_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CASEWORK_DATABASE_URL", "invented")
    with (tmp_path / "held").open("w", encoding="utf-8"):
        told = child(_TELLS).wash(b"")
    assert isinstance(told, Clean)
    said = told.content.decode().split("|")
    assert said == [
        *("LC_ALL", "MALLOC_ARENA_MAX", "PATH"),
        *(f"({1 << 30}, {1 << 30})", "(0, 0)", "(0, 0)", "/", "True"),
    ]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise SystemExit(3)", Refusal.UNREADABLE),
        ("import os; os.kill(os.getpid(), 11)", Refusal.UNREADABLE),
        ("import os; os.kill(os.getpid(), 9)", Refusal.EXPANDS),
        ("print('anything else')", Refusal.UNREADABLE),
        ("print('ok exe'); print('x')", Refusal.UNREADABLE),
        ("print('ok pdf')", Refusal.UNREADABLE),
        ("print('no pages')", Refusal.PAGES),
    ],
)
def test_however_a_child_ends_the_file_is_refused(code: str, why: Refusal) -> None:
    assert child(code).wash(b"%PDF-") is why


def test_a_child_that_takes_too_long_is_ended_and_its_file_refused() -> None:
    assert child("import time; time.sleep(60)", 0.3).wash(b"") is Refusal.EXPANDS


def test_who_waits_too_long_behind_others_is_told_so() -> None:
    laundry = Laundry(patience=0.01)
    with laundry._places, pytest.raises(Unavailable):
        laundry.wash(b"")


def test_no_worker_ever_loads_what_parses_hostile_files() -> None:
    code = (
        "import sys, casework.operations.serve, casework.documents.laundry\n"
        "import casework.documents.pages, casework.documents.api, casework.app\n"
        "print([one for one in ('PIL', 'pikepdf', 'lxml', 'weasyprint') if one in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": os.defpath},
    )
    assert done.stdout.strip() == "[]"
