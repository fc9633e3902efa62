"""What a letter takes over from the case: the summons that stands, the facts, the support."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from casework.cases.procedures.steps import CaseState, Step
from casework.charters.charter import Charter
from casework.charters.loading import load
from casework.charters.vocabulary import CaseKind, ListName
from casework.errors import StepRefused
from casework.keys.values import Withheld
from casework.letters.fields import LetterField as F
from casework.letters.hours import parted, said_hour
from casework.letters.kinds import LetterKind
from casework.letters.policy import called_for
from casework.letters.taking_over import taken_over

CHARTERS = Path(__file__).parents[3] / "config/charters"
TODAY = date(2026, 11, 28)
SHUT = Withheld("no-key")
SUMMONS = {"hearing_on": "2026-12-07", "hour": "17:30", "place": "mairie inventée"}
AGREED = {"agreed_on": "2026-06-01", "commitments": "attends_school,gone_from_the_list"}


@pytest.fixture(scope="module")
def charter() -> Charter:
    return load((CHARTERS / "cddf.toml").read_text(encoding="utf-8"))


def file_of(state: CaseState = CaseState.SUMMONED, *steps: tuple[Step, Any], **more: Any) -> Any:
    fact, day = more.get("fact", "Un dépôt inventé. "), more.get("fact_on", "2026-11-03")
    head = SimpleNamespace(
        state=state, kind=more.get("kind", CaseKind.REMINDER),
        ceiling_on=more.get("ceiling_on", date(2035, 4, 1)),
    )  # fmt: skip
    return cast(
        "Any",
        SimpleNamespace(
            head=head,
            subject=SimpleNamespace(birth_date=more.get("birth", "")),
            referral=SimpleNamespace(fact=fact, fact_on=day),
            steps=[SimpleNamespace(step=step, answers=said) for step, said in steps],
        ),
    )


def test_a_summons_that_stands_gives_its_day_its_hour_and_its_place(charter: Charter) -> None:
    older = {**SUMMONS, "hearing_on": "2026-11-10"}
    file = file_of(CaseState.SUMMONED, (Step.SUMMON, older), (Step.SUMMON, SUMMONS))
    found = taken_over(file, charter, TODAY)
    assert (found[F.DAY], found[F.HOUR]) == ("07/12/2026", "17\u00a0h\u00a030")
    assert found[F.VENUE] == "mairie inventée"


def test_a_hearing_that_is_over_gives_the_next_letter_no_day(charter: Charter) -> None:
    file = file_of(CaseState.CLEARED, (Step.SUMMON, SUMMONS), (Step.MISS, {}))
    assert F.DAY not in taken_over(file, charter, TODAY)


def test_the_facts_are_those_of_the_report_on_one_line(charter: Charter) -> None:
    found = taken_over(file_of(fact="Du bruit,\ntrois soirs."), charter, TODAY)
    assert (found[F.FACTS], found[F.FACTS_ON]) == ("Du bruit, trois soirs.", "03/11/2026")


def test_the_support_gives_its_period_and_its_commitments_in_words(charter: Charter) -> None:
    found = taken_over(file_of(CaseState.FOLLOWED, (Step.AGREE, AGREED)), charter, TODAY)
    assert found[F.PERIOD] == "du 1er juin 2026 au 28 novembre 2026"
    assert found[F.COMMITMENTS] == charter.label(ListName.COMMITMENTS, "attends_school")


def test_a_part_that_stays_shut_gives_nothing(charter: Charter) -> None:
    steps = ((Step.SUMMON, SHUT), (Step.AGREE, SHUT))
    file = file_of(CaseState.SUMMONED, *steps, fact=SHUT, fact_on=SHUT)
    assert not any(taken_over(file, charter, TODAY).values())


@pytest.mark.parametrize(
    ("told", "hour", "place"),
    [
        ("17 h 30, mairie inventée", "17\u00a0h\u00a030", "mairie inventée"),
        ("9h, salle A, premier étage", "9\u00a0h", "salle A, premier étage"),
        ("mairie inventée, salle 2", "", "mairie inventée, salle 2"),
        ("25 h, mairie inventée", "", "25 h, mairie inventée"),
    ],
)
def test_an_hour_before_a_place_is_told_apart_only_when_it_is_clear(
    told: str, hour: str, place: str
) -> None:
    assert parted(told) == (hour, place)


def test_what_is_no_hour_of_a_day_is_none() -> None:
    assert said_hour("vers midi") is None


@pytest.mark.parametrize(
    ("birth", "called"),
    [
        ("2010-05-17", LetterKind.SUMMONS_MINOR),
        ("2008-11-28", LetterKind.SUMMONS_ADULT),
        ("", LetterKind.SUMMONS_MINOR),
        (SHUT, LetterKind.SUMMONS_MINOR),
    ],
)
def test_a_summons_calls_for_the_letter_of_a_minor_when_in_doubt(
    birth: Any, called: LetterKind
) -> None:
    assert called_for(file_of(birth=birth), TODAY) is called


def test_a_family_that_is_convened_is_invited() -> None:
    family = file_of(kind=CaseKind.FAMILY_COUNCIL)
    assert called_for(family, TODAY) is LetterKind.INVITATION_FAMILY


def test_nobody_summoned_calls_for_no_letter() -> None:
    with pytest.raises(StepRefused, match="letter-uncalled"):
        called_for(file_of(CaseState.CLEARED), TODAY)
