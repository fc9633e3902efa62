"""Short codes of checkpoints: printed on paper, and found again from it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.additions import Note
from casework.audit.asking import require_officer
from casework.audit.checkpoint import short_code
from casework.audit.entry import Detail, Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger
from casework.db.engine import Database, Scope
from casework.errors import InvalidInput
from casework.identity import Principal, Reason
from casework.moments import from_micros
from casework.sentences import N_

_MISREAD: Final = str.maketrans("018", "OIB")
_CODE: Final = re.compile(r"[A-Z2-7]{10}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A checkpoint as paper names it: its code, its lines, and when it was signed."""

    code: str
    size: int
    at: datetime


def stamp_of(note: Note) -> Stamp:
    """Return how paper names a checkpoint."""
    return Stamp(short_code(note.note), note.size, from_micros(note.at))


def read_code(typed: str) -> str:
    """Return a code as it is printed, from what a person typed. Raises `InvalidInput`.

    Figures that base32 does not have were letters on the paper.
    """
    bare = re.sub(r"[\s-]", "", typed.upper()).translate(_MISREAD)
    if not _CODE.fullmatch(bare):
        raise InvalidInput({"code": [N_("Dix lettres et chiffres, comme ABCDE-FGH23.")]})
    return f"{bare[:5]}-{bare[5:]}"


@dataclass(frozen=True, slots=True)
class StampService:
    """The codes of one council's checkpoints."""

    ledger: Ledger
    database: Database

    def newest(self, council_id: UUID) -> Stamp | None:
        """Return the newest: it tells of no line and of no case, hence no leaf."""
        with self.database.reading(Scope(council_id)) as session:
            note = RegisterGateway(session, council_id).newest_note()
        return stamp_of(note) if note else None

    def seek(self, principal: Principal, typed: str) -> Stamp | None:
        """Return the checkpoint of a code, or None; for the data protection officer.

        Raises `InvalidInput` for what is no code.
        """
        code = read_code(typed)
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            require_officer(work, Act.REGISTER_READ)
            gateway = RegisterGateway(work.session, principal.council_id)
            found = gateway.note_like(lambda note: short_code(note) == code)
            detail: Detail = {"code": code.lower(), "found": found is not None}
            work.record(Entry(Act.REGISTER_READ, detail=detail))
        return stamp_of(found) if found else None
