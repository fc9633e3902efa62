"""What somebody else sees, for the officer and for who trains; and the charter on paper."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import Blueprint, render_template

from casework.charters.simulator import LACKING, ROLES, STAGES, TIES, Invented, Tie
from casework.charters.words import CATEGORIES
from casework.errors import InvalidInput
from casework.explanations.paper import paper_of, sheet_tables
from casework.explanations.schemas import InventedSchema, MemberSchema
from casework.explanations.service import ExplanationService
from casework.explanations.sheets import SheetService
from casework.explanations.values import Explained, Reach
from casework.explanations.views import facts_in_words, sections
from casework.i18n import shown
from casework.identity import Principal, Reason, Role
from casework.partners.directory import Directory
from casework.partners.values import MemberLabel
from casework.web import guard
from casework.web.dates import today
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load, load_query
from casework.web.look import Tick
from casework.web.permissions import Permission

pages = Blueprint("explanations", __name__)
_MEMBER: Final = "/dpd/simulateur"


@pages.get("/simulateur")
@needs(Permission.ACCESS_SIMULATE)
def see_simulator() -> str:
    """Show what the charter would answer an invented person; the address says whom."""
    given = load_query(InventedSchema)
    ties = frozenset(given["ties"])
    invented = Invented(
        category=given["body"],
        role=given["role"],
        ties=ties if given["asked"] else frozenset({Tie.NAMED}),
        stage=given["stage"],
        lacking=given["lacking"],
    )
    found = service(ExplanationService).simulate(_who(), Reason.CONTROL, invented, given["group"])
    return render_template(
        "explanations/simulator.html",
        found=found,
        state=_chosen(found.group.id, invented),
        sections=sections(found.lines),
        facts=facts_in_words(found.facts),
        groups=[Tick(str(one.id), one.name) for one in found.groups],
        choices=_choices(found.charter.signatories),
        officer=_who().holds(Role.DPO, today()),
    )


@pages.get(_MEMBER)
@needs(Permission.ACCESS_EXPLAIN)
def see_member_form() -> str:
    """Ask of whom and, if at all, of which case."""
    return _asking(FormState())


@pages.post(_MEMBER)
@needs(Permission.ACCESS_EXPLAIN)
def explain_member() -> tuple[str, int] | str:
    """Show what a member may do on a case, or how far they reach; no word of any case."""
    asking = service(ExplanationService)
    try:
        given = load(MemberSchema)
        member, reference = given["member"], given["reference"]
        found = asking.explain(_who(), member, reference) if reference else None
        reach = None if found else asking.reach(_who(), member)
    except InvalidInput as fault:
        return _asking(FormState.refused(fault)), 422
    state = FormState({"member": str(member), "reference": reference or ""})
    directory = service(Directory)
    return _answer(state, directory.labels(directory.everyone()), found, reach)


@pages.get("/charte/feuille/<uuid:charter_id>")
@needs(Permission.CHARTER_READ)
def see_signature_sheet(charter_id: UUID) -> str:
    """Show the charter in force as it is printed to be signed."""
    found = service(SheetService).of(_who(), Reason.SIGN_IN, charter_id)
    return render_template(
        "explanations/sheet.html",
        paper=paper_of(found, _label(_who())),
        sheet=found,
        tables=sheet_tables(found.charter),
    )


def _asking(state: FormState) -> str:
    """Show the form; whoever may not ask is not shown who there is to ask about."""
    members = service(ExplanationService).members(_who())
    return render_template(
        "explanations/member.html", state=state, members=_people(members), found=None, reach=None
    )


def _answer(
    state: FormState,
    labels: Mapping[UUID, MemberLabel],
    found: Explained | None,
    reach: Reach | None,
) -> str:
    of = found.member_id if found else reach.member_id if reach else None
    return render_template(
        "explanations/member.html",
        state=state,
        members=_people(labels),
        found=found,
        reach=reach,
        whom=labels.get(of) if of else None,
        sections=sections(found.lines) if found else (),
        facts=facts_in_words(found.facts) if found else (),
        groups=[
            (one, facts_in_words(one.facts), sections(one.lines, one.counts))
            for one in (reach.groups if reach else ())
        ],
    )


def _people(labels: Mapping[UUID, MemberLabel]) -> list[Tick]:
    return [Tick(str(one), f"{label.name}, {label.organisation}") for one, label in labels.items()]


def _chosen(group_id: UUID, invented: Invented) -> FormState:
    return FormState(
        {
            "group": str(group_id),
            "body": invented.category.value,
            "role": invented.role.value,
            "stage": invented.stage.value,
            "lacking": invented.lacking.value,
            "ties": [one.value for one in invented.ties],
        }
    )


def _choices(signatories: Any) -> dict[str, list[Tick]]:
    return {
        "body": [Tick(one.value, shown(CATEGORIES[one])) for one in signatories],
        "role": _ticks(ROLES),
        "stage": _ticks(STAGES),
        "lacking": _ticks(LACKING),
        "ties": _ticks(TIES),
    }


def _ticks(words: Any) -> list[Tick]:
    return [Tick(one.value, shown(said)) for one, said in words.items()]


def _label(who: Principal) -> str:
    found = service(Directory).labels({who.member_id} if who.member_id else set())
    return "".join(label.name for label in found.values())


def _who() -> Principal:
    return guard.principal()
