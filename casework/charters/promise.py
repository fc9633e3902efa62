"""The promise printed for members: for how long backups can still give back what was erased."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

USUAL_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Promise:
    """How many days the operator keeps backups of the key store: theirs to say, and to do."""

    days: int = USUAL_DAYS

    def last_day(self, erased_on: date) -> date:
        """Return the last day on which a backup may still hold a key destroyed on a day."""
        return erased_on + timedelta(days=self.days)

    def kept_by(self, promised: int) -> bool:
        """Say whether a charter that promises so many days is kept."""
        return self.days <= promised
