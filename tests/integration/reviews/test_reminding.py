"""The letter to the coordination: counts and one address of the service, no name of anybody."""

from dataclasses import dataclass, field

import pytest

from casework.errors import Unavailable
from casework.reviews.policy import ANSWER_WITHIN
from casework.reviews.reminding import Reminding
from casework.reviews.values import ReviewState
from tests.rounds import JOB, asked, review_of
from tests.town import Town

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
HERE = "https://casework.example"


@dataclass
class Letterbox:
    """A mail service that keeps what it was given, or is down."""

    letters: list[tuple[str, str]] = field(default_factory=list)
    down: bool = False
    recipients: int = 2

    def send(self, subject: str, text: str) -> str:
        if self.down:
            raise Unavailable("down")
        self.letters.append((subject, text))
        return "<1@example>"


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


def reminding(town: Town, box: Letterbox | None) -> Reminding:
    runtime = town.runtime
    kept = (runtime.reviews.round, runtime.ledger, runtime.stores.main)
    return Reminding(*kept, box, HERE, town.clock)


def test_nothing_to_say_is_no_letter(town: Town, box: Letterbox) -> None:
    reminding(town, box).run(JOB)
    assert box.letters == []


def test_rule_09_a_quarter_is_one_letter_of_counts_without_a_name(
    town: Town, box: Letterbox
) -> None:
    town.clock.advance(days=45)
    reminding(town, box).run(JOB)
    town.clock.advance(days=1)
    reminding(town, box).run(JOB)
    ((subject, text),) = box.letters
    assert f"est demandée : {len(town.bodies)}" in text
    assert f"{HERE}/revue/organismes" in text
    for name in ("Invention", "Membre", "Organisme inventé", "Groupe"):
        assert name not in subject + text


def test_a_suspension_is_told_the_day_it_happens(town: Town, box: Letterbox) -> None:
    asked(town)
    town.clock.advance(days=ANSWER_WITHIN.days + 1)
    reminding(town, box).run(JOB)
    assert f"suspendus faute de réponse : {len(town.bodies)}" in box.letters[0][1]


@pytest.mark.parametrize(("before", "told"), [(8, False), (7, True), (6, False), (0, True)])
def test_what_ends_is_told_a_week_before_and_on_its_day(
    town: Town, box: Letterbox, before: int, *, told: bool
) -> None:
    town.clock.advance(days=300 - before)
    reminding(town, box).run(JOB)
    line = f"mandats qui prennent fin aujourd’hui ou dans sept jours : {len(town.bodies)}"
    assert (line in box.letters[0][1]) is told


def test_without_a_mail_service_the_pass_is_done_all_the_same(town: Town) -> None:
    town.clock.advance(days=45)
    assert reminding(town, None).run(JOB).asked == len(town.bodies)


def test_a_mail_service_that_is_down_undoes_nothing_and_is_given_the_same_letter_later(
    town: Town, box: Letterbox
) -> None:
    town.clock.advance(days=45)
    box.down = True
    with pytest.raises(Unavailable):
        reminding(town, box).run(JOB)
    assert review_of(town, "school").state is ReviewState.OPEN
    box.down = False
    reminding(town, box).run(JOB)
    assert f"est demandée : {len(town.bodies)}" in box.letters[0][1]
