"""Which measures of security are on today, and which risks each lowers. Pure: facts in, lines out.

What is on by construction says so; what the operator chooses is read from the settings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from casework.processing.values import Measure, MeasureName, Measures, Risk

_ACCESS, _CHANGE, _LOSS = Risk.ACCESS, Risk.CHANGE, Risk.LOSS
_RISKS: Final[Mapping[MeasureName, tuple[Risk, ...]]] = {
    MeasureName.ACCOUNTS: (_ACCESS, _CHANGE),
    MeasureName.PASSWORDS: (_ACCESS, _CHANGE),
    MeasureName.SESSIONS: (_ACCESS,),
    MeasureName.NEED_TO_KNOW: (_ACCESS,),
    MeasureName.REVIEWS: (_ACCESS,),
    MeasureName.ENCRYPTION: (_ACCESS, _CHANGE),
    MeasureName.DATABASE: (_ACCESS,),
    MeasureName.KEK: (_ACCESS,),
    MeasureName.CUSTODY: (_ACCESS,),
    MeasureName.ESCROW: (_LOSS,),
    MeasureName.REGISTRAR: (_ACCESS, _CHANGE),
    MeasureName.TRANSPORT: (_ACCESS, _CHANGE),
    MeasureName.REGISTER: (_ACCESS, _CHANGE),
    MeasureName.ANCHORS: (_CHANGE,),
    MeasureName.SECOND_SIGNATURE: (_CHANGE,),
    MeasureName.COPIES: (_ACCESS, _LOSS),
    MeasureName.BACKUPS: (_ACCESS, _LOSS),
    MeasureName.ERASURE: (_ACCESS,),
    MeasureName.VISA: (_LOSS,),
}


@dataclass(frozen=True, slots=True)
class State:
    """Whether a measure is on, and its figures."""

    on: bool
    figures: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the council's rows say: bodies by custody, reviews, and what charters promise.

    `promised_days` is the shortest that a charter in force promises, or None without a charter.
    """

    charters: int
    bodies: int
    by_service: int
    registrar_elsewhere: bool
    escrow: bool
    asked: int
    answered: int
    suspended: int
    promised_days: int | None


def measures_on(settings: Measures, facts: Facts) -> tuple[Measure, ...]:
    """Return every measure in the order of a reader: who comes in, what is shut, what proves it."""
    states = {**_by_construction(settings), **_chosen(settings), **_of_the_council(facts)}
    days, promised = settings.keystore_backup_days, facts.promised_days
    kept = promised is None or days <= promised
    states[MeasureName.BACKUPS] = State(kept, {"days": days})
    return tuple(
        Measure(name, states[name].on, _RISKS[name], states[name].figures) for name in _RISKS
    )


def _by_construction(settings: Measures) -> dict[MeasureName, State]:
    """Return what no setting turns off."""
    idle, hours = settings.idle_minutes, settings.session_hours
    return {
        MeasureName.ACCOUNTS: State(True),
        MeasureName.PASSWORDS: State(True, {"memory": settings.argon2_memory_mib}),
        MeasureName.SESSIONS: State(True, {"idle": idle, "hours": hours}),
        MeasureName.ENCRYPTION: State(True),
        MeasureName.DATABASE: State(True, {"database": settings.database}),
        MeasureName.REGISTER: State(True),
        MeasureName.ERASURE: State(True),
        MeasureName.VISA: State(True),
    }


def _chosen(settings: Measures) -> dict[MeasureName, State]:
    """Return what the operator turns on."""
    letters, witnesses = settings.letters, settings.witnesses
    others = {"letters": letters, "stamps": int(settings.time_stamps), "witnesses": witnesses}
    return {
        MeasureName.KEK: State(settings.kek != "file", {"kek": settings.kek}),
        MeasureName.TRANSPORT: State(settings.secure),
        MeasureName.ANCHORS: State(any(others.values()), others),
        MeasureName.SECOND_SIGNATURE: State(settings.second_signature),
        MeasureName.COPIES: State(settings.copies),
    }


def _of_the_council(facts: Facts) -> dict[MeasureName, State]:
    """Return what the partners and the people of the council do."""
    asked, suspended = facts.asked, facts.suspended
    reviews = {"asked": asked, "answered": facts.answered, "suspended": suspended}
    members = facts.bodies - facts.by_service
    return {
        MeasureName.NEED_TO_KNOW: State(facts.charters > 0, {"charters": facts.charters}),
        MeasureName.REVIEWS: State(asked > 0 and suspended == 0, reviews),
        MeasureName.CUSTODY: State(members > 0, {"service": facts.by_service, "members": members}),
        MeasureName.ESCROW: State(facts.escrow),
        MeasureName.REGISTRAR: State(facts.registrar_elsewhere),
    }


def lowering(measures: Iterable[Measure], risk: Risk) -> list[Measure]:
    """Return the measures that lower a risk, those that are on first."""
    return sorted((one for one in measures if risk in one.risks), key=lambda one: not one.on)
