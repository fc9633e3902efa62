"""The pages of keys: one's own way back, the cards of custodians, and their ceremonies."""

from flask import Flask

from casework.keys.pages import cards, ceremonies, custody, notices, overview
from casework.keys.pages.blueprint import pages

__all__ = ["cards", "ceremonies", "custody", "install", "overview", "pages"]


def install(app: Flask) -> None:
    """Serve these pages, and let home pages tell what happened to keys."""
    notices.install(app)
    app.register_blueprint(pages)
