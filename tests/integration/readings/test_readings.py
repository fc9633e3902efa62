"""Who opened what, as the member, the case lead and the person who asks may know it."""

from dataclasses import replace
from uuid import UUID

import pytest

from casework.audit.actions import Act, Outcome
from casework.audit.lines import Asked, Slice
from casework.cases.orders import Asked as Listed
from casework.cases.procedures.steps import REACHABLE
from casework.cases.values import NewPerson
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason, operator
from casework.readings.values import CaseTrail, NewReport, Report, ReportLine, Whom
from tests.gathering import accepted, keep
from tests.scenery import MAILYS
from tests.town import COUNCIL, Town, referral

EVERY = Listed(REACHABLE)
ABSENT = UUID("01930000-0000-7000-8000-00000000dead")


def followed(town: Town) -> UUID:
    """Return a case referred by the school, led by the street worker, named to the police."""
    case_id = town.runtime.referrals.send(town.who("school"), Reason.REFERRAL, referral(town))
    town.follow(case_id)
    keep(town, case_id)
    town.name(case_id, "police")
    return case_id


def reads(town: Town, case_id: UUID, *bodies: str, reason: Reason = Reason.DUTY) -> None:
    for body in bodies:
        town.runtime.cases.read(town.who(body), reason, case_id)


def bodies_of(town: Town, found: CaseTrail) -> list[str]:
    names = {own: body for body, own in town.bodies.items()}
    return [names[line.organisation_id] for line in found.lines if line.organisation_id]


def refused_of(town: Town, body: str) -> list[object]:
    """Return what the register says was refused to a member."""
    asked = Asked(outcome=Outcome.REFUSED, member_id=town.members[body])
    lines = town.runtime.register.read(town.who("dpo"), asked).lines
    return [line.detail["wanted"] for line in lines]


def test_the_lead_learns_who_opened_the_case_and_never_who_referred(town: Town) -> None:
    case_id = followed(town)
    reads(town, case_id, "school", "police", "coordination", "street_work")
    with pytest.raises(AccessDenied):
        reads(town, case_id, "landlord")
    found = town.runtime.readings.trails.of_case(town.who("street_work"), Reason.DUTY, case_id)
    assert bodies_of(town, found) == ["street_work", "coordination", "police"]
    assert (found.reference, {line.act for line in found.lines}) == (
        "SN-2026-001",
        {Act.CASE_READ},
    )
    # Named from now on, the school has another reason to read: the day says nothing of before.
    town.clock.advance(days=1)
    town.name(case_id, "school")
    reads(town, case_id, "school")
    found = town.runtime.readings.trails.of_case(town.who("street_work"), Reason.DUTY, case_id)
    assert bodies_of(town, found) == ["school", "street_work", "coordination", "police"]


def test_that_a_reader_bears_a_name_of_the_case_is_told_to_the_officer_alone(town: Town) -> None:
    namesake = replace(MAILYS, family_name="Membre-police")
    case_id = town.runtime.referrals.send(
        town.who("school"), Reason.REFERRAL, referral(town, persons=(namesake,))
    )
    town.follow(case_id)
    keep(town, case_id)
    town.name(case_id, "police")
    reads(town, case_id, "police")
    lines = town.runtime.register.read(town.who("dpo"), Asked(case_id=case_id)).lines
    assert [line.adds for line in lines if line.act == Act.CASE_READ] == [True, False]
    trails = town.runtime.readings.trails
    found = trails.of_case(town.who("street_work"), Reason.DUTY, case_id)
    assert bodies_of(town, found) == ["police"]
    own = trails.own(town.who("police"), Reason.DUTY)
    assert [line.act for line in own.lines].count(Act.CASE_READ) == 1


def test_whoever_does_not_lead_a_case_learns_nothing_of_its_readers(town: Town) -> None:
    case_id = followed(town)
    trail = town.runtime.readings.trails.of_case
    told = set()
    for body in ("coordination", "police", "school", "landlord", "dpo", "archives"):
        for asked in (case_id, ABSENT):
            with pytest.raises(AccessDenied) as denied:
                trail(town.who(body), Reason.DUTY, asked)
            told.add((type(denied.value), denied.value.code))
        assert refused_of(town, body) == ["trace", "trace"]
    assert len(told) == 1


def test_readings_of_a_case_follow_one_another_by_pages(town: Town) -> None:
    case_id = followed(town)
    reads(town, case_id, *["police"] * 5)
    lead, places, before = town.who("street_work"), [], None
    while True:
        part = Slice(before, 2)
        found = town.runtime.readings.trails.of_case(lead, Reason.DUTY, case_id, part)
        places += [line.seq for line in found.lines]
        before = found.following
        if before is None:
            break
    assert len(places) == len(set(places)) == 5
    assert places == sorted(places, reverse=True)
    lines = town.runtime.register.read(town.who("dpo"), Asked(frozenset({Act.TRAIL_READ}))).lines
    assert len(lines) == 3
    assert {(line.case_id, line.article) for line in lines} == {(case_id, "10")}


def test_a_member_finds_what_they_opened_and_nothing_of_anybody_else(town: Town) -> None:
    case_id = followed(town)
    reads(town, case_id, "police", reason=Reason.MEETING)
    reads(town, case_id, "street_work")
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("police"), Reason.DUTY, ABSENT)
    found = town.runtime.readings.trails.own(town.who("police"), Reason.DUTY)
    assert [(line.act, line.reason, line.case_id) for line in found.lines] == [
        (Act.CASE_READ, "meeting", case_id)
    ]
    assert found.references == {case_id: "SN-2026-001"}
    assert {line.member_id for line in found.lines} == {town.members["police"]}
    assert found.following is None
    newest = town.runtime.register.read(town.who("dpo"), Asked()).lines[0]
    assert (newest.act, newest.member_id) == (Act.TRAIL_READ, town.members["police"])
    with pytest.raises(AccessDenied):
        town.runtime.readings.trails.own(operator(COUNCIL, "root"), Reason.OPERATION)


def test_a_case_out_of_reach_and_one_that_is_gone_read_alike_in_ones_own_trail(
    town: Town,
) -> None:
    case_id = followed(town)
    reads(town, case_id, "police")
    town.runtime.cases.unname(
        town.who("coordination"), Reason.DUTY, case_id, town.members["police"]
    )
    found = town.runtime.readings.trails.own(town.who("police"), Reason.DUTY)
    assert [line.case_id for line in found.lines] == [case_id]
    assert found.references == {}


def test_ones_own_trail_does_not_betray_a_decoy(town: Town) -> None:
    town.runtime.decoy_service.place(operator(COUNCIL, "root"), town.group_id)
    (line,) = town.runtime.cases.list_cases(town.who("coordination"), Reason.DUTY, EVERY)
    reads(town, line.head.id, "coordination")
    acts = town.runtime.register.read(town.who("dpo"), Asked(case_id=line.head.id)).lines
    assert Act.DECOY_OPENED in {one.act for one in acts}
    found = town.runtime.readings.trails.own(town.who("coordination"), Reason.DUTY)
    assert [one.act for one in found.lines] == [Act.CASE_READ, Act.CASE_LISTED]


def sign(town: Town) -> None:
    """Let a minute pass and somebody do something: a checkpoint covers what came before."""
    town.clock.advance(minutes=2)
    town.runtime.readings.trails.own(town.who("mission"), Reason.DUTY)


def issue(town: Town, by: Principal | None = None, **changed: object) -> Report:
    asked = {"reference": "SN-2026-001", "whom": Whom.SUBJECT, "request": "DP-2026-004"}
    new = NewReport(**{**asked, **changed})  # type: ignore[arg-type]
    return town.runtime.readings.reports.issue(by or town.who("dpo"), new)


def told(town: Town, report: Report) -> dict[str, dict[str, int]]:
    """Return how often each body did what."""
    names = {own: body for body, own in town.bodies.items()}
    found: dict[str, dict[str, int]] = {}
    for line in report.lines:
        found.setdefault(names[line.organisation_id], {})[line.act] = line.count
    return found


def test_a_report_tells_bodies_days_and_reasons_and_no_name(town: Town) -> None:
    case_id = followed(town)
    reads(town, case_id, "school", "police", "police", "coordination")
    sign(town)
    report = issue(town)
    assert told(town, report)["police"] == {Act.CASE_READ: 2}
    assert "school" not in told(town, report)
    assert (report.names, {line.member_id for line in report.lines}) == (False, {None})
    assert report.article == "15"
    day = town.clock.now().date()
    police = ReportLine(day, town.bodies["police"], Act.CASE_READ, "duty", 2)
    assert police in report.lines
    assert Act.REFERRAL_SENT not in {line.act for line in report.lines}
    # A procedure under way sets aside what the police read, and nothing else.
    reserved = issue(town, procedure=True)
    assert "police" not in told(town, reserved)
    assert told(town, reserved)["coordination"] == told(town, report)["coordination"]


def test_a_report_is_a_line_with_its_request_and_ends_at_the_checkpoint_on_the_sheet(
    town: Town,
) -> None:
    case_id = followed(town)
    sign(town)
    first, second = issue(town), issue(town, request="DP-2026-005")
    assert (first.copy, second.copy) == (1, 2)
    lines = town.runtime.register.read(town.who("dpo"), Asked(frozenset({Act.REPORT_ISSUED}))).lines
    newest = lines[0]
    assert (newest.case_id, newest.reason) == (case_id, "control")
    assert {**newest.detail, "charter_text": ""} == {
        "charter_text": "",
        "request": "dp-2026-005",
        "whom": "subject",
        "copy": 2,
        "names": False,
        "procedure": False,
        "signed": second.stamp.size,
        "code": second.stamp.code.lower(),
    }
    assert town.runtime.stamps.seek(town.who("dpo"), second.stamp.code) == second.stamp
    issued = town.runtime.readings.reports.issued(town.who("dpo"))
    assert [(one.request, one.copy) for one in issued] == [("dp-2026-005", 2), ("dp-2026-004", 1)]
    reads(town, case_id, "police")
    assert "police" not in told(town, issue(town))
    sign(town)
    assert told(town, issue(town))["police"] == {Act.CASE_READ: 1}


def test_a_representative_is_told_of_their_own_identity_alone(town: Town) -> None:
    mother = NewPerson("legal_representative", "Zéphirinquois", "Odalie", None, "", "", "")
    case_id = accepted(town, persons=(*referral(town).persons, mother))
    keep(town, case_id)
    reads(town, case_id, "street_work")
    town.runtime.cases.list_cases(town.who("coordination"), Reason.DUTY, EVERY)
    sign(town)
    found = told(town, issue(town, whom=Whom.REPRESENTATIVE_1))
    assert found == {"street_work": {Act.CASE_READ: 1}}
    assert Act.CASE_LISTED in told(town, issue(town))["coordination"]
    with pytest.raises(InvalidInput):
        issue(town, whom=Whom.REPRESENTATIVE_2)


def test_only_the_officer_makes_reports_and_nobody_else_learns_which_cases_exist(
    town: Town,
) -> None:
    followed(town)
    for body in ("coordination", "street_work", "archives"):
        for reference in ("SN-2026-001", "SN-2026-999"):
            with pytest.raises(AccessDenied):
                issue(town, town.who(body), reference=reference)
        assert refused_of(town, body)[:2] == [Act.REPORT_ISSUED, Act.REPORT_ISSUED]
    with pytest.raises(InvalidInput):
        issue(town, reference="SN-2026-999")
