"""Sets the table of each group: who sits there, from which communes and schools people come."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Generic, TypeVar

from casework.demo.draw import Draw
from casework.demo.places import place_name
from casework.demo.shapes import Commune, Group, Member, World
from casework.demo.stories import origins
from casework.demo.words import slug

T = TypeVar("T")

_PLACES: Final = 768


class Urn(Generic[T]):
    """Things drawn as often as their weights say."""

    def __init__(self, things: Sequence[T], weights: Sequence[int]) -> None:
        """Weigh `things`."""
        self._things = things
        self._reach = list(accumulate(weights))

    def draw(self, draw: Draw) -> T:
        """Return one of the things."""
        return self._things[bisect(self._reach, draw.below(self._reach[-1]))]


@dataclass(frozen=True, slots=True)
class Table:
    """A group as the writing of cases needs it: members by category, a collège and a lycée."""

    group: Group
    communes: Urn[Commune]
    seats: dict[str, tuple[Member, ...]]
    origins: tuple[str, ...]
    schools: tuple[str, str]


def table(group: Group, world: World) -> Table:
    """Return the table of `group`."""
    category = {office.key: office.category for office in world.organisations}
    seats: dict[str, tuple[Member, ...]] = {}
    for member in world.members:
        if group.key in member.groups and member.role == "member":
            kind = category[member.organisation]
            seats[kind] = (*seats.get(kind, ()), member)
    communes = [one for one in world.communes if one.insee in group.communes]
    return Table(
        group=group,
        communes=Urn(communes, [one.population for one in communes]),
        seats=seats,
        origins=tuple(origins(seats)),
        schools=(_school(group, world, "Collège"), _school(group, world, "Lycée")),
    )


def _school(group: Group, world: World, kind: str) -> str:
    """Return the partner school of `kind`, or an invented one outside the group."""
    key = slug(f"{kind} {group.prefix}")
    for office in world.organisations:
        if office.key == key:
            return office.name
    return f"{kind} des {place_name(Draw('school', key).below(_PLACES))}"
