"""The page of the documents of a case, as people use it, and what its answers tell a browser."""

from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from casework.audit.actions import Act
from casework.documents.scanning import Scanner
from casework.identity import Reason
from tests.integration.documents.conftest import Shelf
from tests.integration.documents.test_documents import lines
from tests.office import Office, hidden_fields, office_of
from tests.papers import armed_pdf, form, here, noisy, opened, photograph, plain_pdf
from tests.town import Town
from tests.unit.documents.test_scanning import EICAR, clamd

NUMBER = "2 10 05 67 482 123 45"


@pytest.fixture
def office(shelf: Shelf, tmp_path: Any) -> Office:
    return office_of(shelf.town, tmp_path)


def url(shelf: Shelf, more: str = "") -> str:
    return f"/situations/{shelf.case_id}/documents{more}"


def send(office: Office, shelf: Shelf, content: bytes, **told: str) -> TestResponse:
    desk = office.at("school")
    token = hidden_fields(desk.get(url(shelf)))["csrf_token"]
    filename = told.pop("filename", "Attestation.pdf")
    sent = form(content, filename, csrf_token=token, **told)
    headers = {"Sec-Fetch-Site": "same-origin"}
    return desk.client.post(url(shelf), headers=headers, **sent)


def test_a_document_is_added_listed_saved_and_removed(office: Office, shelf: Shelf) -> None:
    answer = send(office, shelf, armed_pdf(), title="Certificat inventé")
    assert (answer.status_code, answer.headers["Location"]) == (303, url(shelf))
    desk = office.at("school")
    page = desk.get(url(shelf)).text
    assert "Certificat inventé" in page
    assert "PDF, 1\xa0Ko" in page
    assert "Documents" in desk.get(f"/situations/{shelf.case_id}").text
    (one,) = shelf.service.listed(shelf.town.who("school"), Reason.DUTY, shelf.case_id).documents
    saved = desk.get(url(shelf, f"/{one.id}"))
    with opened(saved.data) as pdf:
        assert set(pdf.Root.keys()) == {"/Pages", "/Type"}
    gone = desk.press(url(shelf, f"/{one.id}/retrait"), desk.get(url(shelf)))
    assert gone.status_code == 303
    assert "Aucun document" in desk.get(url(shelf)).text
    assert desk.get(url(shelf, f"/{one.id}")).status_code == 404


def test_a_document_is_saved_and_never_shown(office: Office, shelf: Shelf) -> None:
    added = shelf.add(content=photograph(), title="Nom qui ne sort pas")
    headers = office.at("school").get(url(shelf, f"/{added}")).headers
    reference = shelf.service.listed(
        shelf.town.who("school"), Reason.DUTY, shelf.case_id
    ).file.head.reference
    assert headers["Content-Disposition"] == f'attachment; filename="{reference}-piece-1.jpg"'
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = headers.getlist("Content-Security-Policy")
    assert policy == ["default-src 'none'; sandbox; frame-ancestors 'none'"]
    assert "Nom qui ne sort pas" not in str(headers)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "ni un PDF, ni une image JPEG ou PNG"),
        (b"%PDF-1.7 abime", "Ce fichier est abîmé"),
        (bytes(20 * 1024 * 1024 + 1), "Ce fichier dépasse 20\xa0Mo"),
    ],
)
def test_a_refused_file_is_told_beside_its_field_and_the_title_stays(
    office: Office, shelf: Shelf, content: bytes, said: str
) -> None:
    answer = send(office, shelf, content, title="Intitulé à garder")
    assert answer.status_code == 422
    assert said in answer.text
    assert "Intitulé à garder" in answer.text


def test_a_title_is_kept_once_its_author_has_read_it_again(office: Office, shelf: Shelf) -> None:
    asked = send(office, shelf, plain_pdf(), title="Certificat médical")
    assert asked.status_code == 422
    assert "Cela parle-t-il de santé" in asked.text
    assert "J’ai relu ce texte et je le garde ainsi." in asked.text
    assert "Certificat médical" not in office.at("school").get(url(shelf)).text
    kept = send(office, shelf, plain_pdf(), title="Certificat médical", reread="yes")
    assert kept.status_code == 303


def test_the_name_of_a_file_is_asked_about_where_it_becomes_the_title(
    office: Office, shelf: Shelf
) -> None:
    asked = send(office, shelf, plain_pdf(), filename="certificat_medical.pdf")
    assert asked.status_code == 422
    assert 'value="certificat medical"' in asked.text
    titled = send(office, shelf, plain_pdf(), filename="certificat_medical.pdf", title="Certificat")
    assert titled.status_code == 303


@pytest.mark.parametrize("told", [{"title": NUMBER}, {"filename": f"scan_{NUMBER}.pdf"}])
def test_rule_06_a_document_is_not_called_by_a_social_security_number(
    office: Office, shelf: Shelf, told: dict[str, str]
) -> None:
    answer = send(office, shelf, plain_pdf(), reread="yes", **told)
    assert answer.status_code == 422
    assert "Retirez ce numéro" in answer.text
    assert "Aucun document" in office.at("school").get(url(shelf)).text


def test_a_file_of_twenty_one_megabytes_is_refused_in_words(office: Office, shelf: Shelf) -> None:
    answer = send(office, shelf, bytes(21 * 1024 * 1024))
    assert answer.status_code == 413
    assert "Ce fichier dépasse 20\xa0Mo" in answer.text


def test_a_form_without_a_file_says_what_is_missing(office: Office, shelf: Shelf) -> None:
    desk = office.at("school")
    answer = desk.press(url(shelf), desk.get(url(shelf)), title="Sans fichier")
    assert answer.status_code == 422
    assert "Choisissez un fichier." in answer.text


def test_a_session_that_ended_leads_back_to_the_page(office: Office, shelf: Shelf) -> None:
    desk = office.at("school")
    token = hidden_fields(desk.get(url(shelf)))["csrf_token"]
    desk.client.delete_cookie("cw")
    sent = form(noisy(), csrf_token=token)
    answer = desk.client.post(url(shelf), headers={"Sec-Fetch-Site": "same-origin"}, **sent)
    assert answer.status_code == 401
    assert "Votre session est terminée" in answer.text


def test_whom_nobody_named_is_told_the_same_as_of_a_case_that_is_not_there(
    office: Office, shelf: Shelf
) -> None:
    added, absent = shelf.add(), UUID(int=7)
    desk = office.at("police")
    for more in ("", f"/{added}"):
        real, none = desk.get(url(shelf, more)), desk.get(f"/situations/{absent}/documents{more}")
        assert (real.status_code, none.status_code) == (404, 404)
        assert len(real.data) == len(none.data)
    for more in (f"/{added}/retrait", ""):
        assert desk.press(url(shelf, more), desk.get("/aide")).status_code == 404


def test_a_document_of_a_protected_case_waits_behind_its_door(office: Office, shelf: Shelf) -> None:
    added, town = shelf.add(), shelf.town
    town.runtime.safeguards.protection.protect(town.who("coordination"), Reason.DUTY, shelf.case_id)
    for more in ("", f"/{added}"):
        answer = office.at("school").get(url(shelf, more))
        assert answer.status_code == 303
        assert answer.headers["Location"].endswith("/ouverture")


def test_who_writes_nothing_here_has_no_form(office: Office, shelf: Shelf) -> None:
    town = shelf.town
    other = town.refer()
    page = office.at("street_work").get(f"/situations/{other}/documents").text
    assert "Aucun document" in page
    assert "Ajouter un document" not in page


def test_a_virus_and_a_silent_scanner_refuse_in_words_and_leave_their_leaf(
    town: Town, tmp_path: Any
) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    with clamd() as place:
        vars(town.runtime)["scanner"] = Scanner(place, patience=1)
        shelf = Shelf(town, here(town), case_id)
        office = office_of(town, tmp_path)
        found = send(office, shelf, plain_pdf() + EICAR)
    assert found.status_code == 422
    assert "L’antivirus a reconnu ce fichier" in found.text
    silent = send(office, shelf, plain_pdf())
    assert silent.status_code == 503
    assert "L’antivirus ne répond pas" in silent.text
    codes = [dict(one.detail)["code"] for one in lines(town, Act.DOCUMENT_REFUSED)]
    assert sorted(map(str, codes)) == ["scanner-silent", "virus"]
