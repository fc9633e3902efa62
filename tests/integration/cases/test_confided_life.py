"""Confided parts are re-keyed, verified and erased like the others."""

import pytest
from sqlalchemy import select, update

from casework.audit.verify import Extent, verify
from casework.tables import MAIN
from tests.confided import (
    MEASURE,
    SECRET,
    keys_to,
    measures,
    mention,
    named_on,
    secrets,
    settle,
    share,
)
from tests.gathering import listed, rows, sweep, visa
from tests.leaving import count, unname
from tests.postgres import broken_into
from tests.theft import Copy, Thief, opened
from tests.town import COUNCIL, Town

pytestmark = pytest.mark.usefixtures("confidants")


def sound(town: Town) -> bool:
    keys = town.runtime.register_keys.of(COUNCIL)
    return verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True)).clean


def test_after_somebody_left_both_are_sealed_anew_and_their_old_keys_open_neither(
    town: Town,
) -> None:
    case_id = named_on(town, "street_work", "social_service", "youth_justice")
    share(town, case_id)
    mention(town, case_id)
    assert secrets(town, case_id, "social_service") == [SECRET]
    assert measures(town, case_id, "youth_justice").steps
    thieves = [(one, Thief.of(town, one)) for one in ("social_service", "youth_justice")]
    before = Copy.of(town)
    for body, _ in thieves:
        unname(town, case_id, body)
    settle(town)
    assert count(town, "former_epochs") == 0
    assert secrets(town, case_id, "street_work") == [SECRET]
    assert [one.answers for one in measures(town, case_id, "coordination").steps] == [MEASURE]
    after = Copy.of(town)
    for _, thief in thieves:
        assert opened(after, thief.steal(before, before)) == []
    assert sound(town)


@pytest.mark.parametrize("table", ["contributions", "case_steps"])
def test_an_older_value_put_back_in_either_is_found(town: Town, table: str) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    share(town, case_id, "Un autre mot inventé, à retrouver.")
    mention(town, case_id)
    mention(town, case_id, {**MEASURE, "measure": "placement"})
    assert sound(town)
    target = MAIN.tables[table]
    (sealed,) = [one for one in target.c if one.name.endswith("_sealed")]
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        first, second = connection.execute(select(target.c.id, sealed).order_by(target.c.id))
        planted = update(target).where(target.c.id == first.id)
        connection.execute(planted.values({sealed.name: second[1]}))
    assert not sound(town)


def test_at_the_end_their_keys_die_with_the_rest(town: Town) -> None:
    case_id = named_on(town, "street_work", "youth_justice")
    share(town, case_id)
    mention(town, case_id)
    list_id = listed(town, case_id)
    visa(town, list_id)
    sweep(town)
    for class_, body in (("social", "street_work"), ("judicial", "coordination")):
        assert keys_to(town, case_id, body, class_) == 0
    assert (rows(town, "contributions"), rows(town, "case_steps")) == (0, 0)
    assert count(town, "compartments", "case_id = :case", case=case_id) == 0
    assert sound(town)
