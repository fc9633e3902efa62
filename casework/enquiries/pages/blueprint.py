"""The pages of cards and enquiries."""

from flask import Blueprint

pages = Blueprint("enquiries", __name__)
