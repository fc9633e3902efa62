"""The pages of the form of a family council: which children, who answers for them, why."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from marshmallow import ValidationError, validates_schema

from casework.cases.relations import Home, Relation
from casework.cases.schemas import refuse_future
from casework.i18n import lazy_gettext as _l
from casework.web.schemas import Choice, Flag, FrenchDate, Identifier, StrictSchema, Text
from casework.web.typed_dates import Era

SIBLINGS: Final = (2, 3, 4)
"""Beside the child referred: a larger household is told whole in the sitting."""

ADULTS: Final = (1, 2, 3)
ORIGIN_PARENTS: Final = "parents"
"""The code of the shipped charter for what parents ask themselves."""

_NAME: Final = 80
_LINE: Final = 160
_CODE: Final = 40
# The charter's own limit is checked by the service; this one keeps bodies small.
_WORDS: Final = 2000
_CHOOSE: Final = {"required": _l("Choisissez dans la liste.")}
_STANDS: Final = frozenset({Relation.PARENT, Relation.GUARDIAN})


class ChildrenPage(StrictSchema):
    """The child referred, and the brothers and sisters of the household."""

    commune = Text(5, required=True, error_messages=_CHOOSE)
    family_name = Text(_NAME, required=True)
    given_name = Text(_NAME, required=True)
    birth_date = FrenchDate(Era.PAST, required=True)
    school = Text(_LINE)
    child_2_given_name = Text(_NAME)
    child_2_family_name = Text(_NAME)
    child_2_birth_date = FrenchDate(Era.PAST)
    child_2_school = Text(_LINE)
    child_3_given_name = Text(_NAME)
    child_3_family_name = Text(_NAME)
    child_3_birth_date = FrenchDate(Era.PAST)
    child_3_school = Text(_LINE)
    child_4_given_name = Text(_NAME)
    child_4_family_name = Text(_NAME)
    child_4_birth_date = FrenchDate(Era.PAST)
    child_4_school = Text(_LINE)

    @validates_schema
    def _born_already(self, data: Mapping[str, Any], **_: Any) -> None:
        for name in ("birth_date", *(f"child_{one}_birth_date" for one in SIBLINGS)):
            refuse_future(data, name)

    @validates_schema(skip_on_field_errors=False)
    def _each_child_whole(self, data: Mapping[str, Any], **_: Any) -> None:
        lacking = {
            name: [_l("Prénom et date de naissance vont ensemble.")]
            for one in SIBLINGS
            for name in _half_told(data, one)
        }
        if lacking:
            raise ValidationError(lacking)


class HomesPage(StrictSchema):
    """The one or two homes, and the adults who answer for the children."""

    home_a_address = Text(_LINE)
    home_b_address = Text(_LINE)
    child_1_home = Choice(Home)
    child_2_home = Choice(Home)
    child_3_home = Choice(Home)
    child_4_home = Choice(Home)
    adult_1_relation = Choice(Relation)
    adult_1_family_name = Text(_NAME, required=True)
    adult_1_given_name = Text(_NAME, required=True)
    adult_1_phone = Text(30)
    adult_1_home = Choice(Home)
    adult_2_relation = Choice(Relation)
    adult_2_family_name = Text(_NAME)
    adult_2_given_name = Text(_NAME)
    adult_2_phone = Text(30)
    adult_2_home = Choice(Home)
    adult_3_relation = Choice(Relation)
    adult_3_family_name = Text(_NAME)
    adult_3_given_name = Text(_NAME)
    adult_3_phone = Text(30)
    adult_3_home = Choice(Home)

    @validates_schema
    def _answers_for_them(self, data: Mapping[str, Any], **_: Any) -> None:
        for one in ADULTS:
            relation = data.get(f"adult_{one}_relation")
            if relation is not None and relation not in _STANDS:
                raise ValidationError(_l("Choisissez dans la liste."), f"adult_{one}_relation")


class ReasonsPage(StrictSchema):
    """What was seen, who said so, and whether the family knows of it."""

    reason = Text(_CODE, required=True, error_messages=_CHOOSE)
    fact = Text(_WORDS, lines=True, required=True)
    fact_on = FrenchDate(Era.PAST)
    origin = Text(_CODE, required=True, error_messages=_CHOOSE)
    reporter = Text(_NAME)
    words = Text(_WORDS, lines=True)
    informed = Flag(required=True, error_messages={"required": _l("Répondez par oui ou non.")})
    informed_on = FrenchDate(Era.PAST)

    @validates_schema(skip_on_field_errors=False)
    def _says_when(self, data: Mapping[str, Any], **_: Any) -> None:
        refuse_future(data, "fact_on")
        refuse_future(data, "informed_on")
        if data.get("informed") is True and not data.get("informed_on"):
            raise ValidationError(_l("Indiquez le jour."), "informed_on")
        if data.get("informed") is False and data.get("origin") == ORIGIN_PARENTS:
            said = _l("Les parents demandent eux-mêmes : ils le savent. Indiquez le jour.")
            raise ValidationError(said, "informed")


class FamilySchema(ChildrenPage, HomesPage, ReasonsPage):
    """A referral whole, as the API takes it."""

    group_id = Identifier(required=True)


def _half_told(data: Mapping[str, Any], child: int) -> Iterator[str]:
    """Yield what a child lacks of whom something is told: without a birth no end is known."""
    told = any(
        data.get(f"child_{child}_{name}")
        for name in ("given_name", "family_name", "birth_date", "school")
    )
    for name in ("given_name", "birth_date"):
        if told and not data.get(f"child_{child}_{name}"):
            yield f"child_{child}_{name}"
