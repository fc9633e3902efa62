"""What the forms about the accesses of somebody else send."""

from marshmallow import fields

from casework.charters.simulator import Lacking, Stage, Tie
from casework.charters.vocabulary import PartnerCategory
from casework.identity import Role
from casework.web.schemas import Choice, Identifier, StrictSchema, Text

_REFERENCE = 36


class MemberSchema(StrictSchema):
    """Of whom, and of which case; without a case, of how far they reach."""

    member = Identifier(required=True)
    reference = Text(_REFERENCE)


class ExplainedMemberSchema(StrictSchema):
    """Of whom, and of which case."""

    member = Identifier(required=True)
    reference = Text(_REFERENCE, required=True)


class ReachingMemberSchema(StrictSchema):
    """Of whom."""

    member = Identifier(required=True)


class InventedSchema(StrictSchema):
    """An invented person and an invented case, in an address: nothing of anybody is in it."""

    group = Identifier()
    body = Choice(PartnerCategory, load_default=PartnerCategory.EDUCATION)
    role = Choice(Role, load_default=Role.MEMBER)
    stage = Choice(Stage, load_default=Stage.FOLLOWED)
    lacking = Choice(Lacking, load_default=Lacking.NOTHING)
    ties = fields.List(Choice(Tie), load_default=list, validate=lambda many: len(many) <= len(Tie))
    asked = Text(1)
