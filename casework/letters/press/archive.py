"""A document as the parts of its archive: read within bounds, then put together anew.

What the libraries open is made here, so that no two readers can differ about the same bytes.
"""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from lxml import etree

from casework.letters.press.faults import Fault, FaultCode, Faults

MOST_BYTES: Final = 512 * 1024
_MOST_UNPACKED: Final = 8 * 1024 * 1024
_MOST_PARTS: Final = 200
_NAME: Final = re.compile(r"[A-Za-z0-9_\-.\[\] ]+(?:/[A-Za-z0-9_\-. ]+)*")
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED: Final = 0x1


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a document by name. Raises `Faults`."""
    if len(content) > MOST_BYTES:
        raise Faults([Fault(FaultCode.TOO_MUCH)])
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        raise Faults([Fault(FaultCode.NOT_A_DOCUMENT)]) from None


def packed(parts: Mapping[str, bytes]) -> BytesIO:
    """Return an archive of these parts, in their order; the first is not compressed."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, (name, part) in enumerate(parts.items()):
            archive.writestr(name, part, zipfile.ZIP_STORED if at == 0 else zipfile.ZIP_DEFLATED)
    made.seek(0)
    return made


def parsed(name: str, part: bytes) -> etree._Element:
    """Return a part as a tree. Raises `Faults` for entities, which nobody who writes needs."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        raise Faults([Fault(FaultCode.NOT_A_DOCUMENT, name)]) from None
    if root.getroottree().docinfo.doctype:
        raise Faults([Fault(FaultCode.ENTITIES, name)])
    return root


def written(root: etree._Element) -> bytes:
    """Return a tree as a part."""
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > _MOST_PARTS:
        raise Faults([Fault(FaultCode.TOO_MUCH)])
    left = _MOST_UNPACKED
    parts: dict[str, bytes] = {}
    for entry in entries:
        _check_entry(entry, parts)
        with archive.open(entry) as opened:
            part = opened.read(left + 1)
        left -= len(part)
        if left < 0:
            raise Faults([Fault(FaultCode.TOO_MUCH)])
        parts[entry.filename] = part
    return parts


def _check_entry(entry: zipfile.ZipInfo, known: Mapping[str, bytes]) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise Faults([Fault(FaultCode.ENCRYPTED)])
    plain = _NAME.fullmatch(entry.filename) and ".." not in entry.filename
    if not plain or entry.filename in known or entry.compress_type not in _METHODS:
        raise Faults([Fault(FaultCode.NOT_A_DOCUMENT)])
