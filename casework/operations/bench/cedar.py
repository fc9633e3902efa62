"""A charter in the words of Cedar, so that another engine can be asked the same.

Walls become `forbid … unless`, rules `permit … when`; facts are attributes of a member and a case.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from casework.charters.charter import Charter
from casework.charters.condition import All, AnyOf, Condition, Is, Not
from casework.charters.facts import CaseFacts, Fact, Standing
from casework.charters.outcome import Wanted
from casework.charters.walls import Wall, walls

_OF_CASE: Final = frozenset(CaseFacts.__slots__) & frozenset(Fact)
_OF_MEMBER: Final = frozenset(Fact) - _OF_CASE


def policies_of(charter: Charter) -> str:
    """Return the walls and the rules of a charter as Cedar policies."""
    return "\n".join([*_forbidden(charter), *_permitted(charter)])


def entities_of(pairs: Iterable[tuple[Standing, CaseFacts]]) -> str:
    """Return the members and cases of some pairs as JSON, each pair under its number."""
    entities = [
        {"uid": {"__entity": {"type": kind, "id": str(number)}}, "attrs": attributes, "parents": []}
        for number, (standing, facts) in enumerate(pairs)
        for kind, attributes in (("Member", _member(standing)), ("Case", _case(facts)))
    ]
    return json.dumps(entities)


def request_of(number: int, wanted: Wanted) -> dict[str, object]:
    """Return what is asked about the pair of a number."""
    return {
        "principal": f'Member::"{number}"',
        "action": f'Action::"{wanted}"',
        "resource": f'Case::"{number}"',
        "context": {},
    }


def _forbidden(charter: Charter) -> Iterator[str]:
    standing_before: dict[Wall, list[Wanted]] = {}
    for wanted in charter.gates:
        for wall in walls(wanted, charter.kind):
            standing_before.setdefault(wall, []).append(wanted)
    for wall, before in standing_before.items():
        yield f"forbid({_scope(before)}) unless {{ {_said(wall.passes)} }};"


def _permitted(charter: Charter) -> Iterator[str]:
    for rule in charter.rules:
        covered = list(filter(rule.covers, charter.gates))
        if covered:
            yield f"permit({_scope(covered)}) when {{ {_said(rule.condition)} }};"


def _scope(wanted: Iterable[Wanted]) -> str:
    actions = ", ".join(f'Action::"{one}"' for one in wanted)
    return f"principal, action in [{actions}], resource"


def _said(condition: Condition) -> str:
    match condition:
        case Is(name):
            return _fact(name)
        case Not(part):
            return f"!({_said(part)})"
        case All(parts):
            return " && ".join(f"({_said(part)})" for part in parts) or "true"
        case AnyOf(parts):
            return " || ".join(f"({_said(part)})" for part in parts) or "false"


def _fact(name: str) -> str:
    if name in _OF_CASE:
        return f"resource.{name}"
    return f"principal.{name}" if name in _OF_MEMBER else f'principal.category == "{name}"'


def _member(standing: Standing) -> Mapping[str, object]:
    told: dict[str, object] = {str(name): getattr(standing, name) for name in sorted(_OF_MEMBER)}
    return told | {"category": str(standing.category or "")}


def _case(facts: CaseFacts) -> Mapping[str, object]:
    return {str(name): getattr(facts, name) for name in sorted(_OF_CASE)}
