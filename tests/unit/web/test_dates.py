from datetime import UTC, date, datetime

import flask_babel  # type: ignore[import-untyped]  # it ships no types
import pytest

from casework.web import dates
from tests.unit.web.house import House

LATE_EVENING = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "value", "words"),
    [
        (dates.day, date(2026, 11, 5), "5 nov."),
        (dates.day, date(2026, 12, 1), "1er déc."),
        (dates.day, date(2025, 11, 5), "5 nov. 2025"),
        (dates.near_day, date(2026, 11, 22), "aujourd’hui"),
        (dates.near_day, date(2026, 11, 21), "hier"),
        (dates.near_day, date(2026, 11, 23), "demain"),
        (dates.near_day, LATE_EVENING, "aujourd’hui"),
        (dates.long_day, date(2026, 11, 3), "3 novembre 2026"),
        (dates.long_day, date(2026, 8, 1), "1er août 2026"),
        (dates.hour, datetime(2026, 11, 22, 13, 5, tzinfo=UTC), "14\u00a0h\u00a005"),
        (dates.hour, datetime(2026, 7, 22, 13, 5, tzinfo=UTC), "15\u00a0h\u00a005"),
        (dates.moment, LATE_EVENING, "aujourd’hui, 0\u00a0h\u00a030"),
    ],
)
def test_a_date_is_said_as_people_say_it(rule: object, value: object, words: str) -> None:
    with House().app.test_request_context():
        assert rule(value) == words  # type: ignore[operator]  # every rule is a function


@pytest.mark.parametrize(
    ("day", "kind", "words"),
    [
        (10, "late", "En retard de 12 jours"),
        (21, "late", "En retard d’un jour"),
        (22, "soon", "Aujourd’hui"),
        (23, "soon", "Demain"),
        (28, "soon", "Dans 6 jours"),
        (29, "neutral", "29 nov."),
    ],
)
def test_a_due_date_says_how_it_stands(day: int, kind: str, words: str) -> None:
    with House().app.test_request_context():
        assert dates.due(date(2026, 11, day)) == dates.Due(kind, words)


def test_hours_are_said_in_english_too() -> None:
    with House().app.test_request_context(), flask_babel.force_locale("en"):
        assert dates.hour(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "14:05"
