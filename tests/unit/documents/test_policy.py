"""Rules of documents, as values."""

from uuid import UUID

import pytest

from casework.documents.policy import filename, kind_of, may_remove, name_of, number_after
from casework.documents.values import DocumentKind, Refusal
from casework.documents.words import REFUSED

MINE, THEIRS = UUID(int=1), UUID(int=2)


def test_a_document_is_what_its_first_bytes_say() -> None:
    assert kind_of(b"%PDF-1.7") is DocumentKind.PDF
    assert kind_of(b"\xff\xd8\xff\xe0") is DocumentKind.JPEG
    assert kind_of(b"\x89PNG\r\n\x1a\n") is DocumentKind.PNG
    assert kind_of(b" %PDF-1.7") is None


@pytest.mark.parametrize(
    ("title", "file", "name"),
    [
        ("  Un  intitulé ", "a.pdf", "Un intitulé"),
        ("", "C:\\Users\\inventé\\Attestation.PDF", "Attestation"),
        ("", "../../etc/attestation.2026.pdf", "attestation.2026"),
        ("", "\u202egnp.exe\x00.png", "gnp.exe"),
        ("", "releve_de_presence.pdf", "releve de presence"),
        ("tel_quel", "a.pdf", "tel_quel"),
        ("", "", ""),
        ("x" * 500, "", "x" * 120),
    ],
)
def test_a_document_is_called_as_typed_else_as_its_file(title: str, file: str, name: str) -> None:
    assert name_of(title, file) == name


def test_a_browser_saves_it_under_a_plain_name() -> None:
    assert filename("SN-2026-014", 3, DocumentKind.JPEG) == "SN-2026-014-piece-3.jpg"
    assert filename('é"\r\n; x=', 1, DocumentKind.PDF) == "x-piece-1.pdf"
    assert filename(None, 2, DocumentKind.PNG) == "saisine-piece-2.png"


def test_its_service_and_the_coordination_take_it_away() -> None:
    assert may_remove(MINE, MINE, coordinator=False)
    assert may_remove(MINE, THEIRS, coordinator=True)
    assert not may_remove(MINE, THEIRS, coordinator=False)
    assert not may_remove(None, THEIRS, coordinator=False)


def test_numbers_go_on_until_the_case_is_full() -> None:
    assert number_after([]) == 1
    assert number_after([1, 7]) == 8
    assert number_after(range(1, 41)) is None


def test_every_refusal_that_a_sender_meets_has_its_sentence() -> None:
    assert set(Refusal) - set(REFUSED) == {Refusal.SCANNER}
