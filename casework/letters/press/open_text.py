"""OpenDocument texts: what a town's template may hold, and its fields replaced; it runs nothing.

A field is a user field, a placeholder `<destinataire>`, or `{{ destinataire }}` as typed.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from lxml import etree
from odfdo.container import Container

from casework.letters.fields import LetterField
from casework.letters.kinds import LetterKind
from casework.letters.press.archive import packed, parsed, unpacked, written
from casework.letters.press.faults import Fault, FaultCode, Faults
from casework.letters.wording import PLACE

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_MIMETYPE: Final = b"application/vnd.oasis.opendocument.text"
_FILLED: Final = ("content.xml", "styles.xml")
_KEPT: Final = re.compile(
    r"mimetype|content\.xml|styles\.xml|META-INF/manifest\.xml|Pictures/[\w-]+\.(png|jpe?g|gif)"
)
_LEFT_OUT: Final = re.compile(
    r"meta\.xml|settings\.xml|manifest\.rdf|layout-cache|Thumbnails/.*|Configurations2/.*"
)
_MACROS: Final = re.compile(r"(Basic|Scripts|Dialogs)/.*")
_ACTIVE: Final = frozenset(
    {
        *("applet", "plugin", "object", "object-ole", "floating-frame", "event-listener"),
        *("execute-macro", "script", "database-display", "database-next", "database-name"),
        *("database-row-select", "database-row-number", "dde-connection", "dde-connection-decl"),
        *("dde-source", "section-source", "conditional-text", "hidden-text", "expression"),
        *("form", "connection-resource", "font-face-uri", "meta-field"),
    }
)
_LINK: Final = re.compile(r"#|(https?|mailto):")
_PICTURE: Final = re.compile(r"(\./)?Pictures/[\w.-]+")
_USER_FIELDS: Final = (f"{_TEXT}user-field-get", f"{_TEXT}user-field-input")
_PLACEHOLDER: Final = f"{_TEXT}placeholder"
_PARAGRAPHS: Final = (f"{_TEXT}p", f"{_TEXT}h")


def check(content: bytes, known: frozenset[LetterField]) -> frozenset[LetterField]:
    """Return the fields that a template names. Raises `Faults`."""
    _, trees = _checked(content)
    used: set[LetterField] = set()
    faults: list[Fault] = []
    for root in trees.values():
        for name, where in _named(root):
            if name not in known:
                faults.append(Fault(FaultCode.UNKNOWN_FIELD, name, where))
            else:
                used.add(LetterField(name))
        faults += _unreadable(root)
    if faults:
        raise Faults(faults)
    return frozenset(used)


def render(content: bytes, kind: LetterKind, fields: Mapping[LetterField, str]) -> bytes:  # noqa: ARG001 - of every format alike
    """Return the document, its fields replaced by plain text; of its author nothing is left."""
    check(content, frozenset(LetterField))
    parts, trees = _checked(content)
    package = Container(packed(parts))
    for name, root in trees.items():
        _fill(root, fields)
        package.set_part(name, written(root))
    made = BytesIO()
    package.save(made)
    return made.getvalue()


def _checked(content: bytes) -> tuple[dict[str, bytes], dict[str, etree._Element]]:
    """Return the parts that are kept, and the trees of those that are filled in."""
    found = unpacked(content)
    if found.get("mimetype") != _MIMETYPE or not found.keys() >= {*_FILLED}:
        raise Faults([Fault(FaultCode.NOT_A_DOCUMENT)])
    faults = [*_foreign(found)]
    if b"encryption-data" in found.get("META-INF/manifest.xml", b""):
        faults.append(Fault(FaultCode.ENCRYPTED))
    trees = {name: parsed(name, found[name]) for name in _FILLED}
    for name, root in trees.items():
        faults += _active(name, root)
    if faults:
        raise Faults(faults)
    kept = {name: part for name, part in found.items() if _KEPT.fullmatch(name)}
    kept["META-INF/manifest.xml"] = _manifest(kept)
    return {"mimetype": kept.pop("mimetype"), **kept}, trees


def _foreign(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    for name in parts:
        if _MACROS.fullmatch(name):
            yield Fault(FaultCode.MACRO, name)
        elif not (_KEPT.fullmatch(name) or _LEFT_OUT.fullmatch(name)):
            yield Fault(FaultCode.FOREIGN_PART, name)


def _active(name: str, root: etree._Element) -> Iterator[Fault]:
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        href = element.get(_HREF)
        if tag in _ACTIVE:
            yield Fault(FaultCode.MACRO if "script" in tag else FaultCode.ACTIVE, tag, name)
        elif href is not None and not (_LINK if tag == "a" else _PICTURE).match(str(href)):
            yield Fault(FaultCode.EXTERNAL, str(href), name)


def _manifest(parts: Mapping[str, bytes]) -> bytes:
    """Return the list of the parts that are kept, and of no other."""
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    root = etree.Element(f"{{{space}}}manifest", nsmap={"manifest": space})
    root.set(f"{{{space}}}version", "1.3")
    types = {"/": _MIMETYPE.decode()} | {
        name: "text/xml" if name.endswith(".xml") else ""
        for name in parts
        if name not in {"mimetype", "META-INF/manifest.xml"}
    }
    for name, type_ in types.items():
        entry = etree.SubElement(root, f"{{{space}}}file-entry")
        entry.set(f"{{{space}}}full-path", name)
        entry.set(f"{{{space}}}media-type", type_)
    return written(root)


def _name_of(element: etree._Element) -> str | None:
    """Return the name of a field, or None for what is none."""
    if element.tag in _USER_FIELDS:
        return str(element.get(f"{_TEXT}name", ""))
    if element.tag == _PLACEHOLDER:
        return "".join(map(str, element.itertext())).strip().strip("<>").strip()
    return None


def _named(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Give each field named, and the words of its paragraph."""
    for element in root.iter(etree.Element):
        name = _name_of(element)
        if name is not None:
            yield name, _words(element)
            continue
        for text in (element.text, *(child.tail for child in element)):
            for place in PLACE.finditer(str(text or "")):
                yield place[1], _words(element)


def _unreadable(root: etree._Element) -> Iterator[Fault]:
    """Find braces that name no field: typed in pieces, or something else than a field."""
    for paragraph in root.iter(*_PARAGRAPHS):
        words = "".join(map(str, paragraph.itertext()))
        left = PLACE.sub("", words)
        whole = sum(len(PLACE.findall(str(text))) for text in paragraph.itertext())
        if "{{" in left or "{%" in left:
            yield Fault(FaultCode.INSTRUCTION, where=words)
        elif whole != len(PLACE.findall(words)):
            yield Fault(FaultCode.UNREADABLE_FIELD, where=words)


def _words(element: etree._Element) -> str:
    inside = next(element.iterancestors(*_PARAGRAPHS), element)
    return "".join(map(str, inside.itertext())).strip()


def _fill(root: etree._Element, fields: Mapping[LetterField, str]) -> None:
    """Fill in what is typed, then the fields: what one says is never read for another."""
    named = [one for one in root.iter(etree.Element) if _name_of(one) is not None]
    for element in list(root.iter(etree.Element)):
        for child in list(element):
            _fill_after(element, child, fields)
        text = str(element.text or "")
        if element not in named and PLACE.search(text):
            element.text = ""
            _spill(element, 0, _said(text, fields), "")
    for element in named:
        _replace(element, fields)
    for declared in list(root.iter(f"{_TEXT}user-field-decls")):
        _drop(declared)


def _replace(element: etree._Element, fields: Mapping[LetterField, str]) -> None:
    parent, said = element.getparent(), fields.get(LetterField(str(_name_of(element))), "")
    if parent is not None:
        at, tail = parent.index(element), str(element.tail or "")
        parent.remove(element)
        _spill(parent, at, said, tail)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _fill_after(
    parent: etree._Element, child: etree._Element, fields: Mapping[LetterField, str]
) -> None:
    text = str(child.tail or "")
    if PLACE.search(text):
        child.tail = ""
        _spill(parent, parent.index(child) + 1, _said(text, fields), "")


def _said(text: str, fields: Mapping[LetterField, str]) -> str:
    return PLACE.sub(lambda place: fields.get(LetterField(place[1]), ""), text)


def _spill(parent: etree._Element, at: int, said: str, tail: str) -> None:
    """Put text before the child at a position, a break for each further line, then the tail."""
    first, *lines = said.split("\n")
    if at:
        before = parent[at - 1]
        before.tail = f"{before.tail or ''}{first}"
    else:
        parent.text = f"{parent.text or ''}{first}"
    for line in lines:
        broken = etree.Element(f"{_TEXT}line-break")
        broken.tail = line
        parent.insert(at, broken)
        at += 1
    if at:
        last = parent[at - 1]
        last.tail = f"{last.tail or ''}{tail}"
    else:
        parent.text = f"{parent.text or ''}{tail}"
