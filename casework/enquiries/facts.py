"""What stands in clear beside lines of the register: mandates, dates of cases, agendas."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.cases.gateway import control
from casework.db.engine import Database, Scope
from casework.enquiries.rules import CaseFacts, Facts, Term
from casework.meetings.gateway import ever_on_an_agenda
from casework.partners import gateway as partners

_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class FactBook:
    """Reads ids and dates alone, for those who control without reading; hence no leaf."""

    database: Database

    def of(self, council_id: UUID, members: Collection[UUID], cases: Collection[UUID]) -> Facts:
        """Return the facts of some members and cases; those of erased cases are absent."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            mandates = {
                member_id: [Term(*term) for term in found]
                for part in _parts(members)
                for member_id, found in partners.terms(session, council_id, part).items()
            }
            known = [_cases(session, council_id, part) for part in _parts(cases)]
        return Facts(mandates, {one: facts for part in known for one, facts in part.items()})


def _cases(session: Session, council_id: UUID, ids: Sequence[UUID]) -> dict[UUID, CaseFacts]:
    heard = ever_on_an_agenda(session, council_id, ids)
    named: dict[UUID, dict[UUID, Term]] = {}
    # Who was named matters for the others alone, and in most councils these are few.
    for one in control.named(session, council_id, [one for one in ids if one not in heard]):
        named.setdefault(one.case_id, {})[one.member_id] = Term(one.from_on, one.until_on)
    return {
        one.case_id: CaseFacts(
            referred_on=one.referred_on,
            closed_on=one.closed_on,
            lead_id=one.lead_id,
            named=named.get(one.case_id, {}),
            on_an_agenda=one.case_id in heard,
        )
        for one in control.around(session, council_id, ids)
    }


def _parts(ids: Collection[UUID]) -> Iterator[Sequence[UUID]]:
    ordered = sorted(ids)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
