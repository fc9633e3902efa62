"""The form of a family council: a household of one or two homes, and why it is to be heard."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from casework.cases.forms.family_pages import (
    ADULTS,
    SIBLINGS,
    ChildrenPage,
    FamilySchema,
    HomesPage,
    ReasonsPage,
)
from casework.cases.forms.form import Form, Section
from casework.cases.relations import Home, Relation
from casework.cases.values import NewPerson, NewReferral
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName
from casework.i18n import lazy_gettext as _l

_IDENTITY, _SHEET = CompartmentClass.IDENTITY, CompartmentClass.SHEET
_ORIGIN = CompartmentClass.ORIGIN


def family_referral(group_id: UUID, values: Mapping[str, Any]) -> NewReferral:
    """Return the referral that checked values make; absent texts are empty.

    Nobody owes a reason for waiting: the invitation informs the family (charter, article 13).
    """
    return NewReferral(
        group_id=group_id,
        kind=CaseKind.FAMILY_COUNCIL,
        commune=values["commune"],
        persons=(*_children(values), *_adults(values)),
        reason=values["reason"],
        fact=values["fact"],
        fact_on=values.get("fact_on"),
        origin=values["origin"],
        reporter=values.get("reporter") or "",
        words=values.get("words") or "",
        informed_on=values.get("informed_on") if values["informed"] else None,
        delay_reason=None,
    )


def _children(values: Mapping[str, Any]) -> Iterator[NewPerson]:
    first = NewPerson(
        relation=Relation.SUBJECT,
        family_name=values["family_name"],
        given_name=values["given_name"],
        birth_date=values["birth_date"],
        school=values.get("school") or "",
    )
    yield _settled(first, values, "child_1_home")
    for one in SIBLINGS:
        given = values.get(f"child_{one}_given_name")
        if given:
            sibling = NewPerson(
                relation=Relation.CHILD,
                family_name=values.get(f"child_{one}_family_name") or values["family_name"],
                given_name=given,
                birth_date=values.get(f"child_{one}_birth_date"),
                school=values.get(f"child_{one}_school") or "",
            )
            yield _settled(sibling, values, f"child_{one}_home")


def _adults(values: Mapping[str, Any]) -> Iterator[NewPerson]:
    for one in ADULTS:
        family = values.get(f"adult_{one}_family_name") or ""
        given = values.get(f"adult_{one}_given_name") or ""
        phone = values.get(f"adult_{one}_phone") or ""
        if family or given or phone:
            relation = values.get(f"adult_{one}_relation") or Relation.PARENT
            yield _settled(
                NewPerson(relation, family, given, phone=phone), values, f"adult_{one}_home"
            )


def _settled(person: NewPerson, values: Mapping[str, Any], field: str) -> NewPerson:
    """Return somebody with their home, the first where nothing is said, and its address."""
    home = values.get(field) or Home.FIRST
    address = values.get("home_b_address" if home is Home.SECOND else "home_a_address")
    return replace(person, home=str(home), address=address or "")


_FIRST_CHILD: Final = ("family_name", "given_name", "birth_date", "school")
_OTHER_CHILDREN: Final = tuple(
    f"child_{one}_{name}"
    for one in SIBLINGS
    for name in ("given_name", "family_name", "birth_date", "school")
)
_HOMES: Final = (
    "home_a_address",
    "home_b_address",
    *(f"child_{one}_home" for one in (1, *SIBLINGS)),
)
_ADULTS: Final = tuple(
    f"adult_{one}_{name}"
    for one in ADULTS
    for name in ("relation", "family_name", "given_name", "phone", "home")
)
_BIRTHS: Final = frozenset({"birth_date", *(f"child_{one}_birth_date" for one in SIBLINGS)})
_INFORMED: Final = ("informed", "informed_on")
_HOME_NAMES: Final[Mapping[str, Any]] = {
    Home.FIRST: _l("Premier foyer"),
    Home.SECOND: _l("Second foyer"),
}
_RELATION_NAMES: Final[Mapping[str, Any]] = {
    Relation.PARENT: _l("Parent"),
    Relation.GUARDIAN: _l("Exerce la tutelle"),
}

FORM: Final = Form(
    pages={1: ChildrenPage, 2: HomesPage, 3: ReasonsPage},
    whole=FamilySchema,
    titles={
        1: _l("Quels enfants ?"),
        2: _l("Qui répond d’eux, et où ?"),
        3: _l("Pourquoi ?"),
        4: _l("Relire et transmettre"),
    },
    labels={
        "commune": _l("Commune"),
        "family_name": _l("Nom de famille"),
        "given_name": _l("Prénom"),
        "birth_date": _l("Date de naissance"),
        "school": _l("Établissement scolaire"),
        **{
            f"child_{one}_{name}": words
            for one in SIBLINGS
            for name, words in (
                ("given_name", _l("Prénom")),
                ("family_name", _l("Nom, s’il est différent")),
                ("birth_date", _l("Date de naissance")),
                ("school", _l("Établissement scolaire")),
            )
        },
        "home_a_address": _l("Adresse du premier foyer"),
        "home_b_address": _l("Adresse du second foyer"),
        **{f"child_{one}_home": _l("L’enfant vit") for one in (1, *SIBLINGS)},
        **{
            f"adult_{one}_{name}": words
            for one in ADULTS
            for name, words in (
                ("relation", _l("Cette personne")),
                ("family_name", _l("Nom de famille")),
                ("given_name", _l("Prénom")),
                ("phone", _l("Téléphone")),
                ("home", _l("Vit")),
            )
        },
        "reason": _l("Motif de la saisine"),
        "fact": _l("Un fait constaté"),
        "fact_on": _l("Date du fait"),
        "origin": _l("D’où vient la demande"),
        "reporter": _l("Qui vous l’a dit"),
        "words": _l("Ses mots"),
        "informed": _l("La famille sait-elle que vous saisissez le conseil ?"),
        "informed_on": _l("Elle le sait depuis le"),
    },
    parts={
        **dict.fromkeys((*_FIRST_CHILD, *_OTHER_CHILDREN, *_HOMES, *_ADULTS), _IDENTITY),
        **dict.fromkeys(("reason", "fact", "fact_on"), _SHEET),
        **dict.fromkeys(("origin", "reporter", "words"), _ORIGIN),
        **dict.fromkeys(("commune", *_INFORMED), None),
    },
    sections=(
        Section(_l("Les enfants"), _IDENTITY, 1, (*_FIRST_CHILD, *_OTHER_CHILDREN)),
        Section(_l("Commune"), None, 1, ("commune",)),
        Section(_l("Les foyers et les adultes"), _IDENTITY, 2, (*_HOMES, *_ADULTS)),
        Section(_l("Fiche partagée"), _SHEET, 3, ("reason", "fact", "fact_on")),
        Section(_l("Origine"), _ORIGIN, 3, ("origin", "reporter", "words")),
        Section(_l("Information de la famille"), None, 3, _INFORMED),
    ),
    referral=family_referral,
    lists={"reason": ListName.REFERRAL_REASONS, "origin": ListName.ORIGINS},
    choices={
        "informed": {"yes": _l("Oui"), "no": _l("Pas encore")},
        **{f"adult_{one}_home": _HOME_NAMES for one in ADULTS},
        **{f"adult_{one}_relation": _RELATION_NAMES for one in ADULTS},
        **{
            f"child_{one}_home": {**_HOME_NAMES, Home.BOTH: _l("Dans les deux, en alternance")}
            for one in (1, *SIBLINGS)
        },
    },
    days=_BIRTHS | {"fact_on", "informed_on"},
    births=_BIRTHS,
    texts=frozenset({"fact", "words"}),
)
