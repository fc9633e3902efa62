"""Where the routes of charters are gathered."""

from flask import Blueprint

pages = Blueprint("charters", __name__)
