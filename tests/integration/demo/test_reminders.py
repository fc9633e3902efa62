"""An invented mayor's register written into a council: every step is there, and holds."""

from collections import Counter
from dataclasses import replace

from sqlalchemy import text

from casework.cases.orders import Asked
from casework.charters.loading import load
from casework.charters.vocabulary import CaseKind, ListName
from casework.commands.demo_home import CHARTERS
from casework.db import sight
from casework.demo.cast import Cast, assemble
from casework.demo.check.searching import refuse, rows_of
from casework.demo.disclosure import secrets_of_reminders
from casework.demo.reminders.lives import reminder_events
from casework.demo.reminders.settling import settle
from casework.demo.reminders.tales import registers_of, reminders_of
from casework.demo.taking_over import take_over
from casework.demo.workshop import Workshop
from casework.demo.world import World, build, each_case, outline
from casework.identity import Reason
from casework.runtime import Runtime
from tests.integration.demo.conftest import CHARTER, Write

TEXT = CHARTER.with_name(CHARTERS[CaseKind.REMINDER]).read_text("utf-8")
EVERY = {
    *("referred", "questioned", "accepted", "consulted", "cleared", "summoned", "followed"),
    *("closed", "refused"),
}


def told(workshop: Workshop, world: World) -> Cast:
    register = reminders_of(world)
    assert register is not None
    with workshop.ledger as ledger:
        cast = assemble(workshop, world, CHARTER.read_text("utf-8"))
        settle(cast, world, [register], TEXT)
        ledger.commit()
        events = sorted(reminder_events(cast, register), key=lambda one: one[:2])
        for event in events:
            workshop.clock.stand_at(event.at)
            event.tell()
        cast.undertake()
    return cast


def test_every_step_of_a_reminder_is_met_and_each_reads_what_is_theirs(write: Write) -> None:
    world = replace(build("small"), cases=build("small").cases[:1])
    written = write(world, told)
    workshop, cast = written.workshop, written.cast
    with workshop.stores.main.engine.connect() as connection:
        asked = text("SELECT state FROM cases").execution_options(**sight.SHUT)
        found = Counter(connection.execute(asked).scalars())
    assert set(found) == EVERY
    everyday = Runtime(workshop.stores, workshop.edges, workshop.council_id)
    register = reminders_of(world)
    assert register is not None
    kind = Asked(kind=CaseKind.REMINDER)

    def lists(key: str) -> int:
        return len(everyday.cases.list_cases(cast.who(key), Reason.DUTY, kind))

    assert lists(register.seat("maire").key) == len(register.tales) - found["refused"]
    assert lists(register.member_of("prosecutor").key) == found["consulted"]
    needles = [one.encode() for one in secrets_of_reminders(register)]
    for database in (workshop.stores.main, workshop.stores.keystore_database):
        for name, values in rows_of(database):
            refuse(needles, values, name)


def taken_over(workshop: Workshop, world: World) -> Cast:
    registers = tuple(registers_of(world))
    with workshop.ledger as ledger:
        cast = assemble(workshop, world, CHARTER.read_text("utf-8"))
        settle(cast, world, registers, TEXT)
        ledger.commit()
        take_over(cast, world, [one for each in registers for one in reminder_events(cast, each)])
        cast.undertake()
    return cast


def test_rule_21_in_a_metropole_each_mayor_has_a_register_that_no_other_sees(write: Write) -> None:
    frame = outline("metropole")
    written = write(replace(frame, cases=tuple(each_case(frame, 0, 3))), taken_over)
    workshop, cast = written.workshop, written.cast
    everyday, kind = (
        Runtime(workshop.stores, workshop.edges, workshop.council_id),
        Asked(kind=CaseKind.REMINDER),
    )
    registers = tuple(registers_of(written.world))
    assert len({each.group.communes for each in registers}) == len(registers) > 1
    for each in registers:
        mayor = cast.who(each.seat("maire").key)
        lines = everyday.cases.list_cases(mayor, Reason.DUTY, kind)
        assert {one.head.commune for one in lines} == {*each.group.communes}
        assert {one.head.state for one in lines} >= EVERY - {"refused"}


def test_every_code_is_one_of_the_shipped_charter() -> None:
    charter, register = load(TEXT), reminders_of(build("town"))
    assert register is not None
    for tale in register.tales:
        assert charter.label(ListName.FACTS, tale.fact)
        assert charter.label(ListName.ORIGINS, tale.origin)
        assert len(tale.words) <= charter.texts.free_text_max
