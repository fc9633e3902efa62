"""What comes with a document, beside its bytes."""

from typing import Any
from urllib.parse import unquote

from marshmallow import Schema, fields

from casework.documents.values import MOST_OF_NAME
from casework.web.api.output import Moment, Sealed
from casework.web.schemas import StrictSchema, Text


class TitleSchema(StrictSchema):
    """What a document is to be called; its file says it otherwise."""

    title = Text(MOST_OF_NAME)


class DocumentSchema(Schema):
    """A document in a list: its number in the case, who added it, what it is."""

    id = fields.UUID()
    number = fields.Integer()
    author_id = fields.UUID()
    organisation_id = fields.UUID()
    added_at = Moment()
    name = Sealed()
    kind = Sealed()
    size = Sealed(metadata={"description": "En octets."})
    removable = fields.Boolean()


class DocumentsSchema(Schema):
    """The documents of a case, the newest first."""

    items = fields.List(fields.Nested(DocumentSchema))


def title_of(header: str | None) -> dict[str, Any]:
    """Return what a header in percent-encoded UTF-8 says, as the form would send it."""
    return {"title": unquote(header or "", errors="replace")}
