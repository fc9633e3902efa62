"""The blueprint that the pages of cases hang on."""

from flask import Blueprint

pages = Blueprint("cases", __name__)
