"""What may be asked of the register, from a page or by a program."""

from casework.audit.words import Family
from casework.web.schemas import Choice, Flag, FrenchDate, Identifier, Number, StrictSchema, Text

_MOST_LEAVES = 2**53


class SeenSchema(StrictSchema):
    """The newest line that the officer saw."""

    last = Number(0, _MOST_LEAVES, required=True)


class CodeSchema(StrictSchema):
    """The short code of a checkpoint, as typed from paper."""

    code = Text(20, required=True)


class AskedSchema(StrictSchema):
    """The filters of the register's page; none restricts unless given."""

    famille = Choice(Family, load_default=Family.ALL)
    situation = Text(20, load_default="")
    personne = Identifier(load_default=None, allow_none=True)
    organisme = Identifier(load_default=None, allow_none=True)
    depuis = FrenchDate(load_default=None, allow_none=True)
    jusqu_au = FrenchDate(load_default=None, allow_none=True, data_key="jusqu-au")
    avant = Number(0, _MOST_LEAVES, load_default=None, allow_none=True)


class ExportSchema(AskedSchema):
    """What to export: the lines that the filters leave, and what of them in clear."""

    qui = Flag()
    quoi = Flag()
    pourquoi = Flag()
    noms = Flag()
