"""A letter to the coordination when somebody was asked, reminded or suspended: counts, no name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casework.audit.actions import Act
from casework.audit.anchors.ports import Mailer
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.identity import Principal, Reason
from casework.reviews import gateway
from casework.reviews.endings import endings_of_council
from casework.reviews.round import Passed, ReviewRound
from casework.reviews.values import Ending, EndKind, Review
from casework.sentences import N_

_SUBJECT: Final = N_("Accès des partenaires : ce qui attend la coordination")
_WHERE: Final = N_("La page « Habilitations » du service dit qui, et quoi faire : %(url)s")
_WHY: Final = N_("Ce message ne contient aucun nom. Il ne peut pas recevoir de réponse.")
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reminding:
    """The daily pass of reviews, then its letter; without a mailer, pages alone remind."""

    round: ReviewRound
    ledger: Ledger
    database: Database
    mailer: Mailer | None
    url: str
    clock: Clock

    def run(self, who: Principal) -> Passed:
        """Do what is due and write about it. Raises `Unavailable` when the letter cannot leave.

        What was done stays done, and the letter tells what the rows say of today: tried again, it
        says the same.
        """
        passed = self.round.run(who)
        day = local_day(self.clock.now())
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            reviews = gateway.newest(session, who.council_id)
            found = endings_of_council(session, who.council_id, day)
        marks = {day + _WEEK, day}
        endings = [one for one in found if one.until_on in marks]
        lines = letter_lines(done_on(day, reviews), endings)
        if self.mailer is not None and lines:
            self._send(who, self.mailer, lines)
        return passed

    def _send(self, who: Principal, mailer: Mailer, lines: Sequence[str]) -> None:
        text = "\n".join(["", *lines, "", _WHERE % {"url": f"{self.url}/revue/organismes"}, _WHY])
        mailer.send(_SUBJECT, f"{text.strip()}\n")
        with self.ledger.begin(who, Reason.OPERATION) as work:
            detail = {"recipients": mailer.recipients, "lines": len(lines)}
            work.record(Entry(Act.REMINDER_SENT, detail=detail))


def done_on(day: date, reviews: Iterable[Review]) -> Passed:
    """Return how many bodies were asked, reminded and suspended on a day."""
    days = [(one.opened_on, one.reminded_on, one.suspended_on) for one in reviews]
    asked, reminded, suspended = (sum(on[at] == day for on in days) for at in range(3))
    return Passed(asked=asked, reminded=reminded, suspended=suspended)


def letter_lines(passed: Passed, endings: Sequence[Ending]) -> list[str]:
    """Return one line for each thing that happened or is about to, none for what is nought."""
    kinds = [one.kind for one in endings]
    counted = [
        (passed.asked, N_("- organismes à qui la revue du trimestre est demandée : %(n)s")),
        (passed.reminded, N_("- organismes sans réponse, à relancer cette semaine : %(n)s")),
        (passed.suspended, N_("- organismes suspendus faute de réponse : %(n)s")),
        (
            kinds.count(EndKind.UNDERTAKING),
            N_("- engagements qui prennent fin aujourd’hui ou dans sept jours : %(n)s"),
        ),
        (
            kinds.count(EndKind.MANDATE),
            N_("- mandats qui prennent fin aujourd’hui ou dans sept jours : %(n)s"),
        ),
        (
            kinds.count(EndKind.SIGNATURE),
            N_("- signatures de la charte qui prennent fin aujourd’hui ou dans sept jours : %(n)s"),
        ),
    ]
    return [sentence % {"n": count} for count, sentence in counted if count]
