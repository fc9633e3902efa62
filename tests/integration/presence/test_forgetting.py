"""Tags end with the case, in backups of either database too; questions end after ninety days."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, insert, select

from casework.db.engine import Scope
from casework.db.model import KeyStoreModel, Model
from casework.errors import AccessDenied, AuditGap
from casework.identity import Reason, service
from casework.keys.secrets import InstanceSecrets
from casework.presence.policy import KEPT
from casework.presence.rotation import PresenceRotation
from casework.presence.values import Question
from tests.founding import rows_of
from tests.neighbours import BORN, NAMES, ROOT, Neighbours
from tests.town import COUNCIL

JOB = service(COUNCIL, "tick:returned")
PRESENCES = KeyStoreModel.metadata.tables["presences"]
QUESTIONS = Model.metadata.tables["presence_questions"]

SQLITE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def tagged(neighbours: Neighbours) -> set[UUID]:
    return set(neighbours.town.runtime.presence_index.versions())


def sweep(neighbours: Neighbours) -> int:
    """Run the regular job, once what is young is old enough to be judged."""
    neighbours.town.clock.advance(minutes=20)
    return neighbours.town.runtime.presence_sweep.run(JOB)


@contextmanager
def old_key_store(neighbours: Neighbours) -> Iterator[None]:
    """Put the tags of before back when the block ends, as an old backup would."""
    kept = [rows for table, rows in rows_of(neighbours.town.keystore, KeyStoreModel.metadata)
            if table.name == "presences"]  # fmt: skip
    yield
    with neighbours.town.keystore.writing(Scope(COUNCIL)) as session:
        session.execute(delete(PRESENCES))
        for rows in kept:
            session.execute(insert(PRESENCES), rows)


def test_a_referral_that_is_refused_takes_its_tags_along(neighbours: Neighbours) -> None:
    case_id = neighbours.refer(neighbours.east, "police")
    assert tagged(neighbours) == {case_id}
    who = neighbours.town.who("mission")
    neighbours.town.runtime.referrals.refuse(who, Reason.DUTY, case_id, version=1)
    assert tagged(neighbours) == set()


def test_the_next_pass_takes_the_tags_of_a_closed_case_and_no_other(
    neighbours: Neighbours,
) -> None:
    waiting = neighbours.refer(neighbours.west, "street_work")
    followed = neighbours.follow_east(given_name="Océane")
    closed = neighbours.follow_east()
    who, runtime = neighbours.town.who("mission"), neighbours.town.runtime
    runtime.cases.close(who, Reason.DUTY, closed, version=3, why="moved")
    assert sweep(neighbours) == 1
    assert tagged(neighbours) == {waiting, followed}
    assert sweep(neighbours) == 0


@SQLITE
def test_tags_whose_case_is_being_written_are_left_alone(neighbours: Neighbours) -> None:
    neighbours.refer(neighbours.east, "police")
    case_id = next(iter(tagged(neighbours)))
    with neighbours.town.keystore.writing(Scope(COUNCIL)) as session:
        young = UUID(int=case_id.int + 1)
        row = dict(session.execute(select(PRESENCES)).mappings().one())
        session.execute(insert(PRESENCES), [{**row, "case_id": young}])
    assert neighbours.town.runtime.presence_sweep.run(JOB) == 0
    assert sweep(neighbours) == 1
    assert tagged(neighbours) == {case_id}


def test_an_old_key_store_brings_nobody_back(neighbours: Neighbours) -> None:
    case_id = neighbours.follow_east()
    who, runtime = neighbours.town.who("mission"), neighbours.town.runtime
    with old_key_store(neighbours):
        runtime.cases.close(who, Reason.DUTY, case_id, version=3, why="moved")
        assert sweep(neighbours) == 1
    assert tagged(neighbours) == {case_id}
    assert not neighbours.ask().followed
    assert sweep(neighbours) == 1
    assert tagged(neighbours) == set()


@SQLITE
def test_an_old_main_database_brings_nobody_back(neighbours: Neighbours) -> None:
    """The case stands there as if it were followed; its tags died with its keys."""
    neighbours.follow_east()
    index = neighbours.town.runtime.presence_index
    index.forget(COUNCIL, list(index.versions()))
    assert not neighbours.ask().followed


def test_questions_are_forgotten_on_their_day(neighbours: Neighbours) -> None:
    neighbours.ask()
    neighbours.town.clock.advance(days=KEPT / timedelta(days=1) - 1)
    neighbours.ask("school")
    neighbours.town.clock.advance(days=1, seconds=1)
    sweep(neighbours)
    with neighbours.town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        assert session.scalar(select(func.count()).select_from(QUESTIONS)) == 1


@SQLITE
def test_no_person_runs_the_job_and_no_tag_is_compared_without_a_receipt(
    neighbours: Neighbours,
) -> None:
    with pytest.raises(AccessDenied):
        neighbours.town.runtime.presence_sweep.run(neighbours.town.who("coordination"))
    runtime, who = neighbours.town.runtime, neighbours.town.who("street_work")
    with runtime.ledger.consult(who, Reason.REFERRAL) as work:
        work.record(runtime.listing.load_actions(work).entry())
    question = Question(neighbours.west, *NAMES, BORN)
    kind = runtime.directory.groups()[neighbours.west].kind
    with pytest.raises(AuditGap):
        runtime.presence_index.search(work.receipt, question, kind, {})


def rotation(neighbours: Neighbours) -> PresenceRotation:
    runtime = neighbours.town.runtime
    stores = runtime.stores
    secrets = InstanceSecrets(stores.main, stores.provider, COUNCIL)
    parts = (runtime.presence_index, runtime.edges.entropy)
    return PresenceRotation(runtime.ledger, stores.main, secrets, *parts)


def test_after_a_rotation_old_tags_answer_until_they_are_taken_in_again(
    neighbours: Neighbours,
) -> None:
    neighbours.follow_east()
    turned = rotation(neighbours)
    assert turned.rotate(ROOT) == 2
    assert turned.waiting(ROOT) == 1
    assert turned.retire(ROOT) == 0
    assert neighbours.ask().followed
    neighbours.follow(neighbours.west, "street_work", "coordination", given_name="Océane")
    desk, who = neighbours.town.runtime.presence.desk, neighbours.town.who("mission")
    assert desk.take_in(who, Reason.DUTY, neighbours.east) == 1
    assert turned.waiting(ROOT) == 0
    assert neighbours.ask().followed
    neighbours.town.clock.advance(days=100)
    neighbours.town.runtime.presence_sweep.run(JOB)
    assert turned.retire(ROOT) == 1
    assert turned.retire(ROOT) == 0


@SQLITE
def test_a_box_under_a_forgotten_version_holds_nobody(neighbours: Neighbours) -> None:
    neighbours.follow_east()
    turned = rotation(neighbours)
    with old_key_store(neighbours):
        turned.rotate(ROOT)
        index = neighbours.town.runtime.presence_index
        index.forget(COUNCIL, list(index.versions()))
        assert turned.retire(ROOT) == 1
    neighbours.town.runtime.secrets._known.clear()
    assert not neighbours.ask().followed
