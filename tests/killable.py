"""A writer to be killed: contributes without end and prints what was acknowledged."""

import sys
from pathlib import Path
from uuid import UUID

from casework.clock import local_day
from casework.db.engine import Scope
from casework.entropy import SystemEntropy
from casework.identity import Principal, PrincipalKind, Reason
from casework.partners import gateway as partners
from casework.runtime import Edges, Runtime
from tests.conftest import FILE_KEY, Address
from tests.fakes import FixedClock
from tests.town import COUNCIL, open_stores

MOST = 200


def main(url: str, folder: str, case: str) -> None:
    """Write until killed, at most `MOST` times."""
    edges = Edges(FixedClock(), SystemEntropy())
    address = Address(url, FILE_KEY if url.startswith("sqlite") else None)
    runtime = Runtime(open_stores(address, Path(folder), edges), edges, COUNCIL)
    who = _coordinator(runtime, edges)
    for turn in range(MOST):
        written = runtime.cases.contribute(who, Reason.DUTY, UUID(case), f"Mot inventé {turn}")
        print(written, flush=True)  # noqa: T201 - the parent reads what was acknowledged


def _coordinator(runtime: Runtime, edges: Edges) -> Principal:
    day = local_day(edges.clock.now())
    with runtime.stores.main.reading(Scope(COUNCIL)) as session:
        for member in partners.members(session, COUNCIL):
            found = partners.standing(session, COUNCIL, member.id, day)
            if found and any(one.role == "coordinator" for one in found.mandates):
                return Principal(
                    kind=PrincipalKind.MEMBER,
                    council_id=COUNCIL,
                    member_id=found.member_id,
                    organisation_id=found.organisation.id,
                    category=found.organisation.category,
                    mandates=found.mandates,
                )
    raise LookupError("no coordinator")


if __name__ == "__main__":
    main(*sys.argv[1:])
