"""The blueprint that the pages of letters hang on."""

from flask import Blueprint, Response

from casework.letters.kinds import TYPES, LetterFormat

pages = Blueprint("letters", __name__)


def attached(name: str, format_: LetterFormat, content: bytes) -> Response:
    """Return a file to keep, never to show: what a town or a person wrote is not our page."""
    response = Response(content, mimetype=TYPES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
