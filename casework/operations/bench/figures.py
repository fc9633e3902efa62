"""Figures that stand by themselves: each with its budget and, beside it, what explains it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FigureName(StrEnum):
    """What is measured. Published values never change."""

    RING_ENTRY = "ring-entry"
    RING_BESIDE_HPKE = "ring-beside-hpke"
    RING_OF_5000 = "ring-of-5000"
    ROTATION = "rotation"
    ROTATION_UNIT = "rotation-unit"
    RESEALING_UNIT = "resealing-unit"
    LIST_GROWTH = "list-growth"
    SIGN_IN_SHARE = "sign-in-share"
    FOUR_AT_ONCE = "four-at-once"
    PAGES_MEANWHILE = "pages-meanwhile"
    FIRST_ROOT = "first-root"
    PROOFS_OF_FEW = "proofs-of-few"
    PROOFS = "proofs"
    VERIFY = "verify"
    VERIFY_BY_TWO = "verify-by-two"
    REGISTER_PAGE = "register-page"
    APPEND = "append"
    WAIT_OF_4 = "wait-of-4"
    FAIRNESS_OF_4 = "fairness-of-4"
    TOTAL_OF_4 = "total-of-4"
    WAIT_OF_8 = "wait-of-8"
    FAIRNESS_OF_8 = "fairness-of-8"
    TOTAL_OF_8 = "total-of-8"
    CHARTER_DIFF = "charter-diff"
    DECISION = "decision"
    DECISION_BESIDE_CEDAR = "decision-beside-cedar"
    LIST_WITH_POLICY = "list-with-policy"
    CHARTER_CHECK = "charter-check"
    SEARCH = "search"
    SEARCH_BESIDE_OPENING = "search-beside-opening"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, the most it may be (or the least), and other figures of the same moments."""

    name: FigureName
    value: float
    unit: str
    budget: float
    at_least: bool = False
    beside: Mapping[str, float] = field(default_factory=dict)

    @property
    def missed(self) -> bool:
        """Say whether it is on the wrong side of its budget."""
        return self.value < self.budget if self.at_least else self.value > self.budget
