"""Durations in the record: the charter's figures, never beyond the law's."""

from dataclasses import replace

from casework.charters.loading import load
from casework.charters.vocabulary import CaseKind
from casework.processing.terms import register_terms, terms_of
from tests.unit.charters.gsn import TEXT, gsn


def figures(text: str = TEXT) -> dict[str, int]:
    return {one.key: one.figure for one in terms_of(load(text))}


def test_each_duration_of_the_charter_is_told_with_its_bound_and_its_source() -> None:
    told = {one.key: one for one in terms_of(gsn())}
    assert told["after_closure_months"].figure == 3
    assert told["after_closure_months"].highest == 36
    assert "2014-262" in told["after_closure_months"].source
    assert told["age_to"].figure == 25
    assert {one.article for one in told.values()} == {"14", "2"}
    assert all(one.source for one in told.values())


def test_a_shorter_duration_in_the_charter_is_a_shorter_one_in_the_record() -> None:
    changed = TEXT.replace("review_months = 6", "review_months = 4")
    assert figures(changed) == figures() | {"review_months": 4}


def test_no_charter_is_told_beyond_the_ceiling_of_its_kind() -> None:
    victim = replace(gsn(), kind=CaseKind.VICTIM)
    object.__setattr__(victim, "clocks", replace(victim.clocks, after_closure_months=36))
    told = {one.key: one for one in terms_of(victim)}
    assert (told["after_closure_months"].figure, told["after_closure_months"].highest) == (24, 24)
    assert "age_to" not in told


def test_the_register_is_kept_as_the_longest_charter_says_and_a_year_without_one() -> None:
    assert [one.figure for one in register_terms([gsn()])] == [12, 36]
    assert [one.figure for one in register_terms([])] == [12, 12]
