"""The engine of procedures: from a state, by a step, to a state, or a refusal that says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from casework.audit.actions import Act
from casework.cases.procedures.steps import CaseState, Guard, Standing, Step
from casework.charters.charter import Charter
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import (
    CLASSES_OF_ACT,
    CharterAct,
    CompartmentClass,
    ListName,
    PartnerCategory,
)
from casework.charters.walls import CONFIDED
from casework.errors import StepRefused


class FieldKind(StrEnum):
    """What is asked for."""

    DAY = "day"
    CODE = "code"
    CODES = "codes"
    YES_NO = "yes_no"
    LINE = "line"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that a step records. Codes are of a closed `list` of the charter, or `choices`.

    A day has come already, unless it is `coming`; one that is `free` may be either, and leans that
    way. One that is of a `minor` alone is not asked about anybody else.
    """

    name: str
    kind: FieldKind
    list: ListName | None = None
    choices: tuple[str, ...] = ()
    required: bool = True
    coming: bool = False
    minor: bool = False
    free: bool = False


Answers = Mapping[str, str]
"""What was answered, by field: days as YYYY-MM-DD, several codes joined by commas, yes or no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """How a step is taken: what the charter must allow, what is asked, what is recorded and where.

    `awaits` gives the day by which the step after it is awaited. `asks` is the sort of body of
    which somebody is named to take the step after it; a step that only they take is `own`, and
    their naming ends with it, as with one that `releases` whoever was last asked: a member, or a
    whole body; `by_post` when nobody needs to be named. `closes` is the closure reason that the
    procedure writes itself, `tally` what is counted when nothing is kept, `reviews` says that a new
    review is set.

    `opens` are guards that need no answer: until they hold the step is not offered. A step taken
    `beside` the course, which moves nothing, leaves what is awaited as it is. `informs` names the
    day on which it informs the persons. `within` gives the working days in which the step after it
    is awaited.

    `addresses` are the sorts of body of which a whole one is addressed, every member who sits for
    it named. What is taken `at_any_time` can be taken of a closed case: it shows and keeps nothing.
    """

    act: CharterAct
    recorded: Act
    fields: tuple[Field, ...] = ()
    guards: tuple[Guard, ...] = ()
    part: CompartmentClass = CompartmentClass.SHEET
    awaits: Callable[[Charter, date, Answers], date | None] | None = None
    asks: PartnerCategory | None = None
    own: bool = False
    closes: str = ""
    tally: str = ""
    reviews: bool = False
    opens: tuple[Guard, ...] = ()
    beside: bool = False
    informs: str = ""
    by_post: bool = False
    releases: bool = False
    within: Callable[[Charter], int] | None = None
    addresses: frozenset[PartnerCategory] = frozenset()
    at_any_time: bool = False

    @property
    def wanted(self) -> Wanted:
        """What the charter is asked: with its class, where the act names one."""
        return Wanted(self.act, self.part) if self.act in CLASSES_OF_ACT else Wanted(self.act)

    @property
    def apart(self) -> bool:
        """Whether it is taken and told on a page of its own: others must not learn of it."""
        return self.part in CONFIDED

    def asked_of(self, *, minor: bool) -> tuple[Field, ...]:
        """Return what is asked: some fields are of a minor alone."""
        return tuple(one for one in self.fields if minor or not one.minor)


@dataclass(frozen=True, slots=True)
class Procedure:
    """The steps of one kind of case: where each leads, the guards before it, what it records.

    `led` when a case that is kept owes somebody to lead it; `swept` are steps that only time takes.
    """

    moves: Mapping[tuple[CaseState, Step], CaseState]
    guards: Mapping[Step, tuple[Guard, ...]] = field(default_factory=dict)
    rules: Mapping[Step, StepRule] = field(default_factory=dict)
    led: bool = True
    swept: frozenset[Step] = frozenset()

    def take(self, step: Step, standing: Standing) -> CaseState:
        """Return the next state. Raises `StepRefused` with the reason and its source."""
        arrived = self.moves.get((standing.state, step))
        if arrived is None:
            raise StepRefused("impossible-now")
        for guard in self.before(step):
            if not guard.holds(standing):
                raise StepRefused(guard.reason, guard.source)
        return arrived

    def check_plain(self, step: Step) -> None:
        """Raise `StepRefused` for a step that has its own form, or that only time takes."""
        if step in self.swept:
            raise StepRefused("time-alone")
        if step in self.rules:
            raise StepRefused("form-of-its-own")

    def before(self, step: Step) -> tuple[Guard, ...]:
        """Return the guards of a step, in the order in which they are asked."""
        rule = self.rules.get(step)
        return self.guards.get(step, ()) + (rule.opens + rule.guards if rule else ())

    def open_steps(self, standing: Standing) -> frozenset[Step]:
        """Return the steps that can be taken now."""
        return frozenset(
            step
            for (state, step) in self.moves
            if state is standing.state and all(guard.holds(standing) for guard in self.before(step))
        )

    def next_steps(self, standing: Standing) -> tuple[Step, ...]:
        """Return the recorded steps that lead on from here, in the order of the procedure.

        What is answered on their form is not known yet: its guards are asked when they are taken.
        """
        return tuple(
            step
            for step, rule in self.rules.items()
            if (standing.state, step) in self.moves
            and all(guard.holds(standing) for guard in rule.opens)
        )

    def blocking(self, step: Step, standing: Standing) -> Guard | None:
        """Return what a step waits for before it is offered, the first of it."""
        return next((one for one in self.rules[step].opens if not one.holds(standing)), None)

    @property
    def own_closures(self) -> frozenset[str]:
        """The closure reasons that a step writes itself: nobody picks them from a list."""
        return frozenset(rule.closes for rule in self.rules.values() if rule.closes)
