"""The doors of an instance, tried before it serves."""

from casework.cases.gateway.agenda import Agenda
from casework.cases.gateway.reading import CaseReading
from casework.cases.service.doors import Doors
from casework.runtime import Runtime


def doors_of(runtime: Runtime) -> Doors:
    """Return the doors as requests go through them."""
    return Doors(
        database=runtime.stores.main,
        admission=runtime.admission,
        reading=CaseReading(runtime.admission, runtime.keyring, runtime.decoys),
        agenda=Agenda(runtime.listing, runtime.decoys),
        drafting=runtime.drafting,
        clock=runtime.edges.clock,
        entropy=runtime.edges.entropy,
    )


def require_shut(runtime: Runtime) -> int:
    """Refuse to serve, with `Misconfigured`, when a case comes where nobody may see it."""
    return doors_of(runtime).examine(runtime.council_id)
