"""Drafts: one author, their own key, and a date after which they are gone."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.cases.models import DraftRow
from casework.cases.orders import DraftLine
from casework.cases.values import Draft
from casework.clock import Clock, local_day
from casework.crypto.encoding import canonical_json
from casework.db import sight
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, Conflict
from casework.keys.member_keys import DraftKey

_LIFE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Drafting:
    """Stores drafts sealed with their author's own key."""

    clock: Clock
    entropy: Entropy

    def create(self, work: Work, group_id: UUID, key: DraftKey) -> UUID:
        """Store an empty draft and return its id."""
        draft_id = new_id(self.clock, self.entropy)
        work.session.add(
            DraftRow(
                council_id=work.principal.council_id,
                id=draft_id,
                member_id=work.principal.member_id,
                group_id=group_id,
                step=1,
                body_sealed=key.seal(draft_id, canonical_json({})),
                saved_at=work.now,
                expires_on=local_day(work.now) + _LIFE,
            )
        )
        return draft_id

    def row(self, work: Work, draft_id: UUID) -> DraftRow:
        """Return the author's draft; anybody else's does not exist."""
        place = (work.principal.council_id, draft_id)
        row = work.session.get(DraftRow, place, execution_options=sight.OWN)
        expired = row is not None and row.expires_on < local_day(work.now)
        if row is None or expired or row.member_id != work.principal.member_id:
            raise AccessDenied("draft", "no-such-draft", subject=str(draft_id))
        return row

    def open(self, receipt: Receipt, row: DraftRow, key: DraftKey) -> Draft:
        """Open a draft for its author."""
        fields = json.loads(key.open(receipt, row.id, row.body_sealed))
        return Draft(
            row.id, row.group_id, row.step, fields, row.saved_at, row.expires_on, row.version
        )

    def save(self, work: Work, row: DraftRow, draft: Draft, key: DraftKey) -> None:
        """Replace the body of a draft. Raises `Conflict` when another page saved meanwhile."""
        if row.version != draft.version:
            raise Conflict(row.version)
        row.body_sealed = key.seal(row.id, canonical_json({**draft.fields}))
        row.step = draft.step
        row.saved_at = work.now
        row.expires_on = local_day(work.now) + _LIFE

    def discard(self, work: Work, row: DraftRow) -> None:
        """Delete a draft."""
        work.session.delete(row)

    def mine(self, work: Work) -> list[DraftLine]:
        """Return one's drafts, newest first, unopened."""
        rows = work.session.scalars(
            select(DraftRow)
            .where(
                DraftRow.council_id == work.principal.council_id,
                DraftRow.member_id == work.principal.member_id,
                DraftRow.expires_on >= local_day(work.now),
            )
            .order_by(DraftRow.saved_at.desc())
            .execution_options(**sight.OWN)
        )
        return [DraftLine(row.id, row.group_id, row.step, row.saved_at) for row in rows]
