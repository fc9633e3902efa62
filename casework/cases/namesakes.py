"""Whether a reader bears the family name of somebody of the case they have just opened.

Names are compared where they are open anyway, on the reader's own page; only yes leaves it, as a
code in the register.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from casework.cases.values import Person

_SPELLINGS: Final = 1024
_NO_LETTER: Final = re.compile(r"[\W_]+")


def bears_name_of(family_name: str, persons: Iterable[Person]) -> bool:
    """Say whether `family_name` is that of one of the persons; a withheld name is nobody's."""
    own = _spelled(family_name)
    return bool(own) and any(_same(own, one) for one in persons)


def _same(own: str, person: Person) -> bool:
    return isinstance(person.family_name, str) and folded(person.family_name) == own


def folded(name: str) -> str:
    """Return a name without case, accents, hyphens or spaces too many: as two clerks write it."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _NO_LETTER.sub(" ", bare).strip()


@lru_cache(_SPELLINGS)
def _spelled(family_name: str) -> str:
    """Return a reader's own name folded once; names of persons followed are never kept."""
    return folded(family_name)
