"""Which measures of security are on today, and which risks each lowers. Pure: facts in, lines out.

What is on by construction says so; what the operator chooses is read from the settings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    MeasureName.BACKUPS: (_ACCESS, _LOSS),
    MeasureName.ERASURE: (_ACCESS,),
    MeasureName.VISA: (_LOSS,),
}


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
    on: dict[MeasureName, tuple[bool, Mapping[str, int | str]]] = {
        MeasureName.ACCOUNTS: (True, {}),
        MeasureName.PASSWORDS: (True, {"memory": settings.argon2_memory_mib}),
        MeasureName.SESSIONS: (
            True,
            {"idle": settings.idle_minutes, "hours": settings.session_hours},
        ),
        MeasureName.NEED_TO_KNOW: (facts.charters > 0, {"charters": facts.charters}),
        MeasureName.REVIEWS: (
            facts.asked > 0 and facts.suspended == 0,
            {"asked": facts.asked, "answered": facts.answered, "suspended": facts.suspended},
        ),
        MeasureName.ENCRYPTION: (True, {}),
        MeasureName.DATABASE: (True, {"database": settings.database}),
        MeasureName.KEK: (settings.kek != "file", {"kek": settings.kek}),
        MeasureName.CUSTODY: (
            facts.by_service < facts.bodies,
            {"service": facts.by_service, "members": facts.bodies - facts.by_service},
        ),
        MeasureName.ESCROW: (facts.escrow, {}),
        MeasureName.REGISTRAR: (facts.registrar_elsewhere, {}),
        MeasureName.TRANSPORT: (settings.secure, {}),
        MeasureName.REGISTER: (True, {}),
        MeasureName.ANCHORS: (
            bool(settings.letters or settings.time_stamps or settings.witnesses),
            {
                "letters": settings.letters,
                "stamps": int(settings.time_stamps),
                "witnesses": settings.witnesses,
            },
        ),
        MeasureName.SECOND_SIGNATURE: (settings.second_signature, {}),
        MeasureName.BACKUPS: (
            facts.promised_days is None or settings.keystore_backup_days <= facts.promised_days,
            {"days": settings.keystore_backup_days},
        ),
        MeasureName.ERASURE: (True, {}),
        MeasureName.VISA: (True, {}),
    }
    return tuple(Measure(name, on[name][0], _RISKS[name], on[name][1]) for name in MeasureName)


def lowering(measures: Iterable[Measure], risk: Risk) -> list[Measure]:
    """Return the measures that lower a risk, those that are on first."""
    return sorted((one for one in measures if risk in one.risks), key=lambda one: not one.on)
