"""Where the sealed values of a case stand, and of which of its compartments each is a part."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from casework.cases.models import (
    ActionRow,
    CaseStepRow,
    ContributionRow,
    DecisionRow,
    PersonRow,
    ReferralRow,
)

CONTENT: Final = (ActionRow, CaseStepRow, ContributionRow, DecisionRow, PersonRow, ReferralRow)
"""The tables of cases with a sealed value."""

_USUAL: Final = "compartment_id"
_OF_REFERRAL: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("reason_sealed", "fact_sealed", "fact_on_sealed"), "sheet_id")
    | dict.fromkeys(
        (
            "origin_sealed",
            "reporter_sealed",
            "words_sealed",
            "question_sealed",
            "answer_sealed",
        ),
        "origin_id",
    )
)


def sealed_columns(table: Any) -> list[Any]:
    """Return the sealed columns of a table."""
    return [one for one in table.__table__.c if one.name.endswith("_sealed")]


def parts_of(table: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each column that names a compartment, with the sealed columns that are its part."""
    named: dict[str, list[Any]] = {}
    for column in sealed_columns(table):
        part = _OF_REFERRAL[column.name] if table is ReferralRow else _USUAL
        named.setdefault(part, []).append(column)
    for part, columns in named.items():
        yield table.__table__.c[part], columns
