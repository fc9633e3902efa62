"""Who the persons of a case are to each other, and in which home they live: closed lists.

A relation stands in clear beside the keys, as it always did; a home is sealed like an address.
"""

from enum import StrEnum
from typing import Final


class Relation(StrEnum):
    """What somebody is in a case. Published values never change; new ones go at the end."""

    SUBJECT = "subject"
    LEGAL_REPRESENTATIVE = "legal_representative"
    CHILD = "child"
    PARENT = "parent"
    GUARDIAN = "guardian"


CHILDREN: Final = frozenset({Relation.SUBJECT, Relation.CHILD})
"""Those whom a case is about: the one referred, and the brothers and sisters beside them."""

REPRESENTING: Final = frozenset({Relation.LEGAL_REPRESENTATIVE, Relation.PARENT, Relation.GUARDIAN})
"""Those who answer for a minor (civil code, 371-1 and 403)."""


class Home(StrEnum):
    """Where somebody of a household lives: in one of its two homes, or in both by turns."""

    FIRST = "a"
    SECOND = "b"
    BOTH = "both"
