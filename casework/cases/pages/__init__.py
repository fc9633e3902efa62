"""The pages of cases: home, referrals, triage, situations, accesses, actions."""

from flask import Flask

from casework.cases.pages import (
    access,
    actions,
    cases,
    drafts,
    exceptional,
    frame,
    home,
    links,
    protection,
    referrals,
    sending,
    stating,
    triage,
    writing,
)
from casework.cases.pages.blueprint import pages

__all__ = [
    "access",
    "actions",
    "cases",
    "drafts",
    "exceptional",
    "home",
    "install",
    "links",
    "pages",
    "protection",
    "referrals",
    "sending",
    "stating",
    "triage",
    "writing",
]


def install(app: Flask) -> None:
    """Serve these pages and put the navigation around every page."""
    frame.install(app)
    protection.install(app)
    app.register_blueprint(pages)
