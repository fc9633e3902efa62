"""The form of a victim's referral: her consent, how to reach her without danger, what she needs."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from marshmallow import validates_schema

from casework.cases.consent import covered, disagreements
from casework.cases.forms.form import Form, Section
from casework.cases.forms.victim_words import CHOICES, FIELDS
from casework.cases.procedures.steps import Step
from casework.cases.procedures.victim import RECORDS
from casework.cases.schemas import refuse_future
from casework.cases.values import NewPerson, NewRecord, NewReferral
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName
from casework.charters.walls import VICTIM_SERVICES
from casework.i18n import lazy_gettext as _l
from casework.sentences import Sentence
from casework.web.schemas import Flag, FrenchDate, Identifier, Number, StrictSchema, Text
from casework.web.typed_dates import Era

_NAME: Final = 80
_LINE: Final = 160
_CODE: Final = 40
_OLDEST: Final = 120
_CHOOSE: Final = {"required": _l("Choisissez dans la liste.")}
_ANSWER: Final = {"required": _l("Répondez par oui ou non.")}
_SHEET, _IDENTITY = CompartmentClass.SHEET, CompartmentClass.IDENTITY
_ORIGIN, _CONTACT = CompartmentClass.ORIGIN, CompartmentClass.PROTECTED_CONTACT


class ConsentPage(StrictSchema):
    """What she agreed to: « Son accord ». Several codes are joined by commas."""

    consent_by = Text(_CODE, required=True, error_messages=_CHOOSE)
    consent_on = FrenchDate(Era.PAST, required=True)
    consent_channel = Text(_CODE, required=True, error_messages=_CHOOSE)
    consent_scope = Text(_LINE, required=True, error_messages=_CHOOSE)
    leaflet = Flag(required=True, error_messages=_ANSWER)

    @validates_schema
    def _agreed_already(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "consent_on")


class HerselfPage(StrictSchema):
    """Who she is, and how to reach her: « Qui, et comment la joindre »."""

    family_name = Text(_NAME, required=True)
    given_name = Text(_NAME, required=True)
    age = Number(0, _OLDEST, required=True)
    commune = Text(5, required=True, error_messages=_CHOOSE)
    children = Number(0, 20)
    children_ages = Text(_LINE)
    contact_phone = Text(_LINE, required=True)
    contact_message = Flag(required=True, error_messages=_ANSWER)
    contact_when = Text(_LINE)
    contact_language = Text(_LINE)
    hidden_address = Text(_LINE)


class NeedsPage(StrictSchema):
    """What she needs, of whom: « Besoins et service »."""

    needs = Text(_LINE)
    urgency = Text(_CODE)
    danger_evaluated = Flag(required=True, error_messages=_ANSWER)
    danger_by = Text(_CODE)
    danger_on = FrenchDate(Era.PAST)
    danger_level = Text(_CODE)
    service = Identifier(required=True, error_messages=_CHOOSE)
    origin = Text(_CODE, required=True, error_messages=_CHOOSE)

    @validates_schema
    def _evaluated_already(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "danger_on")


class VictimSchema(ConsentPage, HerselfPage, NeedsPage):
    """A referral whole, as the API takes it."""

    group_id = Identifier(required=True)


def victim_referral(group_id: UUID, values: Mapping[str, Any]) -> NewReferral:
    """Return the referral that checked values make: nothing beside what her consent covers."""
    told = _told(values)
    return NewReferral(
        group_id=group_id,
        kind=CaseKind.VICTIM,
        commune=values["commune"],
        persons=(NewPerson("subject", values["family_name"], values["given_name"]),),
        reason="",
        fact="",
        fact_on=None,
        origin=values["origin"],
        reporter="",
        words="",
        informed_on=values["consent_on"],
        delay_reason=None,
        records=tuple(_records(told)),
        addressed_id=values["service"],
    )


def _records(told: Mapping[str, str]) -> Iterator[NewRecord]:
    for part, fields in RECORDS.items():
        said = {one.name: told[one.name] for one in fields if told.get(one.name)}
        yield NewRecord(Step.REFER, said, part)


def _told(values: Mapping[str, Any]) -> Mapping[str, str]:
    told = {name: _text(value) for name, value in values.items()}
    covers = covered(told.get("consent_scope", ""), "hidden_address")
    level = told.get("danger_level") or "not_evaluated"
    return told | {"address_covered": _text(covers), "danger_level": level}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _disagreements(typed: Mapping[str, str]) -> Mapping[str, Sentence]:
    return disagreements(_told(typed))


_YES_NO: Final = {"yes": _l("Oui"), "no": _l("Non")}
_AGREED: Final = ("consent_by", "consent_on", "consent_channel", "consent_scope", "leaflet")
_HER: Final = ("family_name", "given_name", "age", "children", "children_ages")
_REACHED: Final = (
    *("contact_phone", "contact_message", "contact_when", "contact_language"),
    "hidden_address",
)
_NEEDED: Final = (
    *("needs", "urgency", "danger_evaluated", "danger_by", "danger_on"),
    "danger_level",
)


def _choices(name: str) -> Mapping[str, Any]:
    return {code: words for (field, code), words in CHOICES.items() if field == name}


FORM: Final = Form(
    pages={1: ConsentPage, 2: HerselfPage, 3: NeedsPage},
    whole=VictimSchema,
    titles={
        1: _l("Son accord"),
        2: _l("Qui, et comment la joindre"),
        3: _l("Besoins et service"),
        4: _l("Relire et adresser"),
    },
    labels={
        **FIELDS,
        "family_name": _l("Nom de famille"),
        "given_name": _l("Prénom"),
        "commune": _l("Commune"),
        "service": _l("Quel service ?"),
        "origin": _l("D’où vient l’orientation"),
    },
    parts={
        **dict.fromkeys((*_AGREED, *_NEEDED, "service"), _SHEET),
        **dict.fromkeys(_HER, _IDENTITY),
        **dict.fromkeys(_REACHED, _CONTACT),
        "origin": _ORIGIN,
        "commune": None,
    },
    sections=(
        Section(_l("Son accord"), _SHEET, 1, _AGREED),
        Section(_l("La personne"), _IDENTITY, 2, _HER),
        Section(_l("Commune"), None, 2, ("commune",)),
        Section(_l("La joindre sans danger"), _CONTACT, 2, _REACHED),
        Section(_l("Besoins et service"), _SHEET, 3, ("service", *_NEEDED)),
        Section(_l("D’où vient l’orientation"), _ORIGIN, 3, ("origin",)),
    ),
    referral=victim_referral,
    lists={
        "consent_channel": ListName.CONSENT_CHANNELS,
        "consent_scope": ListName.CONSENT_SCOPES,
        "needs": ListName.NEEDS,
        "danger_by": ListName.ORIGINS,
        "origin": ListName.ORIGINS,
    },
    choices={
        "consent_by": _choices("consent_by"),
        "leaflet": _YES_NO,
        "contact_message": _YES_NO,
        "urgency": _choices("urgency"),
        "danger_evaluated": _YES_NO,
        "danger_level": {
            code: words
            for code, words in _choices("danger_level").items()
            if code != "not_evaluated"
        },
    },
    days=frozenset({"consent_on", "danger_on"}),
    many=frozenset({"consent_scope", "needs"}),
    bodies={"service": VICTIM_SERVICES},
    disagreements=_disagreements,
    called=_l("Nouvelle orientation"),
)
