"""Explanations by program: a member on a case, how far they reach, an invented person."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from casework.accounts import signin
from casework.charters.simulator import Invented
from casework.explanations.schemas import (
    ExplainedMemberSchema,
    InventedSchema,
    ReachingMemberSchema,
)
from casework.explanations.service import ExplanationService
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.output import Moment
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

explanations = ApiBlueprint("explanations_api", __name__, url_prefix="/api/v1")


class AccessDecisionSchema(Schema):
    """One answer: `own` where it hangs on whose the note or the action is; `says` is French."""

    act = fields.String(attribute="question.wanted.act")
    class_ = fields.String(data_key="class", attribute="question.wanted.class_", allow_none=True)
    own = fields.Boolean(attribute="question.own", allow_none=True)
    allowed = fields.Boolean(attribute="decision.allowed")
    reason = fields.String(attribute="decision.reason")
    rule = fields.String(attribute="decision.rule")
    article = fields.String(attribute="decision.article")
    says = fields.String(attribute="because")


class AccessCountSchema(Schema):
    """In how many cases of a group something is granted."""

    act = fields.String(attribute="question.wanted.act")
    class_ = fields.String(data_key="class", attribute="question.wanted.class_", allow_none=True)
    own = fields.Boolean(attribute="question.own", allow_none=True)
    cases = fields.Integer()


class ExplanationSchema(Schema):
    """What a member may do on a case, with the facts that hold; nothing inside the case."""

    member_id = fields.UUID()
    case_id = fields.UUID()
    reference = fields.String()
    group_id = fields.UUID(attribute="group.id")
    facts = fields.List(fields.String())
    locked = fields.Boolean()
    exceptional_until = Moment(allow_none=True)
    decisions = fields.List(fields.Nested(AccessDecisionSchema), attribute="lines")


class ReachedSchema(Schema):
    """What a member is and reaches in one group."""

    group_id = fields.UUID(attribute="group.id")
    facts = fields.List(fields.String())
    counts = fields.List(fields.Nested(AccessCountSchema))
    decisions = fields.List(fields.Nested(AccessDecisionSchema), attribute="lines")


class ReachSchema(Schema):
    """What a member reaches, group by group."""

    member_id = fields.UUID()
    locked = fields.Boolean()
    groups = fields.List(fields.Nested(ReachedSchema))


class SimulationSchema(Schema):
    """What the charter of a group would answer an invented person."""

    group_id = fields.UUID(attribute="group.id")
    facts = fields.List(fields.String())
    decisions = fields.List(fields.Nested(AccessDecisionSchema), attribute="lines")


@explanations.post("/access-explanations")
@needs(Permission.ACCESS_EXPLAIN)
@explanations.body(ExplainedMemberSchema)
@explanations.answers(200, ExplanationSchema)
def explain_access(given: Mapping[str, Any]) -> Any:
    """Explain what a member may do on a case, as the data protection officer."""
    return service(ExplanationService).explain(principal(), given["member"], given["reference"])


@explanations.post("/access-reaches")
@needs(Permission.ACCESS_EXPLAIN)
@explanations.body(ReachingMemberSchema)
@explanations.answers(200, ReachSchema)
def count_reach(given: Mapping[str, Any]) -> Any:
    """Count what a member reaches in each group, as the data protection officer."""
    return service(ExplanationService).reach(principal(), given["member"])


@explanations.post("/access-simulations")
@needs(Permission.ACCESS_SIMULATE)
@explanations.body(InventedSchema(exclude=("asked",)))
@explanations.answers(200, SimulationSchema)
def simulate_access(given: Mapping[str, Any]) -> Any:
    """Try a charter on an invented person and an invented case."""
    invented = Invented(
        category=given["body"],
        role=given["role"],
        ties=frozenset(given["ties"]),
        stage=given["stage"],
        lacking=given["lacking"],
    )
    asking = service(ExplanationService)
    return asking.simulate(principal(), signin.current_reason(), invented, given["group"])
