"""What may be sent about cards and enquiries."""

from typing import Final

from casework.audit.schemas import Lines
from casework.enquiries.policy import Conclusion
from casework.enquiries.rules import Card
from casework.web.schemas import Choice, Identifier, Number, StrictSchema, Text

LONGEST_TEXT: Final = 1_000
LONGEST_ADDRESSEE: Final = 120
_DAYS: Final = 365


class PeriodSchema(StrictSchema):
    """How many days cards look back."""

    jours = Number(1, _DAYS)


class PlaceSchema(StrictSchema):
    """Where the list of enquiries goes on."""

    avant = Identifier()


class SubjectSchema(StrictSchema):
    """What a new enquiry will be about."""

    entrees = Lines(load_default=())
    carte = Choice(Card)


class EnquirySchema(SubjectSchema):
    """A new enquiry."""

    entrees = Lines(required=True)
    question = Text(LONGEST_TEXT, lines=True, required=True)
    addressee = Text(LONGEST_ADDRESSEE, required=True)


class AnswerSchema(StrictSchema):
    """What was answered, to the enquiry as it was seen."""

    version = Number(required=True)
    answer = Text(LONGEST_TEXT, lines=True, required=True)


class ConclusionSchema(StrictSchema):
    """What came of the enquiry as it was seen."""

    version = Number(required=True)
    conclusion = Choice(Conclusion, required=True)
