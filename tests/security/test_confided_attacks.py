"""Whoever writes rows gives nobody the key of what is confided to social workers or to justice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.audit.work import Work
from casework.charters.vocabulary import PartnerCategory
from casework.db.engine import Scope
from casework.entropy import new_id
from casework.errors import AccessDenied, IntegrityFailure, Locked, StepRefused
from casework.identity import Reason, operator
from casework.keys.gateway import holding
from casework.keys.lending import Lending
from casework.keys.values import Acting, HeldKey
from casework.partners.gateway.vouching import of_sort
from casework.tables import MAIN
from tests.confided import (
    MEASURE,
    OTHERS,
    SECRET,
    keys_to,
    measures,
    mention,
    named_on,
    secrets,
    settle,
    share,
)
from tests.gathering import today
from tests.postgres import broken_into
from tests.theft import Copy, Thief, opened
from tests.town import COUNCIL, Town

pytestmark = pytest.mark.usefixtures("confidants")
ORGANISATIONS, NAMINGS = MAIN.tables["organisations"], MAIN.tables["namings"]
ADMISSIONS, CASES = MAIN.tables["admissions"], MAIN.tables["cases"]
CATEGORIES = ("police", "school", "landlord")


def write(town: Town, *statements: Any) -> None:
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def call_itself(town: Town, body: str, category: str = "social_service") -> None:
    """Write another category into the row of a body, with the word of one that has it."""
    with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
        theirs = select(ORGANISATIONS.c.category_seal)
        own = ORGANISATIONS.c.id == town.bodies["social_service"]
        word = connection.execute(theirs.where(own)).scalar_one()
    changed = update(ORGANISATIONS).where(ORGANISATIONS.c.id == town.bodies[body])
    write(town, changed.values(category=category, category_seal=word))


@pytest.mark.parametrize("body", CATEGORIES)
def test_a_category_planted_by_sql_brings_no_key_of_the_shared_secret(
    town: Town, body: str
) -> None:
    case_id = named_on(town, "street_work", body)
    call_itself(town, body)
    share(town, case_id)
    town.name(case_id, "social_service")
    settle(town)
    secrets(town, case_id, "street_work")
    share(town, case_id, "Encore un mot.")
    assert keys_to(town, case_id, body, "social") == 0
    assert SECRET not in map(str, secrets(town, case_id, body))
    assert SECRET in secrets(town, case_id, "social_service")


@pytest.mark.parametrize("body", CATEGORIES)
def test_a_category_planted_by_sql_lets_nobody_begin_a_shared_secret(town: Town, body: str) -> None:
    case_id = named_on(town, body)
    call_itself(town, body)
    with pytest.raises(Locked):
        share(town, case_id, body=body)
    assert keys_to(town, case_id, body, "social") == 0


def test_a_category_planted_by_sql_brings_no_key_of_a_measure(town: Town) -> None:
    case_id = named_on(town, "landlord", "school")
    call_itself(town, "landlord", "youth_justice")
    mention(town, case_id)
    call_itself(town, "school", "prosecutor")
    settle(town)
    for body in ("landlord", "school"):
        assert keys_to(town, case_id, body, "judicial") == 0
        assert MEASURE not in [one.answers for one in measures(town, case_id, body).steps]


@pytest.mark.parametrize("body", ["social_service", "police"])
def test_a_naming_and_an_admission_planted_by_sql_bring_no_key(town: Town, body: str) -> None:
    case_id = named_on(town, "street_work")
    _name_by_sql(town, case_id, body)
    share(town, case_id)
    settle(town)
    secrets(town, case_id, "street_work")
    assert keys_to(town, case_id, body, "social") == 0


def test_a_lead_and_a_naming_planted_by_sql_bring_no_key_of_a_measure(town: Town) -> None:
    case_id = named_on(town, "police")
    mention(town, case_id)
    _name_by_sql(town, case_id, "youth_justice")
    _name_by_sql(town, case_id, "social_service")
    led = update(CASES).where(CASES.c.id == case_id)
    write(town, led.values(lead_id=town.members["social_service"]))
    town.name(case_id, "school")
    settle(town)
    for body in ("youth_justice", "social_service", "police", "school"):
        assert keys_to(town, case_id, body, "judicial") == 0


def _fresh(town: Town) -> UUID:
    return new_id(town.clock, town.runtime.edges.entropy)


def _name_by_sql(town: Town, case_id: UUID, body: str) -> None:
    whose = {"council_id": COUNCIL, "case_id": case_id, "organisation_id": town.bodies[body]}
    since = {"from_on": today(town) - timedelta(days=1), "until_on": None}
    member = {"member_id": town.members[body], "named_by": town.members["coordination"]}
    write(
        town,
        insert(ADMISSIONS).values(**whose, **since),
        insert(NAMINGS).values(id=_fresh(town), **whose, **since, **member),
    )


def test_a_body_that_lost_its_word_gets_no_other_from_the_next_upgrade(town: Town) -> None:
    """Emptying the word and upgrading again would make the police social workers."""
    runtime, root = town.runtime, operator(COUNCIL, "founder")
    runtime.vouching.run(root)
    changed = update(ORGANISATIONS).where(ORGANISATIONS.c.id == town.bodies["police"])
    write(town, changed.values(category="social_service", category_seal=None))
    runtime.vouching.run(root)
    with runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        sorts, bodies = {PartnerCategory.SOCIAL_SERVICE}, set(town.bodies.values())
        found = of_sort(session, COUNCIL, bodies, sorts, runtime.category_seal)
    assert found == {town.bodies["social_service"]}


def test_bodies_of_before_are_vouched_for_once(town: Town) -> None:
    write(town, update(ORGANISATIONS).values(category_seal=None))
    root = operator(COUNCIL, "founder")
    town.runtime.vouching.run(root)
    town.runtime.vouching.run(root)
    asked = Asked(acts=frozenset({Act.KEY_CHECKED}))
    (line,) = town.runtime.register.read(town.who("dpo"), asked).lines
    assert line.detail == {"task": "categories", "organisations": len(town.bodies)}
    case_id = named_on(town, "street_work", "social_service")
    share(town, case_id)
    assert secrets(town, case_id, "social_service") == [SECRET]


@pytest.mark.parametrize(
    ("class_", "holder"), [("social", "street_work"), ("judicial", "coordination")]
)
def test_no_code_hands_these_parts_to_a_body_of_another_sort(
    town: Town, class_: str, holder: str
) -> None:
    """The last wall: whoever forgot to ask the charter gets no key out of the key ring."""
    case_id = named_on(town, "street_work", "landlord")
    share(town, case_id)
    mention(town, case_id)
    runtime = town.runtime
    with pytest.raises(IntegrityFailure):
        _with_part(
            town,
            (case_id, class_, holder),
            lambda work, part: runtime.keyring.admit(
                work, part, frozenset({town.bodies["landlord"]})
            ),
        )


@pytest.mark.parametrize(
    ("class_", "holder"), [("social", "street_work"), ("judicial", "coordination")]
)
def test_neither_part_is_ever_lent(town: Town, class_: str, holder: str) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    mention(town, case_id)
    runtime = town.runtime
    lending = Lending(runtime.keyring, runtime.edges.clock, runtime.edges.entropy)
    with pytest.raises(StepRefused):
        _with_part(
            town,
            (case_id, class_, holder),
            lambda work, part: lending.lend(
                work, part, town.bodies["police"], work.now + timedelta(hours=1)
            ),
        )


def _with_part(
    town: Town, place: tuple[UUID, str, str], act: Callable[[Work, list[HeldKey]], object]
) -> None:
    """Do something with a part of a case as somebody of the body that holds its key."""
    case_id, class_, holder = place
    with town.runtime.ledger.begin(town.who(holder), Reason.DUTY) as work:
        acting = Acting(COUNCIL, town.bodies[holder])
        held = holding.held_by_case(work.session, acting, case_id)
        part = [one for one in held if one.compartment_class == class_]
        assert part
        act(work, part)


@pytest.mark.parametrize("body", [one for one in OTHERS if one != "coordination"])
def test_both_databases_and_the_secret_of_another_body_open_neither(town: Town, body: str) -> None:
    case_id = named_on(town, "street_work", body)
    share(town, case_id)
    mention(town, case_id)
    thief, copy = Thief.of(town, body), Copy.of(town)
    texts = opened(copy, thief.steal(copy, copy))
    assert "Zéphirinquois" in texts
    assert not [one for one in texts if SECRET in one or "judicial_supervision" in one]


def test_the_officer_reads_that_something_was_done_and_nothing_of_it(town: Town) -> None:
    case_id = named_on(town, "street_work")
    share(town, case_id)
    mention(town, case_id)
    lines = town.runtime.register.read(town.who("dpo"), Asked()).lines
    assert not [one for one in lines if "supervision" in str(one) or "répéter" in str(one)]
    with pytest.raises(AccessDenied):
        measures(town, case_id, "dpo")
    with pytest.raises(AccessDenied):
        secrets(town, case_id, "dpo")
