"""Whether a file can be read as a charter at all: small, plain text, nothing hidden in it."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from casework.charters.faults import CharterFaults, Fault

LARGEST: Final = 200_000
"""In characters: five times the longest charter that anybody would read aloud."""

_LONGEST_LINE: Final = 5_000
_HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""General categories of Unicode that show nothing, or turn around what is shown after them."""

_PLAIN: Final = frozenset("\n\r\t")
_TOO_LARGE: Final = Fault(
    1, f"Le fichier dépasse {LARGEST // 1000} ko : une charte se lit à voix haute."
)


def text_of_file(path: Path) -> str:
    """Return the text of a charter file exactly as it stands, for it is what people sign.

    Raises `CharterFaults` for what is too large, without reading it, or is no text.
    """
    with path.open("rb") as file:
        content = file.read(4 * LARGEST + 1)
    if len(content) > 4 * LARGEST:
        raise CharterFaults([_TOO_LARGE])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CharterFaults(
            [Fault(line, "Ce n’est pas du texte en UTF-8 : enregistrez le fichier autrement.")]
        ) from error


def faults_of_text(text: str) -> list[Fault]:
    """Return why a text is not even read, in the order of its lines; nothing when it can be."""
    if len(text) > LARGEST:
        return [_TOO_LARGE]
    return [fault for line, said in enumerate(text.split("\n"), 1) for fault in _faults(line, said)]


def _faults(line: int, said: str) -> Iterator[Fault]:
    if len(said) > _LONGEST_LINE:
        yield Fault(line, f"La ligne dépasse {_LONGEST_LINE} caractères : coupez-la.")
    for sign in sorted(set(said) - _PLAIN):
        if unicodedata.category(sign) in _HIDDEN:
            code = f"U+{ord(sign):04X}"
            yield Fault(line, f"Un signe invisible ({code}) est caché dans cette ligne : ôtez-le.")
