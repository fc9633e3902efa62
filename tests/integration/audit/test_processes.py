"""Four processes that write at once: one register, no leaf lost, nobody turned away."""

from typing import Final

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.identity import Reason
from tests.conftest import Address
from tests.fakes_audit import id_of
from tests.processes import PROCESSES
from tests.register import Register, join_register, member

WRITERS: Final = 4
UNITS: Final = 50


def write(address: Address, writer: int) -> list[int]:
    """Do fifty units of work, readings and changes by turns; return the numbers of the leaves."""
    database = address.connect()
    register = join_register(database, seed=writer + 1)
    who, case_id = member(f"writer{writer}"), id_of(f"case{writer}")
    seqs: list[int] = []
    for unit in range(UNITS):
        way = register.ledger.begin if unit % 2 else register.ledger.consult
        with way(who, Reason.DUTY) as work:
            work.record(Entry(Act.CASE_READ, case_id, detail={"unit": unit}))
        seqs.extend(work.receipt.seqs)
    database.engine.dispose()
    return seqs


def test_four_processes_writing_at_once_lose_nothing(address: Address, register: Register) -> None:
    jobs = [(address, writer) for writer in range(WRITERS)]
    with PROCESSES.Pool(WRITERS) as pool:
        written = pool.starmap(write, jobs)
    assert sorted(seq for seqs in written for seq in seqs) == list(range(WRITERS * UNITS))
    assert all(seqs == sorted(seqs) for seqs in written)
    result = register.verify()
    assert (result.size, result.faults) == (WRITERS * UNITS, ())
