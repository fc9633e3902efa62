"""The blueprint that the pages of keys hang on."""

from flask import Blueprint

pages = Blueprint("keys", __name__)
