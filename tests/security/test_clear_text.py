"""Nothing told in confidence is in clear anywhere; and the search would see it if it were."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from casework.audit.work import Work
from casework.crypto.envelope import ColumnKey
from casework.crypto.padding import unpad
from casework.keys.member_keys import DraftKey
from tests.integration.api.program import V1, Program, referral_body
from tests.office import Desk, Office, office_of
from tests.planted import Planted
from tests.scenery import (
    ADDRESSEE,
    ENQUIRED,
    FACT,
    MAILYS,
    NOTE,
    OUTCOME,
    REPLIED,
    REPORTER,
    WORDS,
    Scene,
    planted,
    set_scene,
)
from tests.stored import dump, files, opened_leaves
from tests.town import COMMUNE, Town

LISTS = ("/", "/situations", "/situations?etat=closes", "/saisines", "/saisines/nouvelle")
MORE_LISTS = ("/actions", "/seances", "/a-traiter", "/dpd/acces", "/dpd/conservation")
ENQUIRIES = ("/dpd/examen", "/dpd/examen/enquetes")
BODIES = ("street_work", "coordination", "police", "dpo", "archives")


@dataclass
class Life:
    """A town that lived for months, and everything it answered on the way."""

    scene: Scene
    home: Path
    office: Office
    said: list[str] = field(default_factory=list)

    @property
    def town(self) -> Town:
        return self.scene.town

    def browse(self) -> None:
        """Open the lists as everybody, a case as some, and leave a draft half written."""
        for body in BODIES:
            desk = self.office.at(body)
            for path in (*LISTS, *MORE_LISTS, *ENQUIRIES, self._enquiry):
                self._hear(path, desk.get(path))
        for body in ("street_work", "coordination", "police"):
            path = f"/situations/{self.scene.cases['followed']}"
            for answer in map(self.office.at(body).get, (path, f"{path}/documents")):
                self.said.append(str(answer.headers))
        _leave_a_draft(self.office.at("street_work"), self.town)

    @property
    def _enquiry(self) -> str:
        return f"/dpd/examen/enquetes/{self.scene.enquiries['answered']}"

    def _hear(self, path: str, answer: TestResponse) -> None:
        title = answer.text.partition("<title>")[2].partition("</title>")[0]
        self.said += [path, title, str(answer.headers)]


def _leave_a_draft(desk: Desk, town: Town) -> None:
    page = desk.get("/saisines/nouvelle")
    begun = desk.press("/saisines/brouillons", page, group_id=str(town.group_id))
    place = begun.headers["Location"]
    first = desk.get(place)
    told = {"family_name": MAILYS.family_name, "address": MAILYS.address, "button": "next"}
    assert desk.post(place, first, **told).status_code == 422
    second = desk.get(f"{place[:-1]}2")
    kept = desk.post(f"{place[:-1]}2/enregistrement", second, fact=FACT, words=NOTE)
    assert kept.status_code == 200


def _live(town: Town, home: Path) -> Life:
    life = Life(set_scene(town), home, office_of(town, home))
    life.browse()
    return life


def leaks(told: Planted, stored: dict[str, bytes]) -> dict[str, list[str]]:
    """Return what was found, by the name of where."""
    found = {name: told.found_in(content) for name, content in stored.items()}
    return {name: words for name, words in found.items() if words}


def test_no_file_no_table_and_no_leaf_tells_anything(town: Town, tmp_path: Path) -> None:
    life = _live(town, tmp_path)
    _files_are_mute(life)
    _tables_are_mute(life)
    _leaves_are_mute(life)


def _files_are_mute(life: Life) -> None:
    kept = files(life.home)
    assert "keys.db" in kept
    assert leaks(planted(), kept) == {}


def _tables_are_mute(life: Life) -> None:
    """A dump decrypts the file: only the sealing of each value is left."""
    stores = life.town.runtime.stores
    tables = dump(stores.main)
    assert "Organisme inventé street_work".encode() in tables["organisations"]
    assert tables["drafts"]
    assert tables["persons"]
    assert tables["enquiries"]
    assert leaks(planted(), tables) == {}
    assert leaks(planted(), dump(stores.keystore_database)) == {}


def _leaves_are_mute(life: Life) -> None:
    parts = b"\n".join(opened_leaves(life.town))
    assert str(life.scene.cases["followed"]).encode() in parts
    assert planted().found_in(parts) == []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_no_log_title_address_or_header_tells_anything(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        life = _live(town, tmp_path)
        life.office.app.logger.info("heard")
    assert "heard" in caplog.text
    assert planted().found_in(caplog.text) == []
    assert planted().found_in("\n".join(life.said)) == []


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_no_error_of_the_api_repeats_what_was_sent(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    program = Program(town, office_of(town, tmp_path).app)
    with caplog.at_level(logging.DEBUG):
        answers = list(_mistakes(program))
    assert [one.status_code for one in answers if one.status_code < 400] == []
    for answer in answers:
        assert planted().found_in(answer.data) == []
        assert planted().found_in(str(answer.headers)) == []
    assert planted().found_in(caplog.text) == []


def _mistakes(program: Program) -> Iterator[TestResponse]:
    """Send everything wrong, each with something told in confidence."""
    wrong = [
        {"family_name": MAILYS.family_name * 20},
        {"birth_date": "17 mai 2010 environ"},
        {"reason": FACT},
        {"fact": FACT * 20},
        {"group_id": REPORTER},
        {"commune": MAILYS.address},
        {"unforeseen": WORDS},
        {"informed": OUTCOME, "reporter": "\ud800 " + REPORTER},
    ]
    for body in wrong:
        yield program.refer(**body)
    name = MAILYS.family_name
    for place in (f"/cases/{name}", f"/cases?state={name}", f"/cases?cursor={name}", f"/{name}"):
        yield program.get("street_work", place)
    whole = referral_body(program.town, commune=COMMUNE, fact=FACT)
    yield program.ask("street_work", "POST", f"{V1}/referrals", data=str(whole).encode())


def _plain_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch the sealing of fields off: what should be cipher text is the text."""
    monkeypatch.setattr(ColumnKey, "seal", lambda _, plaintext, __, ___: plaintext)
    monkeypatch.setattr(ColumnKey, "open", lambda _, sealed, __: sealed)
    monkeypatch.setattr(ColumnKey, "open_text", lambda _, sealed, __: unpad(sealed).decode())


def _plain_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DraftKey, "seal", lambda _, __, plaintext: plaintext)
    monkeypatch.setattr(DraftKey, "open", lambda _, __, ___, sealed: sealed)


def test_the_search_sees_fields_that_are_not_sealed(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plain_fields(monkeypatch)
    life = _live(town, tmp_path)
    found = leaks(planted(), dump(town.runtime.stores.main))
    assert set(found) >= {"persons", "referrals", "contributions", "actions", "enquiries"}
    assert {MAILYS.family_name, MAILYS.given_name, MAILYS.address, "2010-05-17"} <= set(
        found["persons"]
    )
    everything = {word for words in found.values() for word in words}
    for text in (FACT, WORDS, REPORTER, NOTE, OUTCOME, ENQUIRED, ADDRESSEE, REPLIED):
        assert any(piece in text for piece in everything), text
    assert life.said


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_search_sees_a_draft_that_is_not_sealed(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plain_drafts(monkeypatch)
    _live(town, tmp_path)
    found = leaks(planted(), dump(town.runtime.stores.main))
    assert set(found) == {"drafts"}
    assert MAILYS.address in found["drafts"]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_search_sees_a_file_that_is_not_encrypted(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plain_fields(monkeypatch)
    set_scene(town)
    assert leaks(planted(), files(tmp_path)) == {}
    with town.runtime.stores.main.engine.connect() as connection:
        connection.exec_driver_sql(f"ATTACH DATABASE '{tmp_path}/plain.db' AS plain KEY ''")
        connection.exec_driver_sql("SELECT sqlcipher_export('plain')").all()
        connection.commit()
    found = leaks(planted(), files(tmp_path))
    assert set(found) == {"plain.db"}
    assert MAILYS.family_name in found["plain.db"]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_search_sees_a_leaf_that_speaks(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Work.record

    def talkative(work: Work, entry: object) -> None:
        honest(work, entry)  # type: ignore[arg-type]
        object.__setattr__(work.entries[-1], "detail", {"name": MAILYS.family_name})

    monkeypatch.setattr(Work, "record", talkative)
    _live(town, tmp_path)
    assert planted().found_in(b"\n".join(opened_leaves(town))) == [MAILYS.family_name]
