"""Strict input: what the fields of every form and every JSON body have in common."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError, fields, missing

from casework.i18n import lazy_gettext as _l
from casework.web.dates import today
from casework.web.plain_text import tidy
from casework.web.typed_dates import Era, parse_date

_NEEDED = _l("Ce champ est nécessaire.")
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
E = TypeVar("E", bound=StrEnum)


def _says(**sentences: Any) -> dict[str, Any]:
    return sentences


class StrictSchema(Schema):
    """A schema that refuses every field it does not know."""

    class Meta:
        """Unknown fields are faults of ours or attacks, never details to drop."""

        unknown = RAISE

    error_messages = _says(
        unknown=_l("Ce champ n’est pas attendu ici."),
        type=_l("Un objet JSON est attendu."),
    )


class Strict(fields.Field[Any]):
    """A field that speaks French and takes an empty text for an absent value."""

    default_error_messages = _says(
        required=_NEEDED,
        null=_NEEDED,
        validator_failed=_l("Cette valeur ne convient pas."),
        invalid=_l("Cette valeur ne convient pas."),
    )

    def __init__(self, **kwargs: Any) -> None:
        """Absent means None unless the field is required or says otherwise."""
        if not kwargs.get("required"):
            kwargs.setdefault("load_default", None)
        super().__init__(**kwargs)

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """Say a sentence in the language of the request: marshmallow knows plain text only."""
        return ValidationError(str(self.error_messages[key]))

    def deserialize(
        self,
        value: Any,
        attr: str | None = None,
        data: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Take an empty text for nothing: forms send one where JSON sends null."""
        if value is None or (isinstance(value, str) and not value.strip()):
            value = missing
        return super().deserialize(value, attr, data, **kwargs)


class Text(Strict):
    """Written words: NFC, stripped, nothing invisible, at most `max_length` characters."""

    default_error_messages = _says(
        invalid=_l("Un texte est attendu."),
        unwritable=_l("Ce texte contient un caractère illisible ; retapez-le ici."),
        too_long=_l("Ce texte est trop long."),
    )

    def __init__(self, max_length: int, *, lines: bool = False, **kwargs: Any) -> None:
        """`max_length` in characters; `lines` keeps line breaks."""
        super().__init__(**kwargs)
        self.max_length = max_length
        self.lines = lines

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        try:
            text = tidy(value, lines=self.lines)
        except ValueError:
            raise self.make_error("unwritable") from None
        if not text and self.required:
            raise self.make_error("required")
        if len(text) > self.max_length:
            raise self.make_error("too_long")
        return text


class Several(fields.List[str]):
    """Several short texts: the ticked codes of a closed list."""

    default_error_messages = _says(required=_l("Choisissez dans la liste."))

    def make_error(self, key: str, **_: Any) -> ValidationError:
        """Say a sentence in the language of the request: marshmallow knows plain text only."""
        return ValidationError(str(self.error_messages[key]))


class FrenchDate(Strict):
    """A day, typed as people type it; `era` completes what is missing."""

    default_error_messages = _says(
        invalid=_l("Date attendue : jj/mm/aaaa, par exemple 3/11/2026."),
    )

    def __init__(self, era: Era = Era.COMING, **kwargs: Any) -> None:
        """`era`: PAST for births and facts, COMING for due dates."""
        super().__init__(**kwargs)
        self.era = era

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        try:
            day = parse_date(value, today(), self.era)
        except (AttributeError, ValueError):
            raise self.make_error("invalid") from None
        if not _EARLIEST <= day <= _LATEST:
            raise self.make_error("invalid")
        return day


class Identifier(Strict):
    """The opaque id of a row."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> UUID:
        try:
            return UUID(value)
        except (AttributeError, TypeError, ValueError):
            raise self.make_error("invalid") from None


class Number(Strict):
    """A whole number between two bounds; a figure beyond 64 bits never reaches a database."""

    default_error_messages = _says(
        invalid=_l("Un nombre entier est attendu."),
        range=_l("Ce nombre est hors des limites."),
    )

    def __init__(self, least: int = 0, most: int = 2**31 - 1, **kwargs: Any) -> None:
        """Both bounds are included."""
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if isinstance(value, bool) or not _WHOLE.fullmatch(str(value)):
            raise self.make_error("invalid")
        if not self.least <= int(value) <= self.most:
            raise self.make_error("range")
        return int(value)


class Choice(Strict, Generic[E]):
    """One value of a closed list."""

    default_error_messages = _says(
        invalid=_l("Choisissez dans la liste."),
        required=_l("Choisissez dans la liste."),
        null=_l("Choisissez dans la liste."),
    )

    def __init__(self, kind: type[E], **kwargs: Any) -> None:
        """`kind` is the closed list."""
        super().__init__(**kwargs)
        self.kind = kind

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> E:
        try:
            return self.kind(value)
        except ValueError:
            raise self.make_error("invalid") from None


class Flag(Strict):
    """A ticked box; an unticked one is not sent, so absent means no."""

    def __init__(self, **kwargs: Any) -> None:
        """`required=True` is a question to answer by yes or no."""
        if not kwargs.get("required"):
            kwargs.setdefault("load_default", False)
        super().__init__(**kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        known = {"yes": True, "no": False, "true": True, "false": False}
        if isinstance(value, bool):
            return value
        if not isinstance(value, str) or value not in known:
            raise self.make_error("invalid")
        return known[value]
