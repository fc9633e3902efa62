"""Rules that say two different things of the same act to the same person on the same day."""

from collections.abc import Iterator
from itertools import combinations

from casework.charters.charter import Charter
from casework.charters.condition import NEVER, All, any_fact
from casework.charters.outcome import Wanted
from casework.charters.rules import Rule
from casework.charters.terms import can_hold


def contradictions(charter: Charter) -> Iterator[tuple[int, str]]:
    """Yield the place of the second rule of each pair that contradicts itself, and the sentence.

    Rules for two different ties may meet in one person, who then has the stronger level; two
    rules for the same tie must agree, or nobody could read the charter aloud.
    """
    told = [(index, rule) for index, rule in enumerate(charter.rules) if rule.when != NEVER]
    for (_, first), (index, second) in combinations(told, 2):
        difference = _difference(first, second)
        shared = set(first.recipients) & set(second.recipients)
        if not difference or not shared or not first.window.meets(second.window):
            continue
        wanted = next(
            (one for one in charter.gates if first.covers(one) and second.covers(one)), None
        )
        if wanted is not None and _can_meet(first, second):
            yield index, _sentence(first, second, wanted, difference)


def _can_meet(first: Rule, second: Rule) -> bool:
    """Say whether one person of the shared tie can fulfil both."""
    both = [any_fact(rule.categories) for rule in (first, second) if rule.categories]
    return can_hold(All((*both, first.when, second.when)))


def _difference(first: Rule, second: Rule) -> str:
    """Return in what the answers of two rules differ, in words, or nothing."""
    if first.level is not second.level:
        levels = [rule.level.name.lower() for rule in (first, second)]
        return "niveau « {} » ou « {} »".format(*levels)
    if set(first.obligations) != set(second.obligations):
        return "obligations différentes"
    if first.article != second.article:
        return f"article {first.article} ou article {second.article}"
    return ""


def _sentence(first: Rule, second: Rule, wanted: Wanted, difference: str) -> str:
    shared = next(one for one in first.recipients if one in second.recipients)
    return (
        f"Les règles « {first.id} » et « {second.id} » se contredisent sur « {wanted} » pour"
        f" « {shared} » : {difference}. Gardez-en une, ou séparez-les par « when »."
    )
