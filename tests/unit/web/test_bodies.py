"""How much a request may carry: a file where one is taken, and a megabyte everywhere else."""

import io
from typing import NoReturn

import pytest
from flask import Flask, request

from casework.errors import DocumentTooLarge
from casework.identity import stranger
from casework.web.bodies import takes
from casework.web.guard import needs
from casework.web.permissions import Permission
from tests.papers import form
from tests.unit.web.house import COUNCIL, OURS, House

MOST = 3 * 1024 * 1024


class Heard(io.BytesIO):
    """A body that knows in how large pieces it was read, and how much of it."""

    largest = 0
    whole = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.largest = max(self.largest, len(found))
        self.whole += len(found)
        return found


def taking(app: Flask) -> None:
    @app.post("/fichier")
    @needs(Permission.HOME_SEE)
    @takes(MOST, DocumentTooLarge)
    def take() -> str:
        return str(sum(len(one.read()) for one in request.files.values()))

    @app.post("/texte")
    @needs(Permission.HOME_SEE)
    def write() -> str:
        return str(len(request.form))


def sent(path: str, size: int) -> tuple[int, str]:
    client = House(taking).client()
    told = form(bytes(size), csrf_token=client.get("/token").text)
    answer = client.post(path, headers=OURS, **told)
    return answer.status_code, answer.text


def test_a_route_that_takes_a_file_takes_it_and_the_others_do_not() -> None:
    assert sent("/fichier", 2 << 20) == (200, str(2 << 20))
    assert sent("/texte", 2 << 20)[0] == 413


def test_a_file_announced_too_large_is_refused_in_words_and_passes_by_unkept() -> None:
    body, client = Heard(bytes(21 << 20)), House(taking).client()
    answer = client.post(
        "/fichier",
        input_stream=body,
        content_type="multipart/form-data; boundary=x",
        headers=OURS,
    )
    assert answer.status_code == 413
    assert (body.largest, body.whole) == (64 * 1024, 21 << 20)
    assert "Ce fichier dépasse 20\xa0Mo" in answer.text


def test_a_stranger_is_told_to_sign_in_and_their_file_passes_by_unkept() -> None:
    house, body = House(taking), Heard(bytes(21 << 20))
    house.who = stranger(COUNCIL)
    answer = house.client().post(
        "/fichier",
        input_stream=body,
        content_type="multipart/form-data; boundary=x",
        headers=OURS,
    )
    assert (answer.status_code, body.largest) == (401, 64 * 1024)
    assert "Votre session est terminée" in answer.text


def test_what_is_far_too_large_is_cut_off() -> None:
    body, client = Heard(bytes(65 << 20)), House(taking).client()
    kind = "multipart/form-data; boundary=x"
    client.post("/fichier", input_stream=body, content_type=kind, headers=OURS)
    assert body.whole == 64 << 20


def test_no_file_of_a_request_ever_touches_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a file was written down")

    for name in ("tempfile.TemporaryFile", "werkzeug.formparser.SpooledTemporaryFile"):
        monkeypatch.setattr(name, refuse)
    assert sent("/fichier", 2 << 20)[0] == 200
