"""The register speaks French: no act reaches its reader as a code."""

import pytest

from casework.audit.act_words import ACTS
from casework.audit.actions import Act, Outcome
from casework.audit.words import ACTS_OF, FAMILIES, OUTCOMES, REASONS, Family, act_words
from casework.identity import Reason


@pytest.mark.parametrize("act", Act)
def test_every_act_has_its_words(act: Act) -> None:
    assert str(ACTS[act]) != act


def test_every_reason_outcome_and_family_has_its_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(OUTCOMES) == set(Outcome)
    assert set(FAMILIES) == set(Family)


def test_a_family_is_of_acts_and_all_is_no_restriction() -> None:
    assert Family.ALL not in ACTS_OF
    assert all(ACTS_OF[one] for one in Family if one is not Family.ALL)


def test_an_act_of_the_future_keeps_its_code() -> None:
    assert act_words("moon:visited") == "moon:visited"
