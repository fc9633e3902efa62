"""Copies the world into the tables of the floor, in clear."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casework.cases.values import CaseFile, Contribution, Referral
from casework.db import sight
from casework.db.engine import Scope
from casework.db.model import Model
from casework.entropy import new_id
from casework.identity import Reason
from casework.operations.bench.clear_rows import (
    ClearCase,
    ClearContribution,
    ClearPerson,
    ClearReferral,
)
from casework.operations.bench.floor import Answers
from casework.operations.bench.world import Case, World
from casework.operations.instance import Instance

_SHEET: Final = "sheet"


def mirror(instance: Instance, world: World) -> Answers:
    """Write every case in clear; return what our policy says of the one that is opened."""
    file = instance.cases.read(world.reader, Reason.DUTY, world.opened)
    if file.referral is None:
        raise LookupError("a case without its referral")
    persons = [_person(case, _new_id(instance)) for case in world.cases]
    referrals = [_referral(case, _new_id(instance), file.referral) for case in world.cases]
    long = instance.cases.read(world.reader, Reason.DUTY, world.long)
    read = ((world.opened, file), (world.long, long))
    entries = [_entry(case_id, one) for case_id, each in read for one in each.shared]
    with instance.stores.main.writing(Scope(instance.council_id, whole=True)) as session:
        _copy_heads(session)
        session.execute(insert(ClearPerson), persons)
        session.execute(insert(ClearReferral), referrals)
        session.execute(insert(ClearContribution), entries)
    return _answers(file)


def _copy_heads(session: Session) -> None:
    ours = Model.metadata.tables["cases"]
    names = ClearCase.__table__.columns.keys()
    copied = insert(ClearCase).from_select(names, select(*(ours.c[one] for one in names)))
    session.execute(copied.execution_options(**sight.CLEAR))


def _person(case: Case, own_id: UUID) -> dict[str, Any]:
    person = case.referral.persons[0]
    return {
        "id": own_id,
        "case_id": case.id,
        "relation": person.relation,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "address": person.address,
        "phone": person.phone,
        "school": person.school,
    }


def _referral(case: Case, own_id: UUID, like: Referral) -> dict[str, Any]:
    said = case.referral
    return {
        "id": own_id,
        "case_id": case.id,
        "sent_at": like.sent_at,
        "reason": said.reason,
        "fact": said.fact,
        "fact_on": said.fact_on.isoformat() if said.fact_on else "",
        "origin": said.origin,
        "reporter": said.reporter,
        "words": said.words,
        "question": "",
        "answer": "",
    }


def _entry(case_id: UUID, one: Contribution) -> dict[str, Any]:
    return {
        "id": one.id,
        "case_id": case_id,
        "author_id": one.author_id,
        "organisation_id": one.organisation_id,
        "written_at": one.written_at,
        "text": one.text,
    }


def _answers(file: CaseFile) -> Answers:
    sheets = [one.compartment_id for one in file.parts if one.compartment_class == _SHEET]
    return Answers(file.parts, file.article, file.may, sheets[0])


def _new_id(instance: Instance) -> UUID:
    return new_id(instance.edges.clock, instance.edges.entropy)
