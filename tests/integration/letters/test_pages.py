"""The pages of letters: what was typed comes back, what is wrong is said, nothing is lost."""

from io import BytesIO
from uuid import UUID

from werkzeug.test import TestResponse

from casework.letters.assembly import LetterGround, assemble_letters
from casework.letters.fields import LetterField as F
from casework.letters.kinds import LetterKind
from casework.letters.pressing import Press
from casework.letters.service.composing import ComposingService
from tests.gathering import accepted, rows
from tests.letters import SAID, said_in
from tests.office import Desk, Office
from tests.templates import ATTACKS, DOCX, KIND, with_words

ONCE = "01930000-0000-7000-8000-0000000000c4"


def told(**changed: str) -> dict[str, str]:
    typed = {name.value: words for name, words in said_in(KIND).items()}
    return {**typed, "kind": KIND.value, "format": "odt", "once": ONCE, **changed}


def send(desk: Desk, case_id: UUID, **changed: str) -> TestResponse:
    at = f"/situations/{case_id}/courriers"
    return desk.press(at, desk.get(at), **told(**changed))


def without_press(office: Office, python: str = "/bin/true") -> None:
    """Let the press of the application break at each order."""
    runtime = office.town.runtime
    ground = LetterGround(
        ledger=runtime.ledger, database=runtime.stores.main, admission=runtime.admission,
        cases=runtime.cases, writing=runtime.writing, counting=runtime.counting,
        clock=runtime.edges.clock, entropy=runtime.edges.entropy,
    )  # fmt: skip
    composing = assemble_letters(ground, Press(python=python)).composing
    office.app.extensions["casework"][ComposingService] = composing


def test_a_fault_shows_the_form_again_with_all_that_was_typed(office: Office) -> None:
    case_id, desk = accepted(office.town), office.at("coordination")
    answer = send(desk, case_id, destinataire="", contact="c" * 300, signataire="Anne Retapée")
    assert answer.status_code == 422
    assert "Anne Retapée" in answer.text
    assert "Ce texte est trop long." in answer.text
    assert f'value="{ONCE}"' in answer.text
    assert rows(office.town, "letters") == 0


def test_a_letter_whose_file_cannot_be_made_is_kept_printed_and_composed_later(
    office: Office,
) -> None:
    case_id, desk = accepted(office.town), office.at("coordination")
    without_press(office)
    page = send(desk, case_id).headers["Location"]
    shown = desk.get(page).text
    assert "Lettre établie, mais sans fichier" in shown
    assert "Composer le fichier" in shown
    assert desk.get(f"{page}/fichier").status_code == 409
    printed = desk.get(f"{page}/impression").text
    assert SAID[F.RECIPIENT] in printed
    assert "ne pas reproduire" not in printed
    composing = office.town.runtime.letters.composing
    office.app.extensions["casework"][ComposingService] = composing
    again = desk.press(f"{page}/fichier", desk.get(page))
    assert again.status_code == 303
    found = desk.get(f"{page}/fichier")
    assert found.headers["Content-Disposition"].startswith('attachment; filename="SN-')
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Cache-Control"] == "no-store"


def test_a_form_sent_again_leads_to_the_letter_it_made(office: Office) -> None:
    case_id, desk = accepted(office.town), office.at("coordination")
    without_press(office)
    assert send(desk, case_id).headers["Location"] == send(desk, case_id).headers["Location"]
    assert rows(office.town, "letters") == 1


def test_two_who_mark_a_letter_meet_and_nothing_is_overwritten(office: Office) -> None:
    case_id, desk = accepted(office.town), office.at("coordination")
    without_press(office)
    page = send(desk, case_id).headers["Location"]
    seen, day = desk.get(page), f"{office.town.clock.now():%d/%m/%Y}"
    assert desk.post(f"{page}/etat", seen, state="sent", on=day).status_code == 303
    late = desk.post(f"{page}/etat", seen, state="cancelled", on=day)
    assert late.status_code == 409
    assert "Envoyée" in late.text
    assert "Revenue sans avoir été lue" in late.text


def test_a_letter_of_another_procedure_is_not_prepared(office: Office) -> None:
    case_id, desk = accepted(office.town), office.at("coordination")
    at = f"/situations/{case_id}/courriers"
    wrong = desk.press(f"{at}/preparation", desk.get(at), kind=LetterKind.SUMMONS_ADULT.value)
    assert wrong.status_code == 409
    assert "Cette lettre n’est pas de cette procédure." in wrong.text
    none = desk.press(f"{at}/preparation", desk.get(at))
    assert none.status_code == 422


def test_a_template_is_brought_told_what_it_lacks_and_taken_back(office: Office) -> None:
    desk = office.at("coordination")
    place = f"/courriers/modeles/{office.town.group_id}/{KIND}/docx"
    page = desk.get(place)
    assert "fourni avec le service" in page.text
    for content, said in (
        (with_words(DOCX, "Cher {{ inconnu }}"), "inconnu"),
        (ATTACKS["macro"][1], "macro"),
        (b"", "Choisissez"),
    ):
        name = "modele.docx" if content else ""
        sent = desk.press(place, page, template=(BytesIO(content), name))
        assert sent.status_code == 422
        assert said in sent.text
    brought = with_words(DOCX, "Bien.")
    kept = desk.press(place, page, template=(BytesIO(brought), "m.docx"))
    assert kept.status_code == 303
    assert "Celui de la mairie" in desk.get(place).text
    assert desk.get(f"{place}/fichier").data == brought
    desk.press(f"{place}/retrait", desk.get(place))
    assert "Celui qui est fourni" in desk.get(place).text
    for wrong in (f"{KIND}/pdf", "nothing/docx", "summons_adult/docx"):
        other = desk.get(f"/courriers/modeles/{office.town.group_id}/{wrong}/fichier")
        assert other.status_code == 404
