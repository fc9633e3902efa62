"""Fields of what the API answers."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, fields


class Sealed(fields.Field[Any]):
    """Text that was sealed: said, null when nothing was ever written, or withheld, never both."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value or None


class Moment(fields.Field[datetime]):
    """A moment in UTC, with `Z`."""

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class StampSchema(Schema):
    """A checkpoint of the register as paper names it."""

    code = fields.String()
    size = fields.Integer()
    at = Moment()


class MadeSchema(Schema):
    """What a request made."""

    id = fields.UUID()
    number = fields.Integer()
    version = fields.Integer()


def withheld(article: str) -> dict[str, object]:
    """Return what stands for a value that stays shut, and the article that says so."""
    return {"withheld": True, "article": article}
