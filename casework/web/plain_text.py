"""Text as it may be stored: one form for one sentence, and nothing a reader cannot see."""

import unicodedata

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REPLACEMENT = "\ufffd"
# Pasting from web pages and word processors brings these along; nobody typed them.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


def tidy(text: str, *, lines: bool = False) -> str:
    """Return `text` in NFC, stripped, with Unix line ends; without `lines`, on one line.

    Raises ValueError for what has no place in writing: lone surrogates, control characters,
    direction overrides (they show another text than the one stored), undecodable bytes.
    """
    text = text.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\t", " ") if lines else " ".join(text.split())
    if any(_unwritable(sign) for sign in text):
        raise ValueError("unwritable character")
    return unicodedata.normalize("NFC", text).strip()


def _unwritable(sign: str) -> bool:
    if sign in _BIDI or sign == _REPLACEMENT:
        return True
    return sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs"}
