"""Word documents: what a town's template may hold, and its fields filled in by docxtpl."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from casework.letters.fields import LetterField
from casework.letters.kinds import LetterKind
from casework.letters.press.archive import packed, parsed, unpacked
from casework.letters.press.faults import Fault, FaultCode, Faults

_BODY: Final = "word/document.xml"
_TYPE: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ALLOWED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app|custom)\.xml"
    r"|docProps/thumbnail\.(jpe?g|png|emf|wmf)"
    r"|word/(glossary/)?[A-Za-z]+\d*\.xml|word/(glossary/)?_rels/[\w.]+\.rels"
    r"|word/theme/(_rels/)?[\w.]+"
    r"|word/media/[\w-]+\.(png|jpe?g|gif)|customXml/(_rels/)?[\w.]+"
)
_MACROS: Final = re.compile(r"vba|macro|\.bin$", re.IGNORECASE)
_ACTIVE: Final = frozenset(
    {"altChunk", "object", "OLEObject", "control", "subDoc", "attachedTemplate", "mailMerge"}
)
_FIELD_CODES: Final = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK"})
_LINK: Final = re.compile(r"(https?|mailto):")
_STARTS: Final = re.compile(r"\{%|\{#")
_PARAGRAPH: Final = re.compile(r"<w:p([ >])")
_TAG: Final = re.compile(r"<[^>]+>")
_PLAIN: Final = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


def check(content: bytes, known: frozenset[LetterField]) -> frozenset[LetterField]:
    """Return the fields that a template names. Raises `Faults`."""
    return _checked(content, known)[1]


def render(content: bytes, kind: LetterKind, fields: Mapping[LetterField, str]) -> bytes:  # noqa: ARG001 - of every format alike
    """Return the document, its fields filled in; of its author nothing is left."""
    template, _ = _checked(content, frozenset(LetterField))
    values = {name.value: fields.get(name, "") for name in LetterField}
    template.render(values, _environment(), autoescape=True)
    told = template.docx.core_properties
    told.author = told.last_modified_by = told.title = told.comments = told.subject = ""
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def _checked(
    content: bytes, known: frozenset[LetterField]
) -> tuple[DocxTemplate, frozenset[LetterField]]:
    parts = unpacked(content)
    _check_parts(parts)
    template = DocxTemplate(packed(parts))
    template.init_docx()
    used, faults = set(), []
    for source in _sources(template):
        named, wrong = _fields(source, known)
        used |= named
        faults += wrong
    if faults:
        raise Faults(faults)
    return template, frozenset(used)


def _check_parts(parts: Mapping[str, bytes]) -> None:
    if _BODY not in parts or "[Content_Types].xml" not in parts:
        raise Faults([Fault(FaultCode.NOT_A_DOCUMENT)])
    faults = [*_foreign(parts)]
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            faults += _in_part(name, parsed(name, part))
    if _TYPE not in parts["[Content_Types].xml"]:
        faults.append(Fault(FaultCode.MACRO))
    if faults:
        raise Faults(faults)


def _foreign(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    for name in parts:
        if _MACROS.search(name):
            yield Fault(FaultCode.MACRO, name)
        elif not _ALLOWED.fullmatch(name):
            yield Fault(FaultCode.FOREIGN_PART, name)


def _in_part(name: str, root: etree._Element) -> Iterator[Fault]:
    if name.startswith("docProps/") and _STARTS.search("".join(map(str, root.itertext()))):
        yield Fault(FaultCode.INSTRUCTION, where=name)
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if tag == "Relationship" and element.get("TargetMode") == "External":
            link = str(element.get("Type", "")).endswith("/hyperlink")
            if not (link and _LINK.match(str(element.get("Target", "")))):
                yield Fault(FaultCode.EXTERNAL, str(element.get("Target", "")), name)
        elif tag in _ACTIVE:
            yield Fault(FaultCode.ACTIVE, tag, name)
        elif (code := _code(element, tag)) and code not in _FIELD_CODES:
            yield Fault(FaultCode.ACTIVE, code, name)


def _code(element: etree._Element, tag: str) -> str:
    """Return the first word of a field of Word itself: some of them fetch, or run."""
    if tag == "instrText":
        words = element.text or ""
    else:
        instr = [value for name, value in element.items() if name.endswith("}instr")]
        words = str(instr[0]) if instr else ""
    return str(words).split()[0].upper() if str(words).strip() else ""


def _sources(template: DocxTemplate) -> Iterator[str]:
    """Give each part that is filled in, as docxtpl will read it, a paragraph a line."""
    raw = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        raw += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    raw += [str(getattr(template.docx.core_properties, one)) for one in _PROPERTIES]
    for part in template.docx.part.package.iter_parts():
        if part.partname.endswith("/footnotes.xml"):
            raw.append(part.blob.decode("utf-8"))
    for one in raw:
        yield _PARAGRAPH.sub(r"\n<w:p\1", template.patch_xml(one))


_PROPERTIES: Final = ("author", "comments", "identifier", "language", "subject", "title")
"""What docxtpl fills in beside the text."""


def _fields(source: str, known: frozenset[LetterField]) -> tuple[set[LetterField], list[Fault]]:
    lines = source.splitlines()
    if instruction := _STARTS.search(source):
        at = source.count("\n", 0, instruction.start())
        return set(), [Fault(FaultCode.INSTRUCTION, where=_words(lines, at))]
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as fault:
        return set(), [Fault(FaultCode.UNREADABLE_FIELD, where=_words(lines, fault.lineno - 1))]
    used, faults = set(), []
    for node in tree.find_all(nodes.Node):
        where = _words(lines, node.lineno - 1)
        if not isinstance(node, _PLAIN):
            faults.append(Fault(FaultCode.INSTRUCTION, where=where))
        elif isinstance(node, nodes.Name) and node.name not in known:
            faults.append(Fault(FaultCode.UNKNOWN_FIELD, node.name, where))
        elif isinstance(node, nodes.Name):
            used.add(LetterField(node.name))
    return used, faults


def _words(lines: list[str], at: int) -> str:
    """Return the words of a paragraph: to find it again, they are better than its number."""
    return _TAG.sub("", lines[at]).strip() if 0 <= at < len(lines) else ""


def _environment() -> ImmutableSandboxedEnvironment:
    """Return a sandbox without filters, tests or functions: a second wall behind the check."""
    made = ImmutableSandboxedEnvironment(autoescape=True)
    for names in (made.filters, made.tests, made.globals):
        names.clear()
    return made
