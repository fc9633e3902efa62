"""The matrix of a charter as it decides: who is granted what, on which class, and when.

Nothing is copied from the rules: each cell is asked of the engine, walls included, so that a rule
that a wall keeps shut does not appear.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from casework.charters.charter import Article, Charter
from casework.charters.condition import names
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Fact, Standing
from casework.charters.outcome import Wanted
from casework.charters.rules import Rule
from casework.charters.vocabulary import CONTROL_ACTS, PartnerCategory, Recipient

_TIES: Final = {
    Recipient.NAMED: Fact.NAMED,
    Recipient.LEAD: Fact.LEAD,
    Recipient.REFERRER: Fact.REFERRER,
}
_ALWAYS: Final = frozenset({Fact.ADMITTED, Fact.IN_TERRITORY})
_BARRED: Final = frozenset({Fact.EXCLUDED, Fact.SEALED})
_CASE_FACTS: Final = frozenset(CaseFacts.__slots__) & frozenset(map(str, Fact))
_CONTROL: Final = (PartnerCategory.DATA_PROTECTION, PartnerCategory.ARCHIVES)


@dataclass(frozen=True, slots=True)
class Opening:
    """What one rule grants to one sort of recipient; `categories` are the bodies it is open to."""

    recipient: Recipient
    wanted: Wanted
    rule: Rule
    categories: tuple[PartnerCategory, ...]
    article: Article | None
    every: bool

    def open_to(self, category: PartnerCategory) -> bool:
        """Say whether a body of a category is among them."""
        return category in self.categories


def openings(charter: Charter) -> tuple[Opening, ...]:
    """Return everything that the charter grants, rule by rule in the order of the text."""
    return tuple(_openings(charter))


def _openings(charter: Charter) -> Iterator[Opening]:
    for rule in charter.rules:
        for wanted, recipient in product(charter.gates, rule.recipients):
            if not rule.covers(wanted):
                continue
            bodies, worlds = _bodies(charter, wanted), _worlds(charter, wanted, rule, recipient)
            granted = tuple(
                one
                for one in bodies
                if _opens(charter, wanted, rule, _standing(recipient, one), worlds)
            )
            if granted:
                article = charter.articles.get(rule.article)
                yield Opening(recipient, wanted, rule, granted, article, granted == bodies)


def _bodies(charter: Charter, wanted: Wanted) -> tuple[PartnerCategory, ...]:
    """Return the bodies that may be asked about: of control, those too that sign no charter."""
    more = _CONTROL if wanted.act in CONTROL_ACTS else ()
    return (*charter.signatories, *more)


def _opens(
    charter: Charter, wanted: Wanted, rule: Rule, standing: Standing, worlds: Iterable[CaseFacts]
) -> bool:
    return any(decide(charter, standing, wanted, facts).rule == rule.id for facts in worlds)


@cache
def _standing(recipient: Recipient, category: PartnerCategory) -> Standing:
    return Standing(
        person=True,
        mandated=True,
        charter_signed=True,
        undertaking_signed=True,
        coordinator=recipient is Recipient.COORDINATOR,
        dpo=recipient is Recipient.DPO,
        archives_officer=recipient is Recipient.ARCHIVES_OFFICER,
        category=category,
    )


def _worlds(
    charter: Charter, wanted: Wanted, rule: Rule, recipient: Recipient
) -> tuple[CaseFacts, ...]:
    """Return the cases that the charter tells apart, before somebody with one tie to each."""
    known = {*_ALWAYS, _TIES[recipient]} if recipient in _TIES else _ALWAYS
    told = names(charter.gates[wanted].condition) - frozenset(_TIES.values()) | names(rule.when)
    free = sorted(told & _CASE_FACTS - known - _BARRED)
    usual = dict.fromkeys(map(str, known), True)
    every = product((False, True), repeat=len(free))
    return tuple(CaseFacts(**usual, **dict(zip(free, values, strict=True))) for values in every)
