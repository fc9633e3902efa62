"""While the registrar is awaited, pages say so, and what was typed is still there."""

import pytest
from sqlalchemy import delete

from casework.keys.registrar.signing import words_of
from casework.keys.service.running import for_organisation
from casework.tables import MAIN
from tests.office import Office
from tests.registry import Registry
from tests.town import COUNCIL

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
AWAITED = "En attente de la signature du registre des clés"
SIGNATURES = MAIN.tables["registrar_signatures"]


def test_members_read_six_words_to_the_registrar_until_their_key_is_signed(office: Office) -> None:
    town, desk = office.town, office.at("school")
    registry = Registry.in_force(town)
    assert AWAITED not in desk.get("/cles").text
    town.runtime.custody_service.rotate(for_organisation(COUNCIL, town.bodies["school"]))
    view = town.runtime.custody_service.overview(town.who("school"))
    assert view.awaited is not None
    page = desk.get("/cles").text
    assert AWAITED in page
    assert all(f"<span>{word}</span>" in page for word in words_of(view.awaited))
    registry.signs(town)
    assert AWAITED not in desk.get("/cles").text


def test_a_body_that_is_not_signed_for_is_not_named_and_the_page_says_why(office: Office) -> None:
    town, desk = office.town, office.at("coordination")
    Registry.in_force(town)
    case_id = town.refer()
    town.follow(case_id)
    mine = SIGNATURES.c.organisation_id == town.bodies["school"]
    with town.runtime.stores.main.engine.begin() as connection:
        connection.execute(delete(SIGNATURES).where(mine))
    path, member = f"/situations/{case_id}/acces", str(town.members["school"])
    told = desk.post(path, desk.get(path), member=member, until="")
    assert (told.status_code, AWAITED in told.text) == (423, True)
    assert "Les clés de cet organisme ne servent pas encore" in told.text
