"""The register as the data protection officer reads it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Line, Slice
from casework.audit.numbers import FREQUENT
from casework.audit.parts import open_cases, open_lines
from casework.audit.service import RegisterService
from casework.audit.typed_reasons import TypedReasons
from casework.audit.words import ACTS_OF
from casework.db.engine import Scope
from casework.errors import AccessDenied, AuditGap
from casework.identity import Principal, Reason, operator
from tests.fakes import CountingEntropy
from tests.fakes_audit import MonthlyParts, id_of
from tests.postgres import broken_into
from tests.register import CASE, COUNCIL, SHEET, Register, dpo, member

OTHER = id_of("other case")


@pytest.fixture
def service(register: Register) -> RegisterService:
    typed = TypedReasons(register.keyring, register.clock, CountingEntropy())
    parts = (register.database, register.ledger, register.keyring, register.clock)
    return RegisterService(*parts, typed)


def refused(register: Register, by: Principal) -> None:
    with register.ledger.begin(by, Reason.SIGN_IN) as work:
        work.record(Entry(Act.SESSION_REFUSED, outcome=Outcome.REFUSED))


def listed(register: Register, by: Principal) -> None:
    with register.ledger.consult(by, Reason.MEETING) as work:
        work.record(Entry(Act.CASE_LISTED, cases=(CASE, OTHER), article="7"))


def seqs(lines: tuple[Line, ...]) -> list[int]:
    return [line.seq for line in lines]


def test_a_line_tells_who_what_and_why(register: Register, service: RegisterService) -> None:
    register.read()
    (line,) = service.read(dpo(), Asked()).lines
    assert (line.act, line.outcome, line.reason, line.article) == (
        Act.CASE_READ,
        Outcome.ALLOWED,
        "duty",
        "4",
    )
    assert (line.member_id, line.organisation_id) == (id_of("marie"), id_of("school"))
    assert (line.case_id, line.compartments) == (CASE, (SHEET,))
    assert (line.kind, line.session) == ("member", "session-marie")
    assert line.at == register.clock.now()


def test_reading_the_register_is_in_the_register(
    register: Register, service: RegisterService
) -> None:
    register.read()
    service.who_opened(dpo(), CASE)
    newest = service.read(dpo(), Asked()).lines[0]
    assert (newest.act, newest.reason, newest.case_id) == (Act.REGISTER_READ, "control", CASE)
    assert newest.member_id == id_of("dominique")


def test_who_opened_a_case_finds_readings_and_lists(
    register: Register, service: RegisterService
) -> None:
    register.read()
    register.read(OTHER, by=member("paul"))
    listed(register, member("lea"))
    assert seqs(service.who_opened(dpo(), OTHER).lines) == [2, 1]
    assert seqs(service.who_opened(dpo(), CASE).lines) == [2, 0]


def test_what_a_member_opened_is_found(register: Register, service: RegisterService) -> None:
    register.read()
    register.read(by=member("paul"))
    listed(register, member("paul"))
    assert seqs(service.opened_by(dpo(), id_of("paul")).lines) == [2, 1]


def test_lines_are_filtered_by_organisation_act_and_outcome(
    register: Register, service: RegisterService
) -> None:
    register.read(by=member("anne", "transport"))
    refused(register, member("anne", "transport"))
    listed(register, member("marie"))
    organisation = Asked(organisation_id=id_of("transport"))
    assert seqs(service.read(dpo(), organisation).lines) == [1, 0]
    assert seqs(service.read(dpo(), Asked(acts=frozenset({Act.CASE_LISTED}))).lines) == [2]
    assert seqs(service.read(dpo(), Asked(acts=frozenset({Act.SESSION_REFUSED}))).lines) == [1]
    assert seqs(service.read(dpo(), Asked(outcome=Outcome.REFUSED)).lines) == [1]
    several = frozenset({Act.CASE_LISTED, Act.CASE_READ})
    assert seqs(service.read(dpo(), Asked(several)).lines) == [2, 0]
    both = Asked(acts=frozenset({Act.CASE_READ}), organisation_id=id_of("transport"))
    assert seqs(service.read(dpo(), both).lines) == [0]


def test_rare_acts_are_merged_in_order_and_within_every_other_filter(
    register: Register, service: RegisterService
) -> None:
    start, both = register.clock.now(), frozenset({Act.SESSION_REFUSED, Act.CASE_NAMED})
    for by in (member("marie"), member("paul")):
        refused(register, by)
        with register.ledger.begin(by, Reason.DUTY) as work:
            work.record(Entry(Act.CASE_NAMED, CASE))
        register.read(by=by)
        register.clock.advance(days=3)
    first = service.read(dpo(), Asked(both), Slice(count=3))
    assert (seqs(first.lines), first.following) == ([4, 3, 1], 1)
    assert seqs(service.read(dpo(), Asked(both), Slice(first.following, 3)).lines) == [0]
    assert seqs(service.read(dpo(), Asked(both, Outcome.REFUSED)).lines) == [3, 0]
    assert seqs(service.read(dpo(), Asked(both, until=start + timedelta(days=1))).lines) == [1, 0]
    assert seqs(service.read(dpo(), Asked(both, since=start + timedelta(days=1))).lines) == [4, 3]
    assert seqs(service.read(dpo(), Asked(both, case_id=CASE)).lines) == [4, 1]
    mine = Asked(both, case_id=CASE, member_id=id_of("paul"))
    assert seqs(service.read(dpo(), mine).lines) == [4]


def test_lines_are_filtered_by_period(register: Register, service: RegisterService) -> None:
    start = register.clock.now()
    for _ in range(10):
        register.read()
        register.clock.advance(days=1)
    since, until = start + timedelta(days=3), start + timedelta(days=6)
    assert seqs(service.read(dpo(), Asked(since=since, until=until)).lines) == [5, 4, 3]
    assert seqs(service.read(dpo(), Asked(until=since)).lines) == [2, 1, 0]
    assert service.read(dpo(), Asked(since=start + timedelta(days=40))).lines == ()


def test_pages_follow_one_another(register: Register, service: RegisterService) -> None:
    register.read(times=7)
    asked = Asked(acts=frozenset({Act.CASE_READ}))
    first = service.read(dpo(), asked, Slice(count=3))
    second = service.read(dpo(), asked, Slice(first.following, 3))
    third = service.read(dpo(), asked, Slice(second.following, 3))
    pages = [seqs(page.lines) for page in (first, second, third)]
    assert pages == [[6, 5, 4], [3, 2, 1], [0]]
    assert third.following is None


def test_rule_10_nobody_but_the_officer_reads_the_register(
    register: Register, service: RegisterService
) -> None:
    register.read()
    for other in (member(), operator(COUNCIL, "m.weber")):
        with pytest.raises(AccessDenied):
            service.read(other, Asked())
    refusals = service.read(dpo(), Asked(acts=frozenset({Act.ACCESS_REFUSED}))).lines
    assert [line.detail for line in refusals] == [
        {"wanted": "register:read", "code": "not_dpo"},
        {"wanted": "register:read", "code": "not_dpo"},
    ]


def test_an_officer_whose_mandate_ended_reads_nothing(
    register: Register, service: RegisterService
) -> None:
    register.clock.advance(days=800)
    with pytest.raises(AccessDenied):
        service.read(dpo(), Asked())


def test_the_newest_verification_is_shown(register: Register, service: RegisterService) -> None:
    register.read(times=5)
    assert service.read(dpo(), Asked()).verified is None
    assert service.verify(operator(COUNCIL, "m.weber")).clean
    shown = service.read(dpo(), Asked()).verified
    assert shown is not None
    assert shown.detail == {"size": 6, "signed": 1, "faults": 0, "rows": False}


def test_the_newest_checkpoint_is_shown(register: Register, service: RegisterService) -> None:
    assert service.read(dpo(), Asked()).signed is None
    register.read(times=70)
    signed = service.read(dpo(), Asked()).signed
    assert signed is not None
    assert signed.size == 65


def test_a_verification_that_finds_faults_is_recorded_as_failed(
    register: Register, service: RegisterService
) -> None:
    register.read(times=5)
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        session.execute(text("UPDATE audit_leaves SET kind = 'case:named' WHERE seq = 2"))
    assert not service.verify(dpo()).clean
    shown = service.read(dpo(), Asked()).verified
    assert shown is not None
    assert (shown.outcome, shown.detail["faults"]) == (Outcome.FAILED, 1)


def test_an_altered_line_is_shown_as_altered_and_the_others_still_open(
    register: Register, service: RegisterService
) -> None:
    register.read(times=2)
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        session.execute(text("UPDATE audit_parts SET who = det WHERE seq = 0"))
    newest, oldest = service.read(dpo(), Asked()).lines
    assert (newest.readable, newest.altered) == (True, False)
    assert (oldest.readable, oldest.altered, oldest.member_id) == (False, True, None)


def test_a_line_whose_key_is_gone_keeps_what_is_clear(
    register: Register, service: RegisterService
) -> None:
    register.read()
    parts = register.keys.parts
    assert isinstance(parts, MonthlyParts)
    parts.destroyed.add("2026-11")
    (line,) = service.read(dpo(), Asked()).lines
    assert (line.readable, line.altered, line.act) == (False, False, Act.CASE_READ)


def test_no_line_opens_without_a_recorded_and_fresh_reading(register: Register) -> None:
    receipt = register.read()
    with register.database.reading(Scope(COUNCIL)) as session:
        found = RegisterGateway(session, COUNCIL).page(Asked(), (), Slice())
    for opening in (open_lines, open_cases):
        with pytest.raises(AuditGap):
            opening(receipt, register.clock.now(), register.keys, found)
    with register.ledger.consult(dpo(), Reason.CONTROL) as work:
        work.record(Entry(Act.REGISTER_READ))
    assert len(open_lines(work.receipt, register.clock.now(), register.keys, found)) == 1
    opened = open_cases(work.receipt, register.clock.now(), register.keys, found)
    assert opened == [(register.clock.now(), CASE)]
    register.clock.advance(minutes=6)
    for opening in (open_lines, open_cases):
        with pytest.raises(AuditGap):
            opening(work.receipt, register.clock.now(), register.keys, found)


BY_LINE = {"sqlite": "sqlite_autoindex_audit_leaves_1", "postgresql": "pk_audit_leaves"}
BY_SUBJECT = {"sqlite": "audit_subjects USING PRIMARY KEY", "postgresql": "pk_audit_subjects"}
BY_ACT = dict.fromkeys(BY_LINE, "ix_audit_leaves_kind")
BY_OUTCOME = dict.fromkeys(BY_LINE, "ix_audit_leaves_outcome")
FILTERS = [
    (Asked(), BY_LINE),
    (Asked(case_id=CASE), BY_SUBJECT),
    (Asked(member_id=id_of("paul")), BY_SUBJECT),
    (Asked(organisation_id=id_of("school")), BY_SUBJECT),
    (Asked(case_id=CASE, member_id=id_of("paul")), BY_SUBJECT),
    (Asked(since=datetime(2026, 11, 1, tzinfo=UTC)), BY_LINE),
    (Asked(until=datetime(2026, 12, 1, tzinfo=UTC)), BY_LINE),
    (Asked(outcome=Outcome.ALLOWED), BY_LINE),
    (Asked(outcome=Outcome.FAILED), BY_OUTCOME),
    (Asked(frozenset({Act.DECOY_OPENED})), BY_ACT),
    (Asked(frozenset({Act.DECOY_OPENED}), since=datetime(2026, 11, 1, tzinfo=UTC)), BY_ACT),
    (Asked(frozenset({Act.DECOY_OPENED}), outcome=Outcome.FAILED), BY_ACT),
    *((Asked(acts), BY_LINE if acts & FREQUENT else BY_ACT) for acts in ACTS_OF.values()),
]


def test_each_filter_begins_at_the_index_that_is_in_its_order(register: Register) -> None:
    dialect = register.database.engine.dialect.name
    known = [index[dialect] for index in (BY_LINE, BY_SUBJECT, BY_ACT, BY_OUTCOME)]
    with register.database.reading(Scope(COUNCIL)) as session:
        for asked, index in FILTERS:
            plan = plan_of(session, asked, register)
            assert min(known, key=lambda one: plan.find(one) % len(plan)) == index[dialect], plan
            assert "SCAN audit_" not in plan
            assert "Seq Scan" not in plan


def plan_of(session: Session, asked: Asked, register: Register) -> str:
    """Return how the database finds the numbers of a page, in the gateway's own words."""
    seen: list[tuple[str, Any]] = []
    tags = [register.keys.tags.tag(kind, one) for kind, one in asked.subjects]
    connection = session.connection()

    def see(*given: Any) -> None:
        seen.append(given[2:4])

    event.listen(connection, "before_cursor_execute", see)
    RegisterGateway(session, COUNCIL).page(asked, tags, Slice(before=9))
    event.remove(connection, "before_cursor_execute", see)
    statement, values = next(
        one for one in seen if "halves" not in one[0] and "_heads" not in one[0]
    )
    if connection.dialect.name == "sqlite":
        return str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all())
    # The table is empty: that reading it whole would cost nothing is no reason.
    for way in ("seqscan", "bitmapscan"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return str(connection.exec_driver_sql(f"EXPLAIN {statement}", values).all())
