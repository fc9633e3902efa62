"""Another reason: typed, sealed apart from the register, told to its officer, forgotten in time."""

import pytest
from sqlalchemy import text

from casework.accounts.sessions import WebSession
from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.lines import Asked, Line
from casework.audit.verify import Extent, verify
from casework.db.engine import Scope
from casework.errors import AuditGap, InvalidInput
from casework.identity import Reason, Stated, service
from tests.postgres import broken_into
from tests.staff import OFFICE, Staff
from tests.town import COUNCIL

WORDS = "Remplacement imprévu pour SN-2026-017"
ROWS = Extent(rows=True)


def say(staff: Staff, words: str = WORDS) -> WebSession:
    """Sign the school in and let them type a reason, then read for it."""
    session = staff.session("school")
    staff.accounts.sessions.change_reason(session, Stated(Reason.OTHER, words))
    read(staff, session)
    return session


def read(staff: Staff, session: WebSession) -> None:
    staff.town.runtime.readings.trails.own(session.principal, Reason.OTHER)


def lines(staff: Staff, *acts: Act) -> list[Line]:
    """Return what the officer reads of the school, oldest first."""
    wanted = frozenset(acts or (Act.REASON_CHANGED, Act.TRAIL_READ))
    asked = Asked(wanted, member_id=staff.town.members["school"])
    found = staff.town.runtime.register.read(staff.town.who("dpo"), asked)
    return list(reversed(found.lines))


def stored(staff: Staff) -> list[bytes]:
    main = staff.town.runtime.stores.main
    with main.reading(Scope(COUNCIL)) as session:
        found = session.execute(text("SELECT words_sealed FROM typed_reasons ORDER BY at"))
        return [bytes(one) for one in found.scalars()]


def change(staff: Staff, sql: str, **values: object) -> None:
    main = staff.town.runtime.stores.main
    with broken_into(main) as opened, opened.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(text(sql), values)


def test_the_officer_reads_what_was_typed_and_no_line_holds_it(staff: Staff) -> None:
    session = say(staff)
    changed, reading = lines(staff)
    assert (changed.reason, changed.words, reading.words) == ("other", WORDS, WORDS)
    assert sorted(changed.detail) == ["from", "to", "words"]
    assert WORDS not in str(changed.detail)
    (sealed,) = stored(staff)
    assert b"SN-2026" not in sealed
    # A second factor given again renames the session; its reason goes on.
    fresh = staff.accounts.signing_in.step_up(session, staff.code("school"), OFFICE)
    again = staff.accounts.sessions.session_of(fresh.secret)
    assert again is not None
    read(staff, again)
    staff.wait(seconds=1)
    staff.accounts.sessions.change_reason(again, Stated(Reason.OTHER, "Un tout autre motif"))
    read(staff, again)
    assert [one.words for one in lines(staff)] == [
        *(WORDS, WORDS, WORDS),
        *("Un tout autre motif", "Un tout autre motif"),
    ]


def test_words_do_not_open_without_a_recorded_reading_of_the_register(staff: Staff) -> None:
    say(staff)
    found, runtime = lines(staff), staff.town.runtime
    with runtime.ledger.consult(staff.town.who("school"), Reason.DUTY) as work:
        work.record(Entry(Act.CHARTER_READ))
    with runtime.stores.main.reading(Scope(COUNCIL)) as session, pytest.raises(AuditGap):
        runtime.typed_reasons.told(work.receipt, session, found)


def test_words_moved_or_changed_are_not_told_and_are_found(staff: Staff) -> None:
    say(staff)
    say(staff, "Astreinte de la nuit")
    assert staff.town.runtime.register.verify(staff.town.who("dpo"), ROWS).clean
    first, second = stored(staff)
    moved = "UPDATE typed_reasons SET words_sealed = :other WHERE words_sealed = :one"
    change(staff, moved, one=second, other=first)
    assert [one.words for one in lines(staff)] == [WORDS, WORDS, "", ""]
    assert not staff.town.runtime.register.verify(staff.town.who("dpo"), ROWS).clean


def test_what_was_typed_is_forgotten_when_the_register_is_searched_no_more(staff: Staff) -> None:
    say(staff)
    job = service(COUNCIL, "tick:retention")
    forgetting = staff.town.runtime.readings.words
    staff.wait(days=360)
    assert forgetting.run(job) == 0
    assert len(stored(staff)) == 1
    staff.wait(days=7)
    assert forgetting.run(job) == 1
    assert stored(staff) == []
    assert staff.acts()[-1] == "job:ran"
    assert forgetting.run(job) == 0
    keys = staff.town.runtime.register_keys.of(COUNCIL)
    main = staff.town.runtime.stores.main
    assert verify(main, keys, COUNCIL, ROWS).clean


def test_a_session_opens_for_a_reason_typed_with_the_code(staff: Staff) -> None:
    half = staff.half("school")
    with pytest.raises(InvalidInput):
        staff.accounts.signing_in.verify_code(
            half, staff.code("school"), OFFICE, Stated(Reason.OTHER, "x")
        )
    signed = staff.accounts.signing_in.verify_code(
        half, staff.code("school"), OFFICE, Stated(Reason.OTHER, WORDS)
    )
    found = staff.accounts.sessions.session_of(signed.secret)
    assert found is not None
    assert found.reason is Reason.OTHER
    assert [one.words for one in lines(staff, Act.SESSION_OPENED)] == [WORDS]
