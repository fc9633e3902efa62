"""The blueprint that the pages of letters hang on."""

from flask import Blueprint

pages = Blueprint("letters", __name__)
