"""The shipped charter and the people of its tests."""

from functools import cache
from pathlib import Path

from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.loading import load
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass, PartnerCategory

TEXT = (Path(__file__).parents[3] / "config" / "charters" / "gsn.toml").read_text(encoding="utf-8")


@cache
def gsn() -> Charter:
    return load(TEXT)


def member(category: PartnerCategory = PartnerCategory.EDUCATION, **more: bool) -> Standing:
    """A member in order: account, mandate and both signatures."""
    usual = {
        "person": True,
        "mandated": True,
        "charter_signed": True,
        "undertaking_signed": True,
    }
    return Standing(category=category, **(usual | more))


def coordinator(**more: bool) -> Standing:
    return member(PartnerCategory.MUNICIPALITY, coordinator=True, **more)


def case(**more: bool) -> CaseFacts:
    """A case of the territory, to which the organisation is admitted."""
    return CaseFacts(**({"admitted": True, "in_territory": True} | more))


def ask(
    standing: Standing,
    facts: CaseFacts,
    act: CharterAct,
    class_: CompartmentClass | None = None,
) -> Decision:
    return decide(gsn(), standing, Wanted(act, class_), facts)


def allowed(
    standing: Standing,
    facts: CaseFacts,
    act: CharterAct,
    class_: CompartmentClass | None = None,
) -> bool:
    return ask(standing, facts, act, class_).allowed
