"""What a text would change is counted exactly, whatever people and cases there are."""

from collections import defaultdict
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.charters.charter import Charter
from casework.charters.comparing import Tie, Turn, engaged
from casework.charters.decision import decide
from casework.charters.effects import Effects, LiveGroup, Seated, unbound
from casework.charters.facts import BIT, CaseFacts, Fact
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CASE_ACTS, CharterAct, CompartmentClass, PartnerCategory
from tests.unit.charters.gsn import gsn
from tests.unit.charters.test_comparing import changed

A, C, P = CharterAct, CompartmentClass, PartnerCategory
NO_REPORT = (
    'acts = ["report"]\nlevel = "write"\nwhen = "own_action"',
    'acts = ["report"]\nlevel = "write"\nwhen = "own_action and followed"',
)
NO_SHEET = (
    'recipients = ["lead"]\nacts = ["read"]\nclasses = ["identity", "sheet", "attachments"]',
    'recipients = ["lead"]\nacts = ["read"]\nclasses = ["identity", "attachments"]',
)
NO_SHEET_BY_NAME = (
    'recipients = ["named"]\nacts = ["read"]\nclasses = ["identity", "sheet", "attachments"]',
    'recipients = ["named"]\nacts = ["read"]\nclasses = ["identity", "attachments"]',
)
SCHOOL, POLICE, TOWN = (UUID(int=n) for n in (1, 2, 3))
STATES = (
    frozenset({Fact.IN_TERRITORY}),
    frozenset({Fact.IN_TERRITORY, Fact.FOLLOWED}),
    frozenset({Fact.IN_TERRITORY, Fact.RESTRICTED}),
    frozenset({Fact.IN_TERRITORY, Fact.FOLLOWED, Fact.ON_AGENDA}),
    frozenset({Fact.FOLLOWED}),
)


def alike(states: list[frozenset[Fact]]) -> dict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for number, one in enumerate(states):
        found[sum(BIT[fact] for fact in one)] |= 1 << number
    return dict(found)


def group(states: list[frozenset[Fact]], *seated: Seated, admitted: int = -1) -> LiveGroup:
    every = (1 << len(states)) - 1
    bodies = {one.body_id: every & admitted for one in seated}
    return LiveGroup("Groupe inventé", len(states), alike(states), bodies, {}, seated)


def member(named: int = 0, lead: int = 0, body: UUID = SCHOOL) -> Seated:
    return Seated(body, engaged(P.EDUCATION), named=named, lead=lead)


def test_a_right_lost_is_counted_over_the_cases_it_was_used_on() -> None:
    states = [STATES[1]] * 4 + [STATES[2]]
    seats = (member(named=0b00011), member(named=0b00110), member(named=0b10000, body=POLICE))
    effects = Effects(gsn(), changed(NO_SHEET, NO_SHEET_BY_NAME)).of(group(states, *seats))
    (lost,) = [one for one in effects if one.body_id == SCHOOL]
    assert (lost.change.turn, lost.tie) == (Turn.CLOSED, Tie.NAMED)
    assert lost.wanted == (Wanted(A.READ, C.SHEET),)
    assert (lost.cases, lost.running, lost.people) == (3, 3, 2)
    assert lost.grave
    assert not [one for one in effects if one.body_id == POLICE]


def test_a_body_that_is_not_admitted_loses_nothing() -> None:
    seats = (member(named=0b11),)
    effects = Effects(gsn(), changed(NO_SHEET, NO_SHEET_BY_NAME))
    assert effects.of(group([STATES[1]] * 2, *seats, admitted=0)) == []


def test_who_has_not_signed_is_told_with_their_cases() -> None:
    seats = (member(named=1), member(named=1), member(body=POLICE), member(body=TOWN))
    here = group([STATES[1]] * 5, *seats, admitted=0b111)
    categories = {SCHOOL: P.EDUCATION, POLICE: P.NATIONAL_POLICE, TOWN: P.ARCHIVES}
    found = unbound(here, gsn(), frozenset({POLICE}), categories)
    told = {one.body_id: (one.asked, one.people, one.cases) for one in found}
    assert told == {SCHOOL: (True, 2, 3), TOWN: (False, 1, 3)}


@st.composite
def groups(draw: st.DrawFn) -> LiveGroup:
    states = draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=6))
    cases = st.integers(0, (1 << len(states)) - 1)
    seated = [
        Seated(
            draw(st.sampled_from((SCHOOL, POLICE))),
            engaged(draw(st.sampled_from((P.EDUCATION, P.STREET_WORK, P.PROSECUTOR))),
                    coordinator=draw(st.booleans())),
            draw(cases), draw(cases), draw(cases),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    bodies = {one: draw(cases) for one in (SCHOOL, POLICE)}
    own = {one: draw(cases) for one in (SCHOOL, POLICE)}
    return LiveGroup("Groupe inventé", len(states), alike(states), bodies, own, tuple(seated))


@settings(max_examples=40, deadline=None)
@given(here=groups())
def test_counting_alike_facts_is_counting_person_by_person_and_case_by_case(
    here: LiveGroup,
) -> None:
    before, after = gsn(), changed(NO_SHEET, NO_REPORT)
    counted: defaultdict[tuple[UUID, Wanted], int] = defaultdict(int)
    for one in Effects(before, after).of(here):
        if one.cases is not None and one.change.turn is Turn.CLOSED:
            for wanted in one.wanted:
                counted[one.body_id, wanted] += one.cases
    slow: defaultdict[tuple[UUID, Wanted, Tie], set[int]] = defaultdict(set)
    for seat in here.seated:
        for number in range(here.size):
            facts = facts_between(here, seat, number)
            for wanted in (each for each in before.gates if each.act in CASE_ACTS):
                if may(before, seat, wanted, facts) and not may(after, seat, wanted, facts):
                    slow[seat.body_id, wanted, tie(seat, facts)].add(number)
    summed: defaultdict[tuple[UUID, Wanted], int] = defaultdict(int)
    for (body, wanted, _), cases in slow.items():
        summed[body, wanted] += len(cases)
    assert counted == summed


def facts_between(here: LiveGroup, seat: Seated, number: int) -> CaseFacts:
    bit = 1 << number
    state = next(bits for bits, cases in here.alike.items() if cases & bit)
    truths = {fact.value: bool(state & BIT[fact]) for fact in
              (Fact.IN_TERRITORY, Fact.FOLLOWED, Fact.RESTRICTED, Fact.ON_AGENDA)}  # fmt: skip
    return CaseFacts(
        admitted=bool(here.admitted[seat.body_id] & bit),
        own_commune=bool(here.own_commune[seat.body_id] & bit),
        named=bool(seat.named & bit),
        lead=bool(seat.lead & bit),
        referrer=bool(seat.referrer & bit),
        own_service=True,
        own_action=True,
        **truths,
    )


def may(charter: Charter, seat: Seated, wanted: Wanted, facts: CaseFacts) -> bool:
    return decide(charter, seat.standing, wanted, facts).allowed


def tie(seat: Seated, facts: CaseFacts) -> Tie:
    if seat.standing.coordinator:
        return Tie.COORDINATOR
    held = ((facts.lead, Tie.LEAD), (facts.named, Tie.NAMED), (facts.referrer, Tie.REFERRER))
    return next((one for true, one in held if true), Tie.MEMBER)
