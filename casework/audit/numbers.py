"""The head, and numbers of leaves found in indexes alone: statements as text, written once.

Most leaves tell of few acts, and almost all of them were allowed: partial indexes keep the rest.
"""

from functools import lru_cache
from typing import Final

from sqlalchemy import TextClause, bindparam, text

from casework.audit.actions import Act
from casework.db.types import Id

FREQUENT: Final = frozenset({Act.CASE_READ, Act.CASE_LISTED, Act.CASE_SEARCHED})
RARE: Final = "kind NOT IN ('case:read', 'case:listed', 'case:searched')"
UNUSUAL: Final = "outcome <> 'allowed'"

_COUNCIL: Final = bindparam("council", type_=Id)
HEAD: Final = text(
    "SELECT size, root, frontier, signed_size, signed_at FROM audit_heads"
    " WHERE council_id = :council"
).bindparams(_COUNCIL)
"""Where a register stands: the first thing that a process asks."""

_MIDDLE: Final = "(low + high) / 2"
_EARLIER: Final = (
    f"(SELECT at FROM audit_leaves WHERE council_id = :council AND seq >= {_MIDDLE}"  # noqa: S608 - of constants
    " ORDER BY seq LIMIT 1) < :micros"
)
FIRST_AFTER: Final = text(
    "WITH RECURSIVE halves (low, high) AS (SELECT CAST(0 AS bigint), CAST(:size AS bigint)"  # noqa: S608 - of constants
    f" UNION ALL SELECT CASE WHEN {_EARLIER} THEN {_MIDDLE} + 1 ELSE low END,"
    f" CASE WHEN {_EARLIER} THEN high ELSE {_MIDDLE} END"
    " FROM halves WHERE low < high) SELECT low FROM halves WHERE low >= high"
).bindparams(_COUNCIL)
"""The first leaf not before `micros`, of `size` that follow in time: halved where they lie."""


@lru_cache
def of_rare_acts(acts: int, terms: tuple[str, ...], order: str) -> TextClause:
    """Return the statement that merges the first leaves of so many acts (`act0`, `act1` …).

    The index keeps them act by act: asked for all at once, it would be read whole and sorted.
    """
    where, end = " AND ".join((RARE, *terms)), f"ORDER BY seq {order} LIMIT :count"
    each = (
        "SELECT seq FROM (SELECT seq FROM audit_leaves WHERE council_id = :council"  # noqa: S608 - of constants
        f" AND kind = :act{number} AND {where} {end}) AS of{number}"
        for number in range(acts)
    )
    merged = f"SELECT seq FROM ({' UNION ALL '.join(each)}) AS merged {end}"  # noqa: S608 - constants
    return text(merged).bindparams(_COUNCIL)
