"""The mention of a judicial measure: its nature and its dates, and why the follow-up needs them.

Closed lists alone: no field in which an offence could be written (CNIL 2014-262, art. 3).
"""

from datetime import date
from typing import Final

from casework.audit.actions import Act
from casework.cases.procedures.procedure import Field, FieldKind, StepRule
from casework.cases.procedures.steps import Guard, Standing
from casework.charters.vocabulary import CharterAct, CompartmentClass

NATURES: Final = (
    "educative_measure",
    "provisional_measure",
    "educative_inquiry",
    "reparation",
    "community_service",
    "placement",
    "judicial_supervision",
    "house_arrest",
    "probation",
    "adjusted_sentence",
    "end_of_detention",
)
"""Of the code of juvenile justice and of the penal code, by kind.

Left out is what would tell the ground or a state of health: suivi socio-judiciaire, courses,
care that a judge orders.
"""

NEEDS: Final = (
    "availability",
    "same_service",
    "hosting",
    "return",
    "consistency",
)
"""Why those who follow need to know of it."""

_SOURCE: Final = "CNIL 2014-262, art. 3"


def _needed(standing: Standing) -> bool:
    return standing.answers.get("needed") == "yes"


def _in_order(standing: Standing) -> bool:
    until = standing.answers.get("measure_until")
    since = standing.answers.get("measure_from")
    return not (until and since) or date.fromisoformat(since) <= date.fromisoformat(until)


MENTION: Final = StepRule(
    act=CharterAct.CONTRIBUTE,
    recorded=Act.MEASURE_MENTIONED,
    part=CompartmentClass.JUDICIAL,
    fields=(
        Field(name="measure", kind=FieldKind.CODE, choices=NATURES),
        Field(name="measure_from", kind=FieldKind.DAY, free=True),
        Field(name="measure_until", kind=FieldKind.DAY, coming=True, free=True, required=False),
        Field(name="needed", kind=FieldKind.YES_NO),
        Field(name="needed_because", kind=FieldKind.CODE, choices=NEEDS),
    ),
    guards=(
        Guard(_needed, "measure-unneeded", _SOURCE),
        Guard(_in_order, "measure-backwards", _SOURCE),
    ),
    beside=True,
)
