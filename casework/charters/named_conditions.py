"""The conditions to which a charter gives a name, so that its rules can say it once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from casework.charters.condition import NEVER, WORDS, Condition, Named, parse, size, tokens_of
from casework.charters.facts import BIT
from casework.charters.reading import Section
from casework.charters.terms import width

_MOST: Final = 40
_WIDEST: Final = 64
_NAME: Final = re.compile(r"[a-z_]{3,40}")


@dataclass(frozen=True, slots=True)
class NamedConditions:
    """Conditions by their names; `free` are those that no other condition names."""

    named: Named = field(default_factory=dict)
    free: frozenset[str] = frozenset()


def read_conditions(section: Section) -> NamedConditions:
    """Return the named conditions, each with those that it names written out in it."""
    texts = section.entries()
    if len(texts) > _MOST:
        section.fault("", f"Une charte nomme {_MOST} conditions au plus.")
        texts = {}
    for name in texts:
        _check_name(section, name)
    unfolding = _Unfolding(section, texts)
    for name in texts:
        unfolding.reach(name, ())
    spoken = {token for text in texts.values() for token in tokens_of(text)}
    return NamedConditions(unfolding.done, frozenset(texts) - spoken)


def too_wide(condition: Condition) -> str:
    """Return why a condition is too branched to be said, or nothing."""
    if size(condition) <= _WIDEST and width(condition) <= _WIDEST:
        return ""
    return "La condition est trop ramifiée : partagez la règle en plusieurs."


def _check_name(section: Section, name: str) -> None:
    if not _NAME.fullmatch(name):
        section.fault(name, f"« {name} » : de trois à quarante minuscules sans accent, ou « _ ».")
    if name in BIT or name in WORDS:
        section.fault(name, f"« {name} » est déjà un mot de la charte : prenez un autre nom.")


class _Unfolding:
    """Writes names out, each after those it names; one that leads back to itself never holds."""

    def __init__(self, section: Section, texts: Mapping[str, str]) -> None:
        """Begin with nothing written out."""
        self._section = section
        self._texts = texts
        self.done: dict[str, Condition] = {}

    def reach(self, name: str, path: tuple[str, ...]) -> None:
        """Write `name` out, `path` being the names that led to it."""
        if name in path:
            self._note_circle(path[path.index(name) :])
        elif name not in self.done:
            for token in dict.fromkeys(tokens_of(self._texts[name])):
                if token in self._texts:
                    self.reach(token, (*path, name))
            self.done.setdefault(name, self._read(name))

    def _read(self, name: str) -> Condition:
        condition, faults = parse(self._texts[name], self.done)
        for sentence in faults:
            self._section.fault(name, sentence)
        if wide := too_wide(condition):
            self._section.fault(name, wide)
        return NEVER if wide else condition

    def _note_circle(self, circle: tuple[str, ...]) -> None:
        names = " → ".join((*circle, circle[0]))
        self._section.fault(
            circle[0], f"Ces conditions se définissent l’une par l’autre, sans fin : {names}."
        )
        self.done.update(dict.fromkeys(circle, NEVER))
