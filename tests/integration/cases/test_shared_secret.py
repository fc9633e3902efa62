"""Between social workers (CASF L. 121-6-2): read by them alone, and nothing says that it exists."""

from datetime import timedelta

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.errors import AccessDenied, InvalidInput, Locked
from casework.identity import Reason
from casework.keys.values import Withheld
from tests.confided import (
    OTHERS,
    SECRET,
    keys_to,
    named_on,
    secrets,
    settle,
    share,
)
from tests.families import Families
from tests.gathering import close, today
from tests.leaving import unname
from tests.town import Town

pytestmark = pytest.mark.usefixtures("confidants")


def test_social_workers_who_are_named_read_one_another(town: Town) -> None:
    case_id = named_on(town, "street_work", "social_service")
    share(town, case_id)
    assert secrets(town, case_id, "social_service") == [SECRET]
    share(town, case_id, "Une suite inventée.", "social_service")
    assert secrets(town, case_id, "street_work") == ["Une suite inventée.", SECRET]


def test_to_all_others_named_or_not_nothing_of_it_exists(town: Town) -> None:
    case_id = named_on(town, "street_work", "police", "landlord", "mission", "school")
    before = {body: _seen(town, case_id, body) for body in OTHERS}
    share(town, case_id)
    assert {body: _seen(town, case_id, body) for body in OTHERS} == before
    for body in OTHERS:
        assert keys_to(town, case_id, body, "social") == 0


def _seen(town: Town, case_id: object, body: str) -> tuple[object, ...]:
    """Return all that a reading shows, and what its line in the register counts."""
    file = town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)  # type: ignore[arg-type]
    asked = Asked(acts=frozenset({Act.CASE_READ}))
    lines = town.runtime.register.read(town.who("dpo"), asked).lines
    line = next(one for one in lines if one.member_id == town.members[body])
    parts = sorted(one.compartment_class for one in file.parts)
    return file.shared, file.social, file.notes, file.steps, parts, file.may, dict(line.detail)


@pytest.mark.parametrize("body", OTHERS)
def test_nobody_else_writes_there(town: Town, body: str) -> None:
    case_id = named_on(town, "street_work", "police", "landlord", "mission", "school")
    with pytest.raises(AccessDenied):
        share(town, case_id, body=body)


def test_it_is_short_and_holds_no_social_security_number(town: Town) -> None:
    case_id = named_on(town, "street_work")
    for text in ("", "x" * 401, "Son numéro est le 1 84 12 76 451 089 46."):
        with pytest.raises(InvalidInput):
            share(town, case_id, text)


def test_it_stands_in_no_timeline_and_no_note(town: Town) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    file = town.runtime.cases.read(town.who("street_work"), Reason.DUTY, case_id)
    assert (file.shared, file.notes) == ((), ())


def test_whoever_is_named_later_waits_for_the_key_and_the_regular_job_brings_it(
    town: Town,
) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    town.name(case_id, "social_service")
    (shut,) = secrets(town, case_id, "social_service")
    assert isinstance(shut, Withheld)
    file = town.runtime.cases.read(town.who("social_service"), Reason.DUTY, case_id)
    assert ("social", "no-key") in {(one.compartment_class, one.why) for one in file.parts}
    with pytest.raises(Locked):
        share(town, case_id, "Trop tôt.", "social_service")
    settle(town)
    assert secrets(town, case_id, "social_service") == [SECRET]


def test_a_reading_by_who_holds_the_key_brings_it_too(town: Town) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    town.name(case_id, "social_service")
    assert secrets(town, case_id, "street_work") == [SECRET]
    assert secrets(town, case_id, "social_service") == [SECRET]
    asked = Asked(acts=frozenset({Act.KEY_GRANTED}))
    (line,) = town.runtime.register.read(town.who("dpo"), asked).lines
    assert (line.case_id, line.detail["keys"]) == (case_id, 1)


def test_writing_brings_it_as_well(town: Town) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    town.name(case_id, "social_service")
    share(town, case_id, "Un mot de plus.")
    assert secrets(town, case_id, "social_service") == ["Un mot de plus.", SECRET]


def test_whoever_is_no_longer_named_loses_the_key_and_the_next_text_has_another(
    town: Town,
) -> None:
    case_id = named_on(town, "street_work", "social_service")
    share(town, case_id)
    assert secrets(town, case_id, "social_service") == [SECRET]
    unname(town, case_id, "social_service")
    assert keys_to(town, case_id, "social_service", "social") == 0
    with pytest.raises(AccessDenied):
        secrets(town, case_id, "social_service")
    share(town, case_id, "Écrit après le départ.")
    settle(town)
    assert secrets(town, case_id, "street_work") == ["Écrit après le départ.", SECRET]


def test_a_naming_that_ends_by_its_date_ends_the_key_of_who_referred_too(town: Town) -> None:
    case_id = town.refer("street_work")
    town.follow(case_id)
    town.name(case_id, "street_work", today(town) + timedelta(days=3))
    town.name(case_id, "social_service")
    share(town, case_id)
    assert secrets(town, case_id, "social_service") == [SECRET]
    town.clock.advance(days=5)
    settle(town)
    assert keys_to(town, case_id, "street_work", "social") == 0
    assert keys_to(town, case_id, "street_work", "sheet") == 1


def test_the_last_who_holds_it_keeps_it_until_another_comes(town: Town) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    unname(town, case_id, "street_work")
    assert keys_to(town, case_id, "street_work", "sheet") == 0
    assert keys_to(town, case_id, "street_work", "social") == 1
    with pytest.raises(AccessDenied):
        secrets(town, case_id, "street_work")
    town.name(case_id, "social_service")
    settle(town)
    assert secrets(town, case_id, "social_service") == [SECRET]
    settle(town)
    assert keys_to(town, case_id, "street_work", "social") == 0


def test_once_the_case_is_over_it_opens_for_nobody_and_no_key_moves(town: Town) -> None:
    case_id = named_on(town, "street_work", "social_service")
    share(town, case_id)
    close(town, case_id)
    settle(town)
    assert keys_to(town, case_id, "street_work", "social") == 1


def test_around_a_family_social_workers_share_and_the_mayor_reads_none_of_it(
    town: Town, families: Families
) -> None:
    case_id = families.heard()
    for body in ("departement", "centre"):
        member, who = town.members[body], town.who("families")
        town.runtime.cases.name(who, Reason.DUTY, case_id, member, None)
    share(town, case_id, body="departement")
    assert secrets(town, case_id, "centre") == [SECRET]
    for body in ("families", "deputy"):
        assert secrets(town, case_id, body) == []
