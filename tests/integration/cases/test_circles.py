"""Who can open which part, as everybody is told on the page: no more, and nobody betrayed."""

from casework.cases.circles import ties_of
from casework.cases.pages.views.circles import Circles
from casework.charters.vocabulary import CompartmentClass
from casework.identity import Reason
from casework.web.look import Circle, CircleKind
from tests.office import Office
from tests.town import Town


def circle(office: Office, body: str, class_: CompartmentClass, case_id: object) -> Circle:
    """Return a circle as the member of a body sees it."""
    town = office.town
    file = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)  # type: ignore[arg-type]
    book = town.runtime.books.of(town.who(body), town.group_id)
    circles = Circles(book, ties_of(file.head, file.namings, book), town.members[body])
    with office.app.test_request_context("/"):
        return circles.of(class_)


def told(one: Circle) -> str:
    return " ".join(f"{reader.name} {reader.detail}" for reader in one.readers)


def test_naming_widens_the_circle_of_the_sheet(office: Office) -> None:
    case_id = office.town.refer()
    office.town.follow(case_id)
    before = circle(office, "coordination", CompartmentClass.SHEET, case_id)
    office.town.name(case_id, "school")
    after = circle(office, "coordination", CompartmentClass.SHEET, case_id)
    assert before.words == "Groupe · 2 personnes, 2 organismes"
    assert after.words == "Groupe · 3 personnes, 3 organismes"
    assert "Organisme inventé school" in told(after)
    assert after.article == "Articles 5, 6 et 9 de la charte"


def test_a_named_member_is_not_told_who_made_the_referral(office: Office) -> None:
    case_id = office.town.refer("street_work")
    office.town.follow(case_id)
    office.town.name(case_id, "school")
    for class_ in (CompartmentClass.IDENTITY, CompartmentClass.SHEET, CompartmentClass.ORIGIN):
        seen = circle(office, "school", class_, case_id)
        assert "street_work" not in told(seen)
        assert "La personne qui a saisi" in told(seen)
    known = circle(office, "coordination", CompartmentClass.ORIGIN, case_id)
    assert "street_work" in told(known)


def test_the_circle_of_what_a_service_keeps_holds_that_service_alone(office: Office) -> None:
    town = office.town
    case_id = town.refer("street_work")
    town.follow(case_id)
    town.name(case_id, "school")
    file = town.runtime.cases.read(town.who("school"), Reason.DUTY, case_id)
    book = town.runtime.books.of(town.who("school"), town.group_id)
    circles = Circles(book, ties_of(file.head, file.namings, book), town.members["school"])
    own = book.organisations[town.bodies["school"]]
    with office.app.test_request_context("/"):
        one = circles.own_service(own)
    assert (one.kind, one.words) == (CircleKind.SERVICE, "Éducation nationale seule")
    assert [reader.detail for reader in one.readers] == ["vous"]


def test_whoever_lost_their_mandate_leaves_every_circle(office: Office, town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    office.staff.end_mandates("school")
    town.clock.advance(days=1)
    assert "school" not in told(circle(office, "coordination", CompartmentClass.SHEET, case_id))
