"""The charter as a table that one signs: rows are what a case holds, columns who may, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.charters.charter import Charter
from casework.charters.condition import All, AnyOf, Condition, Is, Not
from casework.charters.facts import Fact
from casework.charters.openings import Opening, openings
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    ListName,
    Recipient,
)
from casework.charters.words import ACTS, CATEGORIES, RECIPIENTS, WHEN
from casework.explanations.figures import CLASSES, figures_of
from casework.explanations.values import SignatureSheet
from casework.i18n import gettext, shown
from casework.i18n import lazy_gettext as _l
from casework.web.look import Paper

_PLACES: Final = (
    *(Recipient.COORDINATOR, Recipient.LEAD, Recipient.NAMED),
    *(Recipient.REFERRER, Recipient.MEMBER),
)
_CONTENT: Final = (CharterAct.READ, CharterAct.CONTRIBUTE, CharterAct.NOTE)
LISTS: Final[Mapping[ListName, Any]] = {
    ListName.PURPOSES: _l("Pourquoi on partage"),
    ListName.REFERRAL_REASONS: _l("Motifs de saisine"),
    ListName.ORIGINS: _l("D’où vient une alerte"),
    ListName.ACTIONS: _l("Actions possibles"),
    ListName.DECISIONS: _l("Décisions du groupe"),
    ListName.CLOSURE_REASONS: _l("Motifs de sortie"),
    ListName.DELAY_REASONS: _l("Motifs d’un retard d’information"),
    ListName.REDIRECTIONS: _l("Orientations possibles"),
    ListName.FACTS: _l("Faits qui peuvent être rapportés"),
    ListName.RULES_RECALLED: _l("Règles qui peuvent être rappelées"),
    ListName.RECOMMENDATIONS: _l("Recommandations à la famille"),
    ListName.COMMITMENTS: _l("Engagements de la famille"),
    ListName.NEEDS: _l("Besoins d’une victime"),
    ListName.CONSENT_CHANNELS: _l("Comment l’accord est donné"),
    ListName.CONSENT_SCOPES: _l("Ce que l’accord couvre"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one sort of recipient may do, one line for each rule, with its article."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by columns of recipients; `rows` are (name, what it holds, cells)."""

    title: Any
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class SheetTables:
    """Everything that the sheet tabulates."""

    contents: Table
    acts: Table
    figures: tuple[tuple[str, str, str], ...]
    lists: tuple[tuple[Any, tuple[str, ...]], ...]


def paper_of(sheet: SignatureSheet, reader: str) -> Paper:
    """Return what stands at the head and at the foot of every page of it."""
    charter = sheet.charter
    reference = gettext(
        "Version %(version)s · empreinte %(digest)s",
        version=charter.version,
        digest=charter.digest[:16],
    )
    return Paper(charter.title, reference, reader, sheet.at, "1", sheet.stamp)


def sheet_tables(charter: Charter) -> SheetTables:
    """Return the charter in tables, each cell as the engine decides."""
    granted = openings(charter)
    return SheetTables(
        contents=_contents(charter, granted),
        acts=_acts(granted),
        figures=tuple(figures_of(charter)),
        lists=tuple((LISTS[name], tuple(charter.lists[name].values())) for name in charter.lists),
    )


def said(condition: Condition, *, holds: bool = True) -> str:
    """Return when a rule grants, in a few words; nothing when it always does."""
    match condition:
        case Is(name):
            if name == Fact.RESTRICTED and not holds:
                return ""  # before the closure is what the whole table speaks of
            words = WHEN.get(name)
            return shown(words[0 if holds else 1]) if words else name
        case Not(part):
            return said(part, holds=not holds)
        case All(parts) | AnyOf(parts):
            together = isinstance(condition, All) is holds
            between = ", " if together else gettext(" ou ")
            return between.join(filter(None, (said(part, holds=holds) for part in parts)))


def _contents(charter: Charter, granted: Iterable[Opening]) -> Table:
    by_class = [one for one in granted if one.wanted.act in _CONTENT]
    rows = tuple(
        (_class_name(class_), words, _cells(by_class, class_))
        for class_, words in charter.compartments.items()
    )
    return Table(_l("Qui lit et qui écrit quoi"), _columns(_PLACES), rows)


def _acts(granted: tuple[Opening, ...]) -> Table:
    acts = dict.fromkeys(one.wanted.act for one in granted if one.wanted.act not in _CONTENT)
    columns = (*_PLACES, Recipient.DPO, Recipient.ARCHIVES_OFFICER)
    rows = []
    for act in acts:
        mine = [one for one in granted if one.wanted.act is act]
        cells = tuple(_cell([o for o in mine if o.recipient is r], act) for r in columns)
        rows.append((shown(ACTS[act]), "", cells))
    return Table(_l("Qui fait quoi"), _columns(columns), tuple(rows))


def _columns(recipients: Iterable[Recipient]) -> tuple[str, ...]:
    return tuple(shown(RECIPIENTS[one]) for one in recipients)


def _cells(granted: list[Opening], class_: CompartmentClass) -> tuple[Cell, ...]:
    mine = [one for one in granted if one.wanted.class_ is class_]
    return tuple(_cell([o for o in mine if o.recipient is r], None) for r in _PLACES)


def _cell(granted: Iterable[Opening], act: CharterAct | None) -> Cell:
    """Return one line for what is granted alike: what, when, to which bodies."""
    alike: dict[tuple[str, str, str], set[CharterAct]] = {}
    for one in granted:
        place = (said(one.rule.when), _only(one), one.rule.article)
        alike.setdefault(place, set()).add(one.wanted.act)
    lines = [
        (", ".join(filter(None, (_verbs(acts) if act is None else gettext("oui"), when, only))), at)
        for (when, only, at), acts in alike.items()
    ]
    return Cell(tuple(lines))


def _verbs(acts: set[CharterAct]) -> str:
    if acts == {CharterAct.READ}:
        return gettext("lit")
    return gettext("lit et écrit") if CharterAct.READ in acts else gettext("écrit")


def _only(one: Opening) -> str:
    """Return the bodies when they are not all; the coordinating body is the council's own."""
    if one.every or (one.recipient is Recipient.COORDINATOR and not one.rule.categories):
        return ""
    names = ", ".join(shown(CATEGORIES[body]) for body in one.categories)
    return gettext("seulement : %(bodies)s", bodies=names)


def _class_name(class_: CompartmentClass) -> str:
    return str(CLASSES[class_])
