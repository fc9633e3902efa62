"""How searches by name, and what is done with two cases of one person, are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.searching import CaseSearching
from casework.cases.service.delivering import Delivering
from casework.cases.service.merging import MergeService
from casework.cases.service.searching import SearchService


@dataclass(frozen=True, slots=True)
class Lookups:
    """Who is there already, and whether twice."""

    searches: SearchService
    merging: MergeService


def assemble_lookups(
    ledger: Ledger, admission: Admission, listing: CaseListing, delivering: Delivering
) -> Lookups:
    """Return the services."""
    searches = SearchService(ledger, admission, CaseSearching(listing), delivering)
    return Lookups(searches, MergeService(ledger, admission, listing))
