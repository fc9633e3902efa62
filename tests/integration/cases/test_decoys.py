"""Cases of nobody: who opens one is told to the officer, and nothing else tells them apart."""

import hashlib
import hmac
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, text

from casework.audit.verify import Extent, verify
from casework.cases.orders import Asked
from casework.cases.procedures.steps import CaseState
from casework.clock import local_day
from casework.db.engine import Scope
from casework.errors import AccessDenied
from casework.identity import Reason, operator
from casework.keys.secrets import SecretName
from casework.operations.founding import complete
from casework.runtime import Edges, Runtime
from tests.fakes import CountingEntropy
from tests.gathering import accepted, close, fact, rows, sweep, visa, wait
from tests.office import Office
from tests.raw import raw
from tests.town import COUNCIL, Town

ROOT = operator(COUNCIL, "root")


def _ids(town: Town) -> set[UUID]:
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(raw("SELECT id FROM cases"))
        return {one if isinstance(one, UUID) else UUID(bytes=one) for (one,) in found}


def _placed(town: Town) -> UUID:
    """Place a decoy and return its case, which only a test that compares can know."""
    before = _ids(town)
    town.runtime.decoy_service.place(ROOT, town.group_id)
    (case_id,) = _ids(town) - before
    return case_id


def _open(town: Town, case_id: UUID) -> object:
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    return case.subject.family_name


def _alerts(town: Town) -> list[tuple[UUID | None, UUID | None]]:
    lines = town.runtime.alerts.unseen(town.who("dpo"))
    return [(one.member_id, one.case_id) for one in lines]


def _leaves(town: Town, act: str) -> int:
    statement = text("SELECT count(*) FROM audit_leaves WHERE kind = :act")
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        return int(session.execute(statement, {"act": act}).scalar_one())


def test_whoever_opens_a_decoy_is_told_to_the_officer_with_a_line(town: Town) -> None:
    case_id = _placed(town)
    assert isinstance(_open(town, case_id), str)
    assert _alerts(town) == [(town.members["coordination"], case_id)]
    assert _leaves(town, "decoy:opened") == 1
    keys = town.runtime.register_keys.of(COUNCIL)
    assert verify(town.runtime.stores.main, keys, COUNCIL, Extent(rows=True)).clean


def test_opening_any_other_case_never_alerts(town: Town) -> None:
    other = accepted(town)
    _placed(town)
    _open(town, other)
    assert _alerts(town) == []
    assert _leaves(town, "decoy:opened") == 0


def test_finding_a_decoy_in_a_list_does_not_alert(town: Town) -> None:
    case_id = _placed(town)
    who = town.who("coordination")
    listed = town.runtime.cases.list_cases(who, Reason.DUTY, Asked())
    assert case_id in {one.head.id for one in listed}
    assert _alerts(town) == []


def test_an_alert_is_there_until_it_was_seen_and_comes_back_with_the_next_opening(
    town: Town,
) -> None:
    case_id, dpo = _placed(town), town.who("dpo")
    _open(town, case_id)
    (first,) = town.runtime.alerts.unseen(dpo)
    _open(town, case_id)
    town.runtime.alerts.see(dpo, first.seq)
    assert [one.seq > first.seq for one in town.runtime.alerts.unseen(dpo)] == [True]
    town.runtime.alerts.see(dpo, 10**9)
    assert _alerts(town) == []
    _open(town, case_id)
    assert len(_alerts(town)) == 1
    assert _leaves(town, "decoy:seen") == 2


@pytest.mark.parametrize("body", ["coordination", "archives", "school"])
def test_alerts_are_for_the_officer_alone(town: Town, body: str) -> None:
    alerts = town.runtime.alerts
    with pytest.raises(AccessDenied):
        alerts.unseen(town.who(body))
    with pytest.raises(AccessDenied):
        alerts.see(town.who(body), 0)


def test_only_the_operator_places_and_counts(town: Town) -> None:
    with pytest.raises(AccessDenied):
        town.runtime.decoy_service.place(town.who("coordination"), town.group_id)
    with pytest.raises(AccessDenied):
        town.runtime.decoy_service.count(town.who("dpo"))
    assert rows(town, "cases") == rows(town, "decoys") == 0
    _placed(town)
    assert town.runtime.decoy_service.count(ROOT) == {"SN": 1}


def test_neither_the_table_nor_every_case_id_tells_which_case_is_a_decoy(town: Town) -> None:
    ordinary = [accepted(town) for _ in range(3)]
    decoy = _placed(town)
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        tag = bytes(session.execute(raw("SELECT tag FROM decoys")).scalar_one())
    known = (b"", COUNCIL.bytes, b"casework/decoy/v1")
    guesses = {_hashed(one.bytes, salt) for one in (*ordinary, decoy) for salt in known}
    guesses |= {_hashed(salt, one.bytes) for one in (*ordinary, decoy) for salt in known}
    guesses |= {hmac.digest(salt, one.bytes, "sha256") for one in (decoy,) for salt in known}
    assert tag not in guesses
    assert not any(one.bytes in tag for one in (*ordinary, decoy))


def _hashed(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def test_the_rows_of_a_decoy_are_filled_like_those_of_a_case_of_the_coordination(
    town: Town,
) -> None:
    day = local_day(town.clock.now())
    ordinary = town.refer("coordination", informed_on=day, delay_reason=None)
    town.follow(ordinary)
    decoy = _placed(town)
    for table in ("cases", "persons", "referrals", "compartments", "rings", "admissions"):
        assert _shape(town, table, decoy) == _shape(town, table, ordinary), table


def _shape(town: Town, table: str, case_id: UUID) -> list[list[str]]:
    """Return which columns are filled in the rows of a case."""
    own = "id" if table == "cases" else "case_id"
    source = f"SELECT * FROM {table} WHERE {own} = :id"
    if table == "rings":
        parts = "SELECT id FROM compartments WHERE case_id = :id"
        source = f"SELECT * FROM rings WHERE compartment_id IN ({parts})"
    id_ = case_id if town.runtime.stores.main.on_postgresql else case_id.bytes
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        found = session.execute(raw(source), {"id": id_}).mappings().all()
    return sorted([name for name, value in row.items() if value is not None] for row in found)


def test_a_decoy_is_not_proposed_to_meetings(town: Town) -> None:
    ordinary = accepted(town)
    _placed(town)
    proposed = town.runtime.meetings.proposals(town.who("coordination"), town.group_id)
    assert [one.head.id for one in proposed] == [ordinary]


def test_a_decoy_ends_by_the_ordinary_clock_and_its_tag_with_it(town: Town) -> None:
    decoy = _placed(town)
    close(town, decoy)
    wait(town, until=fact(town, decoy, "due_on"))
    sweep(town)
    assert fact(town, decoy, "state") == CaseState.SEALED
    visa(town, town.runtime.retention.lists(town.who("archives"))[0].id)
    sweep(town)
    assert rows(town, "decoys") == rows(town, "cases") == 0
    assert rows(town, "tallies") == 0


def test_reading_asks_for_the_tags_once_a_minute(town: Town) -> None:
    case_id = _placed(town)
    town.clock.advance(minutes=2)
    asked = _counted(town, "FROM decoys")
    for _ in range(4):
        _open(town, case_id)
    assert len(asked) == 1
    town.clock.advance(minutes=1)
    _open(town, case_id)
    assert len(asked) == 2


def _counted(town: Town, words: str) -> list[str]:
    found: list[str] = []

    def look(_: Connection, __: object, statement: str, *___: object) -> None:
        if words in statement:
            found.append(statement)

    event.listen(town.runtime.stores.main.engine, "before_cursor_execute", look)
    return found


def test_a_decoy_placed_by_another_process_is_known_within_a_minute(town: Town) -> None:
    _open(town, accepted(town))
    case_id = _placed(Town(**{**vars(town), "runtime": _another_process(town)}))
    town.clock.advance(minutes=1)
    _open(town, case_id)
    assert len(_alerts(town)) == 1


def _another_process(town: Town) -> Runtime:
    return Runtime(town.runtime.stores, Edges(town.clock, CountingEntropy(9)), COUNCIL)


def test_a_council_founded_before_decoys_reads_on_and_gets_its_secret_with_the_upgrade(
    town: Town,
) -> None:
    stores = town.runtime.stores
    with stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(text("DELETE FROM instance_secrets WHERE name = 'decoys'"))
    assert _open(town, accepted(town)) == "Zéphirinquois"
    complete(stores, town.runtime.edges, "founder")
    assert rows(town, "instance_secrets") == len(SecretName)
    _open(town, _placed(town))
    assert len(_alerts(town)) == 1


def test_the_officers_home_and_register_say_who_and_when_until_it_is_seen(office: Office) -> None:
    town = office.town
    case_id = _placed(town)
    assert office.at("coordination").get(f"/situations/{case_id}").status_code == 200
    officer, archives = office.at("dpo"), office.at("archives")
    home, page = officer.get("/"), officer.get("/dpd/acces")
    for shown in (home, page):
        assert "Une situation leurre a été ouverte" in shown.text
        assert "Mme Invention Membre-coordination" in shown.text
    assert "situation leurre posée" in page.text
    assert "leurre" not in archives.get("/").text
    seen = officer.press("/dpd/alertes", page, last=_last(page.text))
    assert seen.status_code == 303
    assert "a été ouverte" not in officer.get("/").text


def _last(page: str) -> str:
    return page.partition('name="last" value="')[2].partition('"')[0]
