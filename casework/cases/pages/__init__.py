"""The pages of cases: home, referrals, triage, situations, accesses, actions."""

from flask import Flask

from casework.cases.pages import (
    access,
    actions,
    cases,
    contact,
    drafts,
    exceptional,
    frame,
    home,
    legal_report,
    links,
    measure,
    merging,
    protection,
    referrals,
    reminders,
    rereading,
    searching,
    sending,
    stating,
    steps,
    triage,
    victim_steps,
    victims,
    writing,
)
from casework.cases.pages.blueprint import pages

__all__ = [
    "access",
    "actions",
    "cases",
    "contact",
    "drafts",
    "exceptional",
    "home",
    "install",
    "legal_report",
    "links",
    "measure",
    "merging",
    "pages",
    "protection",
    "referrals",
    "reminders",
    "rereading",
    "searching",
    "sending",
    "stating",
    "steps",
    "triage",
    "victim_steps",
    "victims",
    "writing",
]


def install(app: Flask) -> None:
    """Serve these pages and put the navigation around every page."""
    frame.install(app)
    protection.install(app)
    app.register_blueprint(pages)
