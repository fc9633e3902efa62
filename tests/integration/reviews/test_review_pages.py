"""The review on its pages: five clicks, what went wrong told in place, and what the wall says."""

from pathlib import Path

import pytest

from casework.errors import InvalidInput
from casework.reviews.policy import ANSWER_WITHIN
from casework.reviews.values import ReviewState, Said
from tests.holders import colleague, kept_by_members
from tests.office import Office, office_of
from tests.rounds import answer, ask, asked, prolong, review_of
from tests.town import Town

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
QUESTION = "Vos personnes sont-elles toujours là ?"


@pytest.fixture
def office(town: Town, tmp_path: Path) -> Office:
    """Open an office where the school has two people, in a new quarter."""
    opened = office_of(town, tmp_path)
    colleague(opened.staff, "school", "school-2")
    asked(town)
    opened.desks["school"] = opened.sit("school")
    return opened


def words(town: Town, **said: str) -> dict[str, str]:
    return {f"said-{town.members[who.replace('_', '-')]}": word for who, word in said.items()}


def url(town: Town, body: str = "school") -> str:
    return f"/revue/{review_of(town, body).id}"


def test_the_home_page_asks_and_the_answer_ends_the_asking(office: Office) -> None:
    town, desk = office.town, office.at("school")
    assert QUESTION in desk.get("/").text
    page = desk.get("/revue")
    assert "Membre-school-2" in page.text
    assert "Groupe inventé, jusqu’au" in page.text
    sent = desk.post(url(town), page, **words(town, school="here", school_2="here"))
    assert sent.status_code == 303
    assert "la revue est faite" in desk.get("/revue").text
    assert QUESTION not in desk.get("/").text


def test_a_person_left_out_is_told_beside_their_name_and_what_was_ticked_stays(
    office: Office,
) -> None:
    town, desk = office.town, office.at("school")
    sent = desk.post(url(town), desk.get("/revue"), **words(town, school="here"))
    assert sent.status_code == 422
    assert "Dites si cette personne est toujours là." in sent.text
    assert sent.text.count(" checked") == 1


def test_closing_the_access_of_somebody_asks_for_a_new_code_and_carries_what_was_ticked(
    office: Office,
) -> None:
    town, desk = office.town, office.at("school")
    page = desk.get("/revue")
    town.clock.advance(minutes=11)
    sent = desk.post(url(town), page, **words(town, school="here", school_2="left"))
    assert sent.status_code == 403
    assert "Confirmez que c’est bien vous" in sent.text
    assert 'name="resume"' in sent.text
    assert len(town.who("school-2").mandates) == 1


def test_what_is_not_in_the_list_is_refused(office: Office) -> None:
    town, desk = office.town, office.at("school")
    page = desk.get("/revue")
    for told in (words(town, school="here", school_2="fired"), {"said-x": "here"}, {"other": "x"}):
        assert desk.post(url(town), page, **told).status_code == 422
    assert review_of(town, "school").state is ReviewState.OPEN


def test_the_second_of_two_is_told_that_an_answer_is_there(office: Office) -> None:
    town, desk = office.town, office.at("school")
    page = desk.get("/revue")
    answer(town, "school-2")
    sent = desk.post(url(town), page, **words(town, school="here", school_2="left"))
    assert sent.status_code == 409
    assert "a répondu entre-temps" in sent.text
    assert len(town.who("school-2").mandates) == 1


def test_the_coordination_reads_who_left_and_confirms_who_is_alone(office: Office) -> None:
    town = office.town
    answer(town, "school", school__2=Said.LEFT)
    answer(town, "landlord", landlord=Said.MOVED)
    assert (
        "2 personnes seules dans leur organisme attendent"
        in office.at("coordination").get("/").text
    )
    page = office.at("coordination").get("/revue/organismes")
    for told in ("accès fermé : M. Invention Membre-school-2", "mandat à revoir"):
        assert told in page.text
    assert page.text.count("Confirmer sa présence") == 2
    review = review_of(town, "school")
    confirm = f"/revue/{review.id}/confirmation"
    sent = office.at("coordination").press(confirm, page, version=str(review.version))
    assert sent.status_code == 303
    assert review_of(town, "school").state is ReviewState.DONE
    again = office.at("coordination").press(confirm, page, version=str(review.version))
    assert again.status_code == 409


def test_who_is_suspended_is_told_why_and_answers_from_there(office: Office) -> None:
    town = office.town
    town.clock.advance(days=ANSWER_WITHIN.days + 1)
    ask(town)
    desk = office.sit("school")
    wall = desk.get("/situations")
    assert wall.status_code == 403
    assert "L’accès de votre organisme est suspendu" in wall.text
    assert 'href="/revue"' in wall.text
    page = desk.get("/revue")
    assert "suspendu depuis le" in page.text
    desk.post(url(town), page, **words(town, school="here", school_2="here"))
    assert desk.get("/situations").status_code == 200


def test_a_key_that_only_the_leaver_opened_is_left_to_the_operator(
    town: Town, tmp_path: Path
) -> None:
    staff = office_of(town, tmp_path).staff
    _, second = kept_by_members(staff, "street_work")
    assert second.member_id is not None
    made = staff.accounts.enrolment.reset(staff.root, second.member_id)
    staff.activate("street_work-2", made.code)
    staff.session("street_work-2")
    asked(town)
    done = answer(town, "street_work-2", street_work=Said.LEFT)
    assert done.left_over == 1
    assert town.who("street_work").mandates == ()
    with pytest.raises(InvalidInput):
        town.runtime.member_leaving.leave(staff.root, town.members["street_work"])


def test_an_undertaking_near_its_end_is_renewed_early_on_the_page_of_the_charter(
    town: Town, tmp_path: Path
) -> None:
    office = office_of(town, tmp_path)
    prolong(town, "police")
    town.clock.advance(days=320)
    desk = office.at("police")
    assert "Le renouveler" not in desk.get("/charte").text
    town.clock.advance(days=20)
    desk = office.sit("police")
    assert "Votre engagement prend fin le 23 novembre 2027" in desk.get("/").text
    page = desk.get("/charte")
    assert "Le renouveler" in page.text
    charter_id = town.runtime.directory.groups()[town.group_id].charter_id
    sent = desk.press("/charte/engagement", page, charter=str(charter_id), read="yes")
    assert sent.status_code == 303
    assert "Votre engagement prend fin" not in desk.get("/").text
    assert "Le renouveler" not in desk.get("/charte").text
