"""How each group writes: its letterhead and the templates it brought. Nothing of any case."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.standing import check_version
from casework.clock import Clock, local_day
from casework.entropy import Entropy, new_id
from casework.letters.fields import LETTERHEAD, LetterField
from casework.letters.kinds import LetterFormat, LetterKind
from casework.letters.models import LetterheadRow, LetterTemplateRow
from casework.letters.values import Letterhead, Merged, Template

_COLUMNS = {name: name.name.lower() for name in LETTERHEAD}


@dataclass(frozen=True, slots=True)
class TemplateStore:
    """Keeps one letterhead for each group, and one template for each kind and format at most."""

    clock: Clock
    entropy: Entropy

    def write_head(self, work: Work, group_id: UUID, version: int, said: Merged) -> None:
        """Keep a letterhead. Raises `Conflict` when somebody was faster."""
        place = (work.principal.council_id, group_id)
        row = work.session.get(LetterheadRow, place)
        check_version(row.version if row else 0, version)
        if row is None:
            row = LetterheadRow(council_id=place[0], group_id=group_id)
            work.session.add(row)
        for name, column in _COLUMNS.items():
            setattr(row, column, said.get(name, ""))

    def keep(
        self,
        work: Work,
        place: tuple[UUID, LetterKind, LetterFormat],
        content: bytes,
        used: Collection[LetterField],
    ) -> None:
        """Keep a template, in the place of an older one."""
        self.remove(work, place)
        group_id, kind, format_ = place
        row_id = new_id(self.clock, self.entropy)
        work.session.add(
            LetterTemplateRow(
                council_id=work.principal.council_id,
                id=row_id,
                group_id=group_id,
                kind=kind,
                format=format_,
                used=" ".join(sorted(used)),
                content=content,
                kept_by=work.principal.member_id,
                kept_on=local_day(work.now),
            )
        )
        # As of a sealed value: a template planted by SQL is found the next night.
        work.digest("letter_templates", row_id, "content", content)

    def remove(self, work: Work, place: tuple[UUID, LetterKind, LetterFormat]) -> None:
        """Forget a group's own template: the one that comes with the service serves again."""
        row = _row(work.session, work.principal.council_id, place)
        if row is not None:
            work.digest("letter_templates", row.id, "content", None)
            work.session.delete(row)
            work.session.flush()


def head_of(session: Session, council_id: UUID, group_id: UUID) -> Letterhead:
    """Return the letterhead of a group, empty before anybody wrote it."""
    row = session.get(LetterheadRow, (council_id, group_id))
    if row is None:
        return Letterhead(dict.fromkeys(LETTERHEAD, ""), 0)
    said = {name: str(getattr(row, column)) for name, column in _COLUMNS.items()}
    return Letterhead(said, row.version)


def brought(session: Session, council_id: UUID, group_id: UUID) -> list[Template]:
    """Return the templates that a group brought, without their content."""
    row = LetterTemplateRow
    columns = (row.kind, row.format, row.used, row.kept_on)
    chosen = select(*columns).where(row.council_id == council_id, row.group_id == group_id)
    return [
        Template(
            LetterKind(kind), LetterFormat(format_), frozenset(map(LetterField, used.split())), on
        )
        for kind, format_, used, on in session.execute(chosen)
    ]


def content_of(
    session: Session, council_id: UUID, place: tuple[UUID, LetterKind, LetterFormat]
) -> bytes | None:
    """Return a template that a group brought, or None."""
    row = _row(session, council_id, place)
    return None if row is None else row.content


def _row(
    session: Session, council_id: UUID, place: tuple[UUID, LetterKind, LetterFormat]
) -> LetterTemplateRow | None:
    row, (group_id, kind, format_) = LetterTemplateRow, place
    chosen = select(row).where(
        row.council_id == council_id,
        row.group_id == group_id,
        row.kind == kind,
        row.format == format_,
    )
    return session.scalars(chosen).one_or_none()
