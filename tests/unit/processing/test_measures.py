"""Measures of security are told as they are: what is off says so, with the risk that it leaves."""

from dataclasses import replace

import pytest

from casework.processing.measures import Facts, lowering, measures_on
from casework.processing.values import Measure, MeasureName, Measures, Risk

BARE = Measures(
    kek="file",
    database="sqlite",
    secure=False,
    idle_minutes=20,
    session_hours=10,
    argon2_memory_mib=64,
    keystore_backup_days=30,
    second_signature=False,
    letters=0,
    time_stamps=False,
    witnesses=0,
    copies=False,
)
NOTHING = Facts(
    charters=0,
    bodies=3,
    by_service=3,
    registrar_elsewhere=False,
    escrow=False,
    asked=0,
    answered=0,
    suspended=0,
    promised_days=14,
)
CHOSEN = {
    MeasureName.NEED_TO_KNOW: replace(NOTHING, charters=1),
    MeasureName.REVIEWS: replace(NOTHING, asked=3, answered=1),
    MeasureName.CUSTODY: replace(NOTHING, by_service=2),
    MeasureName.ESCROW: replace(NOTHING, escrow=True),
    MeasureName.REGISTRAR: replace(NOTHING, registrar_elsewhere=True),
    MeasureName.BACKUPS: replace(NOTHING, promised_days=30),
}
SET = {
    MeasureName.KEK: replace(BARE, kek="pkcs11"),
    MeasureName.TRANSPORT: replace(BARE, secure=True),
    MeasureName.ANCHORS: replace(BARE, witnesses=1),
    MeasureName.SECOND_SIGNATURE: replace(BARE, second_signature=True),
    MeasureName.COPIES: replace(BARE, copies=True),
}


def on(measures: tuple[Measure, ...]) -> set[MeasureName]:
    return {one.name for one in measures if one.on}


def test_what_nobody_chose_is_off_and_what_is_built_in_is_on() -> None:
    assert set(MeasureName) - on(measures_on(BARE, NOTHING)) == CHOSEN.keys() | SET.keys()


@pytest.mark.parametrize("name", CHOSEN)
def test_each_fact_of_the_council_turns_its_own_measure_on(name: MeasureName) -> None:
    bare = on(measures_on(BARE, NOTHING))
    assert on(measures_on(BARE, CHOSEN[name])) - bare == {name}


@pytest.mark.parametrize("name", SET)
def test_each_setting_turns_its_own_measure_on(name: MeasureName) -> None:
    bare = on(measures_on(BARE, NOTHING))
    assert on(measures_on(SET[name], NOTHING)) - bare == {name}


def test_a_body_suspended_for_want_of_an_answer_turns_the_reviews_off() -> None:
    reviewed = replace(NOTHING, asked=3, answered=2, suspended=1)
    assert MeasureName.REVIEWS not in on(measures_on(BARE, reviewed))


def test_each_risk_is_lowered_by_something_and_what_is_on_comes_first() -> None:
    measures = measures_on(BARE, NOTHING)
    for risk in Risk:
        found = lowering(measures, risk)
        assert found
        assert [one.on for one in found] == sorted((one.on for one in found), reverse=True)
    assert {one for measure in measures for one in measure.risks} == set(Risk)
