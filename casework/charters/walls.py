"""What no charter can open: conditions in code, checked before any rule, in this order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.charters.condition import All, AnyOf, Condition, Is, Not, any_fact
from casework.charters.facts import Fact
from casework.charters.kinds import COMMUNAL, every_wanted
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CASE_ACTS,
    CONTROL_ACTS,
    READING_ACTS,
    CaseKind,
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

CONFIDED: Mapping[CompartmentClass, frozenset[PartnerCategory]] = {
    CompartmentClass.SOCIAL: SOCIAL_ACTION,
    CompartmentClass.JUDICIAL: JUDICIAL_READERS,
}
"""Parts that some sorts of body alone may ever hold; nobody else learns that one exists."""

VICTIM_SERVICES = frozenset(
    {
        PartnerCategory.VICTIM_SUPPORT,
        PartnerCategory.SOCIAL_SERVICE,
        PartnerCategory.SOCIAL_CENTRE,
        PartnerCategory.MEDIATOR,
    }
)
"""Bodies to which a victim can be referred; no police, no mayor, no landlord (law note 9.2)."""


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
)
_SEALED = Wall(Refusal.SEALED, Not(Is(Fact.SEALED)))
_TOWN_HALL = any_fact((PartnerCategory.MUNICIPALITY, Fact.COORDINATOR))
_COMMUNE = Wall(Refusal.OTHER_COMMUNE, AnyOf((Not(_TOWN_HALL), Is(Fact.OWN_COMMUNE))))
"""The power of one mayor, and the council of one commune, end where the commune does."""

_PROSECUTOR = All((Is(PartnerCategory.PROSECUTOR), Is(Fact.ON_AGENDA)))
_MAYOR = All((Is(PartnerCategory.MUNICIPALITY), Is(Fact.OWN_COMMUNE)))
_CALLED = (Is(Fact.COORDINATOR), Is(Fact.NAMED), Is(Fact.LEAD), Is(Fact.REFERRER))
_SERVING = All((any_fact((Fact.NAMED, Fact.LEAD)), any_fact(sorted(VICTIM_SERVICES))))
_VICTIM = (_SERVING, Is(Fact.REFERRER))
_TIES: Mapping[CaseKind, tuple[Condition, ...]] = {
    CaseKind.FOLLOWUP: (*_CALLED, _PROSECUTOR),
    CaseKind.FAMILY_COUNCIL: (*_CALLED, _MAYOR),
    CaseKind.REMINDER: (*_CALLED, _MAYOR),
    CaseKind.VICTIM: (*_VICTIM, Is(Fact.COORDINATOR)),
}
"""Who can be called to a case at all: the mayor chairs families, and reminds in person."""

_CLOSED = Wall(Refusal.CLOSED, Not(Is(Fact.RESTRICTED)))
_OPENS_CLOSED = (Not(Is(Fact.RESTRICTED)), Is(Fact.COORDINATOR), Is(Fact.NAMED))
_PROTECTED = Wall(Refusal.PROTECTED, Not(Is(Fact.PROTECTED)))
_ALONE = frozenset({CharterAct.LIST, CharterAct.NAME})
"""What one person may do with a protected case: neither shows anything that is sealed."""
_OF_LEAD = Wall(Refusal.OTHER_FUNCTION, Is(Fact.LEAD))
_OF_COORDINATION = Wall(Refusal.OTHER_FUNCTION, Is(Fact.COORDINATOR))
_MENTION = Wanted(CharterAct.CONTRIBUTE, CompartmentClass.JUDICIAL)
"""That a measure exists is the coordination's to write, and nobody else's (law note 9.4, 7)."""

_OF_CLASS = {
    CompartmentClass.ORIGIN: Wall(
        Refusal.ORIGIN_MASKED, any_fact((Fact.COORDINATOR, Fact.REFERRER))
    ),
    CompartmentClass.PRIVATE: Wall(Refusal.OTHER_SERVICE, Is(Fact.OWN_SERVICE)),
    CompartmentClass.SOCIAL: Wall(Refusal.SOCIAL_SECRET, any_fact(sorted(SOCIAL_ACTION))),
    CompartmentClass.JUDICIAL: Wall(Refusal.JUDICIAL_RESERVED, any_fact(sorted(JUDICIAL_READERS))),
}
_OF_CONTROL = {
    CharterAct.HOLD: (Fact.COORDINATOR, Fact.DPO),
    CharterAct.ELIMINATE: (Fact.COORDINATOR, Fact.DPO, Fact.ARCHIVES_OFFICER),
    CharterAct.VISA: (Fact.ARCHIVES_OFFICER,),
    CharterAct.AUDIT: (Fact.DPO,),
}


def walls(wanted: Wanted, kind: CaseKind) -> tuple[Wall, ...]:
    """Return the walls before `wanted` in a procedure, in the order in which they are looked for.

    An act that the procedure lacks has none: no gate is built for it.
    """
    if wanted.act in CONTROL_ACTS:
        function = Wall(Refusal.OTHER_FUNCTION, any_fact(_OF_CONTROL[wanted.act]))
        return (*_NAMED_ACCOUNT, _MANDATE, _UNDERTAKING, function)
    case = tuple(_case_walls(wanted, kind)) if wanted.act in CASE_ACTS else ()
    return (*_NAMED_ACCOUNT, *_NO_CONTROLLER, _MANDATE, _CHARTER, _UNDERTAKING, *case)


def needed(kind: CaseKind) -> frozenset[Refusal]:
    """Return the refusals that a charter of `kind` can give, and must therefore ground."""
    met = {wall.refusal for wanted in every_wanted(kind) for wall in walls(wanted, kind)}
    return frozenset(met | {Refusal.NO_RULE, Refusal.NOT_FORESEEN})


def _case_walls(wanted: Wanted, kind: CaseKind) -> Iterator[Wall]:
    yield from _CASE
    if kind in COMMUNAL:
        yield _COMMUNE
    yield _SEALED
    yield _restricted(kind) if wanted.act in READING_ACTS else _CLOSED
    yield Wall(Refusal.NOT_NAMED, AnyOf(_ties(wanted, kind)))
    if wanted.act is CharterAct.TRACE:
        yield _OF_LEAD
    if wanted.class_ in _OF_CLASS:
        yield _OF_CLASS[wanted.class_]
    if wanted == _MENTION:
        yield _OF_COORDINATION
    if wanted.act not in _ALONE:
        yield _PROTECTED


def _ties(wanted: Wanted, kind: CaseKind) -> tuple[Condition, ...]:
    """Who coordinates a network knows that a referral exists, and never what is in it."""
    if kind is CaseKind.VICTIM and wanted.class_ is not None:
        return _VICTIM
    if kind is CaseKind.FOLLOWUP and wanted.act is CharterAct.LIST:
        return (*_TIES[kind], _MAYOR)
    return _TIES[kind]


def _restricted(kind: CaseKind) -> Wall:
    """Whoever reminds must see a repetition; the rest of AU-038 art. 5 is for all."""
    more = (_MAYOR,) if kind in COMMUNAL else ()
    return Wall(Refusal.RESTRICTED, AnyOf((*_OPENS_CLOSED, *more)))
