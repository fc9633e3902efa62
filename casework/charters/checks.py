"""What the parts of a charter owe one another, checked once all of them are read."""

from collections import Counter
from collections.abc import Iterator

from casework.charters.charter import Charter
from casework.charters.condition import NEVER, All
from casework.charters.contradictions import contradictions
from casework.charters.faults import Notebook
from casework.charters.invariants import breaches
from casework.charters.kinds import ACTS_OF_KIND
from casework.charters.refusals import NEWER, Refusal
from casework.charters.rules import Rule
from casework.charters.terms import can_hold
from casework.charters.vocabulary import (
    ASKING_KINDS,
    CLASSES_OF_ACT,
    CLASSES_OF_KIND,
    CONTROL_ACTS,
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    PartnerCategory,
    Recipient,
    floor,
)
from casework.charters.walls import CONFIDED, needed, walls

_CITING = (
    *("custody", "persons", "texts", "clocks", "register", "meetings", "information"),
    *("presence", "protocol"),
)
_CONTROLLERS = frozenset({Recipient.DPO, Recipient.ARCHIVES_OFFICER})
_ORIGIN_READERS = frozenset({Recipient.COORDINATOR, Recipient.REFERRER})


def check_charter(charter: Charter, notebook: Notebook) -> None:
    """Note every contradiction between parts, then every invariant that would be broken.

    Rules only open: what is true of all of them at once is true on every day.
    """
    _check_citations(charter, notebook)
    _check_refusals(charter, notebook)
    _check_compartments(charter, notebook)
    for index, sentence in contradictions(charter):
        notebook.note(("rules", index, "id"), sentence)
    widest = charter.undated()
    _check_presence(charter, notebook)
    for index, rule in enumerate(charter.rules):
        for key, sentence in _rule_faults(rule, widest):
            notebook.note(("rules", index, key), sentence)
        if not rule.window.meets(charter.dates):
            notebook.note(
                ("rules", index, "valid_from"),
                "Les dates de cette règle ne rencontrent jamais celles de la charte.",
            )
    for sentence in breaches(widest):
        notebook.note(("rules", 0), sentence)


def _check_citations(charter: Charter, notebook: Notebook) -> None:
    cited: list[tuple[tuple[str | int, ...], str]] = [
        ((part, "article"), getattr(charter, part).article) for part in _CITING
    ]
    cited += [(("rules", n, "article"), rule.article) for n, rule in enumerate(charter.rules)]
    for place, number in cited:
        if number and number not in charter.articles:
            notebook.note(place, f"L’article {number} n’existe pas.")


def _check_refusals(charter: Charter, notebook: Notebook) -> None:
    """Every refusal that the procedure can give must be able to cite the article it rests on."""
    counted = Counter(code for one in charter.articles.values() for code in one.refusals)
    wanted = needed(charter.kind)
    for refusal in Refusal:
        if counted[refusal] == 0 and refusal in wanted - NEWER.keys():
            notebook.note(("articles", 0), f"Aucun article ne fonde le refus « {refusal} ».")
        if counted[refusal] > 1:
            notebook.note(("articles", 0), f"Plusieurs articles fondent le refus « {refusal} ».")


def _check_compartments(charter: Charter, notebook: Notebook) -> None:
    for class_ in sorted(charter.compartments.keys() - CLASSES_OF_KIND[charter.kind]):
        place = ("compartments", class_.value)
        notebook.note(place, f"« {class_} » n’existe pas dans cette procédure.")
    for class_ in charter.custody.members_only:
        if class_ not in charter.compartments:
            place = ("custody", "members_only")
            notebook.note(place, f"La classe « {class_} » n’est pas décrite dans « compartments ».")


def _check_presence(charter: Charter, notebook: Notebook) -> None:
    """Keep victims out: whoever looks for one must not learn where to look."""
    if charter.presence.on and charter.kind not in ASKING_KINDS:
        said = (
            "Un groupe d’aide aux victimes ne prend jamais part à la consultation de présence"
            " (code pénal, art. 226-13 ; code civil, art. 515-11)."
        )
        notebook.note(("presence",), said)


def _rule_faults(rule: Rule, charter: Charter) -> list[tuple[str, str]]:
    found = [
        *_level_faults(rule, charter.kind),
        *_class_faults(rule, charter),
        *_recipient_faults(rule, charter),
    ]
    unread = rule.when == NEVER or not rule.recipients
    return found if found or unread else list(_dead_faults(rule, charter))


def _level_faults(rule: Rule, kind: CaseKind) -> Iterator[tuple[str, str]]:
    if kind is CaseKind.VICTIM and _tells_coordination(rule):
        yield (
            "level",
            "La coordination sait qu’une orientation existe, et rien de plus : « exists ».",
        )
    for act in rule.acts:
        if rule.level and rule.level < floor(act):
            least = floor(act).name.lower()
            yield "level", f"L’acte « {act} » demande au moins le niveau « {least} »."


def _tells_coordination(rule: Rule) -> bool:
    spoken_of = {Recipient.MEMBER, Recipient.COORDINATOR} & set(rule.recipients)
    return bool(spoken_of) and CharterAct.LIST in rule.acts and rule.level > Level.EXISTS


def _class_faults(rule: Rule, charter: Charter) -> Iterator[tuple[str, str]]:
    for class_ in rule.classes:
        if class_ not in charter.compartments:
            yield "classes", f"La classe « {class_} » n’est pas décrite dans « compartments »."
        if not any(class_ in CLASSES_OF_ACT.get(act, ()) for act in rule.acts):
            yield "classes", f"Aucun acte de la règle ne porte sur « {class_} »."
    for act in rule.acts:
        if act not in ACTS_OF_KIND[charter.kind]:
            yield "acts", f"L’acte « {act} » n’existe pas dans cette procédure."
        if act in CLASSES_OF_ACT and not CLASSES_OF_ACT[act] & set(rule.classes):
            yield "acts", f"L’acte « {act} » doit dire sur quelle classe il porte."


def _recipient_faults(rule: Rule, charter: Charter) -> Iterator[tuple[str, str]]:
    if _CONTROLLERS & set(rule.recipients) and not CONTROL_ACTS.issuperset(rule.acts):
        yield "recipients", "Le contrôle et les archives n’ont jamais accès au contenu."
    if CompartmentClass.ORIGIN in rule.classes and not _ORIGIN_READERS.issuperset(rule.recipients):
        yield (
            "recipients",
            "L’origine n’est ouverte qu’à la coordination et à la personne qui saisit.",
        )
    for class_, allowed in CONFIDED.items():
        for category in _outside(rule, class_, allowed):
            yield "categories", f"« {class_} » ne peut pas être ouvert à « {category} »."
    for category in rule.categories:
        if category not in charter.signatories:
            yield "categories", f"« {category} » n’est pas signataire de la charte."


def _outside(
    rule: Rule, class_: CompartmentClass, allowed: frozenset[PartnerCategory]
) -> list[PartnerCategory]:
    if class_ not in rule.classes:
        return []
    return [category for category in rule.categories if category not in allowed]


def _dead_faults(rule: Rule, charter: Charter) -> Iterator[tuple[str, str]]:
    """Find rules that open nothing: they would be read aloud for nothing."""
    for wanted in filter(rule.covers, charter.gates):
        before = All(tuple(wall.passes for wall in walls(wanted, charter.kind)))
        if not can_hold(All((before, rule.condition))):
            yield "when", f"Cette règle ne peut jamais s’appliquer à « {wanted} »."
