"""The floor: the pages' case service as one writes it without policy, trail or keys.

Same rows in clear, same database, same facts on the page; one statement a table, as plain
SQLAlchemy pages do, except that the statements are built once. See docs/bench.md.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Engine, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from casework.cases.gateway.opening import head_of, naming_of
from casework.cases.orders import Asked
from casework.cases.values import CaseFile, CaseHead, CaseLine, Part
from casework.clock import Clock
from casework.db.types import Id
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied
from casework.identity import Principal, Reason
from casework.operations.bench.clear_rows import (
    ClearAction,
    ClearCase,
    ClearContribution,
    ClearDecision,
    ClearNaming,
    ClearPerson,
    ClearReferral,
    ClearStep,
)
from casework.operations.bench.clear_values import (
    clear_action,
    clear_contribution,
    clear_decision,
    clear_person,
    clear_referral,
    clear_step,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What our policy answers for the reader of the bench: constants here, at no cost."""

    parts: tuple[Part, ...]
    article: str
    may: frozenset[str]
    sheet_id: UUID


@dataclass(frozen=True, slots=True)
class PlainCases:
    """Stands where the pages ask for the case service."""

    engine: Engine
    answers: Answers
    clock: Clock
    entropy: Entropy

    def read(self, who: Principal, reason: Reason, case_id: UUID) -> CaseFile:
        """Return a case, whoever asks."""
        del who, reason
        case, sheet = {"case": case_id}, self.answers.sheet_id
        with Session(self.engine) as session:
            referral = session.scalars(_REFERRAL, case).one_or_none()
            return CaseFile(
                head=_head(_found(session, case_id)),
                persons=tuple(map(clear_person, session.scalars(_PERSONS, case))),
                referral=clear_referral(referral) if referral else None,
                shared=tuple(
                    clear_contribution(row, sheet) for row in session.scalars(_CONTRIBUTIONS, case)
                ),
                notes=(),
                decisions=tuple(map(clear_decision, session.scalars(_DECISIONS, case))),
                actions=tuple(map(clear_action, session.scalars(_ACTIONS, case))),
                steps=tuple(map(clear_step, session.scalars(_STEPS, case))),
                namings=tuple(map(naming_of, session.scalars(_NAMINGS, case))),
                parts=self.answers.parts,
                article=self.answers.article,
                may=self.answers.may,
            )

    def list_cases(self, who: Principal, reason: Reason, asked: Asked) -> list[CaseLine]:
        """Return a page of the cases of one's groups, with their names: one statement."""
        del reason
        groups = {one.group_id for one in who.mandates if one.group_id}
        statement = _LIST if asked.before is None else _LIST.where(ClearCase.id < asked.before)
        wanted = {"groups": list(groups), "states": sorted(asked.states), "limit": asked.limit}
        with Session(self.engine) as session:
            rows = session.execute(statement, wanted)
            return [CaseLine(_head(row), *name) for row, *name in rows]

    def contribute(self, who: Principal, reason: Reason, case_id: UUID, text: str) -> UUID:
        """Store a contribution and return its id."""
        del reason
        row_id = new_id(self.clock, self.entropy)
        with Session(self.engine) as session:
            _found(session, case_id)
            session.add(
                ClearContribution(
                    id=row_id,
                    case_id=case_id,
                    author_id=who.member_id,
                    organisation_id=who.organisation_id,
                    written_at=self.clock.now(),
                    text=text,
                )
            )
            session.commit()
        return row_id


def _found(session: Session, case_id: UUID) -> Any:
    row = session.get(ClearCase, case_id)
    if row is None:
        raise AccessDenied("read", "no-such-case", subject=str(case_id))
    return row


def _of_case(table: Any, order: Any) -> Select[Any]:
    return select(table).where(table.case_id == bindparam("case", type_=Id)).order_by(order)


_PERSONS: Final = _of_case(ClearPerson, ClearPerson.id)
_REFERRAL: Final = _of_case(ClearReferral, ClearReferral.id)
_CONTRIBUTIONS: Final = _of_case(ClearContribution, ClearContribution.written_at.desc())
_DECISIONS: Final = _of_case(ClearDecision, ClearDecision.made_at.desc())
_STEPS: Final = _of_case(ClearStep, ClearStep.taken_at)
_ACTIONS: Final = _of_case(ClearAction, ClearAction.due_on)
_NAMINGS: Final = _of_case(ClearNaming, ClearNaming.from_on)
_SUBJECT: Final = and_(ClearPerson.case_id == ClearCase.id, ClearPerson.relation == "subject")
_LIST: Final[Select[*tuple[Any, ...]]] = (
    select(ClearCase, ClearPerson.family_name, ClearPerson.given_name, ClearPerson.birth_date)
    .join(ClearPerson, _SUBJECT)
    .where(ClearCase.group_id.in_(bindparam("groups", expanding=True)))
    .where(ClearCase.state.in_(bindparam("states", expanding=True)))
    .order_by(ClearCase.id.desc())
    .limit(bindparam("limit"))
)


def _head(row: Any) -> CaseHead:
    """Return the clear facts of a row that is a case in all but its table."""
    return head_of(row)
