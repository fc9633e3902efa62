"""For how long the charters in force let the register tell, and be kept."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.forgetting.policy import Terms, widest
from casework.cases.gateway.admission import Charters
from casework.charters.charter import Article, Charter
from casework.db.engine import Database, Scope
from casework.partners import gateway as partners


@dataclass(frozen=True, slots=True)
class RegisterTerms:
    """Asks each time: a charter adopted today decides tonight."""

    database: Database
    charters: Charters

    def of(self, council_id: UUID) -> Terms:
        """Return what the charters of all groups need together: there is one register."""
        return widest(map(_terms, self._in_force(council_id)))

    def ground(self, council_id: UUID) -> Article | None:
        """Return the article that keeps the register longest; None without any charter."""
        charters = self._in_force(council_id)
        if not charters:
            return None
        longest = max(charters, key=lambda one: one.register.kept_months)
        return longest.articles.get(longest.register.article)

    def _in_force(self, council_id: UUID) -> list[Charter]:
        with self.database.reading(Scope(council_id, whole=True)) as session:
            groups = partners.groups(session, council_id)
            return [self.charters.of_version(session, council_id, one.charter_id) for one in groups]


def _terms(charter: Charter) -> Terms:
    said = charter.register
    return Terms(said.searchable_months, said.kept_months, said.article)
