"""Letters to invented persons: what tests issue, and the words that must be found nowhere."""

from typing import Final
from uuid import UUID

from casework.identity import Reason
from casework.letters.fields import LetterField as F
from casework.letters.fields import typed_of
from casework.letters.kinds import LetterFormat, LetterKind
from casework.letters.values import Issued, Merged, NewLetter
from tests.town import Town

SAID: Final[Merged] = {
    F.SENDER: "Mairie d’Inventeville\n1 place des Nuages-Inventés",
    F.PLACE: "Inventeville",
    F.SIGNATORY: "Anne Invention, coordinatrice",
    F.CONTACT: "03 00 00 00 00",
    F.OFFICER: "dpd@inventeville.example",
    F.RECIPIENT: "Maïlys ZÉPHIRINQUOIS",
    F.ADDRESS: "4 impasse des Hêtres-Bavards\n67300 Schiltigheim",
    F.PERSON: "Maïlys ZÉPHIRINQUOIS",
    F.DAY: "mardi 3 novembre 2026",
    F.HOUR: "14 h 30",
    F.VENUE: "mairie, salle inventée",
    F.FACTS: "un dépôt inventé devant le 3 & le 5 <rue>",
    F.FACTS_ON: "2 octobre 2026",
    F.PERIOD: "de janvier à juin 2026",
    F.COMMITMENTS: "venir chaque matin\nappeler chaque mois",
}


def said_in(kind: LetterKind, **changed: str) -> Merged:
    """Return what a person would have filled in."""
    fields = {name: SAID[name] for name in typed_of(kind)}
    return fields | {F(name): words for name, words in changed.items()}


def new_letter(
    kind: LetterKind = LetterKind.INFORMATION_PERSON,
    format_: LetterFormat = LetterFormat.PDF,
    once: UUID | None = None,
    **changed: str,
) -> NewLetter:
    return NewLetter(kind, format_, said_in(kind, **changed), once)


def issue(town: Town, case_id: UUID, new: NewLetter | None = None) -> Issued:
    """Issue a letter as the coordination; it has no file yet."""
    service, who = town.runtime.letters.issuing, town.who("coordination")
    issued = service.issue(who, Reason.DUTY, case_id, new or new_letter())
    assert isinstance(issued, Issued)
    return issued
