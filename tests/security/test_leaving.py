"""Whoever is gone keeps what they could read then, and gets nothing of what came after.

The thief is the strongest one: the secret of an organisation that left, and every byte of both
databases, as they were before or as they are now.
"""

from dataclasses import dataclass

import pytest

from casework.identity import Reason
from tests.leaving import LATER, WORDS, followed, leave, read, rekey, unname
from tests.theft import Copy, Thief, opened, sealed_values
from tests.town import Town


@dataclass(frozen=True)
class Theft:
    """A case from which the school went: the thief, and both databases before and after."""

    thief: Thief
    before: Copy
    after: Copy


@pytest.fixture(params=["left the council", "left the case"])
def theft(request: pytest.FixtureRequest, town: Town) -> Theft:
    """Let the school go, seal everything anew, and write on."""
    case_id = followed(town, "school")
    thief, before = Thief.of(town, "school"), Copy.of(town)
    if request.param == "left the council":
        leave(town, "school")
    else:
        unname(town, case_id, "school")
    rekey(town)
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    read(town, case_id, "street_work")
    rekey(town)
    return Theft(thief, before, Copy.of(town))


def test_an_old_copy_opens_what_was_written_before(theft: Theft) -> None:
    """Nobody unsays a case: this is what the threat model admits."""
    texts = opened(theft.before, theft.thief.steal(theft.before, theft.before))
    assert {WORDS, "Zéphirinquois", "truancy"} <= set(texts)
    assert "Mme Corbinguy, voisine inventée" not in texts


def test_keys_of_an_old_copy_open_nothing_that_stands_now(theft: Theft) -> None:
    keys = theft.thief.steal(theft.before, theft.before)
    assert keys
    assert opened(theft.after, keys) == []
    assert sealed_values(theft.after) > sealed_values(theft.before)


def test_what_stands_now_gives_an_old_secret_no_key(theft: Theft) -> None:
    assert theft.thief.steal(theft.after, theft.after) == {}
    # Nor with the peppers of then.
    assert theft.thief.steal(theft.after, theft.before) == {}


def test_an_old_database_opens_nothing_once_its_peppers_are_gone(theft: Theft) -> None:
    assert theft.thief.steal(theft.before, theft.after) == {}


def test_keys_put_back_by_sql_open_nothing(theft: Theft) -> None:
    """Old rings beside today's values: the epoch they are of seals nothing any more."""
    rows = {**theft.after.rows, "rings": theft.before.rows["rings"]}
    planted = Copy(rows, theft.before.peppers | theft.after.peppers)
    assert opened(theft.after, theft.thief.steal(planted, planted)) == []


def test_until_it_is_sealed_anew_what_is_written_is_closed_already(town: Town) -> None:
    case_id = followed(town, "school")
    thief, before = Thief.of(town, "school"), Copy.of(town)
    leave(town, "school")
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    now = Copy.of(town)
    texts = opened(now, thief.steal(before, before))
    assert WORDS in texts
    assert LATER not in texts
