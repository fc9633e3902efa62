"""The form of a follow-up by name: for whom, why, whether the family knows."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from marshmallow import ValidationError, validates_schema

from casework.cases.forms.form import Form, Section
from casework.cases.schemas import refuse_future
from casework.cases.values import NewPerson, NewReferral
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName
from casework.i18n import lazy_gettext as _l
from casework.web.schemas import Flag, FrenchDate, Identifier, StrictSchema, Text
from casework.web.typed_dates import Era

_NAME: Final = 80
_LINE: Final = 160
_CODE: Final = 40
# The charter's own limit is checked by the service; this one keeps bodies small.
_WORDS: Final = 2000
_CHOOSE: Final = {"required": _l("Choisissez dans la liste.")}
_IDENTITY, _SHEET = CompartmentClass.IDENTITY, CompartmentClass.SHEET
_ORIGIN = CompartmentClass.ORIGIN


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


class FollowupSchema(PersonPage, FactsPage, FamilyPage):
    """A referral whole, as the API takes it."""

    group_id = Identifier(required=True)


def followup_referral(group_id: UUID, values: Mapping[str, Any]) -> NewReferral:
    """Return the referral that checked values make; absent texts are empty."""
    told = bool(values["informed"])
    return NewReferral(
        group_id=group_id,
        kind=CaseKind.FOLLOWUP,
        commune=values["commune"],
        persons=tuple(_persons(values)),
        reason=values["reason"],
        fact=values["fact"],
        fact_on=values.get("fact_on"),
        origin=values["origin"],
        reporter=values.get("reporter") or "",
        words=values.get("words") or "",
        informed_on=values.get("informed_on") if told else None,
        delay_reason=None if told else values.get("delay_reason"),
    )


def _persons(values: Mapping[str, Any]) -> Iterator[NewPerson]:
    yield NewPerson(
        relation="subject",
        family_name=values["family_name"],
        given_name=values["given_name"],
        birth_date=values["birth_date"],
        address=values.get("address") or "",
        phone=values.get("phone") or "",
        school=values.get("school") or "",
    )
    parent = NewPerson(
        relation="legal_representative",
        family_name=values.get("parent_family_name") or "",
        given_name=values.get("parent_given_name") or "",
        phone=values.get("parent_phone") or "",
    )
    if parent.family_name or parent.given_name or parent.phone:
        yield parent


_PERSON: Final = (
    *("family_name", "given_name", "birth_date", "address", "phone", "school"),
    *("parent_family_name", "parent_given_name", "parent_phone"),
)
_INFORMED: Final = ("informed", "informed_on", "delay_reason")

FORM: Final = Form(
    pages={1: PersonPage, 2: FactsPage, 3: FamilyPage},
    whole=FollowupSchema,
    titles={
        1: _l("Pour qui ?"),
        2: _l("Pourquoi ?"),
        3: _l("La famille est‑elle informée ?"),
        4: _l("Relire et transmettre"),
    },
    labels={
        "family_name": _l("Nom de famille"),
        "given_name": _l("Prénom"),
        "birth_date": _l("Date de naissance"),
        "commune": _l("Commune"),
        "address": _l("Adresse"),
        "phone": _l("Téléphone"),
        "school": _l("Établissement scolaire ou employeur"),
        "parent_family_name": _l("Nom du représentant légal"),
        "parent_given_name": _l("Prénom du représentant légal"),
        "parent_phone": _l("Téléphone du représentant légal"),
        "reason": _l("Motif de la saisine"),
        "fact": _l("Un fait constaté"),
        "fact_on": _l("Date du fait"),
        "origin": _l("D’où vient l’alerte"),
        "reporter": _l("Qui vous l’a dit"),
        "words": _l("Ses mots"),
        "informed": _l("La famille est‑elle informée ?"),
        "informed_on": _l("Informée le"),
        "delay_reason": _l("Pourquoi cela attend"),
    },
    parts={
        **dict.fromkeys(_PERSON, _IDENTITY),
        **dict.fromkeys(("reason", "fact", "fact_on"), _SHEET),
        **dict.fromkeys(("origin", "reporter", "words"), _ORIGIN),
        **dict.fromkeys(("commune", *_INFORMED), None),
    },
    sections=(
        Section(_l("Identité"), _IDENTITY, 1, _PERSON),
        Section(_l("Commune"), None, 1, ("commune",)),
        Section(_l("Fiche partagée"), _SHEET, 2, ("reason", "fact", "fact_on")),
        Section(_l("Origine"), _ORIGIN, 2, ("origin", "reporter", "words")),
        Section(_l("Information de la famille"), None, 3, _INFORMED),
    ),
    referral=followup_referral,
    lists={
        "reason": ListName.REFERRAL_REASONS,
        "origin": ListName.ORIGINS,
        "delay_reason": ListName.DELAY_REASONS,
    },
    choices={"informed": {"yes": _l("Oui"), "no": _l("Pas encore")}},
    days=frozenset({"birth_date", "fact_on", "informed_on"}),
    texts=frozenset({"fact", "words"}),
)
