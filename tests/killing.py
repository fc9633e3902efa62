"""Writers killed at any point, again and again, and what each of them had been told is written."""

import os
import select
import signal
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.verify import Extent
from casework.identity import Reason
from tests.conftest import Address
from tests.fakes import CountingEntropy
from tests.register import Register, join_register, member

ROUNDS: Final = 200
LOOKS: Final = 25
"""After how many rounds the whole register is verified."""
AT_ONCE: Final = 3.0
"""Seconds: less than anybody's patience for a lock, so nobody waits for one to run out."""
_SAID: Final = struct.Struct(">QII")
_MANY: Final = 256 * _SAID.size


class Told(NamedTuple):
    """What a writer was told: the number of its leaf, and the case that the leaf names."""

    seq: int
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Writer:
    """A process that writes without end, and where it says what was acknowledged."""

    pid: int
    heard: int


@dataclass
class Campaign:
    """So many writers on one database, of whom one or all are killed in each round."""

    address: Address
    count: int
    chance: CountingEntropy
    told: list[Told] = field(default_factory=list)
    worst: float = 0.0
    _born: int = 0

    def run(self) -> None:
        """Kill through every round; the register is whole each time it is looked at."""
        self._warm()
        writers = self._replaced([])
        for number in range(1, ROUNDS + 1):
            writers = self._round(writers)
            if number % LOOKS == 0:
                assert self._whole(), f"after round {number}"
        self._kill(writers)

    def _warm(self) -> None:
        """Pay here, and not in each fork, for what a first unit makes Python load."""
        database = self.address.connect()
        _unit(join_register(database), born=0, unit=0)
        database.engine.dispose()

    def _round(self, writers: list[Writer]) -> list[Writer]:
        soon, moment, who, every = self.chance.bytes(4)
        self._hear(writers, 1 + soon % 4)
        time.sleep(moment / 100_000)
        victims = writers if every % 4 == 0 else [writers[who % len(writers)]]
        self._kill(victims)
        left = [one for one in writers if one not in victims]
        self._hear(left, 1 if left else 0)
        return self._replaced(left)

    def _replaced(self, left: list[Writer]) -> list[Writer]:
        return [*left, *(self._start() for _ in range(self.count - len(left)))]

    def _start(self) -> Writer:
        self._born += 1
        heard, said = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(heard)
                _write(self.address, self._born, said)
            finally:
                os._exit(1)
        os.close(said)
        return Writer(pid, heard)

    def _hear(self, writers: Iterable[Writer], wanted: int) -> None:
        """Wait until somebody was told something; whoever holds a lock must be alive."""
        handles, since = [one.heard for one in writers], time.monotonic()
        while wanted > 0:
            ready, _, _ = select.select(handles, [], [], AT_ONCE)
            assert ready, "somebody dead holds the register"
            self.worst = max(self.worst, time.monotonic() - since)
            since = time.monotonic()
            for handle in ready:
                said = list(_said(os.read(handle, _MANY)))
                assert said, "a writer gave up"
                self.told += said
                wanted -= len(said)

    def _kill(self, victims: list[Writer]) -> None:
        for one in victims:
            os.kill(one.pid, signal.SIGKILL)
        for one in victims:
            _, status = os.waitpid(one.pid, 0)
            assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "a writer gave up"
            while last := os.read(one.heard, _MANY):
                self.told += _said(last)
            os.close(one.heard)

    def _whole(self) -> bool:
        """Verify with a connection of its own: none is open when a writer is forked."""
        database = self.address.connect()
        result = join_register(database).verify(Extent(parts=False))
        database.engine.dispose()
        return result.clean and result.size > max(one.seq for one in self.told)


def campaign(answer: Connection, address: Address, count: int) -> None:
    """Run one and send what was told, and the longest that anybody waited, in seconds."""
    fought = Campaign(address, count, CountingEntropy(count))
    fought.run()
    answer.send((fought.told, fought.worst))


def _write(address: Address, born: int, said: int) -> None:
    """Read and change by turns, each unit naming a case of its own, until killed."""
    register = join_register(address.connect(), seed=born)
    unit = 0
    while True:
        unit += 1
        told = _unit(register, born, unit)
        os.write(said, _SAID.pack(told, born, unit))


def _unit(register: Register, born: int, unit: int) -> int:
    way = register.ledger.begin if unit % 2 else register.ledger.consult
    with way(member(f"writer{born}"), Reason.DUTY) as work:
        work.record(Entry(Act.CASE_READ, _case(born, unit)))
    (seq,) = work.receipt.seqs
    return seq


def _said(raw: bytes) -> Iterator[Told]:
    return (Told(seq, _case(born, unit)) for seq, born, unit in _SAID.iter_unpack(raw))


def _case(born: int, unit: int) -> UUID:
    return UUID(int=born << 32 | unit)
