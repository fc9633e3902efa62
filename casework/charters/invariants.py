"""What must be true of every charter, proved over every combination of facts.

Written apart from the walls on purpose: a wall that falls is seen here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from casework.charters.charter import Charter
from casework.charters.condition import All, AnyOf, Condition, Is, Not, any_fact, names
from casework.charters.facts import Fact
from casework.charters.gates import Gate
from casework.charters.kinds import COMMUNAL
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CASE_ACTS,
    CONTROL_ACTS,
    READING_ACTS,
    CaseKind,
    CharterAct,
    CompartmentClass,
    PartnerCategory,
)
from casework.charters.worlds import Worlds, categories_in, facts_in, settled_by, told_by

_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class Invariant:
    """Whoever passes a gate that this bears on fulfils `requires`; `says` it in French.

    None stands for every class, and for every procedure.
    """

    says: str
    acts: frozenset[CharterAct]
    requires: Condition
    classes: frozenset[CompartmentClass | None] | None = None
    kinds: frozenset[CaseKind] | None = None

    def bears_on(self, wanted: Wanted, kind: CaseKind) -> bool:
        """Say whether the invariant speaks of this act and class in this procedure."""
        return (
            wanted.act in self.acts
            and (self.classes is None or wanted.class_ in self.classes)
            and (self.kinds is None or kind in self.kinds)
        )


_EVERY = frozenset(CharterAct)
_CONTENT = _EVERY - CONTROL_ACTS
_NOBODY_ELSE = any_fact((Fact.COORDINATOR, Fact.NAMED, Fact.LEAD, Fact.REFERRER))
_PROSECUTOR = All((Is(PartnerCategory.PROSECUTOR), Is(Fact.ON_AGENDA)))
_MAYOR = All((Is(PartnerCategory.MUNICIPALITY), Is(Fact.OWN_COMMUNE)))
_TOWN_HALL = any_fact((PartnerCategory.MUNICIPALITY, Fact.COORDINATOR))
_CARRIED = any_fact(
    (
        PartnerCategory.VICTIM_SUPPORT,
        PartnerCategory.SOCIAL_SERVICE,
        PartnerCategory.SOCIAL_CENTRE,
        PartnerCategory.MEDIATOR,
    )
)
_OF_VICTIM = AnyOf((All((any_fact((Fact.NAMED, Fact.LEAD)), _CARRIED)), Is(Fact.REFERRER)))
_FOLLOWUP = frozenset({CaseKind.FOLLOWUP})
_VICTIM = frozenset({CaseKind.VICTIM})
_NEVER_SOCIAL = (
    PartnerCategory.MUNICIPALITY,
    PartnerCategory.NATIONAL_POLICE,
    PartnerCategory.GENDARMERIE,
    PartnerCategory.MUNICIPAL_POLICE,
    PartnerCategory.EDUCATION,
    PartnerCategory.PROSECUTOR,
    PartnerCategory.PREFECTURE,
    PartnerCategory.LANDLORD,
)
_NEVER_JUDICIAL = (
    PartnerCategory.LANDLORD,
    PartnerCategory.TRANSPORT,
    PartnerCategory.EDUCATION,
    PartnerCategory.MEDIATOR,
    PartnerCategory.SOCIAL_CENTRE,
    PartnerCategory.MISSION_LOCALE,
)

INVARIANTS = (
    Invariant("Seule une personne nommée, jamais l’exploitation, agit.", _EVERY, Is(Fact.PERSON)),
    Invariant("L’exploitation n’ouvre rien.", _EVERY, Not(any_fact((Fact.OPERATOR, Fact.SERVICE)))),
    Invariant("Le contrôle n’a jamais le contenu.", _CONTENT, Not(Is(Fact.DPO))),
    Invariant("Les archives n’ont jamais le contenu.", _CONTENT, Not(Is(Fact.ARCHIVES_OFFICER))),
    Invariant("Sans mandat, rien.", _EVERY, Is(Fact.MANDATED)),
    Invariant("Sans engagement signé, rien.", _EVERY, Is(Fact.UNDERTAKING_SIGNED)),
    Invariant("Sans charte signée, aucun contenu.", _CONTENT, Is(Fact.CHARTER_SIGNED)),
    Invariant("Un lien personnel écarte toujours.", CASE_ACTS, Not(Is(Fact.EXCLUDED))),
    Invariant("Un organisme non associé ne voit rien.", CASE_ACTS, Is(Fact.ADMITTED)),
    Invariant("Hors du territoire, rien.", CASE_ACTS, Is(Fact.IN_TERRITORY)),
    Invariant("Une situation scellée ne s’ouvre plus.", CASE_ACTS, Not(Is(Fact.SEALED))),
    Invariant(
        "Rien ne s’écrit après la clôture.", CASE_ACTS - READING_ACTS, Not(Is(Fact.RESTRICTED))
    ),
    Invariant(
        "Une situation close ne s’ouvre qu’à la coordination et aux personnes nommées.",
        READING_ACTS,
        AnyOf((Not(Is(Fact.RESTRICTED)), Is(Fact.COORDINATOR), Is(Fact.NAMED))),
        kinds=_FOLLOWUP | _VICTIM,
    ),
    Invariant(
        "Un rappel ou un conseil clos ne s’ouvre qu’au maire et aux personnes nommées.",
        READING_ACTS,
        AnyOf((Not(Is(Fact.RESTRICTED)), Is(Fact.COORDINATOR), Is(Fact.NAMED), _MAYOR)),
        kinds=COMMUNAL,
    ),
    Invariant(
        "Nul n’ouvre une situation sans y être appelé.",
        CASE_ACTS - {CharterAct.LIST},
        AnyOf((_NOBODY_ELSE, _PROSECUTOR)),
        kinds=_FOLLOWUP,
    ),
    Invariant(
        "Nul ne trouve une situation sans y être appelé.",
        frozenset({CharterAct.LIST}),
        AnyOf((_NOBODY_ELSE, _PROSECUTOR, _MAYOR)),
        kinds=_FOLLOWUP,
    ),
    Invariant(
        "Nul n’ouvre un rappel ou un conseil sans y être appelé.",
        CASE_ACTS,
        AnyOf((_NOBODY_ELSE, _MAYOR)),
        kinds=COMMUNAL,
    ),
    Invariant(
        "Un rappel, un conseil des familles ne passe pas les limites de la commune.",
        CASE_ACTS,
        AnyOf((Not(_TOWN_HALL), Is(Fact.OWN_COMMUNE))),
        kinds=COMMUNAL,
    ),
    Invariant(
        "Ce que dit une victime n’est lu que de qui l’oriente et du service qui la reçoit.",
        CASE_ACTS,
        _OF_VICTIM,
        frozenset(CompartmentClass),
        _VICTIM,
    ),
    Invariant(
        "Une victime n’est trouvée ni par le maire, ni par un ordre du jour.",
        CASE_ACTS,
        AnyOf((_OF_VICTIM, Is(Fact.COORDINATOR))),
        kinds=_VICTIM,
    ),
    Invariant(
        "Une situation protégée ne s’ouvre qu’à deux.",
        CASE_ACTS - {CharterAct.LIST, CharterAct.NAME},
        Not(Is(Fact.PROTECTED)),
    ),
    Invariant(
        "L’origine reste masquée.",
        _EVERY,
        any_fact((Fact.COORDINATOR, Fact.REFERRER)),
        frozenset({CompartmentClass.ORIGIN}),
    ),
    Invariant(
        "La note d’un organisme reste la sienne.",
        _EVERY,
        Is(Fact.OWN_SERVICE),
        frozenset({CompartmentClass.PRIVATE}),
    ),
    Invariant(
        "Le secret partagé ne va ni à la police, ni à l’école, ni au maire.",
        _EVERY,
        Not(any_fact(_NEVER_SOCIAL)),
        frozenset({CompartmentClass.SOCIAL}),
    ),
    Invariant(
        "Le bailleur ne sait rien d’une mesure judiciaire.",
        _EVERY,
        Not(any_fact(_NEVER_JUDICIAL)),
        frozenset({CompartmentClass.JUDICIAL}),
    ),
    Invariant(
        "Une mesure judiciaire n’est mentionnée que par la coordination.",
        frozenset({CharterAct.CONTRIBUTE}),
        Is(Fact.COORDINATOR),
        frozenset({CompartmentClass.JUDICIAL}),
    ),
    Invariant(
        "Qui a ouvert une situation n’est dit qu’à son référent.",
        frozenset({CharterAct.TRACE}),
        Is(Fact.LEAD),
    ),
    Invariant(
        "La coordination et le contrôle seuls suspendent un effacement.",
        frozenset({CharterAct.HOLD}),
        any_fact((Fact.COORDINATOR, Fact.DPO)),
    ),
    Invariant(
        "Une liste d’élimination n’est vue que de la coordination, du contrôle, des archives.",
        frozenset({CharterAct.ELIMINATE}),
        any_fact((Fact.COORDINATOR, Fact.DPO, Fact.ARCHIVES_OFFICER)),
    ),
    Invariant("Le contrôle seul lit le registre.", frozenset({CharterAct.AUDIT}), Is(Fact.DPO)),
    Invariant(
        "Les archives seules visent.", frozenset({CharterAct.VISA}), Is(Fact.ARCHIVES_OFFICER)
    ),
)


def breaches(charter: Charter) -> Iterator[str]:
    """Yield the sentence of each invariant that some combination of facts would break.

    Also proves, gate by gate, that the compiled steps and the tree given to SQL agree. That tree
    is every wall, and some rule: so a wall beats all rules, and a rule less never opens more.
    """
    for wanted, gate in charter.gates.items():
        yield from gate_breaches(charter.kind, wanted, gate)


@lru_cache(maxsize=_KEPT)
def gate_breaches(kind: CaseKind, wanted: Wanted, gate: Gate) -> tuple[str, ...]:
    """Return what one gate would break; the same gate, in another version, is proved already."""
    bearing = [one for one in INVARIANTS if one.bears_on(wanted, kind)]
    told = names(gate.condition).union(told_by(gate), *(names(one.requires) for one in bearing))
    facts, settled = facts_in(told), settled_by(gate)
    return tuple(
        sentence
        for category in categories_in(told)
        for sentence in _breaches(wanted, gate, bearing, Worlds(facts, category, settled))
    )


def _breaches(
    wanted: Wanted, gate: Gate, bearing: list[Invariant], worlds: Worlds
) -> Iterator[str]:
    opened = worlds.opened(gate)
    if opened != worlds.table(gate.condition):
        yield f"« {wanted} » : la décision et le filtre ne disent pas la même chose."
    for invariant in bearing:
        if opened & ~worlds.table(invariant.requires):
            yield f"« {wanted} » : {invariant.says}"
