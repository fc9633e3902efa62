"""How the parts of readings are put together."""

from typing import NamedTuple

from casework.audit.ledger import Ledger
from casework.audit.trail import Trails
from casework.cases.gateway.admission import Admission
from casework.db.engine import Database
from casework.readings.report import ReportService
from casework.readings.service import ReadingService


class Readings(NamedTuple):
    """What members and leads ask, and what the officer makes for persons."""

    trails: ReadingService
    reports: ReportService


def assemble_readings(
    ledger: Ledger, database: Database, admission: Admission, trails: Trails
) -> Readings:
    """Return the services of readings."""
    parts = (ledger, database, admission, trails)
    return Readings(ReadingService(*parts), ReportService(*parts))
