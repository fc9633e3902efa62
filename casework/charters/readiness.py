"""When a text may come into force: who has signed it, on which day, and no meeting open."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.charters.charter import Charter
from casework.charters.lifecycle import refused
from casework.charters.vocabulary import PartnerCategory
from casework.errors import InputRefused
from casework.sentences import N_

_FARTHEST: Final = 366


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a text needs before it can come into force.

    `signed` are the partners bound on that day, `needed` how many there must be, `coordinating`
    those without whom a group could not work.
    """

    signed: frozenset[UUID]
    needed: int
    coordinating: frozenset[UUID]
    meeting_open: bool = False

    @property
    def missing(self) -> int:
        """Return how many signatures are still missing, in number."""
        return max(0, self.needed - len(self.signed))

    @property
    def enough(self) -> bool:
        """Say whether the group can work under the text from the first day."""
        return not self.missing and self.coordinating <= self.signed


def check_signatory(charter: Charter, category: PartnerCategory | None, *, left: bool) -> None:
    """Raise InvalidInput for a signature that a text does not ask for; None: no such partner."""
    if category is None:
        raise refused(N_("Cet organisme n’existe pas dans le conseil."), "organisation")
    if left:
        raise refused(N_("Cet organisme a quitté le conseil."), "organisation")
    if category not in charter.signatories:
        said = N_("Cette charte ne prévoit pas la signature de cette catégorie d’organisme.")
        raise refused(said, "organisation")


def check_span(signed_on: date, until_on: date, today: date) -> None:
    """Raise InvalidInput for the dates of a signature that would bind nobody."""
    if signed_on > today:
        raise refused(N_("Cette date est à venir : on inscrit ce qui est déjà signé."), "signed_on")
    if until_on < max(signed_on, today):
        raise refused(N_("Cette signature serait déjà échue."), "until_on")


def check_day(day: date, today: date) -> None:
    """Raise InvalidInput for a day in the past, or farther than a year."""
    if day < today:
        raise refused(N_("Cette date est déjà passée."), "enters_on")
    if (day - today).days > _FARTHEST:
        raise refused(N_("Choisissez un jour dans l’année qui vient."), "enters_on")


def check_ready(ready: Readiness, wanted: str) -> None:
    """Raise InputRefused unless a text can come into force now."""
    if ready.missing:
        said = N_(
            "Il manque %(missing)d signature(s) : %(needed)d organismes au moins signent avant "
            "l’entrée en vigueur.",
            missing=ready.missing,
            needed=ready.needed,
        )
        raise InputRefused({"charter": [said]}, wanted, "signatures-missing")
    if not ready.enough:
        said = N_("L’organisme qui coordonne le groupe n’a pas encore signé.")
        raise InputRefused({"charter": [said]}, wanted, "coordination-missing")
    if ready.meeting_open:
        said = N_("Une séance est ouverte : les règles ne changent pas en cours de séance.")
        raise InputRefused({"charter": [said]}, wanted, "meeting-open")
