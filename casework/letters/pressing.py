"""Runs the press for one order: a child with no key, no secret, no file of ours and little time."""

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Any, Final

from casework.errors import InvalidInput, PressFailed, Unavailable
from casework.letters.faults import sentences
from casework.letters.fields import LetterField
from casework.letters.kinds import EDITED, LetterFormat, LetterKind
from casework.letters.values import Merged
from casework.letters.wording import SHIPPED

_COMMAND: Final = ("-I", "-B", "-m", "casework.letters.press")
AROUND: Final[Mapping[str, str]] = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
}
"""The whole environment of the press."""

_AT_ONCE: Final = 2
_PATIENCE: Final = 20
_AGAIN: Final = 10


@dataclass(frozen=True, slots=True)
class Press:
    """Checks templates and makes files; never more than two at once, whatever is asked."""

    python: str = sys.executable
    seconds: float = 30
    lane: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_AT_ONCE), repr=False)

    def check(
        self, kind: LetterKind, format_: LetterFormat, content: bytes
    ) -> frozenset[LetterField]:
        """Return the fields that a template names.

        Raises `InvalidInput` with each fault and where it stands, `PressFailed` when it cannot say.
        """
        answer = self._ask({"task": "check", **_order(kind, format_, content)})
        return frozenset(map(LetterField, answer["used"]))

    def render(
        self, kind: LetterKind, format_: LetterFormat, content: bytes, fields: Merged
    ) -> bytes:
        """Return a letter as a file. Raises as `check`."""
        told = {name.value: said for name, said in fields.items()}
        answer = self._ask({"task": "render", "fields": told, **_order(kind, format_, content)})
        return base64.b64decode(answer["content"])

    def _ask(self, order: Mapping[str, Any]) -> dict[str, Any]:
        if not self.lane.acquire(timeout=_PATIENCE):
            raise Unavailable("the press is busy", after=_AGAIN)
        try:
            answer = self._run(json.dumps(order).encode())
        finally:
            self.lane.release()
        if "faults" in answer:
            raise _refused(answer["faults"])
        if "broken" in answer:
            raise PressFailed(str(answer["broken"]).lower())
        return answer

    def _run(self, order: bytes) -> dict[str, Any]:
        """Return what the child answers; what it complains of is thrown away, it may quote."""
        try:
            done = subprocess.run(  # noqa: S603 - our own module, by a fixed command
                [self.python, *_COMMAND],
                input=order,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=dict(AROUND),
                cwd="/",
                timeout=self.seconds,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            raise PressFailed("too-long") from None
        except OSError:
            raise PressFailed("not-started") from None
        try:
            answer: dict[str, Any] = json.loads(done.stdout)
        except ValueError:
            raise PressFailed("cut-short") from None
        return answer


def shipped(kind: LetterKind, format_: LetterFormat) -> bytes:
    """Return the template that comes with the service; of a PDF, its words."""
    name = f"{kind}.{format_}" if format_ in EDITED else f"texts/{kind}.txt"
    return (SHIPPED / name).read_bytes()


def _order(kind: LetterKind, format_: LetterFormat, content: bytes) -> dict[str, str]:
    told = base64.b64encode(content).decode("ascii")
    return {"kind": kind.value, "format": format_.value, "content": told}


def _refused(faults: list[dict[str, str]]) -> InvalidInput | PressFailed:
    if any(one["code"] == "library-missing" for one in faults):
        return PressFailed("library-missing")
    return InvalidInput({"template": sentences(faults)})
