"""Has a file rewritten by a child process that holds no key and knows of no other file.

What parses a hostile file is large and written by others: it runs apart, with little time, little
memory and nothing to take, and a crash of it is one file refused.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

from casework.documents.values import MOST_BYTES, Clean, DocumentKind, Refusal
from casework.errors import Unavailable

SECONDS: Final = 30.0
"""How long a child may take by the clock; its processor time has a limit of its own."""

_COMMAND: Final = (sys.executable, "-P", "-m", "casework.documents.cleaning")
_PATIENCE: Final = 5.0
_PLACES: Final = 1
_ROOT: Final = "/"
_SPENT: Final = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


@dataclass(frozen=True, slots=True)
class Laundry:
    """Rewrites one file at a time in each process of the service: a child may take a gibibyte."""

    command: Sequence[str] = _COMMAND
    seconds: float = SECONDS
    patience: float = _PATIENCE
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_PLACES))

    def wash(self, content: bytes) -> Clean | Refusal:
        """Return a file rewritten, or why not. Raises `Unavailable` while others are before it."""
        if not self._places.acquire(timeout=self.patience):
            raise Unavailable("others are sending documents")
        try:
            return self._washed(content)
        finally:
            self._places.release()

    def _washed(self, content: bytes) -> Clean | Refusal:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, and nothing of the sender's
                self.command,
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd=_ROOT,
                timeout=self.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Refusal.EXPANDS
        if done.returncode in _SPENT:
            return Refusal.EXPANDS
        return read_answer(done.stdout) if done.returncode == 0 else Refusal.UNREADABLE


def _environment() -> dict[str, str]:
    """Return what a child is told: where the machine's own libraries are, and nothing of ours."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}


def read_answer(said: bytes) -> Clean | Refusal:
    """Return what a child has written about a file; whatever else it wrote is a refusal."""
    head, _, content = said.partition(b"\n")
    word, _, code = head.decode("ascii", "replace").partition(" ")
    if word == "ok" and code in set(DocumentKind) and 0 < len(content) <= MOST_BYTES:
        return Clean(DocumentKind(code), content)
    if word == "no" and code in set(Refusal):
        return Refusal(code)
    return Refusal.UNREADABLE
