"""Documents against whoever holds the machine: nothing in clear, nothing opens out of its place."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.verify import Extent, verify
from casework.charters.vocabulary import CompartmentClass
from casework.errors import AuditGap, CaseworkError
from casework.identity import Reason
from tests.integration.documents.conftest import Shelf, change
from tests.office import office_of
from tests.papers import SECRET, noisy, photograph
from tests.planted import Planted
from tests.stored import dump, files, opened_leaves
from tests.town import COUNCIL, Town

TITLE: Final = "Attestation du docteur Ouistiqueval"
_WINDOW: Final = 24
_STEP: Final = 499


@pytest.fixture
def shelf(town: Town) -> Shelf:
    return Shelf.of(town)


def read(shelf: Shelf, document_id: UUID) -> bytes:
    who = shelf.town.who("school")
    return shelf.service.read(who, Reason.DUTY, shelf.case_id, document_id).content


def pieces_of(content: bytes) -> list[bytes]:
    """Return runs of a content that stand in no other file by chance."""
    return [content[at : at + _WINDOW] for at in range(5000, len(content) - _WINDOW, _STEP)]


def test_nothing_of_a_document_is_in_clear_anywhere(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = noisy(200)
    added = shelf.add(title=TITLE, content=sent)
    kept = read(shelf, added)
    desk = office_of(shelf.town, tmp_path).at("school")
    url = f"/situations/{shelf.case_id}/documents"
    told = [desk.get(url), desk.get(f"{url}/{added}")]
    stored = {
        **dump(shelf.town.runtime.stores.main),
        **dump(shelf.town.keystore),
        **files(tmp_path),
    }
    stored |= {f"leaf {number}": leaf for number, leaf in enumerate(opened_leaves(shelf.town))}
    stored |= {"log": caplog.text.encode(), "headers": str([one.headers for one in told]).encode()}
    words = Planted.of([TITLE, "Ouistiqueval", "Attestation.pdf"])
    assert {name for name, held in stored.items() if words.found_in(held)} == set()
    runs = [*pieces_of(kept), *pieces_of(sent)]
    assert len(runs) > 100
    found = {name for name, held in stored.items() if any(run in held for run in runs)}
    assert found == set()
    assert any(run in told[1].data for run in runs)


def test_the_search_would_see_a_document_in_clear(shelf: Shelf) -> None:
    content = noisy(400)
    shelf.add(title=TITLE)
    change(shelf.town, "UPDATE documents SET name_sealed = :v", v=TITLE.encode())
    change(shelf.town, "UPDATE document_pieces SET piece_sealed = :v WHERE number = 1", v=content)
    stored = b"".join(dump(shelf.town.runtime.stores.main).values())
    assert Planted.of([TITLE]).found_in(stored)
    assert pieces_of(content)[0] in stored


def _swap(column: str) -> Callable[[Town, UUID, UUID], None]:
    def move(town: Town, mine: UUID, theirs: UUID) -> None:
        change(
            town,
            f"UPDATE documents SET {column} = (SELECT o.{column} FROM documents o"
            " WHERE o.id = :theirs) WHERE id = :mine",
            mine=_raw(town, mine),
            theirs=_raw(town, theirs),
        )

    return move


def _piece(number: int, there: int, of: str) -> Callable[[Town, UUID, UUID], None]:
    def move(town: Town, mine: UUID, theirs: UUID) -> None:
        change(
            town,
            "UPDATE document_pieces SET piece_sealed = (SELECT o.piece_sealed FROM document_pieces"
            f" o WHERE o.document_id = :source AND o.number = {there})"
            f" WHERE document_id = :mine AND number = {number}",
            mine=_raw(town, mine),
            source=_raw(town, mine if of == "mine" else theirs),
        )

    return move


def _whole_stream(town: Town, mine: UUID, theirs: UUID) -> None:
    """Hang all the pieces of one document under the other."""
    both = {"mine": _raw(town, mine), "theirs": _raw(town, theirs)}
    change(town, "DELETE FROM document_pieces WHERE document_id = :mine", mine=both["mine"])
    change(
        town, "UPDATE document_pieces SET document_id = :mine WHERE document_id = :theirs", **both
    )


def _cut(town: Town, mine: UUID, _: UUID) -> None:
    change(
        town,
        "DELETE FROM document_pieces WHERE document_id = :mine AND number = (SELECT max(number)"
        " FROM document_pieces WHERE document_id = :mine)",
        mine=_raw(town, mine),
    )


def _turn(town: Town, mine: UUID, _: UUID) -> None:
    """Change the order of the pieces: numbers are no secret."""
    for old, new in ((1, 91), (2, 1), (91, 2)):
        change(
            town,
            f"UPDATE document_pieces SET number = {new} WHERE number = {old}"
            " AND document_id = :mine",
            mine=_raw(town, mine),
        )


def _raw(town: Town, value: UUID) -> object:
    return value if town.runtime.stores.main.on_postgresql else value.bytes


@pytest.mark.parametrize(
    "attack",
    [
        _swap("key_sealed"),
        _swap("kind_sealed"),
        _piece(0, 0, "theirs"),
        _piece(1, 1, "theirs"),
        _piece(1, 2, "mine"),
        _whole_stream,
        _cut,
        _turn,
    ],
    ids=["key", "kind", "header", "piece", "repeated", "stream", "cut", "order"],
)
def test_whatever_is_moved_by_sql_no_document_opens_elsewhere(
    shelf: Shelf, attack: Callable[[Town, UUID, UUID], None]
) -> None:
    mine, theirs = (shelf.add(content=content) for content in _two())
    assert read(shelf, mine) != read(shelf, theirs)
    attack(shelf.town, mine, theirs)
    with pytest.raises(CaseworkError) as refused:
        read(shelf, mine)
    assert refused.value.code == "content-unavailable"
    town = shelf.town
    keys = town.runtime.register_keys.of(COUNCIL)
    checked = verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True))
    places = {"documents", "document_pieces"}
    found = {fault.where.partition(".")[0] for fault in checked.faults}
    assert found <= places
    assert found or attack in {_turn, _whole_stream}


def _two() -> tuple[bytes, bytes]:
    return noisy(1100), noisy(1101)


def test_no_document_opens_without_the_receipt_of_its_own_part(shelf: Shelf) -> None:
    added, town = shelf.add(), shelf.town
    documents = shelf.service.documents
    with town.runtime.ledger.consult(town.who("school"), Reason.DUTY) as work:
        part = shelf.service.part.load(work, shelf.case_id, CompartmentClass.ATTACHMENTS)
        row = documents.one(work, shelf.case_id, added)
        pieces = documents.pieces(work, row)
        work.record(Entry(Act.CASE_READ, shelf.case_id))
    with pytest.raises(AuditGap):
        documents.open(work.receipt, [row], part.held)
    with pytest.raises(AuditGap):
        documents.whole(work.receipt, row, pieces, part.held)


def test_what_a_photograph_tells_is_nowhere_after_it_was_sent(shelf: Shelf) -> None:
    added = shelf.add(content=photograph())
    assert SECRET.encode() not in read(shelf, added)
    assert SECRET.encode() not in b"".join(dump(shelf.town.runtime.stores.main).values())
