"""How the parts of readings are put together."""

from typing import NamedTuple

from casework.audit.ledger import Ledger
from casework.audit.trail import Trails
from casework.audit.typed_reasons import TypedReasons
from casework.cases.gateway.admission import Admission
from casework.db.engine import Database
from casework.readings.forgetting import WordsForgetting
from casework.readings.report import ReportService
from casework.readings.service import ReadingService


class Readings(NamedTuple):
    """What members and leads ask, what the officer makes for persons, and the end of words."""

    trails: ReadingService
    reports: ReportService
    words: WordsForgetting


def assemble_readings(
    ledger: Ledger, database: Database, admission: Admission, trails: Trails, typed: TypedReasons
) -> Readings:
    """Return the services of readings."""
    parts = (ledger, database, admission, trails)
    words = WordsForgetting(ledger, database, admission.charters, typed, trails.clock)
    return Readings(ReadingService(*parts), ReportService(*parts), words)
