"""One order on standard input, one answer on standard output, then the process ends."""

import base64
import json
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final, Protocol, cast

from casework.letters.fields import LetterField, known_of
from casework.letters.kinds import LetterFormat, LetterKind
from casework.letters.press.confine import confine
from casework.letters.press.faults import Fault, FaultCode, Faults

# Each with its libraries, loaded once this process is confined and only for the order at hand.
_PRESSES: Final = {
    LetterFormat.DOCX: "casework.letters.press.word",
    LetterFormat.ODT: "casework.letters.press.open_text",
    LetterFormat.PDF: "casework.letters.press.paper",
}


class Maker(Protocol):
    """What the module of each format can do."""

    def check(self, content: bytes, known: frozenset[LetterField]) -> frozenset[LetterField]:
        """Return the fields that a template names. Raises `Faults`."""
        ...

    def render(self, content: bytes, kind: LetterKind, fields: Mapping[LetterField, str]) -> bytes:
        """Return the file. Raises `Faults` for a template that may not be used."""
        ...


def main() -> None:
    """Answer the one order. Whatever goes wrong, no word of a letter leaves with it."""
    confine()
    order: dict[str, Any] = json.load(sys.stdin.buffer)
    try:
        answer = _TASKS[order["task"]](order)
    except Faults as found:
        answer = {"faults": [one.told() for one in found.faults]}
    except MemoryError:
        answer = {"faults": [Fault(FaultCode.TOO_MUCH).told()]}
    except Exception as broken:  # noqa: BLE001 - its message may hold a text: its kind is told alone
        answer = {"broken": type(broken).__name__}
    sys.stdout.write(json.dumps(answer))


def _check(order: Mapping[str, Any]) -> dict[str, Any]:
    maker, content, kind = _ordered(order)
    return {"used": sorted(maker.check(content, known_of(kind)))}


def _render(order: Mapping[str, Any]) -> dict[str, Any]:
    maker, content, kind = _ordered(order)
    fields = {LetterField(name): str(said) for name, said in order["fields"].items()}
    made = maker.render(content, kind, fields)
    return {"content": base64.b64encode(made).decode("ascii")}


def _ordered(order: Mapping[str, Any]) -> tuple[Maker, bytes, LetterKind]:
    try:
        maker = cast("Maker", import_module(_PRESSES[LetterFormat(order["format"])]))
    except OSError:  # a library of the system, such as Pango, that is not there
        raise Faults([Fault(FaultCode.LIBRARY_MISSING)]) from None
    return maker, base64.b64decode(order["content"]), LetterKind(order["kind"])


_TASKS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    "check": _check,
    "render": _render,
}

if __name__ == "__main__":
    main()
