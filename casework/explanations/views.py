"""Answers about accesses as their pages show them: what is asked, yes or no, by which article."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.charters.explain import Line
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CONTROL_ACTS, CharterAct, CompartmentClass
from casework.charters.words import FACTS, asked
from casework.explanations.values import Counted
from casework.i18n import gettext, ngettext, shown
from casework.i18n import lazy_gettext as _l

_SECTIONS: Final[Mapping[Any, frozenset[CharterAct]]] = {
    _l("Voir"): frozenset({CharterAct.LIST, CharterAct.READ, CharterAct.TRACE}),
    _l("Écrire"): frozenset(
        {
            *(CharterAct.REFER, CharterAct.ANSWER, CharterAct.CONTRIBUTE),
            *(CharterAct.NOTE, CharterAct.REPORT),
        }
    ),
    _l("Conduire"): frozenset(
        {
            *(CharterAct.TRIAGE, CharterAct.NAME, CharterAct.ASSIGN, CharterAct.PREPARE),
            *(CharterAct.ATTEND, CharterAct.DECIDE, CharterAct.INFORM, CharterAct.CLOSE),
        }
    ),
    _l("Contrôler"): CONTROL_ACTS,
}
_SAID_OF_EVERYBODY: Final = frozenset({"person", "in_territory"})


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the table; `told` is the tag: yes or no, or in how many cases."""

    ask: str
    kind: str
    told: str
    article: str = ""
    title: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that go together."""

    title: Any
    rows: tuple[Answered, ...]


def sections(lines: Iterable[Line], counts: Iterable[Counted] = ()) -> tuple[Section, ...]:
    """Return the answers by what they are about, and counts beside them."""
    rows = [(one.question.wanted, _answered(one)) for one in lines]
    rows += [(one.question.wanted, _counted(one)) for one in counts]
    rows.sort(key=lambda row: _place(row[0]))
    found = (
        Section(title, tuple(row for wanted, row in rows if wanted.act in acts))
        for title, acts in _SECTIONS.items()
    )
    return tuple(one for one in found if one.rows)


def facts_in_words(names: Iterable[str]) -> tuple[str, ...]:
    """Return the facts that hold, as ends of sentences; not those that hold of anybody here."""
    told = (one for one in names if one not in _SAID_OF_EVERYBODY)
    return tuple(shown(FACTS[one]) for one in told)


def _place(wanted: Wanted) -> tuple[int, int]:
    """Return where a question stands: acts as one does them, parts as a case shows them."""
    parts = list(CompartmentClass)
    return list(CharterAct).index(wanted.act), parts.index(wanted.class_) if wanted.class_ else -1


def _answered(line: Line) -> Answered:
    allowed, article = line.decision.allowed, line.article
    return Answered(
        ask=shown(asked(line.question)),
        kind="ok" if allowed else "neutral",
        told=gettext("Oui") if allowed else gettext("Non"),
        article=article.number if article else "",
        title=article.title if article else "",
        because=shown(line.because),
    )


def _counted(one: Counted) -> Answered:
    words = ngettext("%(num)d situation", "%(num)d situations", one.cases)
    kind = "ok" if one.cases else "neutral"
    return Answered(shown(asked(one.question)), kind, words if one.cases else gettext("Aucune"))
