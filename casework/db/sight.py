"""The tripwire: a statement that touches rows of cases says by whose decision, or does not run.

Said where the statement is built: `select(…).execution_options(**sight.CHARTER)`. It decides
nothing; it makes a statement that nobody thought about fail, on every path to the driver.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Engine, event

from casework.errors import VisibilityUndeclared

_OPTION: Final = "casework_sight"
# Only a session that writes down what it was given has a cache of its own: rows in it were added
# there, or loaded by a statement that declared.
_FLUSH: Final = "compiled_cache"

CHARTER: Final[Mapping[str, Any]] = MappingProxyType({_OPTION: "charter"})
"""The charter's condition stands in it, or its facts do, and decide before a row is handed on."""

ADMITTED: Final[Mapping[str, Any]] = MappingProxyType({_OPTION: "admitted"})
"""Of cases to which the charter has just let this reader, in this unit of work."""

OWN: Final[Mapping[str, Any]] = MappingProxyType({_OPTION: "own"})
"""The acting member's own: drafts they write, actions they lead."""

CLEAR: Final[Mapping[str, Any]] = MappingProxyType({_OPTION: "clear"})
"""States, dates and ids, for jobs and for control. It may name no sealed column."""

SHUT: Final[Mapping[str, Any]] = MappingProxyType({_OPTION: "shut"})
"""Cipher text that is moved, counted or deleted by who opens none of it."""

SHAPE: Final[Mapping[str, Any]] = MappingProxyType({_OPTION: "shape"})
"""Tables themselves are made, changed or granted: for migrations, and nothing that serves."""

_KNOWN: Final = frozenset(one[_OPTION] for one in (CHARTER, ADMITTED, OWN, CLEAR, SHUT, SHAPE))
_KEPT: Final = 4096
# Not what a driver calls its parameters (`%(cases)s`), nor a value between quotes.
_NAMES: Final = re.compile(r"(?<!%\()(?<!['\w])\w+(?!')")
# A row added shows none: whoever adds it knows what is in it.
_ADDS: Final = re.compile(r"\s*INSERT\s+INTO\s+\w+(?!.*\bSELECT\b)", re.IGNORECASE | re.DOTALL)
_READS: Final = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
_guarded: Final[set[str]] = set()


class Guarded:
    """A row of a case, for models: whatever touches its table says by whose decision."""

    def __init_subclass__(cls, **kw: Any) -> None:
        """Know the table from now on."""
        super().__init_subclass__(**kw)
        _guarded.add(cls.__dict__["__tablename__"])
        _touched.cache_clear()
        _may_run.cache_clear()


def guarded_tables() -> frozenset[str]:
    """Return the tables behind the tripwire."""
    return frozenset(_guarded)


def require_sight(text: str, options: Mapping[str, Any]) -> None:
    """Raise `VisibilityUndeclared` when a text touches rows of cases and nothing is declared."""
    if not _may_run(text, options.get(_OPTION)):
        raise VisibilityUndeclared(_touched(text))


def watch(engine: Engine) -> None:
    """Put the tripwire before everything that this engine hands to its driver."""
    event.listen(engine, "before_cursor_execute", _before)


def _before(_: Any, __: Any, text: str, ___: Any, context: Any, ____: Any) -> None:
    # The text as compiled is one object for all executions: its hash is computed once.
    compiled = context.compiled
    text = text if compiled is None else compiled.string
    options = context.execution_options
    if _may_run(text, options.get(_OPTION)) or (_FLUSH in options and not _READS.match(text)):
        return
    raise VisibilityUndeclared(_touched(text))


@lru_cache(maxsize=_KEPT)
def _may_run(text: str, declared: str | None) -> bool:
    if not _touched(text):
        return True
    return declared in _KNOWN and not (declared == CLEAR[_OPTION] and "_sealed" in text)


@lru_cache(maxsize=_KEPT)
def _touched(text: str) -> tuple[str, ...]:
    """Return the guarded tables that a statement names."""
    if _ADDS.match(text):
        return ()
    return tuple(sorted(_guarded.intersection(map(str.lower, _NAMES.findall(text)))))
