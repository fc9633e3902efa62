"""Files as people, and others, send them: harmless, telling too much, or meant to do harm."""

import io
import zlib
from dataclasses import replace
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from casework.documents.cleaning.__main__ import answer
from casework.documents.laundry import Laundry, read_answer
from casework.documents.reception import Reception
from casework.documents.service import DocumentService
from casework.documents.values import Clean, Refusal
from tests.town import Town

WORDS: Final = "Convocation inventée du collège des Nuages-Distraits"
SECRET: Final = "TROUBADOURVERT"
"""A word that stands in what is to be taken out, and nowhere else."""


UNPACKED: Final = 1 << 23
"""What the bomb unpacks to."""


class HereLaundry(Laundry):
    """Rewrites in this very process: what a child would write, without its half second."""

    def wash(self, content: bytes) -> Clean | Refusal:
        return read_answer(answer(content))


def here(town: Town) -> DocumentService:
    """Return the documents of a town, whose children are this very process."""
    made = town.runtime.documents
    service = replace(made, reception=Reception(made.reception.scanner, HereLaundry()))
    vars(town.runtime)["documents"] = service
    return service


def paper(words: str = WORDS, pages: int = 1) -> Pdf:
    """Return a PDF with one line on each page."""
    made = Pdf.new()
    font = made.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for number in range(pages):
        made.add_blank_page(page_size=(595, 842))
        drawn = f"BT /F1 12 Tf 72 770 Td ({words} {number}) Tj ET".encode("latin-1")
        made.pages[-1].Contents = made.make_stream(drawn)
        made.pages[-1].Resources = Dictionary(Font=Dictionary(F1=font))
    return made


def written(made: Pdf, **options: Any) -> bytes:
    """Return a PDF as its file."""
    whole = io.BytesIO()
    made.save(whole, **options)
    return whole.getvalue()


def plain_pdf(words: str = WORDS) -> bytes:
    """Return a small harmless PDF."""
    return written(paper(words))


def action(kind: str, **more: Any) -> Dictionary:
    """Return an action that a reader would run."""
    return Dictionary(S=Name(f"/{kind}"), **more)


def armed_pdf() -> bytes:
    """Return a PDF with all that runs, leads outside, or tells of its author."""
    made = paper()
    made.Root.OpenAction = action("JavaScript", JS=f"app.alert('{SECRET}')")
    made.Root.AA = Dictionary(WC=action("Launch", F=f"/bin/{SECRET}"))
    made.attachments[f"{SECRET}.zip"] = b"PK\x03\x04" + SECRET.encode()
    link = action("URI", URI=f"http://{SECRET}.example/")
    page = made.pages[0]
    page.AA = Dictionary(O=action("SubmitForm", F=f"http://{SECRET}.example/"))
    page.PieceInfo = Dictionary(Own=Dictionary(Private=SECRET))
    page.Annots = Array([made.make_indirect(_annotation("Link", A=link))])
    with made.open_metadata() as told:
        told["dc:title"] = SECRET
    made.docinfo["/Author"] = SECRET
    made.Root.Names.JavaScript = Dictionary(Names=Array(["run", action("JavaScript", JS=SECRET)]))
    return written(made)


def _annotation(kind: str, **more: Any) -> Dictionary:
    box = Array([72, 700, 200, 720])
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=box, F=4, **more)


def filled_form(said: str) -> bytes:
    """Return a PDF whose one field was filled in."""
    made = paper()
    field = made.make_indirect(
        _annotation("Widget", FT=Name.Tx, T="nom", V=said, DA="/F1 12 Tf 0 g", Parent=None)
    )
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        DR=Dictionary(Font=made.pages[0].Resources.Font),
        DA="/F1 12 Tf 0 g",
        NeedAppearances=True,
        XFA=made.make_stream(f"<xdp>{SECRET}</xdp>".encode()),
    )
    return written(made)


def bomb_pdf() -> bytes:
    """Return a small PDF with a stream that unpacks to more than anybody needs."""
    made, machine = paper(), zlib.compressobj(9)
    packed = machine.compress(bytes(UNPACKED)) + machine.flush()
    held = made.make_stream(b"")
    held.write(packed, filter=Name.FlateDecode)
    made.pages[0].Resources.XObject = Dictionary(X=held)
    return written(made)


def photograph(size: tuple[int, int] = (60, 40)) -> bytes:
    """Return a JPEG that tells where, with what and how it was taken, and says a word more."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = SECRET, 6
    exif[0x8825] = {1: "N", 2: (48.0, 35.0, 0.0), 3: "E", 4: (7.0, 45.0, 0.0)}
    told = io.BytesIO()
    seen = Image.new("RGB", size, (200, 30, 30))
    seen.save(told, "JPEG", exif=exif, comment=f"<script>{SECRET}</script>".encode())
    return told.getvalue()


def drawing(mode: str = "RGBA", size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a PNG."""
    made = io.BytesIO()
    Image.new(mode, size).save(made, "PNG")
    return made.getvalue()


def noisy(side: int = 1400) -> bytes:
    """Return a PNG that does not pack: of several pieces once it is sealed."""
    made = io.BytesIO()
    Image.effect_noise((side, side), 90).save(made, "PNG")
    return made.getvalue()


def photograph_in_paper() -> bytes:
    """Return a PDF that shows a photograph, with all that its camera said."""
    made, taken = paper(), photograph()
    held = made.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip
    held.write(taken, filter=Name.DCTDecode)
    page = made.pages[0]
    page.Resources.XObject = Dictionary(Im0=held)
    page.Contents = made.make_stream(b"q 60 0 0 40 72 600 cm /Im0 Do Q")
    return written(made)


def opened(content: bytes) -> Pdf:
    """Open a PDF to look into it."""
    return pikepdf.open(io.BytesIO(content))


def everything_in(content: bytes) -> bytes:
    """Return all that a PDF says, unpacked."""
    with opened(content) as pdf:
        return written(
            pdf,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )


def form(content: bytes, filename: str = "a.pdf", **fields: str) -> dict[str, Any]:
    """Return a form with a file as a browser sends it; werkzeug's own would use a file for it."""
    parts = [_part(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts.append(_part(f'name="file"; filename="{filename}"', content))
    body = b"".join([*parts, b"--frontiere--\r\n"])
    return {
        "input_stream": io.BytesIO(body),
        "content_type": "multipart/form-data; boundary=frontiere",
    }


def _part(name: str, value: bytes) -> bytes:
    head = f"--frontiere\r\nContent-Disposition: form-data; {name}\r\n\r\n"
    return head.encode() + value + b"\r\n"
