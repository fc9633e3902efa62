"""The pages of access reviews, and what home pages say of entitlements near their end."""

from flask import Flask

from casework.reviews.pages import following, notices, own
from casework.reviews.pages.blueprint import pages

__all__ = ["following", "install", "own", "pages"]


def install(app: Flask) -> None:
    """Serve these pages, and let home pages tell what ends soon and what is asked."""
    notices.install(app)
    app.register_blueprint(pages)
