"""What the forms of charters send."""

from marshmallow import ValidationError, validates

from casework.i18n import lazy_gettext as _l
from casework.web.schemas import Flag, Identifier, StrictSchema


class UndertakingSchema(StrictSchema):
    """A charter, and the box that says it was read."""

    charter = Identifier(required=True)
    read = Flag()

    @validates("read")
    def ticked(self, value: bool, **_: object) -> None:
        """Refuse an engagement to what was not read."""
        if not value:
            raise ValidationError([_l("Cochez la case une fois la charte lue, puis signez.")])
