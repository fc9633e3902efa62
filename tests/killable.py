"""A writer to be killed: contributes without end and says what was acknowledged."""

from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from casework.entropy import SystemEntropy
from casework.identity import Principal, Reason
from casework.runtime import Edges, Runtime
from tests.conftest import Address
from tests.fakes import FixedClock
from tests.town import COUNCIL, open_stores

MOST = 200


def write(
    acknowledged: Connection, address: Address, folder: Path, who: Principal, case_id: UUID
) -> None:
    """Write until killed, at most `MOST` times."""
    edges = Edges(FixedClock(), SystemEntropy())
    runtime = Runtime(open_stores(address, folder, edges), edges, COUNCIL)
    for turn in range(MOST):
        acknowledged.send(
            runtime.cases.contribute(who, Reason.DUTY, case_id, f"Mot inventé {turn}")
        )
