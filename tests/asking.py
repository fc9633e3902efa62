"""Questions of presence as a page and a program send them."""

from typing import Any, Final

from werkzeug.test import TestResponse

from tests.integration.api.program import Program
from tests.neighbours import NAMES, Neighbours
from tests.office import Desk

PAGE: Final = "/presence"
TOLD: Final = {"family_name": NAMES[0], "given_name": NAMES[1], "birth_date": "17/05/2010"}
NOBODY: Final = {**TOLD, "given_name": "Océane"}


def ask(desk: Desk, neighbours: Neighbours, **told: str) -> TestResponse:
    group = {"group_id": str(neighbours.west)}
    return desk.press(PAGE, desk.get("/"), **{**TOLD, **group, **told})


def answered(desk: Desk, neighbours: Neighbours, **told: str) -> TestResponse:
    """Ask, and open the page of the answer."""
    sent = ask(desk, neighbours, **told)
    assert sent.status_code == 303
    return desk.get(sent.headers["Location"])


def told_to(program: Program, neighbours: Neighbours, **told: str) -> Any:
    sent = {"group_id": str(neighbours.west), **TOLD, **told}
    return program.post("street_work", "/presence/questions", sent)
