"""The regular jobs of an instance, and how often each runs."""

from datetime import timedelta
from functools import partial

from casework.audit.verify import Extent
from casework.errors import IntegrityFailure
from casework.identity import Principal
from casework.operations.backups.ending import end
from casework.operations.instance import Instance
from casework.operations.tick import Job, JobKind, Ticker

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


def ticker(instance: Instance) -> Ticker:
    """Return what runs every regular job of this instance when it is due."""
    return Ticker(instance, regular_jobs(instance))


def mend(instance: Instance) -> None:
    """Erase again, before anybody is served, what an old backup brought back.

    Two databases of different days were put back: the next pass compares every sealed value.
    """
    jobs = ticker(instance)
    if instance.key_checking.examine(instance.council_id).faults:
        jobs.hurry(JobKind.ROW_CHECK)
    jobs.run_now(JobKind.RETURNED)


def regular_jobs(instance: Instance) -> list[Job]:
    """Return the jobs in the order of a pass: the register first."""

    def sign(_: Principal) -> None:
        instance.ledger.checkpoint(instance.council_id)

    def end_sessions(_: Principal) -> None:
        instance.account_services.sessions.sweep()

    def rekey(who: Principal) -> None:
        instance.rotation_runner.resume(instance.council_id)
        instance.parting_sweep.run(who)
        instance.confiding_sweep.run(who)
        instance.rekeying.run(who)

    def end_loans(who: Principal) -> None:
        instance.recovery.lending.end_loans(who)
        instance.recovery.ceremonies.forget(who)

    def forget_repeats(_: Principal) -> None:
        instance.repeats.purge(instance.council_id)

    return [
        Job(JobKind.CHECKPOINT, _MINUTE, sign),
        Job(JobKind.SESSIONS, timedelta(minutes=10), end_sessions),
        Job(JobKind.REPEATS, timedelta(hours=1), forget_repeats),
        Job(JobKind.RETENTION, _DAY, partial(_forget, instance)),
        Job(JobKind.RETURNED, timedelta(minutes=10), partial(_erase_again, instance)),
        Job(JobKind.REKEY, _MINUTE, rekey),
        Job(JobKind.LOANS, _MINUTE, end_loans),
        Job(JobKind.ANCHOR, _DAY, partial(_anchor, instance)),
        Job(JobKind.ROW_CHECK, _DAY, partial(_check_rows, instance)),
        Job(JobKind.REGISTER_RETENTION, _DAY, partial(_forget_lines, instance)),
        Job(JobKind.CHARTERS, timedelta(minutes=10), partial(_enter_into_force, instance)),
        Job(JobKind.REVIEWS, _DAY, partial(_review, instance)),
        Job(JobKind.BACKUPS, _DAY, partial(_end_copies, instance)),
    ]


def _forget(instance: Instance, who: Principal) -> None:
    """Forget what is due of cases, of what was asked about readings, and of reasons typed."""
    instance.retention.sweep(who)
    instance.examining.sweep.run(who)
    instance.readings.words.run(who)


def _end_copies(instance: Instance, who: Principal) -> None:
    end(instance, who)


def _erase_again(instance: Instance, who: Principal) -> None:
    """Erase what an old backup brought back; and tags of presence that answer nobody any more."""
    instance.presence_sweep.run(who)
    if instance.retention.repair(who):
        ticker(instance).hurry(JobKind.ROW_CHECK)


def _anchor(instance: Instance, who: Principal) -> None:
    instance.anchoring.run(who)


def _check_rows(instance: Instance, who: Principal) -> None:
    if not instance.register.verify(who, Extent(rows=True)).clean:
        raise IntegrityFailure("the register and what it covers contradict one another")


def _enter_into_force(instance: Instance, who: Principal) -> None:
    instance.charter_entering.run(who)


def _forget_lines(instance: Instance, who: Principal) -> None:
    instance.register_forgetting.run(who)


def _review(instance: Instance, who: Principal) -> None:
    """Ask partners who is still there, and remind of what ends."""
    instance.reminding.run(who)
