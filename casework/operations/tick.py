"""One pass over the regular jobs: whoever calls it, each due job runs once."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from casework.db.engine import Scope
from casework.errors import CaseworkError, IntegrityFailure
from casework.identity import Principal, service
from casework.operations import gateway
from casework.runtime import Runtime

_LEASE: Final = timedelta(minutes=15)
_AGAIN: Final = timedelta(minutes=5)
_logger: Final = logging.getLogger("casework.tick")


class JobKind(StrEnum):
    """The regular jobs; stored, so a published value never changes."""

    CHECKPOINT = "checkpoint"
    SESSIONS = "sessions"
    REPEATS = "repeats"
    RETENTION = "retention"
    RETURNED = "returned"
    REKEY = "rekey"
    LOANS = "loans"
    ANCHOR = "anchor"
    ROW_CHECK = "row-check"
    REGISTER_RETENTION = "register-retention"
    CHARTERS = "charters"
    REVIEWS = "reviews"
    BACKUPS = "backups"


Task = Callable[[Principal], None]
"""What a job does, in the name of the service; it leaves its own leaves."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something done every so often."""

    kind: JobKind
    every: timedelta
    run: Task


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that was due: what became of it, by a code of ours when it failed."""

    kind: JobKind
    fault: str = ""


class Ticker:
    """Runs what is due in one council."""

    def __init__(self, runtime: Runtime, jobs: Sequence[Job]) -> None:
        """Take leases in the runtime's main database."""
        self._runtime = runtime
        self._jobs = jobs

    def tick(self) -> list[Ran]:
        """Run every job that is due; one that fails stops no other and is tried again soon."""
        return [self._run(job) for job in self._jobs if self._take(job)]

    def run_now(self, kind: JobKind) -> list[Ran]:
        """Run a job whether it is due or not, and whoever else runs it."""
        return [self._run(job) for job in self._jobs if job.kind is kind]

    def hurry(self, kind: JobKind) -> None:
        """Make a job due at once, whoever runs it next."""
        now, council_id = self._runtime.edges.clock.now(), self._runtime.council_id
        with self._runtime.stores.main.writing(self._scope()) as session:
            gateway.hurry(session, (council_id, kind.value), now)

    def _run(self, job: Job) -> Ran:
        council_id = self._runtime.council_id
        try:
            job.run(service(council_id, f"tick:{job.kind}"))
        except CaseworkError as fault:
            _logger.warning("job %s failed: %s", job.kind, fault.code)
            self._give_back(job, _patience(job, fault))
            return Ran(job.kind, fault.code)
        self._give_back(job, job.every)
        return Ran(job.kind)

    def _take(self, job: Job) -> bool:
        now = self._runtime.edges.clock.now()
        place = (self._runtime.council_id, job.kind.value)
        with self._runtime.stores.main.writing(self._scope()) as session:
            return gateway.take(session, place, now, now + _LEASE)

    def _give_back(self, job: Job, wait: timedelta) -> None:
        now = self._runtime.edges.clock.now()
        place = (self._runtime.council_id, job.kind.value)
        with self._runtime.stores.main.writing(self._scope()) as session:
            gateway.give_back(session, place, now, now + wait)

    def _scope(self) -> Scope:
        return Scope(self._runtime.council_id, whole=True)


def _patience(job: Job, fault: CaseworkError) -> timedelta:
    """Return when to try again; what contradicts itself still will in five minutes."""
    return max(job.every, _AGAIN) if isinstance(fault, IntegrityFailure) else _AGAIN
