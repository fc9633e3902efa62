"""The form of a report to the mayor: about whom, which fact, who says so."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from marshmallow import ValidationError, validates_schema

from casework.cases.forms.form import Form, Section
from casework.cases.policy import age_on
from casework.cases.procedures.steps import Step
from casework.cases.schemas import refuse_future
from casework.cases.values import NewPerson, NewRecord, NewReferral
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName
from casework.i18n import lazy_gettext as _l
from casework.web.dates import today
from casework.web.schemas import FrenchDate, Identifier, StrictSchema, Text
from casework.web.typed_dates import Era

_NAME: Final = 80
_LINE: Final = 160
_CODE: Final = 40
# The charter's own limit is checked by the service; this one keeps bodies small.
_WORDS: Final = 2000
_MAJORITY: Final = 18
_CHOOSE: Final = {"required": _l("Choisissez dans la liste.")}
_AGES: Final = {"minor": _l("Mineure"), "adult": _l("Majeure")}
_IDENTITY, _SHEET = CompartmentClass.IDENTITY, CompartmentClass.SHEET
_ORIGIN = CompartmentClass.ORIGIN


class ConcernedPage(StrictSchema):
    """Whom it is about: « Pour qui ? ». The birth of an adult may be unknown, of a minor never."""

    age = Text(_CODE, required=True, error_messages=_CHOOSE)
    family_name = Text(_NAME, required=True)
    given_name = Text(_NAME, required=True)
    birth_date = FrenchDate(Era.PAST)
    commune = Text(5, required=True, error_messages=_CHOOSE)
    address = Text(_LINE)
    phone = Text(30)
    parent_family_name = Text(_NAME)
    parent_given_name = Text(_NAME)
    parent_phone = Text(30)

    @validates_schema(skip_on_field_errors=False)
    def _age_agrees(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "birth_date")
        age, born = data.get("age"), data.get("birth_date")
        if age is not None and age not in _AGES:
            raise ValidationError(str(_CHOOSE["required"]), "age")
        if age == "minor" and born is None:
            said = _l("Pour une personne mineure, la date de naissance est nécessaire.")
            raise ValidationError(str(said), "birth_date")
        if born is not None and (age_on(born, today()) < _MAJORITY) is not (age == "minor"):
            said = _l("Cette date et la réponse « mineure ou majeure » ne vont pas ensemble.")
            raise ValidationError(str(said), "birth_date")


class DeedPage(StrictSchema):
    """Which fact, on which day, where: « Quel fait ? »."""

    reason = Text(_CODE, required=True, error_messages=_CHOOSE)
    fact = Text(_WORDS, lines=True, required=True)
    fact_on = FrenchDate(Era.PAST, required=True)
    place = Text(_LINE, required=True)

    @validates_schema
    def _happened_already(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "fact_on")


class ReporterPage(StrictSchema):
    """Who says so: « Qui le rapporte ? »."""

    origin = Text(_CODE, required=True, error_messages=_CHOOSE)
    reporter = Text(_NAME)
    words = Text(_WORDS, lines=True)


class ReminderSchema(ConcernedPage, DeedPage, ReporterPage):
    """A report whole, as the API takes it."""

    group_id = Identifier(required=True)


def reminder_referral(group_id: UUID, values: Mapping[str, Any]) -> NewReferral:
    """Return the report that checked values make; the persons are told by the summons."""
    return NewReferral(
        group_id=group_id,
        kind=CaseKind.REMINDER,
        commune=values["commune"],
        persons=tuple(_persons(values)),
        reason=values["reason"],
        fact=values["fact"],
        fact_on=values["fact_on"],
        origin=values["origin"],
        reporter=values.get("reporter") or "",
        words=values.get("words") or "",
        informed_on=None,
        delay_reason=None,
        records=(NewRecord(Step.REFER, {"place": values["place"]}),),
    )


def _persons(values: Mapping[str, Any]) -> Iterator[NewPerson]:
    yield NewPerson(
        relation="subject",
        family_name=values["family_name"],
        given_name=values["given_name"],
        birth_date=values.get("birth_date"),
        address=values.get("address") or "",
        phone=values.get("phone") or "",
    )
    parent = NewPerson(
        relation="legal_representative",
        family_name=values.get("parent_family_name") or "",
        given_name=values.get("parent_given_name") or "",
        phone=values.get("parent_phone") or "",
    )
    known = parent.family_name or parent.given_name or parent.phone
    if values["age"] == "minor" and known:
        yield parent


_PERSON: Final = (
    *("age", "family_name", "given_name", "birth_date", "address", "phone"),
    *("parent_family_name", "parent_given_name", "parent_phone"),
)
_FACT: Final = ("reason", "fact", "fact_on", "place")
_SAID: Final = ("origin", "reporter", "words")

FORM: Final = Form(
    pages={1: ConcernedPage, 2: DeedPage, 3: ReporterPage},
    whole=ReminderSchema,
    titles={
        1: _l("Pour qui ?"),
        2: _l("Quel fait ?"),
        3: _l("Qui le rapporte ?"),
        4: _l("Relire et transmettre"),
    },
    labels={
        "age": _l("La personne est"),
        "family_name": _l("Nom de famille"),
        "given_name": _l("Prénom"),
        "birth_date": _l("Date de naissance"),
        "commune": _l("Commune du fait"),
        "address": _l("Adresse"),
        "phone": _l("Téléphone"),
        "parent_family_name": _l("Nom du représentant légal"),
        "parent_given_name": _l("Prénom du représentant légal"),
        "parent_phone": _l("Téléphone du représentant légal"),
        "reason": _l("Le fait"),
        "fact": _l("Ce qui s’est passé"),
        "fact_on": _l("Date du fait"),
        "place": _l("Lieu"),
        "origin": _l("D’où vient le rapport"),
        "reporter": _l("Qui vous l’a dit"),
        "words": _l("Ses mots"),
    },
    parts={
        **dict.fromkeys(_PERSON, _IDENTITY),
        **dict.fromkeys(_FACT, _SHEET),
        **dict.fromkeys(_SAID, _ORIGIN),
        "commune": None,
    },
    sections=(
        Section(_l("Identité"), _IDENTITY, 1, _PERSON),
        Section(_l("Commune"), None, 1, ("commune",)),
        Section(_l("Le fait"), _SHEET, 2, _FACT),
        Section(_l("Qui le rapporte"), _ORIGIN, 3, _SAID),
    ),
    referral=reminder_referral,
    lists={"reason": ListName.FACTS, "origin": ListName.ORIGINS},
    choices={"age": _AGES},
    days=frozenset({"birth_date", "fact_on"}),
    texts=frozenset({"fact", "words"}),
)
