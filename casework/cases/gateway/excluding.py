"""Personal links as stored: whom a case does not exist for."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, select, update
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.safeguards.models import ExclusionRow
from casework.cases.safeguards.values import Exclusion
from casework.errors import AccessDenied
from casework.identity import Principal

_AT_ONCE = {"synchronize_session": False}


def kept_from(council: Any, holders: Sequence[Any]) -> Select[UUID]:
    """Return the cases kept from somebody, who is a member and of a body.

    It depends on no row of a case: a list asks it once.
    """
    row = ExclusionRow
    return select(row.case_id).where(row.council_id == council, row.holder_id.in_(holders))


def puts_out(admission: Any) -> ColumnElement[bool]:
    """Return the condition that a whole body is kept from the case of its admission."""
    row = ExclusionRow
    return exists().where(
        row.council_id == admission.council_id,
        row.holder_id == admission.organisation_id,
        row.case_id == admission.case_id,
    )


def is_kept(session: Session, who: Principal, case_id: UUID) -> bool:
    """Say whether a case is kept from somebody; `session` may be of any reach."""
    return case_id in kept(session, who, {case_id})


def kept(session: Session, who: Principal, case_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of some cases that are kept from somebody."""
    holders = [one for one in (who.member_id, who.organisation_id) if one is not None]
    if not case_ids or not holders:
        return frozenset()
    chosen = kept_from(who.council_id, holders).where(ExclusionRow.case_id.in_(case_ids))
    return frozenset(session.scalars(chosen))


def exclusions_of(session: Session, council_id: UUID, case_ids: Iterable[UUID]) -> list[Exclusion]:
    """Return the links on some cases, the oldest first."""
    row, wanted = ExclusionRow, list(case_ids)
    chosen = select(row).where(row.council_id == council_id, row.case_id.in_(wanted))
    return [_loaded(one) for one in session.scalars(chosen.order_by(row.set_at, row.holder_id))]


def all_links(session: Session, council_id: UUID) -> list[Exclusion]:
    """Return every link of a council, the oldest first."""
    row = ExclusionRow
    chosen = select(row).where(row.council_id == council_id)
    return [_loaded(one) for one in session.scalars(chosen.order_by(row.set_at, row.holder_id))]


class Excluding:
    """Keeps links inside the unit of work of the task."""

    def add(self, work: Work, case_id: UUID, holder: tuple[UUID, UUID], *, declared: bool) -> bool:
        """Keep a case from a (member or body, body); say whether that is new.

        What the member declares stays declared, whoever had set it before.
        """
        holder_id, organisation_id = holder
        known = work.session.get(ExclusionRow, (work.principal.council_id, holder_id, case_id))
        if known is not None:
            known.declared, known.lift_asked_by, known.lift_asked_at = (
                known.declared or declared,
                None,
                None,
            )
            return False
        work.session.add(
            ExclusionRow(
                council_id=work.principal.council_id,
                holder_id=holder_id,
                case_id=case_id,
                organisation_id=organisation_id,
                declared=declared,
                set_by=work.principal.member_id,
                set_at=work.now,
            )
        )
        work.session.flush()
        return True

    def one(self, work: Work, case_id: UUID, holder_id: UUID) -> Exclusion:
        """Return a link. Raises `AccessDenied` when there is none."""
        found = work.session.get(ExclusionRow, (work.principal.council_id, holder_id, case_id))
        if found is None:
            raise AccessDenied("name", "no-such-link", subject=str(case_id))
        return _loaded(found)

    def ask_lift(self, work: Work, one: Exclusion) -> None:
        """Put the end of a link to the officer."""
        asked = {"lift_asked_by": work.principal.member_id, "lift_asked_at": work.now}
        self._change(work, one, asked)

    def keep(self, work: Work, one: Exclusion) -> None:
        """Leave a link as it is: the officer has said no."""
        self._change(work, one, {"lift_asked_by": None, "lift_asked_at": None})

    def lift(self, work: Work, one: Exclusion) -> None:
        """End a link."""
        work.session.execute(delete(ExclusionRow).where(*_this(work, one)))

    def _change(self, work: Work, one: Exclusion, values: dict[str, Any]) -> None:
        changed = update(ExclusionRow).where(*_this(work, one)).values(**values)
        work.session.execute(changed, execution_options=_AT_ONCE)


def _this(work: Work, one: Exclusion) -> tuple[Any, ...]:
    row = ExclusionRow
    return (
        row.council_id == work.principal.council_id,
        row.holder_id == one.holder_id,
        row.case_id == one.case_id,
    )


def _loaded(row: ExclusionRow) -> Exclusion:
    return Exclusion(
        case_id=row.case_id,
        holder_id=row.holder_id,
        organisation_id=row.organisation_id,
        declared=row.declared,
        set_by=row.set_by,
        set_at=row.set_at,
        lift_asked_by=row.lift_asked_by,
    )
