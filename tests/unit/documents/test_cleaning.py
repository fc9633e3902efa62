"""Files rewritten: what is seen of them stays, and nothing else does."""

import io
from typing import cast

import pikepdf
import pytest
from PIL import Image

from casework.documents.cleaning.__main__ import answer, rewritten
from casework.documents.cleaning.photographs import without_metadata
from casework.documents.cleaning.unclean import Unclean
from casework.documents.values import DocumentKind, Refusal
from tests.papers import (
    SECRET,
    UNPACKED,
    WORDS,
    armed_pdf,
    bomb_pdf,
    drawing,
    everything_in,
    filled_form,
    opened,
    paper,
    photograph,
    photograph_in_paper,
    plain_pdf,
    written,
)

_ARCHIVE = b"PK\x05\x06" + bytes(18)
"""The end of an empty zip, by which a reader of archives knows one."""


def made_of(content: bytes) -> bytes:
    return rewritten(content)[1]


def why(content: bytes) -> Refusal:
    with pytest.raises(Unclean) as refused:
        rewritten(content)
    return refused.value.why


def test_of_an_armed_pdf_the_page_is_left_and_nothing_that_acts_or_tells() -> None:
    assert SECRET.encode() in everything_in(armed_pdf())
    made = made_of(armed_pdf())
    whole = everything_in(made)
    assert WORDS.encode("latin-1") in whole
    assert SECRET.encode() not in whole
    for word in (b"JavaScript", b"/JS", b"/AA", b"Launch", b"/URI", b"EmbeddedFile", b"/Annots"):
        assert word not in whole
    with opened(made) as pdf:
        assert set(pdf.Root.keys()) == {"/Pages", "/Type"}
        assert "/Info" not in pdf.trailer


def test_what_was_filled_into_a_form_is_drawn_and_the_form_is_gone() -> None:
    made = everything_in(made_of(filled_form("REPONSEVISIBLE")))
    assert b"REPONSEVISIBLE" in made
    for word in (b"AcroForm", b"/Widget", b"XFA", SECRET.encode()):
        assert word not in made


def test_a_photograph_in_a_pdf_no_longer_says_where_it_was_taken() -> None:
    assert SECRET.encode() in photograph_in_paper()
    made = made_of(photograph_in_paper())
    assert SECRET.encode() not in made
    assert b"Exif" not in made
    with opened(made) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert pikepdf.PdfImage(cast("pikepdf.Stream", image)).as_pil_image().size == (60, 40)


def test_points_of_a_photograph_without_metadata_are_the_same() -> None:
    before, after = (Image.open(io.BytesIO(one)) for one in _with_and_without())
    assert before.tobytes() == after.tobytes()
    assert not after.getexif()


def _with_and_without() -> tuple[bytes, bytes]:
    return photograph(), without_metadata(photograph())


def test_a_layer_that_was_hidden_stays_so() -> None:
    made = paper()
    layer = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="caché"))
    hidden = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    layers = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=hidden)
    made.Root.OCProperties = made.make_indirect(layers)
    made.pages[0].Resources.Properties = pikepdf.Dictionary(MC0=layer)
    drawn = b"/OC /MC0 BDC BT /F1 9 Tf (cache) Tj ET EMC"
    made.pages[0].Contents = made.make_stream(drawn)
    with opened(made_of(written(made))) as pdf:
        (off,) = pdf.Root.OCProperties.D.OFF
        assert off.objgen == pdf.pages[0].Resources.Properties.MC0.objgen


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_pdf_is_refused_whoever_its_password_keeps_out(user: str) -> None:
    locked = pikepdf.Encryption(owner="autre", user=user)
    assert why(written(paper(), encryption=locked)) is Refusal.ENCRYPTED


def test_a_form_that_only_one_reader_draws_is_refused_rather_than_emptied() -> None:
    made = paper()
    made.Root.NeedsRendering = True
    assert why(written(made)) is Refusal.FORM


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bomb_pdf()[:5] == made_of(bomb_pdf())[:5]
    monkeypatch.setattr("casework.documents.cleaning.expanding.MOST_UNPACKED", UNPACKED - 1)
    assert why(bomb_pdf()) is Refusal.EXPANDS
    assert why(written(paper(pages=301))) is Refusal.PAGES
    assert why(drawing("1", (9000, 9000))) is Refusal.PIXELS


def test_an_image_that_says_it_is_immense_is_refused_within_a_pdf_too() -> None:
    made = paper()
    vast = made.make_stream(b"", Subtype=pikepdf.Name.Image, Width=1 << 20, Height=1 << 20)
    made.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=vast)
    assert why(written(made)) is Refusal.EXPANDS


def test_more_objects_than_a_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.documents.cleaning.papers.MOST_OBJECTS", 50)
    assert why(written(paper(pages=60))) is Refusal.EXPANDS


@pytest.mark.parametrize("content", [plain_pdf(), photograph(), drawing()])
def test_what_was_hung_on_the_end_of_a_file_is_gone(content: bytes) -> None:
    made = made_of(content + b"<script>" + SECRET.encode() + b"</script>" + _ARCHIVE)
    assert SECRET.encode() not in made
    assert _ARCHIVE not in made


def test_an_archive_hidden_in_a_photograph_of_a_pdf_is_refused() -> None:
    made = paper()
    held = made.make_stream(b"", Subtype=pikepdf.Name.Image, Width=1, Height=1)
    held.write(b"\xff\xd8\xff\xda\x00\x02" + _ARCHIVE, filter=pikepdf.Name.DCTDecode)
    made.pages[0].Resources.XObject = pikepdf.Dictionary(Im0=held)
    made.pages[0].Contents = made.make_stream(b"/Im0 Do")
    assert why(written(made)) is Refusal.HIDDEN


def test_a_photograph_stands_upright_and_tells_nothing() -> None:
    kind, made = rewritten(photograph())
    seen = Image.open(io.BytesIO(made))
    assert (kind, seen.format, seen.size) == (DocumentKind.JPEG, "JPEG", (40, 60))
    assert not seen.getexif()
    assert not {"comment", "exif", "icc_profile", "photoshop"} & set(seen.info)
    assert SECRET.encode() not in made


@pytest.mark.parametrize(
    ("mode", "kept"), [("RGBA", "RGBA"), ("P", "RGB"), ("1", "L"), ("LA", "RGBA"), ("I;16", "L")]
)
def test_drawings_keep_their_colours_and_their_holes(mode: str, kept: str) -> None:
    assert Image.open(io.BytesIO(made_of(drawing(mode)))).mode == kept


def test_sixteen_bits_of_grey_are_not_washed_out() -> None:
    made = io.BytesIO()
    Image.new("I;16", (4, 4), 128 * 256).save(made, "PNG")
    assert Image.open(io.BytesIO(made_of(made.getvalue()))).getpixel((0, 0)) == 128


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 rien de plus",
        b"\xff\xd8\xff\xe0" + bytes(200),
        drawing()[:60],
        b"\x89PNG\r\n\x1a\n" + b"<svg onload='alert(1)'/>",
    ],
)
def test_what_does_not_open_is_said_to_be_damaged(content: bytes) -> None:
    assert why(content) is Refusal.DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
        b"PK\x03\x04" + bytes(40),
        b"<html><script>alert(1)</script></html>",
        b"\n%PDF-1.7\n",
        b"MZ" + bytes(60),
    ],
)
def test_anything_else_is_not_taken_whatever_it_is_called(content: bytes) -> None:
    assert answer(content) == b"no kind\n"
