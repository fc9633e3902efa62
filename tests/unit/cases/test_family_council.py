"""The procedure of a family council: what opens each step, what refuses it, and in which words."""

from dataclasses import replace
from datetime import date

import flask_babel  # type: ignore[import-untyped]  # it ships no types
import pytest
from flask import Flask

from casework.cases.pages.views.words import STEPS_REFUSED
from casework.cases.procedures.family_council import FAMILY_COUNCIL, NOTIFICATIONS
from casework.cases.procedures.steps import CaseState, Standing, Step
from casework.errors import StepRefused

TODAY = date(2026, 11, 23)
FOLLOWED = Standing(state=CaseState.FOLLOWED, today=TODAY, informed=True, minor=True)
SUMMONED = replace(FOLLOWED, state=CaseState.SUMMONED)
REFERRED = replace(FOLLOWED, state=CaseState.REFERRED)
ELIGIBLE = {"resident": "yes", "assistance": "no", "contract": "no"}
HEARD = frozenset({Step.HEAR})
PROPOSED = HEARD | {Step.PROPOSE}
ASKED = PROPOSED | {Step.CONSULT}
ANSWERED = ASKED | {Step.ADVISE}
AGREED = ANSWERED | {Step.AGREE}
NOTIFIED = AGREED | set(NOTIFICATIONS)


def after(passed: frozenset[Step], **answers: str) -> Standing:
    return replace(FOLLOWED, passed=passed, answers=answers)


def refused(step: Step, standing: Standing) -> tuple[str, str | None]:
    with pytest.raises(StepRefused) as caught:
        FAMILY_COUNCIL.take(step, standing)
    return caught.value.reason, caught.value.source


REFUSALS = [
    (Step.ACCEPT, replace(REFERRED, answers={**ELIGIBLE, "resident": "no"}), "family-elsewhere"),
    (
        Step.ACCEPT,
        replace(REFERRED, answers={**ELIGIBLE, "assistance": "yes"}),
        "educative-assistance",
    ),
    (Step.ACCEPT, replace(REFERRED, answers={**ELIGIBLE, "contract": "yes"}), "parental-contract"),
    (Step.ACCEPT, REFERRED, "family-elsewhere"),
    (Step.SUMMON, replace(FOLLOWED, minor=False), "no-minor"),
    (
        Step.SUMMON,
        replace(FOLLOWED, answers={"invited": "guardian,child", "conflict": "yes"}),
        "representative-in-conflict",
    ),
    (
        Step.SUMMON,
        replace(FOLLOWED, answers={"invited": "parent,child", "conflict": "yes"}),
        "representative-in-conflict",
    ),
    (
        Step.SUMMON,
        replace(FOLLOWED, answers={"invited": "guardian,other_representative", "conflict": "yes"}),
        "representative-in-conflict",
    ),
    (Step.HEAR, replace(SUMMONED, awaited_on=date(2026, 11, 24)), "hearing-not-due"),
    (Step.MISS, replace(SUMMONED, awaited_on=date(2026, 11, 24)), "hearing-not-due"),
    (Step.TELL, after(frozenset()), "hearing-first"),
    (Step.PROPOSE, after(frozenset()), "hearing-first"),
    (Step.PROPOSE, replace(after(HEARD, **ELIGIBLE), minor=False), "no-minor"),
    (
        Step.PROPOSE,
        after(HEARD, assistance="yes", contract="no"),
        "support-educative-assistance",
    ),
    (Step.PROPOSE, after(HEARD, assistance="no", contract="yes"), "parental-contract"),
    (Step.PROPOSE, after(PROPOSED, assistance="no", contract="no"), "already-recorded"),
    (Step.CONSULT, after(HEARD), "proposal-first"),
    (Step.ADVISE, after(PROPOSED), "opinion-not-asked"),
    (Step.LODGE, after(PROPOSED), "opinion-not-asked"),
    (Step.LODGE, after(ANSWERED), "already-recorded"),
    (
        Step.LODGE,
        replace(after(ASKED, opinion="none"), awaited_on=TODAY),
        "opinion-day-to-come",
    ),
    (Step.NOTIFY_PREFECT, after(HEARD), "proposal-first"),
    (Step.NOTIFY_PREFECT, after(NOTIFIED), "already-recorded"),
    (Step.AGREE, after(PROPOSED), "opinion-not-asked"),
    (Step.AGREE, after(ASKED), "opinion-awaited"),
    (Step.DECLINE, after(HEARD), "proposal-first"),
    (Step.MEET, after(ANSWERED), "agreement-first"),
    (Step.MEET, after(NOTIFIED - {Step.NOTIFY_BENEFITS}), "notifications-due"),
    (Step.CERTIFY, after(NOTIFIED - {Step.NOTIFY_SCHOOL}), "notifications-due"),
    (Step.CERTIFY, after(NOTIFIED, undertaking="no"), "undertaking-due"),
]


@pytest.mark.parametrize(("step", "standing", "reason"), REFUSALS)
def test_a_step_is_refused_with_its_reason_and_the_rule_it_comes_from(
    step: Step, standing: Standing, reason: str
) -> None:
    said, source = refused(step, standing)
    assert said == reason
    assert source


def test_every_refusal_is_said_in_words_of_its_own() -> None:
    app = Flask(__name__)
    flask_babel.Babel(app)
    with app.test_request_context():
        words = {reason: str(STEPS_REFUSED[reason]) for _, _, reason in REFUSALS}
    assert len(set(words.values())) == len(words)
    assert all(len(one) > len("Cette étape est déjà") for one in words.values())


@pytest.mark.parametrize(
    ("step", "standing", "arrived"),
    [
        (Step.ACCEPT, replace(REFERRED, answers=ELIGIBLE), CaseState.ACCEPTED),
        (
            Step.SUMMON,
            replace(FOLLOWED, answers={"invited": "parent", "conflict": "no"}),
            CaseState.SUMMONED,
        ),
        (
            Step.SUMMON,
            replace(FOLLOWED, answers={"invited": "other_representative", "conflict": "yes"}),
            CaseState.SUMMONED,
        ),
        (Step.HEAR, replace(SUMMONED, awaited_on=TODAY), CaseState.FOLLOWED),
        (Step.MISS, replace(SUMMONED, awaited_on=TODAY), CaseState.FOLLOWED),
        (Step.PROPOSE, after(HEARD, assistance="no", contract="no"), CaseState.FOLLOWED),
        (Step.LODGE, replace(after(ASKED, opinion="none"), awaited_on=date(2026, 11, 22)),
         CaseState.FOLLOWED),
        (Step.AGREE, after(ASKED | {Step.LODGE}), CaseState.FOLLOWED),
        (Step.AGREE, after(ANSWERED | {Step.DECLINE}), CaseState.FOLLOWED),
        (Step.CERTIFY, after(NOTIFIED, undertaking="yes"), CaseState.CLOSED),
    ],
)  # fmt: skip
def test_a_step_leads_on_when_all_it_asks_is_there(
    step: Step, standing: Standing, arrived: CaseState
) -> None:
    assert FAMILY_COUNCIL.take(step, standing) is arrived


def test_only_what_can_be_done_now_is_offered() -> None:
    assert FAMILY_COUNCIL.next_steps(FOLLOWED) == (Step.SUMMON, Step.SIGNAL)
    assert set(FAMILY_COUNCIL.next_steps(after(PROPOSED))) == {
        *NOTIFICATIONS, Step.SUMMON, Step.TELL, Step.CONSULT, Step.DECLINE, Step.SIGNAL
    }  # fmt: skip
    assert Step.CERTIFY not in FAMILY_COUNCIL.next_steps(after(AGREED))
    assert Step.CERTIFY in FAMILY_COUNCIL.next_steps(after(NOTIFIED))


def test_what_a_step_waits_for_is_named() -> None:
    waits = FAMILY_COUNCIL.blocking(Step.CERTIFY, after(AGREED))
    assert waits is not None
    assert (waits.reason, waits.source) == ("notifications-due", "CASF, L. 141-2")
    assert FAMILY_COUNCIL.blocking(Step.CERTIFY, after(NOTIFIED)) is None


def test_an_expected_family_is_heard_or_missed() -> None:
    expected = replace(SUMMONED, awaited_on=TODAY)
    assert FAMILY_COUNCIL.next_steps(expected) == (Step.HEAR, Step.MISS, Step.SIGNAL)


def test_rule_16_no_review_passes_before_the_family_is_informed() -> None:
    assert refused(Step.MAINTAIN, replace(FOLLOWED, informed=False))[0] == "information-due"
    assert FAMILY_COUNCIL.take(Step.MAINTAIN, FOLLOWED) is CaseState.FOLLOWED


def test_rule_18_support_asks_again_for_educative_assistance_and_waits_for_all_five() -> None:
    ordered = after(HEARD, assistance="yes", contract="no")
    assert refused(Step.PROPOSE, ordered) == ("support-educative-assistance", "CASF, L. 141-2")
    five = (Step.ADVISE, *NOTIFICATIONS)
    for missing in five:
        begun = NOTIFIED - {missing}
        step = Step.AGREE if missing is Step.ADVISE else Step.CERTIFY
        waits = FAMILY_COUNCIL.blocking(
            step, after(begun - {Step.AGREE} if step is Step.AGREE else begun)
        )
        assert waits is not None, missing
