"""What no charter can open: conditions in code, checked before any rule, in this order."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.charters.condition import All, AnyOf, Condition, Is, Not, any_fact
from casework.charters.facts import Fact
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CASE_ACTS,
    CONTROL_ACTS,
    READING_ACTS,
    CharterAct,
    CompartmentClass,
    PartnerCategory,
)

SOCIAL_ACTION = frozenset(
    {
        PartnerCategory.SOCIAL_SERVICE,
        PartnerCategory.STREET_WORK,
        PartnerCategory.SOCIAL_CENTRE,
    }
)
"""Professionals of social action, who alone may share a secret (CASF L.121-6-2)."""

JUDICIAL_READERS = frozenset(
    {
        PartnerCategory.MUNICIPALITY,
        PartnerCategory.NATIONAL_POLICE,
        PartnerCategory.GENDARMERIE,
        PartnerCategory.PROSECUTOR,
        PartnerCategory.YOUTH_JUSTICE,
        PartnerCategory.SOCIAL_SERVICE,
        PartnerCategory.STREET_WORK,
    }
)
"""Bodies that a charter may tell of a judicial measure, type and dates only (AU-038 art. 3)."""


@dataclass(frozen=True, slots=True)
class Wall:
    """`passes` must hold, or the access is refused for `refusal`, whatever the charter says."""

    refusal: Refusal
    passes: Condition


_NAMED_ACCOUNT = (
    Wall(Refusal.OPERATOR, Not(Is(Fact.OPERATOR))),
    Wall(Refusal.SERVICE, Not(Is(Fact.SERVICE))),
    Wall(Refusal.NOT_SIGNED_IN, Is(Fact.PERSON)),
)
_NO_CONTROLLER = (
    Wall(Refusal.DPO_CONTENT, Not(Is(Fact.DPO))),
    Wall(Refusal.ARCHIVES_CONTENT, Not(Is(Fact.ARCHIVES_OFFICER))),
)
_MANDATE = Wall(Refusal.NO_MANDATE, Is(Fact.MANDATED))
_CHARTER = Wall(Refusal.CHARTER_NOT_SIGNED, Is(Fact.CHARTER_SIGNED))
_UNDERTAKING = Wall(Refusal.UNDERTAKING_NOT_SIGNED, Is(Fact.UNDERTAKING_SIGNED))
_CASE = (
    Wall(Refusal.EXCLUDED, Not(Is(Fact.EXCLUDED))),
    Wall(Refusal.NOT_ADMITTED, Is(Fact.ADMITTED)),
    Wall(Refusal.OUT_OF_TERRITORY, Is(Fact.IN_TERRITORY)),
    Wall(Refusal.SEALED, Not(Is(Fact.SEALED))),
)
_CLOSED = Wall(Refusal.CLOSED, Not(Is(Fact.RESTRICTED)))
_RESTRICTED = Wall(
    Refusal.RESTRICTED,
    AnyOf((Not(Is(Fact.RESTRICTED)), Is(Fact.COORDINATOR), Is(Fact.NAMED))),
)
_PROSECUTOR = All((Is(PartnerCategory.PROSECUTOR), Is(Fact.ON_AGENDA)))
_MAYOR = All((Is(PartnerCategory.MUNICIPALITY), Is(Fact.OWN_COMMUNE)))
_TIED = (
    Is(Fact.COORDINATOR),
    Is(Fact.NAMED),
    Is(Fact.LEAD),
    Is(Fact.REFERRER),
    _PROSECUTOR,
)
_NEED_TO_KNOW = Wall(Refusal.NOT_NAMED, AnyOf(_TIED))
_PROTECTED = Wall(Refusal.PROTECTED, Not(Is(Fact.PROTECTED)))
_ALONE = frozenset({CharterAct.LIST, CharterAct.NAME})
"""What one person may do with a protected case: neither shows anything that is sealed."""
_OF_LEAD = Wall(Refusal.OTHER_FUNCTION, Is(Fact.LEAD))
_NEED_TO_LIST = Wall(Refusal.NOT_NAMED, AnyOf((*_TIED, _MAYOR)))

_OF_CLASS = {
    CompartmentClass.ORIGIN: Wall(
        Refusal.ORIGIN_MASKED, any_fact((Fact.COORDINATOR, Fact.REFERRER))
    ),
    CompartmentClass.PRIVATE: Wall(Refusal.OTHER_SERVICE, Is(Fact.OWN_SERVICE)),
    CompartmentClass.SOCIAL: Wall(Refusal.SOCIAL_SECRET, any_fact(sorted(SOCIAL_ACTION))),
    CompartmentClass.JUDICIAL: Wall(Refusal.JUDICIAL_RESERVED, any_fact(sorted(JUDICIAL_READERS))),
    CompartmentClass.PROTECTED_CONTACT: Wall(
        Refusal.OTHER_FUNCTION, Is(PartnerCategory.VICTIM_SUPPORT)
    ),
}
_OF_CONTROL = {
    CharterAct.HOLD: (Fact.COORDINATOR, Fact.DPO),
    CharterAct.ELIMINATE: (Fact.COORDINATOR, Fact.DPO, Fact.ARCHIVES_OFFICER),
    CharterAct.VISA: (Fact.ARCHIVES_OFFICER,),
    CharterAct.AUDIT: (Fact.DPO,),
}


def walls(wanted: Wanted) -> tuple[Wall, ...]:
    """Return the walls before `wanted`, in the order in which a refusal is looked for."""
    if wanted.act in CONTROL_ACTS:
        function = Wall(Refusal.OTHER_FUNCTION, any_fact(_OF_CONTROL[wanted.act]))
        return (*_NAMED_ACCOUNT, _MANDATE, _UNDERTAKING, function)
    case = tuple(_case_walls(wanted)) if wanted.act in CASE_ACTS else ()
    return (*_NAMED_ACCOUNT, *_NO_CONTROLLER, _MANDATE, _CHARTER, _UNDERTAKING, *case)


def _case_walls(wanted: Wanted) -> Iterator[Wall]:
    yield from _CASE
    yield _RESTRICTED if wanted.act in READING_ACTS else _CLOSED
    yield _NEED_TO_LIST if wanted.act is CharterAct.LIST else _NEED_TO_KNOW
    if wanted.act is CharterAct.TRACE:
        yield _OF_LEAD
    if wanted.class_ in _OF_CLASS:
        yield _OF_CLASS[wanted.class_]
    if wanted.act not in _ALONE:
        yield _PROTECTED
