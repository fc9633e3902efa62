"""What may be asked of the register, from a page or by a program."""

import re
from typing import Any, Final

from casework.audit.words import Family
from casework.web.schemas import (
    Choice,
    Flag,
    FrenchDate,
    Identifier,
    Number,
    Strict,
    StrictSchema,
    Text,
)

_MOST_LEAVES: Final = 2**53
_NUMBERS: Final = re.compile(r"[0-9]{1,16}(,[0-9]{1,16})*")


class SeenSchema(StrictSchema):
    """The newest line that the officer saw."""

    last = Number(0, _MOST_LEAVES, required=True)


class CodeSchema(StrictSchema):
    """The short code of a checkpoint, as typed from paper."""

    code = Text(20, required=True)


MOST_LINES: Final = 100
"""How many lines an address may name."""


class Lines(Strict):
    """Numbers of lines, separated by commas: `12,45`."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[int, ...]:
        if not isinstance(value, str) or not _NUMBERS.fullmatch(value):
            raise self.make_error("invalid")
        numbers = dict.fromkeys(map(int, value.split(",")))
        if len(numbers) > MOST_LINES or max(numbers) > _MOST_LEAVES:
            raise self.make_error("invalid")
        return tuple(numbers)


class AskedSchema(StrictSchema):
    """The filters of the register's page; none restricts unless given.

    `carte` restricts nothing: it says which card chose the lines, and is handed on.
    """

    famille = Choice(Family, load_default=Family.ALL)
    situation = Text(20, load_default="")
    personne = Identifier(load_default=None, allow_none=True)
    organisme = Identifier(load_default=None, allow_none=True)
    entrees = Lines(load_default=())
    carte = Text(16, load_default="")
    depuis = FrenchDate(load_default=None, allow_none=True)
    jusqu_au = FrenchDate(load_default=None, allow_none=True, data_key="jusqu-au")
    avant = Number(0, _MOST_LEAVES, load_default=None, allow_none=True)


class ExportSchema(AskedSchema):
    """What to export: the lines that the filters leave, and what of them in clear."""

    qui = Flag()
    quoi = Flag()
    pourquoi = Flag()
    noms = Flag()
