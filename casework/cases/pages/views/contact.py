"""A safe contact as its own page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from casework.cases.circles import GroupBook
from casework.cases.pages.views.case import Answer
from casework.cases.pages.views.labels.victim import VICTIM
from casework.cases.pages.views.victims import called
from casework.cases.pages.views.words import cited
from casework.cases.procedures.victim import CONTACT
from casework.cases.values import SafeContact
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.identity import Principal
from casework.keys.values import Withheld
from casework.web.look import Circle, CircleKind, Tick

LABELS: Final[Mapping[str, Any]] = {
    one.name: VICTIM.fields[one.name] for one in CONTACT if one.name in VICTIM.fields
}
HINTS: Final[Mapping[str, Any]] = VICTIM.hints
YES_NO: Final = (Tick("yes", _l("Oui")), Tick("no", _l("Non")))


@dataclass(frozen=True, slots=True)
class ContactView:
    """What the page shows; `shut` while the key is on its way."""

    reference: str
    version: int
    shut: bool
    lines: tuple[Answer, ...]
    typed: Mapping[str, str]
    may_write: bool
    address_covered: bool


def contact_view(opened: SafeContact) -> ContactView:
    """Return the page of a safe contact."""
    shut = isinstance(opened.answers, Withheld)
    told: Mapping[str, str] = {} if isinstance(opened.answers, Withheld) else opened.answers
    lines = tuple(
        Answer(str(LABELS[one.name]), _said(one.name, told[one.name]))
        for one in CONTACT
        if one.name in LABELS and told.get(one.name)
    )
    head = opened.head
    return ContactView(
        reference=called(head),
        version=head.version,
        shut=shut,
        lines=lines,
        typed=told,
        may_write=opened.may_write and not shut,
        address_covered=told.get("address_covered") == "yes",
    )


def contact_circle(opened: SafeContact, book: GroupBook, who: Principal) -> Circle:
    """Return the circle of the page: those two, and the article that says so."""
    own = who.member_id == opened.head.referrer_id
    words = gettext("Vous et le service") if own else gettext("Votre service, qui l’a orientée")
    return Circle(CircleKind.SOCIAL, words, (), cited(book.charter, opened.article))


def _said(name: str, value: str) -> str:
    if name != "contact_message":
        return value
    return gettext("Oui") if value == "yes" else gettext("Non, aucun message")
