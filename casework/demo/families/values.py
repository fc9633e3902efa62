"""A family council as the invented world tells it: its people, and how far each family came."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.demo.shapes import Group, Member, Organisation


class Reached(StrEnum):
    """The last thing that happened to a family, in the order of the procedure."""

    REFERRED = "referred"
    QUESTIONED = "questioned"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    KEPT = "kept"
    INVITED = "invited"
    ABSENT = "absent"
    HEARD = "heard"
    CONSULTED = "consulted"
    NOTIFIED = "notified"
    SUPPORTED = "supported"
    CERTIFIED = "certified"


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody of a household: `relation` and `home` are codes of the service."""

    relation: str
    given: str
    family: str
    home: str
    address: str
    phone: str = ""
    school: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """A family whole; `sitting` is the day of the sitting that decides whether it is heard."""

    key: str
    came_to: Reached
    sitting: date
    people: tuple[Inhabitant, ...]
    referrer: str
    origin: str
    reason: str
    fact: str
    reporter: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class FamilyCouncil:
    """The council of one commune."""

    group: Group
    bodies: tuple[Organisation, ...]
    members: tuple[Member, ...]
    families: tuple[Family, ...]

    def member(self, category: str, role: str = "member") -> Member:
        """Return the member of a category of body, with a role."""
        found = {one.key for one in self.bodies if one.category == category}
        return next(one for one in self.members if one.organisation in found and one.role == role)
