"""Languages: French is the source of every message, English is offered to those who ask for it."""

from pathlib import Path
from typing import Any

import flask_babel  # type: ignore[import-untyped]  # it ships no types; this module gives them
from flask import Flask, has_request_context, request

from casework.sentences import Sentence

TRANSLATIONS = Path(__file__).parent / "web" / "translations"
# A language is offered once its catalogue is compiled: a page never claims one it does not speak.
CATALOGUES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo"))
LANGUAGES = ("fr", *(catalogue.parts[-3] for catalogue in CATALOGUES))


def install(app: Flask) -> None:
    """Translate messages and dates of `app`; French unless the browser prefers English."""
    flask_babel.Babel(
        app,
        default_locale="fr",
        default_timezone="Europe/Paris",
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=_choose,
    )
    app.add_template_global(language)


def language() -> str:
    """Return the language of this answer: `fr` or `en`."""
    return str(flask_babel.get_locale() or "fr")


def gettext(message: str, **values: object) -> str:
    """Return a French message in the language of this answer."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Return the message for `num` things; `%(num)d` is known to it."""
    return str(flask_babel.ngettext(one, many, num, **values))


def shown(sentence: str) -> str:
    """Return what code below the pages said, in the language of this answer.

    Words that are no `Sentence` are returned as they are: their page has already translated them.
    """
    if isinstance(sentence, Sentence):
        return gettext(sentence.message, **sentence.values)
    return sentence


def lazy_gettext(message: str, **values: object) -> Any:
    """Return a message that chooses its language when shown: for constants."""
    return flask_babel.lazy_gettext(message, **values)


def _choose() -> str:
    if not has_request_context():
        return "fr"
    return request.accept_languages.best_match(LANGUAGES, default="fr") or "fr"
