"""The regular jobs of an instance, and how often each runs."""

from datetime import timedelta
from functools import partial

from casework.identity import Principal
from casework.operations.instance import Instance
from casework.operations.tick import Job, JobKind, Ticker

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def ticker(instance: Instance) -> Ticker:
    """Return what runs every regular job of this instance when it is due."""
    return Ticker(instance, regular_jobs(instance))


def mend(instance: Instance) -> None:
    """Erase again, before anybody is served, what an old backup brought back."""
    ticker(instance).run_now(JobKind.RETURNED)


def regular_jobs(instance: Instance) -> list[Job]:
    """Return the jobs in the order of a pass: the register first."""

    def sign(_: Principal) -> None:
        instance.ledger.checkpoint(instance.council_id)

    def end_sessions(_: Principal) -> None:
        instance.account_services.sessions.sweep()

    def erase_again(who: Principal) -> None:
        instance.retention.repair(who)

    def rekey(who: Principal) -> None:
        instance.rotation_runner.resume(instance.council_id)
        instance.parting_sweep.run(who)
        instance.rekeying.run(who)

    def end_loans(who: Principal) -> None:
        instance.recovery.lending.end_loans(who)
        instance.recovery.ceremonies.forget(who)

    def forget_repeats(_: Principal) -> None:
        instance.repeats.purge(instance.council_id)

    def anchor(who: Principal) -> None:
        instance.anchoring.run(who)

    return [
        Job(JobKind.CHECKPOINT, _MINUTE, sign),
        Job(JobKind.SESSIONS, timedelta(minutes=10), end_sessions),
        Job(JobKind.REPEATS, timedelta(hours=1), forget_repeats),
        Job(JobKind.RETENTION, _DAY, partial(_forget, instance)),
        Job(JobKind.RETURNED, timedelta(minutes=10), erase_again),
        Job(JobKind.REKEY, _MINUTE, rekey),
        Job(JobKind.LOANS, _MINUTE, end_loans),
        Job(JobKind.ANCHOR, _DAY, anchor),
    ]


def _forget(instance: Instance, who: Principal) -> None:
    """Forget the cases that are due, and what people typed as their reason long ago."""
    instance.retention.sweep(who)
    instance.readings.words.run(who)
