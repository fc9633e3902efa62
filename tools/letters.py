# ruff: noqa: INP001 - a script, not a package
"""Makes the templates that come with the service, for Word and for LibreOffice, from their texts.

    .venv/bin/python tools/letters.py

Change a text in `config/letters/texts/`, then run this: the files beside it are made anew, and
alike each time.
"""

import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from casework.letters.fields import LetterField
from casework.letters.kinds import LetterKind
from casework.letters.wording import PLACE, SHIPPED, BlockKind, Wording, shipped_wording

_FONT = "Liberation Sans"
_MADE = (1980, 1, 1, 0, 0, 0)
_ALONGSIDE = 88


def main() -> int:
    """Write both files of each kind of letter."""
    for kind in LetterKind:
        wording = shipped_wording(kind)
        _write(SHIPPED / f"{kind}.docx", word(wording))
        _write(SHIPPED / f"{kind}.odt", open_text(wording))
    return 0


def _write(path: Path, made: bytes) -> None:
    path.write_bytes(_still(made))
    sys.stdout.write(f"{path.name}\n")


def _still(made: bytes) -> bytes:
    """Return the archive with one date everywhere: the same text makes the same bytes."""
    again = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(again, "w") as new:
        for entry in old.infolist():
            still = zipfile.ZipInfo(entry.filename, _MADE)
            still.compress_type = entry.compress_type
            still.external_attr = 0o644 << 16
            new.writestr(still, old.read(entry))
    return again.getvalue()


# Word


def word(wording: Wording) -> bytes:
    """Return a template for Word: its fields as `{{ destinataire }}`."""
    document = docx.Document()
    _page(document)
    _line(document, "{{ expediteur }}", size=9.5, after=22)
    _line(document, "{{ destinataire }}", left=_ALONGSIDE)
    _line(document, "{{ adresse }}", left=_ALONGSIDE, after=30)
    _line(document, "{{ ville }}, le {{ date }}", left=_ALONGSIDE, after=16)
    _line(document, "Nos références\u00a0: {{ reference }}", size=9, after=2)
    _line(document, f"Objet\u00a0: {wording.subject}", bold=True, after=14)
    for block in wording.blocks:
        _block(document, block.kind, block.text)
    _line(document, "{{ signataire }}", left=_ALONGSIDE, before=26)
    _foot(document)
    told = document.core_properties
    told.author = told.last_modified_by = told.comments = told.title = ""
    told.created = told.modified = datetime(2026, 1, 1, tzinfo=UTC)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(18), Mm(22)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    style.element.rPr.append(language)


def _line(document: Document, text: str, *, bold: bool = False, **points: float) -> Paragraph:
    """Add a paragraph; `size`, `before` and `after` in points, `left` in millimetres."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(points.get("size", 10.5)), bold
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(points.get("before", 0)), Pt(points.get("after", 0))
    shape.left_indent, shape.line_spacing = Mm(points.get("left", 0)), 1.15
    return paragraph


def _block(document: Document, kind: BlockKind, text: str) -> None:
    if kind is BlockKind.HEADING:
        _line(document, text, bold=True, before=10, after=3).paragraph_format.keep_with_next = True
    elif kind is BlockKind.POINT:
        shape = _line(document, f"–\t{text}", after=3).paragraph_format
        shape.left_indent, shape.first_line_indent = Mm(9), Mm(-4)
    else:
        _line(document, text, after=6)


def _foot(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("{{ reference }}\t").font.size = Pt(8)
    for at, code in enumerate(("PAGE", "NUMPAGES")):
        if at:
            paragraph.add_run(" / ").font.size = Pt(8)
        run = paragraph.add_run()
        run.font.size = Pt(8)
        for kind, words in (("begin", ""), ("", code), ("end", "")):
            run._r.append(_field_part(kind, words))  # noqa: SLF001 - python-docx has no fields


def _field_part(kind: str, words: str) -> etree._Element:
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    else:
        part.text = words
    return part


# LibreOffice

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SPACES = {"office": _OFFICE, "text": _TEXT, "style": _STYLE, "fo": _FO}
_MIMETYPE = "application/vnd.oasis.opendocument.text"
_STYLES = {
    "Sender": ({"margin-bottom": "8mm"}, {"font-size": "9.5pt"}),
    "To": ({"margin-left": "88mm"}, {"font-size": "11pt"}),
    "Address": ({"margin-left": "88mm", "margin-bottom": "11mm"}, {"font-size": "11pt"}),
    "Dated": ({"margin-left": "88mm", "margin-bottom": "6mm"}, {}),
    "Reference": ({"margin-bottom": "1mm"}, {"font-size": "9pt"}),
    "Subject": ({"margin-bottom": "5mm"}, {"font-weight": "bold"}),
    "Heading": (
        {"margin-top": "4mm", "margin-bottom": "1mm", "keep-with-next": "always"},
        {"font-weight": "bold"},
    ),
    "Point": ({"margin-left": "9mm", "text-indent": "-4mm", "margin-bottom": "1mm"}, {}),
    "Body": ({"margin-bottom": "2.2mm"}, {}),
    "Signature": ({"margin-left": "88mm", "margin-top": "10mm"}, {}),
    "Foot": ({}, {"font-size": "8pt"}),
}
_OF_BLOCK = {
    BlockKind.HEADING: "Heading",
    BlockKind.POINT: "Point",
    BlockKind.PARAGRAPH: "Body",
}


def open_text(wording: Wording) -> bytes:
    """Return a template for LibreOffice: its fields are user fields, under Insertion > Champ."""
    parts = {
        "content.xml": _content(wording),
        "styles.xml": _styles(),
        "META-INF/manifest.xml": _manifest(),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, etree.tostring(part, encoding="UTF-8", xml_declaration=True))
    return made.getvalue()


def _content(wording: Wording) -> etree._Element:
    root = _office("document-content")
    body = _in(_in(root, _OFFICE, "body"), _OFFICE, "text")
    declared = _in(body, _TEXT, "user-field-decls")
    for name in LetterField:
        _in(declared, _TEXT, "user-field-decl", _attributes(name, {"string-value": f"<{name}>"}))
    for style, text in (
        ("Sender", "{{ expediteur }}"),
        ("To", "{{ destinataire }}"),
        ("Address", "{{ adresse }}"),
        ("Dated", "{{ ville }}, le {{ date }}"),
        ("Reference", "Nos références\u00a0: {{ reference }}"),
        ("Subject", f"Objet\u00a0: {wording.subject}"),
    ):
        _paragraph(body, style, text)
    for block in wording.blocks:
        text = f"–\t{block.text}" if block.kind is BlockKind.POINT else block.text
        _paragraph(body, _OF_BLOCK[block.kind], text)
    _paragraph(body, "Signature", "{{ signataire }}")
    return root


def _attributes(name: LetterField, more: dict[str, str]) -> dict[str, str]:
    told = {f"{{{_OFFICE}}}{key}": value for key, value in more.items()}
    return {f"{{{_TEXT}}}name": name.value, f"{{{_OFFICE}}}value-type": "string", **told}


def _paragraph(body: etree._Element, style: str, text: str) -> etree._Element:
    """Add a paragraph: each `{{ field }}` of its text becomes a user field."""
    made = _in(body, _TEXT, "p", {f"{{{_TEXT}}}style-name": style})
    last: etree._Element | None = None
    at = 0
    for place in PLACE.finditer(text):
        _say(made, last, text[at : place.start()])
        last = _in(made, _TEXT, "user-field-get", {f"{{{_TEXT}}}name": place[1]})
        last.text, at = f"<{place[1]}>", place.end()
    _say(made, last, text[at:])
    return made


def _say(paragraph: etree._Element, last: etree._Element | None, text: str) -> None:
    before, tab, after = text.partition("\t")
    if last is None:
        paragraph.text = before
    else:
        last.tail = before
    if tab:
        _in(paragraph, _TEXT, "tab").tail = after


def _styles() -> etree._Element:
    root = _office("document-styles")
    named = _in(root, _OFFICE, "styles")
    usual = _in(named, _STYLE, "default-style", {f"{{{_STYLE}}}family": "paragraph"})
    language = {f"{{{_FO}}}language": "fr", f"{{{_FO}}}country": "FR"}
    font = {f"{{{_FO}}}font-family": _FONT, f"{{{_FO}}}font-size": "10.5pt"}
    _in(usual, _STYLE, "paragraph-properties", {f"{{{_FO}}}line-height": "120%"})
    _in(usual, _STYLE, "text-properties", {**font, **language})
    for name, (paragraph, letters) in _STYLES.items():
        style = _in(named, _STYLE, "style", _named(name))
        for what, told in (("paragraph", paragraph), ("text", letters)):
            fo = {f"{{{_FO}}}{key}": value for key, value in told.items()}
            _in(style, _STYLE, f"{what}-properties", fo)
    _master(root)
    return root


def _named(name: str) -> dict[str, str]:
    return {f"{{{_STYLE}}}name": name, f"{{{_STYLE}}}family": "paragraph"}


def _master(root: etree._Element) -> None:
    layout = _in(_in(root, _OFFICE, "automatic-styles"), _STYLE, "page-layout")
    layout.set(f"{{{_STYLE}}}name", "A4")
    page = {"page-width": "210mm", "page-height": "297mm", "margin-top": "18mm",
            "margin-bottom": "12mm", "margin-left": "22mm", "margin-right": "22mm"}  # fmt: skip
    fo = {f"{{{_FO}}}{key}": value for key, value in page.items()}
    _in(layout, _STYLE, "page-layout-properties", fo)
    room = _in(_in(layout, _STYLE, "footer-style"), _STYLE, "header-footer-properties")
    room.set(f"{{{_FO}}}min-height", "10mm")
    master = _in(_in(root, _OFFICE, "master-styles"), _STYLE, "master-page")
    master.set(f"{{{_STYLE}}}name", "Standard")
    master.set(f"{{{_STYLE}}}page-layout-name", "A4")
    foot = _paragraph(_in(master, _STYLE, "footer"), "Foot", "{{ reference }} – ")
    _in(foot, _TEXT, "page-number", {f"{{{_TEXT}}}select-page": "current"}).tail = " / "
    _in(foot, _TEXT, "page-count")


def _manifest() -> etree._Element:
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    root.set(f"{{{_MANIFEST}}}version", "1.3")
    types = {"/": _MIMETYPE, "content.xml": "text/xml", "styles.xml": "text/xml"}
    for path, type_ in types.items():
        told = {f"{{{_MANIFEST}}}full-path": path, f"{{{_MANIFEST}}}media-type": type_}
        _in(root, _MANIFEST, "file-entry", told)
    return root


def _office(name: str) -> etree._Element:
    root = etree.Element(f"{{{_OFFICE}}}{name}", nsmap=_SPACES)
    root.set(f"{{{_OFFICE}}}version", "1.3")
    return root


def _in(
    parent: etree._Element, space: str, name: str, told: dict[str, str] | None = None
) -> etree._Element:
    return etree.SubElement(parent, f"{{{space}}}{name}", told or {})


if __name__ == "__main__":
    raise SystemExit(main())
