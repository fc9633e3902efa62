"""What people may send about cases: the same fields for the pages and for the API."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import Schema, ValidationError, missing, validates_schema

from casework.cases.procedures.procedure import Field, FieldKind
from casework.i18n import lazy_gettext as _l
from casework.keys.recovery.values import Verdict, Why
from casework.web.dates import today
from casework.web.schemas import (
    Choice,
    Flag,
    FrenchDate,
    Identifier,
    Number,
    Several,
    StrictSchema,
    Text,
)
from casework.web.typed_dates import Era

_NAME: Final = 80
_LINE: Final = 160
_CODE: Final = 40
# The charter's own limit is checked by the service; this one keeps bodies small.
_WORDS: Final = 2000
_FUTURE: Final = _l("Cette date est dans le futur.")
_CHOOSE: Final = {"required": _l("Choisissez dans la liste.")}


class StartSchema(StrictSchema):
    """A draft to begin: for which group."""

    group_id = Identifier(required=True)


class VersionSchema(StrictSchema):
    """An act without words, from a page of that version."""

    version = Number(required=True)


class WordsSchema(StrictSchema):
    """Something written on a case."""

    text = Text(_WORDS, lines=True, required=True)


class NoteSchema(StrictSchema):
    """Something one's own service keeps; named apart, for both stand on one page."""

    note = Text(_WORDS, lines=True, required=True)


class SecretSchema(StrictSchema):
    """Something social workers share between them; named apart for the same reason."""

    secret = Text(_WORDS, lines=True, required=True)


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


class DangerSchema(StrictSchema):
    """What is asked before a victim is referred: whether anybody is in danger now."""

    danger = Flag(required=True, error_messages={"required": _l("Répondez par oui ou non.")})
    group_id = Identifier(required=True, error_messages=_CHOOSE)


class LegalReportSchema(StrictSchema):
    """What may be noted of a report made without a victim's consent."""

    group_id = Identifier(required=True, error_messages=_CHOOSE)
    report_on = FrenchDate(Era.PAST, required=True)
    report_channel = Text(_CODE, required=True, error_messages=_CHOOSE)
    report_ground = Text(_CODE, required=True, error_messages=_CHOOSE)


class ContactSchema(VersionSchema):
    """How to reach a victim without danger."""

    contact_phone = Text(_LINE, required=True)
    contact_when = Text(_LINE)
    contact_message = Flag(
        required=True, error_messages={"required": _l("Répondez par oui ou non.")}
    )
    contact_language = Text(_LINE)
    hidden_address = Text(_LINE)


class ReasonOfCaseSchema(StrictSchema):
    """Why this case is opened; the rules of typed reasons are asked by the service."""

    words = Text(_WORDS, required=True)


def step_schema(questions: tuple[Field, ...], *, asks: bool, by_post: bool = False) -> Schema:
    """Return the schema of the form of a step; what it asks for, the service checks by field."""
    asked: dict[str, Any] = {"version": Number(required=True)}
    if asks:
        asked["asked"] = Identifier(required=not by_post, error_messages=_CHOOSE)
    return StrictSchema.from_dict(asked | {one.name: _answer(one) for one in questions})()


def _answer(field: Field) -> Any:
    match field.kind:
        case FieldKind.DAY:
            return FrenchDate(Era.COMING if field.coming else Era.PAST, required=field.required)
        case FieldKind.CODES:
            absent = missing if field.required else list
            return Several(Text(_CODE), required=field.required, load_default=absent)
        case FieldKind.TEXT:
            return Text(_WORDS, lines=True, required=field.required)
        case FieldKind.LINE:
            return Text(_LINE, required=field.required)
        case _:
            return Text(_CODE, required=field.required, error_messages=_CHOOSE)


def refuse_future(data: Mapping[str, Any], name: str) -> None:
    """Raise for a day that has not come yet."""
    day = data.get(name)
    if day is not None and day > today():
        raise ValidationError(str(_FUTURE), name)
