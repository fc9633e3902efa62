"""Writes the cases of a world, one at a time: the case of an index needs no other case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casework.demo import stories
from casework.demo.circle import Circle, circle, origin_for
from casework.demo.course import Course, course, state_of, working
from casework.demo.draw import Draw
from casework.demo.people import OF_AGE, Youth, age_on, birth_date, household, youth
from casework.demo.seating import group_weights
from casework.demo.shapes import Action, Case, Contribution, State, World
from casework.demo.tables import Table, Urn, table

_SIBLINGS: Final = (20, 7)  # the eighth case of every twenty is a brother or a sister
_OVERDUE: Final = 12  # days by which the oldest open action is late
_AHEAD: Final = 45
# Why the person is told after the referral and not before; the first stands for most.
_DELAYS: Final = {
    True: (*["given_in_person"] * 9, "representatives_unreachable", "address_unknown", "danger"),
    False: (*["given_in_person"] * 7, "address_unknown", "procedure_under_way"),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What every part of a case has to agree with."""

    youth: Youth
    age: int
    went: Course
    circle: Circle
    anchor: date


class Casebook:
    """All the cases of an outline, written when asked for."""

    def __init__(self, outline: World) -> None:
        """Prepare the tables of the groups."""
        self._seed = outline.seed
        self._anchor = outline.anchor
        tables = [table(group, outline) for group in outline.groups]
        self._tables = Urn(tables, group_weights(outline.size))

    def write(self, index: int) -> Case:
        """Return the case of `index`."""
        every, turn = _SIBLINGS
        number = index - 1 if index % every == turn else index
        home_draw = Draw(self._seed, "household", number)
        seated = self._tables.draw(home_draw)
        commune = seated.communes.draw(home_draw)
        home = household(number, commune, home_draw)
        draw = Draw(self._seed, "case", index)
        went = course(state_of(index), self._anchor, seated.group.next_meeting_on, draw)
        born = birth_date(
            went.opened_on, went.closed_on if went.closure == "age_limit" else None, draw
        )
        young = youth(home, born, self._anchor, seated.schools, draw)
        age = age_on(born, went.opened_on)
        origin = origin_for(seated, age, went.opened_on, draw)
        around = circle(seated, origin, went, age, draw)
        telling = Telling(young, age, went, around, self._anchor)
        return _case(f"case-{index + 1:07}", (seated, commune.insee), origin, telling, draw)


def _case(key: str, where: tuple[Table, str], origin: str, telling: Telling, draw: Draw) -> Case:
    young, went, around = telling.youth, telling.went, telling.circle
    fact_on = went.opened_on - timedelta(days=draw.between(2, 30))
    reason = draw.pick(stories.fitting_reasons(origin, telling.age, fact_on))
    return Case(
        key=key,
        group=where[0].group.key,
        commune=where[1],
        subject=young.person,
        reason=reason,
        fact=stories.fact(reason, young, draw),
        fact_on=fact_on,
        delay_reason=draw.pick(_DELAYS[telling.age < OF_AGE]),
        origin=origin,
        reporter=stories.reporter(origin, draw),
        reporter_words=stories.reporter_words(origin, young, draw),
        referrer=around.referrer.key,
        state=went.state,
        question=stories.question(young, draw) if went.state is State.QUESTIONED else "",
        named=tuple(one.member.key for one in around.named),
        lead=around.lead.key if around.lead else None,
        contributions=tuple(_contributions(telling, draw)),
        actions=tuple(_actions(telling, draw)),
        decisions=went.decisions,
        opened_on=went.opened_on,
        closed_on=went.closed_on,
        closure=went.closure,
        informed_on=went.informed_on,
    )


def _contributions(telling: Telling, draw: Draw) -> Iterator[Contribution]:
    """Yield what the named members wrote, in the order of its dates."""
    named, went = telling.circle.named, telling.went
    if not named or went.state is State.NOT_KEPT:
        return
    count = draw.between(1, 2) if went.kept_on is None else draw.between(2, 5)
    span = (went.last_day(telling.anchor) - went.opened_on).days
    notes = {
        one.category: stories.contributions(one.category, telling.youth, draw) for one in named
    }
    for offset in sorted(draw.between(1, span) for _ in range(count)):
        day = working(went.opened_on + timedelta(days=offset))
        author = draw.pick(telling.circle.present(day))
        text = next(notes[author.category], None)
        if text is not None:
            audience = "private" if draw.chance(25) else "shared"
            yield Contribution(author.member.key, day, text, audience)


def _actions(telling: Telling, draw: Draw) -> Iterator[Action]:
    """Yield what was undertaken once the group followed the case."""
    if telling.went.kept_on is None:
        return
    able = [
        (kind, members)
        for kind in stories.fitting_actions(telling.age)
        if (members := telling.circle.of(stories.categories_for(kind)))
    ]
    for kind, members in draw.some(able, draw.between(1, 4)):
        state, due_on = _progress(telling, telling.went.kept_on, draw)
        detail = stories.detail(kind, telling.youth, draw)
        report = stories.report(state, telling.youth, draw)
        yield Action(kind, detail, draw.pick(members).key, due_on, state, report)


def _progress(telling: Telling, kept_on: date, draw: Draw) -> tuple[str, date]:
    """Return the state of an action and its due date; a closed case leaves none open."""
    if telling.went.closed_on is None and draw.chance(55):
        ahead = draw.between(-_OVERDUE, _AHEAD)
        return "open", working(telling.anchor + timedelta(days=ahead))
    span = (telling.went.last_day(telling.anchor) - kept_on).days
    due_on = working(kept_on + timedelta(days=draw.between(1, span)))
    return ("impossible" if draw.chance(12) else "done"), due_on
