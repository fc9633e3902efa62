"""What the API is given by those who build it: memory of keys, and the seal of cursors."""

from dataclasses import dataclass
from typing import Final, Protocol, cast

from flask import Flask, current_app

from casework.web.api.repeats import Repeats

_EXTENSION: Final = "casework.api"


class Cursors(Protocol):
    """Seals where a list goes on; `bound` says whose list it is, and which."""

    def seal(self, place: str, bound: tuple[str, ...]) -> str:
        """Return an opaque text, fit for an address."""
        ...

    def open(self, cursor: str, bound: tuple[str, ...]) -> str:
        """Return the place. Raises `SealBroken` for another person or another list."""
        ...


@dataclass(frozen=True, slots=True)
class ApiEdges:
    """What the API cannot make for itself."""

    repeats: Repeats
    cursors: Cursors


def keep(app: Flask, given: ApiEdges) -> None:
    """Remember them for every request."""
    app.extensions[_EXTENSION] = given


def edges() -> ApiEdges:
    """Return them."""
    return cast("ApiEdges", current_app.extensions[_EXTENSION])
