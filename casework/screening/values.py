"""What the reading of a text found: a subject, and the words in which it was met."""

from dataclasses import dataclass, field
from enum import StrEnum


class Subject(StrEnum):
    """What a text should only say when it cannot do without. Published values never change."""

    HEALTH = "health"
    RELIGION = "religion"
    ORIGIN = "origin"
    OPINION = "opinion"
    SEXUAL_LIFE = "sexual_life"
    RADICALISATION = "radicalisation"
    OFFENCE_RECORD = "offence_record"
    JUDGEMENT = "judgement"
    OTHER_PERSON = "other_person"
    TELEPHONE = "telephone"
    SOCIAL_SECURITY = "social_security"


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """`words` stand at characters `first` to `last` (excluded) and speak, perhaps, of `subject`."""

    first: int
    last: int
    subject: Subject
    words: str = field(repr=False)
