"""Which measures of security the operator's settings turn on, as the record of processing says."""

from casework.processing.values import Measures
from casework.runtime import Runtime
from casework.settings import Settings
from casework.settings.values import kek_scheme


def measures_of(settings: Settings, runtime: Runtime) -> Measures:
    """Return what is on: kinds and counts, no secret and no address."""
    return Measures(
        kek=kek_scheme(settings.kek) or "file",
        database=runtime.stores.main.engine.dialect.name,
        secure=settings.secure,
        idle_minutes=settings.idle_minutes,
        session_hours=settings.session_hours,
        argon2_memory_mib=settings.argon2_memory_mib,
        keystore_backup_days=runtime.promise.days,
        second_signature=runtime.signs_twice,
        letters=len(settings.smtp.recipients) if settings.smtp else 0,
        time_stamps=bool(settings.tsa_url),
        witnesses=len(settings.witnesses),
        copies=settings.backups is not None,
    )
