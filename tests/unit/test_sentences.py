"""Sentences of code that knows no language."""

import flask_babel  # type: ignore[import-untyped]  # it ships no types

from casework.errors import InvalidInput
from casework.i18n import shown
from casework.sentences import N_
from casework.web.forms import told
from tests.unit.web.house import House

TOO_LONG = N_("%(most)d caractères au plus.", most=60)


def test_a_sentence_reads_as_french_with_its_values() -> None:
    assert TOO_LONG == "60 caractères au plus."
    assert f"{N_('Cette date est déjà passée.')}" == "Cette date est déjà passée."


def test_a_sentence_without_values_may_hold_a_percent_sign() -> None:
    assert N_("Trop : 100 %") == "Trop : 100 %"


def test_a_sentence_is_shown_in_the_language_of_the_answer() -> None:
    app = House().app
    with app.test_request_context():
        assert shown(TOO_LONG) == "60 caractères au plus."
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert shown(TOO_LONG) == "60 characters at most."


def test_words_already_in_the_reader_s_language_are_left_alone() -> None:
    with House().app.test_request_context(), flask_babel.force_locale("en"):
        assert shown("duty, meeting") == "duty, meeting"
        assert told(InvalidInput({"text": [TOO_LONG, "Too bad."]})) == {
            "text": ["60 characters at most.", "Too bad."]
        }
