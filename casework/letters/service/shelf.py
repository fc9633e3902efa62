"""What letters are written on: a group's letterhead, its own template or the one that came."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.ledger import scope_of
from casework.db.engine import Database
from casework.identity import Principal
from casework.letters.gateway import templates
from casework.letters.kinds import EDITED, LetterFormat, LetterKind
from casework.letters.pressing import shipped
from casework.letters.values import Letterhead
from casework.partners import gateway as partners


@dataclass(frozen=True, slots=True)
class Shelf:
    """Reads what holds nothing of any case, hence no leaf."""

    database: Database

    def head(self, who: Principal, group_id: UUID) -> Letterhead:
        """Return the letterhead of a group."""
        with self.database.reading(scope_of(who)) as session:
            return templates.head_of(session, who.council_id, group_id)

    def commune(self, who: Principal, code: str) -> str:
        """Return the name of a commune by its INSEE code, or nothing."""
        with self.database.reading(scope_of(who)) as session:
            return partners.communes(session, who.council_id).get(code, "")

    def template(
        self, who: Principal, group_id: UUID, kind: LetterKind, format_: LetterFormat
    ) -> bytes:
        """Return the template that a letter is made from."""
        if format_ not in EDITED:
            return shipped(kind, format_)
        with self.database.reading(scope_of(who)) as session:
            own = templates.content_of(session, who.council_id, (group_id, kind, format_))
        return own or shipped(kind, format_)
