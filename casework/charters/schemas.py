"""What the forms of charters send."""

from marshmallow import ValidationError, validates

from casework.i18n import lazy_gettext as _l
from casework.web.schemas import Flag, FrenchDate, Identifier, StrictSchema
from casework.web.typed_dates import Era


class UndertakingSchema(StrictSchema):
    """A charter, and the box that says it was read."""

    charter = Identifier(required=True)
    read = Flag()

    @validates("read")
    def ticked(self, value: bool, **_: object) -> None:
        """Refuse an engagement to what was not read."""
        if not value:
            raise ValidationError([_l("Cochez la case une fois la charte lue, puis signez.")])


class ApprovalSchema(StrictSchema):
    """The box that says the comparison was read."""

    seen = Flag()

    @validates("seen")
    def ticked(self, value: bool, **_: object) -> None:
        """Refuse an approval of what was not compared."""
        if not value:
            raise ValidationError([_l("Cochez la case une fois la comparaison lue.")])


class SignatureSchema(StrictSchema):
    """A partner's signature, with the paper in hand."""

    organisation = Identifier(required=True)
    signed_on = FrenchDate(Era.PAST, required=True)
    until_on = FrenchDate(Era.COMING, required=True)


class EntrySchema(StrictSchema):
    """The day on which a text comes into force."""

    enters_on = FrenchDate(Era.COMING, required=True)
