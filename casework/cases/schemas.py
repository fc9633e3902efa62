"""What people may send about cases: the same fields for the pages and for the API."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import Schema, ValidationError, validates_schema

from casework.cases.draft_pages import FIELDS
from casework.i18n import lazy_gettext as _l
from casework.keys.recovery.values import Verdict, Why
from casework.web.dates import today
from casework.web.schemas import Choice, Flag, FrenchDate, Identifier, Number, StrictSchema, Text
from casework.web.typed_dates import Era

_NAME: Final = 80
_LINE: Final = 160
_CODE: Final = 40
# The charter's own limit is checked by the service; this one keeps bodies small.
_WORDS: Final = 2000
_FUTURE: Final = _l("Cette date est dans le futur.")
_CHOOSE: Final = {"required": _l("Choisissez dans la liste.")}


class PersonPage(StrictSchema):
    """Who it is about: « Pour qui ? »."""

    family_name = Text(_NAME, required=True)
    given_name = Text(_NAME, required=True)
    birth_date = FrenchDate(Era.PAST, required=True)
    commune = Text(5, required=True, error_messages=_CHOOSE)
    address = Text(_LINE)
    phone = Text(30)
    school = Text(_LINE)
    parent_family_name = Text(_NAME)
    parent_given_name = Text(_NAME)
    parent_phone = Text(30)

    @validates_schema
    def _born_already(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "birth_date")


class FactsPage(StrictSchema):
    """What was seen, and who said so: « Pourquoi ? »."""

    reason = Text(_CODE, required=True, error_messages=_CHOOSE)
    fact = Text(_WORDS, lines=True, required=True)
    fact_on = FrenchDate(Era.PAST)
    origin = Text(_CODE, required=True, error_messages=_CHOOSE)
    reporter = Text(_NAME)
    words = Text(_WORDS, lines=True)

    @validates_schema
    def _happened_already(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "fact_on")


class FamilyPage(StrictSchema):
    """When the family was told, or why it has to wait."""

    informed = Flag(required=True, error_messages={"required": _l("Répondez par oui ou non.")})
    informed_on = FrenchDate(Era.PAST)
    delay_reason = Text(_CODE)

    @validates_schema(skip_on_field_errors=False)
    def _says_when_or_why(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "informed_on")
        if data.get("informed") is True and not data.get("informed_on"):
            raise ValidationError(_l("Indiquez le jour."), "informed_on")
        if data.get("informed") is False and not data.get("delay_reason"):
            raise ValidationError(_l("Indiquez pourquoi l’information attend."), "delay_reason")


class ReferralSchema(PersonPage, FactsPage, FamilyPage):
    """A referral whole, as the API takes it."""

    group_id = Identifier(required=True)


PAGES: Final[Mapping[int, type[Schema]]] = {1: PersonPage, 2: FactsPage, 3: FamilyPage}
"""What each page of a draft must hold to be sent."""


class StartSchema(StrictSchema):
    """A draft to begin: for which group."""

    group_id = Identifier(required=True)


def draft_form(step: int) -> Schema:
    """Return the schema of a page as it is being typed: anything readable is kept."""
    fields: dict[str, Any] = {name: Text(2 * _WORDS, lines=True) for name in FIELDS[step]}
    fields["version"] = Number(required=True)
    fields["opening"] = Text(_CODE, required=True)
    return StrictSchema.from_dict(fields)()


class VersionSchema(StrictSchema):
    """An act without words, from a page of that version."""

    version = Number(required=True)


class WordsSchema(StrictSchema):
    """Something written on a case."""

    text = Text(_WORDS, lines=True, required=True)


class NoteSchema(StrictSchema):
    """Something one's own service keeps; named apart, for both stand on one page."""

    note = Text(_WORDS, lines=True, required=True)


class VersionedWordsSchema(VersionSchema, WordsSchema):
    """A question, or its answer."""


class RedirectionSchema(VersionSchema):
    """Where a referral goes instead."""

    to = Text(_CODE, required=True, error_messages=_CHOOSE)


class ClosureSchema(VersionSchema):
    """Why a follow-up ends."""

    why = Text(_CODE, required=True, error_messages=_CHOOSE)


class InformationSchema(VersionSchema):
    """When the persons were informed."""

    informed_on = FrenchDate(Era.PAST, required=True)


class NamingSchema(StrictSchema):
    """Who is named, and until when."""

    member = Identifier(required=True, error_messages=_CHOOSE)
    until = FrenchDate(Era.COMING)

    @validates_schema
    def _not_over(self, data: Mapping[str, Any], **_: Any) -> None:
        until = data.get("until")
        if until is not None and until < today():
            raise ValidationError(_l("Cette date est déjà passée."), "until")


class ActionSchema(StrictSchema):
    """Something to do."""

    kind = Text(_CODE, required=True, error_messages=_CHOOSE)
    detail = Text(_WORDS, lines=True)
    lead = Identifier(required=True, error_messages=_CHOOSE)
    due_on = FrenchDate(Era.COMING, required=True)


class ReportSchema(VersionSchema):
    """What became of an action."""

    state = Text(_CODE, required=True, error_messages=_CHOOSE)
    text = Text(_WORDS, lines=True)


class ExceptionSchema(StrictSchema):
    """Which case to read in an emergency, and why."""

    reference = Text(_CODE, required=True)
    why = Choice(Why, required=True)


class ReviewSchema(StrictSchema):
    """What somebody else says of an exceptional access."""

    verdict = Choice(Verdict, required=True)


class HolderSchema(StrictSchema):
    """Who has a personal link: a member of the group, or a body."""

    holder = Identifier(required=True, error_messages=_CHOOSE)


class AnswerToLiftSchema(StrictSchema):
    """Whether a link may end."""

    agreed = Flag(required=True)


class ProtectionSchema(StrictSchema):
    """Whether a case opens with two people."""

    protected = Flag(required=True)


class ReasonOfCaseSchema(StrictSchema):
    """Why this case is opened; the rules of typed reasons are asked by the service."""

    words = Text(_WORDS, required=True)


def refuse_future(data: Mapping[str, Any], name: str) -> None:
    """Raise for a day that has not come yet."""
    day = data.get(name)
    if day is not None and day > today():
        raise ValidationError(str(_FUTURE), name)
