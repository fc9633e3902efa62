"""Documents of a case: who adds, reads and removes them, what is written down, what stays shut."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from casework.audit.actions import Act, Outcome
from casework.audit.lines import Asked
from casework.audit.verify import Extent, verify
from casework.documents.policy import filename
from casework.documents.values import MOST_OF_CASE, DocumentKind
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason
from casework.keys.values import Withheld
from tests.gathering import close, keep, listed, sweep, visa
from tests.integration.documents.conftest import Shelf, change
from tests.leaving import count, rekey, unname, waits
from tests.papers import WORDS, everything_in, noisy, photograph
from tests.town import COUNCIL, Town


def lines(town: Town, act: Act) -> list[Any]:
    asked = Asked(acts=frozenset({act}))
    return list(town.runtime.register.read(town.who("dpo"), asked).lines)


def saved(shelf: Shelf, body: str, document_id: UUID) -> bytes:
    who = shelf.town.who(body)
    return shelf.service.read(who, Reason.DUTY, shelf.case_id, document_id).content


def verified(town: Town) -> bool:
    keys = town.runtime.register_keys.of(COUNCIL)
    return verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True)).clean


def test_a_document_is_read_as_it_was_kept_and_each_step_leaves_its_leaf(shelf: Shelf) -> None:
    added = shelf.add(title="Certificat inventé")
    town, case_id = shelf.town, shelf.case_id
    listed_ = shelf.service.listed(town.who("coordination"), Reason.DUTY, case_id)
    (one,) = listed_.documents
    assert (one.id, one.number, one.name, one.kind) == (added, 1, "Certificat inventé", "pdf")
    read = shelf.service.read(town.who("coordination"), Reason.DUTY, case_id, added)
    name = filename(listed_.file.head.reference, 1, DocumentKind.PDF)
    assert (read.filename, read.kind, len(read.content)) == (name, "pdf", int(str(one.size)))
    assert WORDS.encode("latin-1") in everything_in(read.content)
    shelf.service.remove(town.who("coordination"), Reason.DUTY, case_id, added)
    for act in (Act.DOCUMENT_ADDED, Act.DOCUMENT_READ, Act.DOCUMENT_REMOVED):
        (line,) = lines(town, act)
        assert (line.case_id, dict(line.detail)["document"]) == (case_id, str(added))
        assert line.article
    assert verified(town)


def test_names_open_with_the_receipt_of_reading_the_case_and_no_other_leaf(shelf: Shelf) -> None:
    shelf.add()
    before = len(lines(shelf.town, Act.CASE_READ))
    shelf.service.listed(shelf.town.who("school"), Reason.DUTY, shelf.case_id)
    assert len(lines(shelf.town, Act.CASE_READ)) == before + 1
    assert lines(shelf.town, Act.DOCUMENT_READ) == []


def test_several_pieces_come_back_in_their_order(shelf: Shelf) -> None:
    added = shelf.add(content=noisy())
    assert count(shelf.town, "document_pieces") > 2
    content = saved(shelf, "school", added)
    assert content.startswith(b"\x89PNG")
    assert len(content) > 1 << 20
    assert verified(shelf.town)


def test_the_parts_of_the_case_are_made_once_for_those_who_read_the_sheet(shelf: Shelf) -> None:
    first, second = shelf.add("school"), shelf.add("coordination")
    town = shelf.town
    assert count(town, "compartments", "compartment_class = 'attachments'") == 1
    assert saved(shelf, "coordination", first)
    assert saved(shelf, "school", second)
    town.name(shelf.case_id, "landlord")
    assert saved(shelf, "landlord", first)


def test_whom_nobody_named_finds_nothing_to_read_add_or_remove(shelf: Shelf) -> None:
    added, police = shelf.add(), shelf.town.who("police")
    case_id, service = shelf.case_id, shelf.service
    for attempt in (
        lambda: service.listed(police, Reason.DUTY, case_id),
        lambda: service.read(police, Reason.DUTY, case_id, added),
        lambda: service.remove(police, Reason.DUTY, case_id, added),
        lambda: shelf.add("police"),
    ):
        with pytest.raises(AccessDenied):
            attempt()
    refused = [one for one in lines(shelf.town, Act.ACCESS_REFUSED) if one.case_id == case_id]
    assert len(refused) == 4


def test_whom_the_charter_lets_add_nothing_has_no_file_looked_at(shelf: Shelf) -> None:
    class Never:
        def receive(self, content: bytes) -> None:
            raise AssertionError(len(content))

    service = replace(shelf.service, reception=Never())  # type: ignore[arg-type]
    with pytest.raises(AccessDenied):
        replace(shelf, service=service).add("police")


def test_a_document_of_another_case_is_not_there(shelf: Shelf) -> None:
    added, other = shelf.add(), shelf.town.refer()
    shelf.town.follow(other)
    shelf.town.name(other, "school")
    with pytest.raises(AccessDenied):
        shelf.service.read(shelf.town.who("school"), Reason.DUTY, other, added)


def test_only_its_own_service_and_the_coordination_take_a_document_away(shelf: Shelf) -> None:
    mine, theirs = shelf.add("school"), shelf.add("coordination")
    school, case_id = shelf.town.who("school"), shelf.case_id
    with pytest.raises(AccessDenied):
        shelf.service.remove(school, Reason.DUTY, case_id, theirs)
    assert shelf.service.listed(school, Reason.DUTY, case_id).removable == {mine}
    shelf.service.remove(school, Reason.DUTY, case_id, mine)
    shelf.service.remove(shelf.town.who("coordination"), Reason.DUTY, case_id, theirs)
    assert (count(shelf.town, "documents"), count(shelf.town, "document_pieces")) == (0, 0)


def test_an_organisation_without_the_key_sees_that_a_document_is_reserved(shelf: Shelf) -> None:
    added, town = shelf.add("coordination"), shelf.town
    held = "compartment_id IN (SELECT id FROM compartments WHERE compartment_class='attachments')"
    for table in ("rings", "grants"):
        change(town, f"DELETE FROM {table} WHERE {held}")
    school = town.who("school")
    (one,) = shelf.service.listed(school, Reason.DUTY, shelf.case_id).documents
    assert [one.name, one.kind, one.size] == [Withheld("no-key")] * 3
    with pytest.raises(Exception, match="no-key"):
        shelf.service.read(school, Reason.DUTY, shelf.case_id, added)


@pytest.mark.parametrize(("content", "code"), [(b"", "empty"), (b"GIF89a", "kind")])
def test_a_file_that_is_refused_says_why_and_leaves_a_leaf(
    shelf: Shelf, content: bytes, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        shelf.add(content=content)
    assert refused.value.fields["file"]
    (line,) = lines(shelf.town, Act.DOCUMENT_REFUSED)
    assert (line.outcome, line.case_id) == (Outcome.REFUSED, shelf.case_id)
    assert dict(line.detail)["code"] == code
    assert count(shelf.town, "documents") == 0


def test_a_case_has_so_many_documents_and_no_more(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.documents.policy.MOST_OF_CASE", 2)
    shelf.add()
    shelf.add()
    with pytest.raises(InvalidInput, match="file"):
        shelf.add()
    assert (count(shelf.town, "documents"), MOST_OF_CASE) == (2, 40)


def test_documents_open_after_their_compartment_has_a_new_key(shelf: Shelf) -> None:
    added, town = shelf.add(content=noisy()), shelf.town
    before = saved(shelf, "school", added)
    town.name(shelf.case_id, "landlord")
    saved(shelf, "landlord", added)
    unname(town, shelf.case_id, "landlord")
    later = shelf.add("coordination", "Après le départ")
    rekey(town)
    assert waits(town) == (0, 0)
    assert saved(shelf, "school", added) == before
    assert saved(shelf, "school", later)
    with pytest.raises(AccessDenied):
        saved(shelf, "landlord", added)
    assert verified(town)


def test_an_erased_case_takes_its_documents_with_it(shelf: Shelf) -> None:
    town = shelf.town
    shelf.add(content=noisy())
    keep(town, shelf.case_id)
    visa(town, listed(town, shelf.case_id))
    sweep(town)
    assert [count(town, one) for one in ("cases", "documents", "document_pieces")] == [0, 0, 0]
    assert verified(town)


def test_a_closed_case_gives_its_documents_after_a_typed_reason_alone(shelf: Shelf) -> None:
    added, town = shelf.add(), shelf.town
    keep(town, shelf.case_id)
    close(town, shelf.case_id)
    with pytest.raises(Exception, match="no reason typed"):
        saved(shelf, "coordination", added)
    stating, who = town.runtime.safeguards.stating, town.who("coordination")
    stating.state(who, Reason.DUTY, shelf.case_id, "La famille inventée redemande ce papier")
    assert saved(shelf, "coordination", added)
    assert "words" in dict(lines(town, Act.DOCUMENT_READ)[-1].detail)


def test_photographs_are_kept_bare(shelf: Shelf) -> None:
    added = shelf.add(content=photograph())
    assert b"Exif" not in saved(shelf, "school", added)
