"""A charter made ready to decide: for each act and class, ordered steps, first match ends it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from casework.charters.condition import All, AnyOf, Condition, Is, Not
from casework.charters.facts import Fact
from casework.charters.kinds import every_wanted
from casework.charters.outcome import Decision, Wanted
from casework.charters.refusals import GRANTED, Refusal
from casework.charters.rules import Rule
from casework.charters.terms import Term, terms
from casework.charters.vocabulary import CaseKind, Level, Obligation
from casework.charters.walls import Wall, walls


class Step(NamedTuple):
    """When `bits & mask == value`, `decision` is the answer."""

    mask: int
    value: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands before one act: steps for the decision, the same as a tree for SQL and proofs.

    `usual` are the plain facts that anybody let in has: who has them skips the steps that ask
    for each of them, and starts at `inner`; who lacks one is told by `steps` why nothing opens.
    `freely` is the condition under which nothing more is asked: what a list may open by itself.
    """

    usual: Term
    inner: tuple[Step, ...]
    steps: tuple[Step, ...]
    otherwise: Decision
    condition: Condition
    freely: Condition


ASKS_MORE = frozenset({Obligation.TYPED_REASON, Obligation.ONE_CASE})
"""Obligations that only a person before one case can fulfil."""

Grounds = Mapping[Refusal, str]
"""The article that grounds each refusal."""


def build_gates(kind: CaseKind, rules: Sequence[Rule], grounds: Grounds) -> Mapping[Wanted, Gate]:
    """Compile the walls and `rules` of a charter, strongest level first."""
    ordered = strongest_first(rules)
    return MappingProxyType(
        {
            wanted: _gate(wanted, walls(wanted, kind), ordered, grounds)
            for wanted in every_wanted(kind)
        }
    )


def strongest_first(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules in the order in which a grant is looked for."""
    return sorted(rules, key=lambda rule: -rule.level)


def _gate(
    wanted: Wanted, before: tuple[Wall, ...], rules: Sequence[Rule], grounds: Grounds
) -> Gate:
    covering = [rule for rule in rules if rule.covers(wanted)]
    plain = [wall for wall in before if isinstance(wall.passes, Is | Not)]
    other = [wall for wall in before if wall not in plain]
    grants = tuple(step for rule in covering for step in _grants(rule))
    opens = AnyOf(tuple(rule.condition for rule in covering))
    asking = [rule for rule in covering if ASKS_MORE.intersection(rule.obligations)]
    asked = AnyOf((Is(Fact.RESTRICTED), *(rule.condition for rule in asking)))
    condition = All((*(wall.passes for wall in before), opens))
    (usual,) = terms(All(tuple(wall.passes for wall in plain)))
    return Gate(
        usual=usual,
        inner=(*_refusals(other, grounds), *grants),
        steps=tuple(_refusals(before, grounds)),
        otherwise=refused(Refusal.NO_RULE, grounds),
        condition=condition,
        freely=All((condition, Not(asked))),
    )


def _refusals(before: Iterable[Wall], grounds: Grounds) -> Iterator[Step]:
    for wall in before:
        for term in terms(Not(wall.passes)):
            yield Step(*term, refused(wall.refusal, grounds))


def _grants(rule: Rule) -> Iterator[Step]:
    """Grant, and ask more of the reader of a closed case (AU-038 art. 5)."""
    granted = Decision(True, rule.level, rule.article, rule.id, GRANTED, rule.obligations)
    closed = replace(
        granted, obligations=tuple(dict.fromkeys((*rule.obligations, *sorted(ASKS_MORE))))
    )
    for term in terms(All((rule.condition, Is(Fact.RESTRICTED)))):
        yield Step(*term, closed)
    # Whoever comes this far has a case before them that is not closed.
    for term in terms(rule.condition):
        yield Step(*term, granted)


def refused(refusal: Refusal, grounds: Grounds) -> Decision:
    """Return the refusal with the article that grounds it."""
    return Decision(False, Level.NONE, grounds.get(refusal, ""), "", refusal.value)
