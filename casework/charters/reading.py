"""Reads one table of a charter file key by key, noting what is missing, wrong or unknown."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final, TypeVar

from casework.charters.faults import Notebook
from casework.charters.limits import Limit
from casework.charters.lines import Place

W = TypeVar("W", bound=StrEnum)
Table = Mapping[str, Any]
_QUOTED: Final = 40
"""How much of a wrong value is repeated in a fault, in characters."""


class Section:
    """A table at a place. After a fault every reader goes on with a harmless value."""

    def __init__(self, table: object, place: Place, notebook: Notebook) -> None:
        """Take anything that TOML can hold; what is not a table is noted as absent."""
        self.place = place
        self.notebook = notebook
        self._table: Table = table if isinstance(table, dict) else {}
        self._read: set[str] = set()
        if not isinstance(table, dict):
            name = ".".join(map(str, place))
            self.fault("", f"La partie « {name} » manque ou n’est pas une table.")

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault at a key, or at the table itself when `key` is empty."""
        self.notebook.note((*self.place, key) if key else self.place, sentence)

    def take(self, key: str) -> object:
        """Return the raw value of a key, None when absent; the key counts as known."""
        self._read.add(key)
        return self._table.get(key)

    def text(self, key: str, *, optional: bool = False) -> str:
        """Return a text without the spaces around it."""
        value = self.take(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None or not optional:
            self.fault(key, f"« {key} » doit être un texte.")
        return ""

    def number(self, key: str, limit: Limit) -> int:
        """Return a figure within its legal bounds."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, f"« {key} » doit être un nombre entier.")
            return limit.default
        if not limit.allows(value):
            bounds = f"vaut {value} et doit être entre {limit.lowest} et {limit.highest}"
            self.fault(key, f"« {key} » {bounds} ({limit.source}).")
        return value

    def flag(self, key: str, *, optional: bool = False) -> bool:
        """Return true or false; false when it is absent and may be."""
        value = self.take(key)
        if value is None and optional:
            return False
        if not isinstance(value, bool):
            self.fault(key, f"« {key} » doit être true ou false.")
        return value is True

    def day(self, key: str) -> date | None:
        """Return a day written as a TOML date, None when it is absent."""
        value = self.take(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            said = f"« {key} » doit être un jour, sans guillemets : {key} = 2027-01-31."
            self.fault(key, said)
        return None

    def words(self, key: str, vocabulary: type[W], *, optional: bool = False) -> tuple[W, ...]:
        """Return codes of a vocabulary, in the order of the file."""
        value = self.take(key)
        if value is None and optional:
            return ()
        if not isinstance(value, list) or not value:
            self.fault(key, f"« {key} » doit être une liste de codes.")
            return ()
        codes = set(vocabulary)
        known = [word for word in value if isinstance(word, str) and word in codes]
        for word in value:
            if word not in known:
                said = f"« {quoted(word)} » n’est pas un code connu pour « {key} »"
                self.fault(key, f"{said}{meant(word, codes)}.")
        return tuple(vocabulary(word) for word in dict.fromkeys(known))

    def entries(self) -> dict[str, str]:
        """Return every key of the table with its text."""
        return {key: self.text(key) for key in self._table}

    def close(self) -> None:
        """Note the keys that nobody asked for: a word that does nothing must not be signed."""
        for key in self._table:
            if key not in self._read:
                near = meant(key, self._read)
                self.fault(key, f"« {quoted(key)} » n’est pas connu ici{near}.")


def quoted(value: object) -> str:
    """Return a wrong value as a fault repeats it: never at length."""
    said = str(value)
    return said if len(said) <= _QUOTED else f"{said[:_QUOTED]}…"


def meant(word: object, known: Iterable[str]) -> str:
    """Return « (vouliez-vous dire … ?) » when a known word is close to a wrong one."""
    near = get_close_matches(quoted(word), sorted(map(str, known)), n=1)
    return f" (vouliez-vous dire « {near[0]} » ?)" if near else ""
