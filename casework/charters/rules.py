"""One line of a charter's matrix: who may do what, on which classes, when."""

from dataclasses import dataclass

from casework.charters.condition import ALWAYS, All, AnyOf, Condition, Is, any_fact
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CLASSES_OF_ACT,
    CharterAct,
    CompartmentClass,
    Level,
    Obligation,
    PartnerCategory,
    Recipient,
)
from casework.charters.window import ANY_DAY, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A grant of the charter. Rules only ever open; nothing but a wall closes."""

    id: str
    article: str
    says: str
    recipients: tuple[Recipient, ...]
    categories: tuple[PartnerCategory, ...] = ()
    acts: tuple[CharterAct, ...]
    classes: tuple[CompartmentClass, ...] = ()
    level: Level
    when: Condition = ALWAYS
    obligations: tuple[Obligation, ...] = ()
    window: Window = ANY_DAY

    @property
    def condition(self) -> Condition:
        """Return recipients, categories and `when` as one condition."""
        categories = any_fact(self.categories) if self.categories else ALWAYS
        return All((AnyOf(tuple(map(_recipient, self.recipients))), categories, self.when))

    def covers(self, wanted: Wanted) -> bool:
        """Say whether this rule speaks of `wanted` at all."""
        if wanted.act not in self.acts:
            return False
        return wanted.act not in CLASSES_OF_ACT or wanted.class_ in self.classes


def _recipient(recipient: Recipient) -> Condition:
    """Any member at all has already passed the walls of mandate and signature."""
    return ALWAYS if recipient is Recipient.MEMBER else Is(recipient.value)
