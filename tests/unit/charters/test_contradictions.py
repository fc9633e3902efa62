"""Two rules that say different things of the same act to the same person on the same day."""

import pytest

from casework.charters.contradictions import contradictions
from casework.charters.loading import check
from casework.charters.vocabulary import CaseKind
from tests.unit.charters.gsn import TEXT
from tests.unit.charters.shipped import shipped
from tests.unit.charters.test_loading import line_of, nbsp


def rule(**changed: str) -> str:
    """Return a second rule on what the named member reads, changed where a test says so."""
    said = {
        "id": '"second"',
        "article": '"6"',
        "says": '"Le membre nommé lit la fiche."',
        "recipients": '["named"]',
        "acts": '["read"]',
        "classes": '["sheet"]',
        "level": '"read"',
        "when": '"not restricted"',
        "obligations": '["reason"]',
    }
    lines = [f"{key} = {value}" for key, value in (said | changed).items() if value]
    return "\n".join(("", "[[rules]]", *lines, ""))


@pytest.mark.parametrize(
    ("changed", "difference"),
    [
        ({"level": '"write"'}, "niveau « read » ou « write »"),
        ({"obligations": '["typed_reason"]'}, "obligations différentes"),
        ({"obligations": ""}, "obligations différentes"),
        ({"article": '"10"'}, "article 6 ou article 10"),
        ({"level": '"write"', "when": '"followed"'}, "niveau « read » ou « write »"),
        ({"level": '"write"', "categories": '["landlord"]'}, "niveau « read » ou « write »"),
        ({"level": '"write"', "recipients": '["lead", "named"]'}, "niveau « read » ou « write »"),
    ],
)
def test_two_answers_to_one_person_are_told_with_both_rules_and_the_act(
    changed: dict[str, str], difference: str
) -> None:
    worse = TEXT + rule(**changed)
    told = [fault for fault in check(worse) if "se contredisent" in fault.sentence]
    said = nbsp("Les règles « named-reads » et « second » se contredisent sur « read:sheet »")
    assert any(said in one.sentence and nbsp(difference) in one.sentence for one in told), told
    assert {one.line for one in told} == {line_of(worse, 'id = "second"')}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"level": '"write"', "recipients": '["coordinator"]', "when": '"restricted and named"'},
        {"level": '"write"', "when": '"restricted and not coordinator and not named"'},
        {"obligations": '["typed_reason"]', "valid_from": "2030-01-01", "classes": '["private"]'},
    ],
)
def test_rules_that_agree_or_never_meet_are_no_contradiction(changed: dict[str, str]) -> None:
    told = [one.sentence for one in check(TEXT + rule(**changed))]
    assert not any("se contredisent" in one and "named-reads" in one for one in told)


def test_categories_that_no_body_has_both_do_not_meet() -> None:
    schools = rule(id='"schools"', categories='["education"]', classes='["social"]')
    assert not any("« schools »" in one.sentence for one in check(TEXT + nbsp(schools)))
    apart = TEXT.replace(
        'id = "named-reads"\n', 'id = "named-reads"\ncategories = ["education"]\n', 1
    ) + rule(level='"write"', categories='["landlord"]')
    assert not any("se contredisent" in one.sentence for one in check(apart))


def test_seasons_that_follow_one_another_do_not_meet() -> None:
    first = TEXT.replace('id = "named-reads"\n', 'id = "named-reads"\nvalid_to = 2027-06-30\n', 1)
    later = first + rule(obligations='["typed_reason"]', valid_from="2027-07-01")
    assert check(later) == []
    same_day = first + rule(obligations='["typed_reason"]', valid_from="2027-06-30")
    assert any("se contredisent" in one.sentence for one in check(same_day))


@pytest.mark.parametrize("kind", CaseKind)
def test_no_shipped_charter_contradicts_itself(kind: CaseKind) -> None:
    assert list(contradictions(shipped(kind))) == []
