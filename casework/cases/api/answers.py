"""What the API answers about cases: every field by name, none by accident."""

from marshmallow import Schema, fields

from casework.web.api.output import Moment, Sealed


class CaseHeadSchema(Schema):
    """What is known of a case without any key."""

    id = fields.UUID()
    group_id = fields.UUID()
    kind = fields.String()
    state = fields.String()
    reference = fields.String(allow_none=True)
    commune = fields.String(metadata={"description": "Code INSEE"})
    lead_id = fields.UUID(allow_none=True)
    referred_on = fields.Date()
    followed_on = fields.Date(allow_none=True)
    review_by = fields.Date(allow_none=True)
    informed_on = fields.Date(allow_none=True)
    delay_reason = fields.String(allow_none=True)
    closed_on = fields.Date(allow_none=True)
    closure_reason = fields.String(allow_none=True)
    due_on = fields.Date(allow_none=True)
    ceiling_on = fields.Date()
    awaited_on = fields.Date(allow_none=True)
    protected = fields.Boolean()
    version = fields.Integer()


class CaseHeadsSchema(Schema):
    """A list of cases without names."""

    items = fields.List(fields.Nested(CaseHeadSchema))


class VictimLineSchema(Schema):
    """The referral of a victim in a list: whose it is, and whether it opens to this reader."""

    head = fields.Nested(CaseHeadSchema)
    own = fields.Boolean()
    opens = fields.Boolean()


class VictimLinesSchema(Schema):
    """A page of referrals of victims."""

    items = fields.List(fields.Nested(VictimLineSchema))


class SafeContactSchema(Schema):
    """How to reach a victim without danger; empty while the key is on its way."""

    case_id = fields.UUID()
    open = fields.Boolean()
    answers = fields.Dict(keys=fields.String(), values=fields.String())


class CaseLineSchema(CaseHeadSchema):
    """A case in a list, and the name where it may be opened."""

    family_name = Sealed()
    given_name = Sealed()
    birth_date = Sealed()


class CaseLinesSchema(Schema):
    """A page of cases."""

    items = fields.List(fields.Nested(CaseLineSchema))


class PersonSchema(Schema):
    """Somebody of a case."""

    id = fields.UUID()
    relation = fields.String()
    family_name = Sealed()
    given_name = Sealed()
    birth_date = Sealed()
    address = Sealed()
    phone = Sealed()
    school = Sealed()
    home = Sealed()


class ReferralSchema(Schema):
    """What the referral said; the origin's part is withheld from nearly everyone."""

    sent_at = Moment()
    reason = Sealed()
    fact = Sealed()
    fact_on = Sealed()
    origin = Sealed()
    reporter = Sealed()
    words = Sealed()
    question = Sealed()
    answer = Sealed()
    referrer_id = Sealed()
    referrer_organisation_id = Sealed()


class ContributionSchema(Schema):
    """Something a partner wrote."""

    id = fields.UUID()
    author_id = fields.UUID()
    organisation_id = fields.UUID()
    written_at = Moment()
    text = Sealed()


class DecisionSchema(Schema):
    """What a meeting decided."""

    id = fields.UUID()
    meeting_id = fields.UUID()
    number = fields.Integer()
    code = Sealed()
    made_at = Moment()


class ActionSchema(Schema):
    """Something somebody does by a date."""

    id = fields.UUID()
    case_id = fields.UUID()
    kind = Sealed()
    detail = Sealed()
    outcome = Sealed()
    lead_id = fields.UUID()
    organisation_id = fields.UUID()
    opened_on = fields.Date()
    due_on = fields.Date()
    state = fields.String()
    version = fields.Integer()


class StepSchema(Schema):
    """A recorded step of the procedure; `answers` by field, where its part opens."""

    id = fields.UUID()
    step = fields.String()
    taken_at = fields.DateTime()
    asked_member_id = fields.UUID(allow_none=True)
    asked_organisation_id = fields.UUID(allow_none=True)
    answers = fields.Raw()


class MentionSchema(Schema):
    """One measure that was mentioned: its nature, its dates, and why the follow-up needs it."""

    id = fields.UUID()
    taken_at = fields.DateTime()
    answers = fields.Raw()


class MeasuresSchema(Schema):
    """What is mentioned of judicial measures; `answers` stay shut while the key is on its way."""

    case_id = fields.UUID()
    open = fields.Boolean()
    may_mention = fields.Boolean()
    items = fields.List(fields.Nested(MentionSchema))


class ActionsSchema(Schema):
    """One's own actions."""

    items = fields.List(fields.Nested(ActionSchema))


class NamingSchema(Schema):
    """A member named on a case."""

    member_id = fields.UUID()
    organisation_id = fields.UUID()
    from_on = fields.Date()
    until_on = fields.Date(allow_none=True)


class LinkSchema(Schema):
    """A member or a body kept from a case; why is written nowhere."""

    holder_id = fields.UUID()
    organisation_id = fields.UUID()
    declared = fields.Boolean()
    set_at = Moment()
    lift_asked_by = fields.UUID(allow_none=True)


class LinksSchema(Schema):
    """Who is kept from a case."""

    items = fields.List(fields.Nested(LinkSchema))


class OpeningSchema(Schema):
    """Somebody who waits for a second person before a protected case."""

    case_id = fields.UUID()
    member_id = fields.UUID()
    asked_at = Moment()


class OpeningsSchema(Schema):
    """Who waits."""

    items = fields.List(fields.Nested(OpeningSchema))


class PartSchema(Schema):
    """A part of a case: open to this reader, or shut, by which article and why."""

    compartment_class = fields.String(data_key="class")
    open = fields.Boolean()
    article = fields.String()
    why = fields.String()


class CaseSchema(CaseHeadSchema):
    """A case opened for one reader."""

    persons = fields.List(fields.Nested(PersonSchema))
    referral = fields.Nested(ReferralSchema, allow_none=True)
    contributions = fields.List(fields.Nested(ContributionSchema))
    notes = fields.List(fields.Nested(ContributionSchema))
    social = fields.List(
        fields.Nested(ContributionSchema),
        metadata={"description": "Entre travailleurs sociaux ; vide pour tous les autres."},
    )
    decisions = fields.List(fields.Nested(DecisionSchema))
    actions = fields.List(fields.Nested(ActionSchema))
    steps = fields.List(fields.Nested(StepSchema))
    namings = fields.List(fields.Nested(NamingSchema))
    parts = fields.List(fields.Nested(PartSchema))
    article = fields.String(metadata={"description": "L’article qui ouvre la situation."})
    may = fields.List(fields.String())
