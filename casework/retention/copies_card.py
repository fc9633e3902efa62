"""What the officer sees of copies: when the last ones were made, tried, and ended on their day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act, Outcome
from casework.audit.additions import LeafValues
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked, Slice
from casework.moments import from_micros


@dataclass(frozen=True, slots=True)
class CopiesCard:
    """When each was done last; None for never. `well` says whether what was tried would do."""

    made_at: datetime | None
    tried_at: datetime | None
    well: bool
    ended_at: datetime | None


def copies_card(session: Session, council_id: UUID) -> CopiesCard:
    """Return the card of a council, from the lines of its register; no part of one is opened."""
    gateway = RegisterGateway(session, council_id)
    made, tried, ended = (
        _newest(gateway, act) for act in (Act.BACKUP_CREATED, Act.BACKUP_DRILLED, Act.BACKUP_ENDED)
    )
    well = tried is not None and tried.outcome == Outcome.ALLOWED.value
    return CopiesCard(_moment(made), _moment(tried), well, _moment(ended))


def _newest(gateway: RegisterGateway, act: Act) -> LeafValues | None:
    return next(iter(gateway.page(Asked(frozenset({act})), (), Slice(count=1))), None)


def _moment(line: LeafValues | None) -> datetime | None:
    return None if line is None else from_micros(line.at)
