"""Who may ask the register, and how the asking itself is told in it."""

from datetime import datetime

from casework.audit.entry import Detail
from casework.audit.lines import Asked
from casework.audit.work import Work
from casework.clock import local_day
from casework.errors import AccessDenied
from casework.identity import PrincipalKind, Role
from casework.moments import to_micros

_MACHINES = frozenset({PrincipalKind.OPERATOR, PrincipalKind.SERVICE})


def require_officer(work: Work, wanted: str) -> None:
    """Return for the data protection officer of today; AccessDenied for anybody else."""
    if not work.principal.holds(Role.DPO, local_day(work.now)):
        raise AccessDenied(wanted, "not_dpo")


def require_officer_or_machine(work: Work, wanted: str) -> None:
    """Return also for operators and jobs, who see nothing but commitments and counts."""
    if work.principal.kind not in _MACHINES:
        require_officer(work, wanted)


def require_machine(work: Work, wanted: str) -> None:
    """Return for operators and jobs alone; AccessDenied for any person."""
    if work.principal.kind not in _MACHINES:
        raise AccessDenied(wanted, "not_job")


def told(asked: Asked) -> Detail:
    """Return what was asked, as codes: the officer's own readings can be checked too."""
    details = {
        **{f"act{number}": act for number, act in enumerate(sorted(asked.acts))},
        **{f"line{number}": seq for number, seq in enumerate(asked.lines)},
        "outcome": asked.outcome,
        "member": asked.member_id,
        "organisation": asked.organisation_id,
        "since": _micros(asked.since),
        "until": _micros(asked.until),
    }
    return {name: value for name, value in details.items() if value is not None}


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else to_micros(moment)
