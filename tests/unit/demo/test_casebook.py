import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path

from casework.cases.ceilings import ceiling
from casework.charters.loading import load
from casework.charters.vocabulary import CaseKind, ListName
from casework.demo.people import age_on, years_before
from casework.demo.stories import LONGEST
from casework.demo.words import folded, lists
from casework.demo.world import ANCHOR, Case, State, World, build

CHARTER = Path(__file__).parents[3] / "config/charters/gsn.toml"
LIVING = {State.REFERRED, State.QUESTIONED, State.ACCEPTED, State.FOLLOWED, State.REVIEW_DUE}
ENDED = {State.CLOSED, State.RESTRICTED_DUE, State.ELIMINATION_DUE}
THREE_MONTHS = timedelta(days=92)

# Subjects that a case never holds (health, religion, origin, opinion, justice): word beginnings.
BARRED = (
    "sante|medec|malad|hopital|psy|trait|drogu|cannab|alcool|handicap|enceinte|deprim|suicid|"
    "relig|mosqu|eglis|musulm|catho|juif|voile|radical|origin|etrang|immigr|nationalit|ethn|"
    "politi|syndic|opinion|vote|homosex|sexu|plainte|garde-a-vue|interpell|delit|crime|condamn|"
    "juge|tribunal|procureur|enquete|infraction|mis-en-cause|casier|prison|avocat"
)


@cache
def town() -> World:
    return build("town")


def texts(case: Case) -> list[str]:
    return [
        case.fact,
        case.reporter_words,
        case.question,
        *(one.text for one in case.contributions),
        *(one.detail for one in case.actions),
        *(one.report for one in case.actions),
    ]


def test_the_small_world_shows_every_state_reason_action_and_closure_of_some_kind() -> None:
    cases = build("small").cases
    assert {case.state for case in cases} == set(State)
    assert len({case.reason for case in cases}) >= 10
    assert {case.closure for case in cases} >= {"objectives_met", "taken_over"}
    assert {one.kind for case in cases for one in case.actions} >= {"school_contact", "mediation"}


def test_the_town_uses_every_code() -> None:
    cases = town().cases
    assert {case.reason for case in cases} == set(lists("stories")["reasons"])
    assert {case.origin for case in cases} == set(lists("stories")["origins"]) - {"gendarmerie"}
    assert {one.code for case in cases for one in case.decisions} == {
        "kept",
        "not_kept",
        "redirected",
        "continued",
        "postponed",
        "closed",
    }
    assert {case.closure for case in cases} - {None} == {
        "objectives_met",
        "taken_over",
        "moved",
        "refused",
        "age_limit",
        "no_news",
    }
    assert {one.state for case in cases for one in case.actions} == {"open", "done", "impossible"}


def test_every_code_is_one_of_the_shipped_charter() -> None:
    charter = load(CHARTER.read_text(encoding="utf-8"))

    def outside(name: ListName, codes: Iterable[str]) -> list[str]:
        return [code for code in codes if charter.label(name, code) is None]

    everything = lists("stories"), lists("notes")
    assert not outside(ListName.REFERRAL_REASONS, everything[0]["reasons"])
    assert not outside(ListName.ORIGINS, everything[0]["origins"])
    assert not outside(ListName.ACTIONS, everything[1]["actions"])
    for case in town().cases:
        assert not outside(ListName.DELAY_REASONS, [case.delay_reason])
        assert not outside(ListName.DECISIONS, (one.code for one in case.decisions))
        assert not outside(ListName.CLOSURE_REASONS, filter(None, [case.closure]))


def test_texts_are_short_and_leave_no_slot_unfilled() -> None:
    for case in town().cases:
        for text in texts(case):
            assert len(text) <= LONGEST
            assert not set("{}") & set(text)


def test_texts_name_nobody_and_touch_no_barred_subject() -> None:
    barred = re.compile(rf"\b({BARRED})")
    names = {case.subject.family for case in town().cases}
    for case in town().cases:
        for text in texts(case):
            assert barred.search(folded(text)) is None, text
            assert not any(name in text for name in names)


def test_nobody_is_younger_than_12_or_older_than_25() -> None:
    for case in town().cases:
        assert 12 <= age_on(case.subject.birth_date, case.opened_on) < 25
        if case.closed_on:
            assert case.closed_on < years_before(case.subject.birth_date, -25)


def test_a_follow_up_never_outlives_the_quarter_before_the_25th_birthday() -> None:
    for case in town().cases:
        last = case.closed_on or ANCHOR
        assert last < ceiling(CaseKind.FOLLOWUP, (case.subject.birth_date,), case.opened_on)


def test_minors_have_somebody_who_answers_for_them_and_a_school_and_adults_neither() -> None:
    for case in town().cases:
        minor = age_on(case.subject.birth_date, ANCHOR) < 18
        assert bool(case.subject.legal_representatives) == minor
        assert bool(case.subject.school) == minor


def test_every_member_around_a_case_sits_in_its_group() -> None:
    sits = {(member.key, group) for member in town().members for group in member.groups}
    for case in town().cases:
        writers = {one.author for one in case.contributions} | {one.lead for one in case.actions}
        assert {(key, case.group) for key in (case.referrer, *case.named)} <= sits
        assert writers <= set(case.named)
        assert case.lead is None or case.lead in case.named


def test_the_data_protection_and_archives_officers_are_never_named() -> None:
    apart = {one.key for one in town().members if one.role != "member"}
    assert all(apart.isdisjoint(case.named) for case in town().cases)


def test_a_case_lives_in_a_commune_of_its_group() -> None:
    communes = {group.key: group.communes for group in town().groups}
    assert all(case.commune in communes[case.group] for case in town().cases)


def test_the_days_of_a_case_follow_one_another() -> None:
    for case in town().cases:
        last = case.closed_on or ANCHOR
        written = [one.on for one in case.contributions]
        decided = [one.on for one in case.decisions]
        assert case.fact_on < case.opened_on < ANCHOR
        assert written == sorted(written)
        assert decided == sorted(set(decided))
        assert all(case.opened_on <= day <= last for day in written + decided)


def test_decisions_are_made_on_the_days_of_meetings() -> None:
    meets = {group.key: group.next_meeting_on for group in town().groups}
    for case in town().cases:
        assert all((meets[case.group] - one.on).days % 28 == 0 for one in case.decisions)


def test_a_case_reviewed_or_closed_after_months_was_told_to_the_person_before() -> None:
    for case in town().cases:
        reviewed = [one.on for one in case.decisions if one.code == "continued"]
        if reviewed:
            assert case.informed_on is not None
            assert case.informed_on < reviewed[0]


def test_the_state_agrees_with_the_dates() -> None:
    for case in town().cases:
        assert (case.closure is not None) == (case.state in ENDED)
        assert (case.closed_on is None) == (case.state in LIVING)
        assert (case.question != "") == (case.state is State.QUESTIONED)
    ages = {
        state: {
            ANCHOR - one.closed_on for one in town().cases if one.state is state and one.closed_on
        }
        for state in ENDED
    }
    assert max(ages[State.CLOSED]) < THREE_MONTHS <= min(ages[State.RESTRICTED_DUE])
    assert min(ages[State.ELIMINATION_DUE]) > timedelta(days=3 * 366)


def test_a_late_review_is_more_than_six_months_old() -> None:
    late = [case for case in town().cases if case.state is State.REVIEW_DUE]
    assert late
    for case in late:
        review_on = case.decisions[-1].review_on
        assert review_on is not None
        assert review_on < ANCHOR


def test_an_action_says_what_became_of_it_once_it_is_over() -> None:
    for case in town().cases:
        assert all(bool(one.report) == (one.state != "open") for one in case.actions)


def test_closed_cases_leave_no_action_open_and_some_open_actions_are_late() -> None:
    open_on = [
        (case, one.due_on) for case in town().cases for one in case.actions if one.state == "open"
    ]
    assert all(case.closed_on is None for case, _ in open_on)
    assert any(due_on < ANCHOR for _, due_on in open_on)


def test_brothers_and_sisters_share_a_home_and_nothing_else() -> None:
    homes = Counter(case.subject.address for case in town().cases)
    first, second = town().cases[6], town().cases[7]
    assert max(homes.values()) == 2
    assert first.subject.family == second.subject.family
    assert first.subject.given != second.subject.given


def test_nobody_writes_the_same_thing_twice_in_a_case() -> None:
    for case in town().cases:
        assert len({one.text for one in case.contributions}) == len(case.contributions)


def test_schools_are_closed_in_summer() -> None:
    for case in town().cases:
        if case.fact_on.month in {7, 8}:
            assert case.reason not in {"truancy", "school_conflict"}
        if case.opened_on.month in {7, 8}:
            assert case.origin != "education"
