"""Lists cite: what they show, by which articles; what they keep shut, by which one."""

from uuid import UUID

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases.orders import Asked as Page
from casework.cases.procedures.steps import REACHABLE
from casework.identity import Reason
from tests.gathering import accepted, close, decide, keep, open_meeting
from tests.town import Town


def cited(town: Town, act: Act, body: str) -> str | None:
    """Return the article of the newest line of an act by the member of a body."""
    asked = Asked(acts=frozenset({act}), member_id=town.members[body])
    return town.runtime.register.read(town.who("dpo"), asked).lines[0].article


def listed(town: Town, body: str) -> dict[UUID, str]:
    """List the cases of a member; return the article that keeps each name shut."""
    found = town.runtime.cases.list_cases(town.who(body), Reason.DUTY, Page(REACHABLE))
    return {one.head.id: one.article for one in found}


def test_a_list_cites_every_article_that_showed_one_of_its_cases(town: Town) -> None:
    named = accepted(town)
    keep(town, named)
    town.name(named, "school")
    own = town.refer("school")
    assert listed(town, "school") == {named: "", own: ""}
    assert cited(town, Act.CASE_LISTED, "school") == "5:6"
    assert listed(town, "police") == {}
    assert cited(town, Act.CASE_LISTED, "police") is None


def test_a_closed_case_is_listed_by_the_article_of_archives(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    accepted(town)
    close(town, case_id)
    listed(town, "coordination")
    assert cited(town, Act.CASE_LISTED, "coordination") == "9:14"


def test_lists_of_referrals_actions_and_meetings_cite_too(town: Town) -> None:
    town.refer()
    town.runtime.home.referrals(town.who("street_work"), Reason.REFERRAL)
    assert cited(town, Act.REFERRAL_LISTED, "street_work") == "5"
    town.runtime.home.waiting(town.who("coordination"), Reason.DUTY)
    assert cited(town, Act.REFERRAL_LISTED, "coordination") == "9"
    town.runtime.home.open(town.who("coordination"), Reason.DUTY)
    assert cited(town, Act.ACTION_LISTED, "coordination") == "9"
    town.runtime.meetings.mine(town.who("school"))
    assert cited(town, Act.MEETING_LISTED, "school") == "12"


def test_a_case_sealed_since_it_stood_on_an_agenda_says_by_which_article(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    coordinator = town.who("coordination")
    before = town.runtime.meetings.read(coordinator, meeting_id).items
    assert [(one.case is not None, one.article) for one in before] == [(True, "")]
    decide(town, meeting_id, case_id, "not_kept")
    after = town.runtime.meetings.read(coordinator, meeting_id).items
    assert [(one.case, one.article) for one in after] == [(None, "14")]
