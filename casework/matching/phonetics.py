"""How French ears hear a name: a key under which Lefebvre and Lefèvre, Philippe and Filip meet.

After the rules that Frédéric Brouard published as Phonex (1999), with its silent letters, groups of
vowels and nasals. Left out is its last merging of b with v, d with t, m with n, a with o, which
finds too many. Ours are « bv », « dj », « u » for « ou », and « in » for « un ».
"""

import re
from collections.abc import Sequence
from typing import Final

_BETWEEN: Final = " "
# In this order: what is longer first, what is silent once nothing needs it any more.
_FIRST: Final = (
    *(("y", "i"), ("ph", "f"), ("chr", "kr"), ("chl", "kl")),
    *(("tsch", "C"), ("tch", "C"), ("sch", "C"), ("sh", "C"), ("ch", "C"), ("dj", "j")),
    *(("ge", "je"), ("gi", "ji"), ("jeo", "jo"), ("gue", "ge"), ("gui", "gi")),
    *(("ce", "se"), ("ci", "si"), ("h", ""), ("bv", "v"), ("w", "v")),
    *(("eau", "o"), ("au", "o"), ("oeu", "e"), ("oe", "e"), ("eu", "e"), ("ou", "u")),
    *(("ck", "k"), ("cq", "k"), ("qu", "k"), ("q", "k"), ("c", "k")),
)
_NASALS: Final = (
    (re.compile("(?:[ae]?i|u)[nm](?![aeioumn])"), "I"),
    (re.compile("[ae][nm](?![aeioumn])"), "A"),
    (re.compile("o[nm](?![aeioumn])"), "O"),
)
_LAST: Final = (("oi", "W"), ("ai", "e"), ("ei", "e"))
_ENDINGS: Final = (
    (re.compile("ol[td] "), "o "),
    (re.compile("(?<=.[^ ])(?:es?|s|x)+ "), " "),
    (re.compile("(?<=[roAOI])d "), " "),
    (re.compile("(?<=[a-zA-Z][a-zA-Z])[ts]+ "), " "),
)
_TWICE: Final = re.compile(r"([a-z])\1+")


def sound(word: str) -> str:
    """Return the key of one folded word."""
    return sounds([word])[0]


def sounds(words: Sequence[str]) -> list[str]:
    """Return the keys of many folded words, in their order."""
    if not words:
        return []
    text = _BETWEEN.join(words) + _BETWEEN
    for written, heard in _FIRST:
        text = text.replace(written, heard)
    for pattern, heard in _NASALS:
        text = pattern.sub(heard, text)
    for written, heard in _LAST:
        text = text.replace(written, heard)
    for pattern, heard in _ENDINGS:
        text = pattern.sub(heard, text)
    text = text.replace("z", "s").replace("x", "s")
    return _TWICE.sub(r"\1", text).split(_BETWEEN)[:-1]
