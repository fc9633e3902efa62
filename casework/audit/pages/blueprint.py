"""The pages of the register."""

from flask import Blueprint

pages = Blueprint("register", __name__)
