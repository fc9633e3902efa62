"""The officer sees that copies are made, tried, and end on their day; or that none are."""

from datetime import timedelta

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.identity import Reason, operator
from casework.web.dates import hour, long_day
from tests.office import Office
from tests.town import COUNCIL

ROOT = operator(COUNCIL, "root")
NONE = "Le service n’a fait aucune copie"


def left(office: Office, act: Act, outcome: Outcome = Outcome.ALLOWED) -> str:
    """Leave the line of a command, and return its moment as the page writes it."""
    with office.town.runtime.ledger.begin(ROOT, Reason.OPERATION) as work:
        work.record(Entry(act, outcome=outcome))
    now = office.town.clock.now()
    with office.app.test_request_context():
        written = f"{long_day(now)}, {hour(now)}"
    office.town.clock.advance(seconds=timedelta(minutes=10).total_seconds())
    return written


def page(office: Office, body: str = "dpo") -> str:
    return office.at(body).get("/dpd/conservation").text


def test_without_copies_the_officer_is_told_whom_to_ask(office: Office) -> None:
    assert NONE in page(office)


def test_a_copy_that_nobody_tried_promises_nothing(office: Office) -> None:
    made = left(office, Act.BACKUP_CREATED)
    shown = page(office)
    assert NONE not in shown
    assert made in shown
    assert "jamais\xa0: une copie que personne n’a essayée ne promet rien" in shown


def test_the_newest_of_each_counts(office: Office) -> None:
    left(office, Act.BACKUP_CREATED)
    left(office, Act.BACKUP_DRILLED, Outcome.FAILED)
    tried = left(office, Act.BACKUP_DRILLED)
    ended = left(office, Act.BACKUP_ENDED)
    made = left(office, Act.BACKUP_CREATED)
    shown = page(office)
    assert made in shown
    assert f"{tried}\xa0: tout reviendrait" in shown
    assert f"gardées 14 jours, effacées pour la dernière fois le {ended.partition(',')[0]}" in shown


def test_a_trial_that_failed_is_there_to_be_taken_up(office: Office) -> None:
    left(office, Act.BACKUP_CREATED)
    left(office, Act.BACKUP_DRILLED, Outcome.FAILED)
    shown = page(office)
    assert "ces copies ne suffisent pas" in shown
    assert "à revoir avec l’exploitation" in shown


def test_the_archives_do_not_see_them(office: Office) -> None:
    assert "Sauvegardes" not in page(office, "archives")
