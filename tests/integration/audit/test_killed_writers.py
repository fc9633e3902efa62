"""Writers killed by `kill -9` in the middle of anything: no acknowledged line is lost."""

import json
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.gateway import RegisterGateway
from casework.audit.parts import open_part, stored_parts
from casework.db.engine import Scope
from casework.identity import Reason
from tests.conftest import Address
from tests.killing import AT_ONCE, ROUNDS, Told, campaign
from tests.processes import PROCESSES
from tests.register import COUNCIL, Register, join_register, member


def stored(register: Register) -> Iterator[Told]:
    """Give every line as it stands, with the case that it names."""
    with register.database.reading(Scope(COUNCIL)) as session:
        for values in RegisterGateway(session, COUNCIL).leaves(1 << 40):
            what = open_part(register.keys, values, stored_parts(values)[1])
            assert what is not None
            yield Told(values.seq, UUID(json.loads(what)["case"]))


@pytest.mark.parametrize("writers", [2, 4])
def test_writers_killed_two_hundred_times_lose_no_line_they_were_told_of(
    address: Address, register: Register, writers: int
) -> None:
    heard, said = PROCESSES.Pipe(duplex=False)
    fought = PROCESSES.Process(target=campaign, args=(said, address, writers))
    fought.start()
    said.close()
    told, worst = heard.recv()
    fought.join()
    lines = list(stored(register))
    assert len(told) > ROUNDS
    assert len({one.seq for one in told}) == len(told)
    assert set(told) <= set(lines)
    assert [one.seq for one in lines] == list(range(len(lines)))
    result = register.verify()
    assert (result.size, result.faults) == (len(lines), ())
    assert worst < AT_ONCE


def hold(address: Address, ready: Connection) -> None:
    """Take the register as an append does, and keep it."""
    register = join_register(address.connect(), seed=1)
    with register.ledger.begin(member(), Reason.DUTY) as work:
        work.session.execute(text("UPDATE audit_heads SET signed_at = 7"))
        ready.send(os.getpid())
        time.sleep(60)


def test_what_a_killed_writer_held_is_free_at_once(address: Address, register: Register) -> None:
    heard, said = PROCESSES.Pipe(duplex=False)
    holder = PROCESSES.Process(target=hold, args=(address, said))
    holder.start()
    os.kill(heard.recv(), signal.SIGKILL)
    since = time.monotonic()
    assert register.read().seqs == (0,)
    assert time.monotonic() - since < AT_ONCE
    holder.join()
    assert register.verify().clean
