"""What is true of a person before a case: named booleans, also held as bits for speed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import compress
from operator import attrgetter
from types import MappingProxyType
from uuid import UUID

from casework.charters.vocabulary import PartnerCategory
from casework.identity import Mandate, Principal, PrincipalKind, Role


class Fact(StrEnum):
    """Every fact that a condition may name, beside the categories of partners."""

    PERSON = "person"
    OPERATOR = "operator"
    SERVICE = "service"
    DPO = "dpo"
    ARCHIVES_OFFICER = "archives_officer"
    COORDINATOR = "coordinator"
    MANDATED = "mandated"
    CHARTER_SIGNED = "charter_signed"
    UNDERTAKING_SIGNED = "undertaking_signed"
    EXCLUDED = "excluded"
    ADMITTED = "admitted"
    IN_TERRITORY = "in_territory"
    SEALED = "sealed"
    RESTRICTED = "restricted"
    NAMED = "named"
    LEAD = "lead"
    REFERRER = "referrer"
    OWN_SERVICE = "own_service"
    OWN_ACTION = "own_action"
    OWN_COMMUNE = "own_commune"
    ON_AGENDA = "on_agenda"
    IN_MEETING = "in_meeting"
    FOLLOWED = "followed"
    PROTECTED = "protected"


_STANDING_FACTS = tuple(Fact)[: tuple(Fact).index(Fact.EXCLUDED)]
_CASE_FACTS = tuple(Fact)[len(_STANDING_FACTS) :]

BIT: Mapping[str, int] = MappingProxyType(
    {name: 1 << index for index, name in enumerate((*Fact, *PartnerCategory))}
)
"""The bit of each fact and of each category; inside one process only, never stored."""


class _Packer:
    """Adds up the bits of the facts that are true of a holder."""

    def __init__(self, names: Sequence[str]) -> None:
        """Prepare for holders whose attributes are `names`."""
        self._truths = attrgetter(*names)
        self._bits = [BIT[name] for name in names]

    def __call__(self, holder: object) -> int:
        """Return the bits of one holder."""
        return sum(compress(self._bits, self._truths(holder)))


_pack_standing = _Packer(_STANDING_FACTS)
_pack_case = _Packer(_CASE_FACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a principal is in a group today, whatever the case. Nothing said means no right."""

    person: bool = False
    operator: bool = False
    service: bool = False
    dpo: bool = False
    archives_officer: bool = False
    coordinator: bool = False
    mandated: bool = False
    charter_signed: bool = False
    undertaking_signed: bool = False
    category: PartnerCategory | None = None
    bits: int = field(init=False)

    def __post_init__(self) -> None:
        """Pack once: a standing serves a whole request."""
        category = BIT[self.category] if self.category else 0
        object.__setattr__(self, "bits", _pack_standing(self) | category)

    def truths(self) -> dict[str, bool]:
        """Return the facts of the principal alone, for `sql_filter` beside a case's columns."""
        names = (*_STANDING_FACTS, *PartnerCategory)
        return {str(name): bool(self.bits & BIT[name]) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What ties one principal to one case today, and the state of that case.

    `excluded`: a personal link, of this person or of their body. `admitted`: the organisation holds
    a current admission. `in_territory`: the case's commune is the group's. `sealed`: its retention
    has ended. `restricted`: closed, in restricted archive. `named`, `lead`, `referrer`: this
    person, today. `own_service`: the private compartment wanted is this organisation's.
    `own_action`: the action wanted is this person's or organisation's. `own_commune`: the case's
    commune is this organisation's. `on_agenda`: on that of a meeting prepared or open.
    `in_meeting`: before a meeting now open. `followed`: the group decided to keep it. `protected`:
    it opens with two people, and nobody has opened it with this one, or that is over.
    """

    excluded: bool = False
    admitted: bool = False
    in_territory: bool = False
    sealed: bool = False
    restricted: bool = False
    named: bool = False
    lead: bool = False
    referrer: bool = False
    own_service: bool = False
    own_action: bool = False
    own_commune: bool = False
    on_agenda: bool = False
    in_meeting: bool = False
    followed: bool = False
    protected: bool = False
    bits: int = field(init=False)

    def __post_init__(self) -> None:
        """Pack once: a case is asked several questions."""
        object.__setattr__(self, "bits", _pack_case(self))


NO_CASE = CaseFacts()
"""For acts before the group, when no case exists yet."""


def standing_of(
    principal: Principal, group_id: UUID, day: date, *, charter_signed: bool
) -> Standing:
    """Read a principal's mandates in a group on a day; `charter_signed` is their organisation's.

    A mandate for the whole council counts in every group. A control role held anywhere bars
    content everywhere, and one unsigned mandate leaves the undertaking unsigned. Whose body is
    no partner of any category (a councillor, a member of parliament) has no mandate that counts.
    """
    category = _category(principal.category)
    known = principal.mandates if category else ()
    here = [one for one in known if _counts(one, group_id, day)]
    return Standing(
        person=principal.kind is PrincipalKind.MEMBER and principal.member_id is not None,
        operator=principal.kind is PrincipalKind.OPERATOR,
        service=principal.kind is PrincipalKind.SERVICE,
        dpo=principal.holds(Role.DPO, day),
        archives_officer=principal.holds(Role.ARCHIVES, day),
        coordinator=any(one.role is Role.COORDINATOR for one in here),
        mandated=bool(here),
        charter_signed=charter_signed,
        undertaking_signed=bool(here) and all(one.signed for one in here),
        category=category,
    )


def _counts(mandate: Mandate, group_id: UUID, day: date) -> bool:
    return mandate.group_id in (group_id, None) and mandate.valid_on(day)


def _category(name: str) -> PartnerCategory | None:
    return PartnerCategory(name) if name in set(PartnerCategory) else None
