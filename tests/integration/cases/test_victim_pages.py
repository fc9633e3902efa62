"""The pages of victims' referrals: danger first, two who know, a way out, nothing on paper."""

import pytest

from casework.cases.procedures.steps import Step
from tests.integration.cases.victims import LIST, WHY, Desks, hides, page
from tests.network import ADDRESS, NAME, PHONE
from tests.stored import dump


def test_in_danger_the_form_stops_there_and_nothing_at_all_is_stored(desks: Desks) -> None:
    desk = desks.at("police")
    form = desk.get(f"{LIST}/nouvelle")
    for number in ("tel:17", "112", "sms:114", "tel:3919", "tel:119"):
        assert number in form.text
    before = dump(desks.network.town.runtime.stores.main)
    answer = desk.post(f"{LIST}/nouvelle", form, danger="yes", group_id=desks.network.group_id)
    assert answer.status_code == 200
    assert "Appelez maintenant" in answer.text
    assert "tel:17" in answer.text
    after = dump(desks.network.town.runtime.stores.main)
    changed = {name for name, rows in after.items() if before[name] != rows}
    assert changed <= {"sessions"}


def test_without_an_answer_about_danger_nothing_begins(desks: Desks) -> None:
    desk = desks.at("police")
    form = desk.get(f"{LIST}/nouvelle")
    answer = desk.post(f"{LIST}/nouvelle", form, group_id=desks.network.group_id)
    assert answer.status_code == 422
    assert "Répondez par oui ou non" in answer.text


def test_the_list_shows_no_name_and_leads_the_two_who_know_to_the_page(desks: Desks) -> None:
    case_id = desks.network.refer()
    for member in ("police", "support"):
        text = desks.at(member).get(LIST).text
        assert page(case_id) in text
        assert hides(text)
    seen = desks.at("coordination").get(LIST).text
    assert "Dans le réseau" in seen
    assert str(case_id) not in seen
    assert str(case_id) not in desks.at("mediation").get(LIST).text
    assert desks.at("street_work").get(LIST).text.count("deed") == 0


def test_the_page_has_her_name_in_one_block_and_her_safe_contact_nowhere(desks: Desks) -> None:
    case_id = desks.network.refer()
    text = desks.at("support").get(page(case_id)).text
    head = text[: text.index("<dl")]
    assert NAME.upper() in text
    assert NAME.upper() not in head
    assert PHONE not in text
    assert ADDRESS not in text
    assert "Ouvrir le contact protégé" in text


@pytest.mark.parametrize("member", ["coordination", "mediation", "landlord", "street_work"])
def test_to_anybody_else_the_page_is_as_if_there_were_none(desks: Desks, member: str) -> None:
    case_id = desks.network.refer()
    desks.network.take("support", case_id, Step.ACCEPT)
    desk = desks.at(member)
    for path in ("", "/contact", "/etapes/withdraw", "/etapes/confirm"):
        assert desk.get(f"{page(case_id)}{path}").status_code == 404
        assert desk.get(f"/situations/{case_id}").status_code == 404


def test_pages_made_for_other_cases_show_nothing_of_hers(desks: Desks) -> None:
    case_id = desks.network.refer()
    for member in ("police", "support", "coordination"):
        desk = desks.at(member)
        for path in ("/situations/{}/acces", "/situations/{}/cloture", "/saisines/{}",
                     "/situations/{}/actions/nouvelle", "/a-traiter/{}",
                     "/situations/{}/etapes/accept"):  # fmt: skip
            assert desk.get(path.format(case_id)).status_code == 404, (member, path)


def test_the_safe_contact_asks_why_and_is_never_printed(desks: Desks) -> None:
    case_id = desks.network.refer()
    desk = desks.at("support")
    asking = desk.get(f"{page(case_id)}/contact")
    assert asking.status_code == 403
    assert "Pourquoi la joindre maintenant" in asking.text
    opened = desk.press(f"{page(case_id)}/contact/motif", asking, words=WHY)
    assert opened.location.endswith(f"{page(case_id)}/contact")
    text = desk.get(opened.location).text
    assert PHONE in text
    assert ADDRESS in text
    assert "never-printed" in text
    assert "Cette page ne s’imprime pas" in text
    assert "Mettre à jour" not in text


def test_whoever_refers_keeps_the_safe_contact_up_to_date(desks: Desks) -> None:
    case_id = desks.network.refer()
    desk, path = desks.at("police"), f"{page(case_id)}/contact"
    form = desk.get(path)
    assert "Mettre à jour" in form.text
    missing = desk.post(path, form, contact_phone="", contact_message="no")
    assert missing.status_code == 422
    kept = desk.post(path, form, contact_phone="06 39 98 00 99", contact_message="yes")
    assert kept.status_code == 303
    text = desk.get(path).text
    assert "06 39 98 00 99" in text
    assert PHONE not in text


def test_the_service_accepts_confirms_and_may_be_told_that_she_withdraws(desks: Desks) -> None:
    first, second = desks.network.refer(), desks.network.refer()
    desk = desks.at("support")
    for step, fields in (("accept", {}), ("confirm", {"contact_on": "23/11/2026"})):
        form = desk.get(f"{page(first)}/etapes/{step}")
        assert form.status_code == 200
        assert desk.post(f"{page(first)}/etapes/{step}", form, **fields).status_code == 303
    assert desks.network.row(first).state == "closed"
    form = desk.get(f"{page(second)}/etapes/withdraw")
    assert hides(form.text)
    assert desk.post(f"{page(second)}/etapes/withdraw", form).location == LIST
    assert "Accord retiré" in desk.get(LIST).text
    assert desk.get(page(second)).status_code == 404
    assert "Effacée" in desks.at("police").get(LIST).text


def test_whoever_refers_ends_her_consent_after_the_first_contact_too(desks: Desks) -> None:
    case_id = desks.network.refer()
    desks.network.take("support", case_id, Step.ACCEPT)
    desks.network.take("support", case_id, Step.CONFIRM, contact_on="2026-11-23")
    desk = desks.at("police")
    listed = desk.get(LIST).text
    assert f"{page(case_id)}/etapes/withdraw" in listed
    assert desk.get(page(case_id)).status_code == 404
    form = desk.get(f"{page(case_id)}/etapes/withdraw")
    assert desk.post(f"{page(case_id)}/etapes/withdraw", form).status_code == 303
    assert desks.network.row(case_id).state == "refused"


def test_another_service_is_chosen_with_a_new_consent(desks: Desks) -> None:
    case_id = desks.network.refer()
    desks.network.take("support", case_id, Step.DECLINE)
    desk, path = desks.at("police"), f"{page(case_id)}/etapes/address"
    form = desk.get(path)
    assert "Organisme inventé mediation" in form.text
    assert "Organisme inventé landlord" not in form.text
    mediation = str(desks.network.town.bodies["mediation"])
    fields = {"asked": mediation, "consent_channel": "telephone"}
    assert desk.post(path, form, **fields).status_code == 422
    assert desk.post(path, form, **fields, consent_on="23/11/2026").status_code == 303
    assert NAME.upper() in desks.at("mediation").get(page(case_id)).text


def test_every_page_about_victims_has_the_quick_way_out_and_it_ends_the_session(
    desks: Desks,
) -> None:
    case_id = desks.network.refer()
    desk = desks.at("police")
    paths = (LIST, f"{LIST}/nouvelle", f"{LIST}/signalement", page(case_id))
    for path in (*paths, f"{page(case_id)}/contact", f"{page(case_id)}/etapes/withdraw"):
        text = desk.get(path).text
        assert 'class="quick-exit"' in text, path
    seen = desk.get(LIST)
    left = desk.press("/depart", seen)
    assert left.location == "/jour"
    day = desk.get("/jour").text
    assert "lundi 23 novembre 2026" in day
    assert "casework" not in day.replace("casework.css", "")
    assert desk.get(page(case_id)).status_code in {302, 303, 401}


def test_a_report_without_consent_is_noted_about_nobody(desks: Desks) -> None:
    desk, path = desks.at("police"), f"{LIST}/signalement"
    form = desk.get(path)
    told = {
        "group_id": str(desks.network.group_id),
        "report_on": "23/11/2026",
        "report_channel": "prosecutor",
        "report_ground": "immediate_danger",
    }
    assert desk.press(path, form, **{**told, "report_ground": ""}).status_code == 422
    assert desk.press(path, form, **told).location == LIST
    assert "Signalement noté" in desk.get(LIST).text


def test_rule_03_no_other_page_leads_to_a_victim(desks: Desks) -> None:
    case_id = desks.network.refer()
    desks.network.take("support", case_id, Step.ACCEPT)
    for member in ("police", "coordination", "support"):
        desk = desks.at(member)
        for path in ("/", "/situations", "/situations?etat=toutes", "/saisines", "/a-traiter",
                     "/saisines/nouvelle", "/seances", "/actions"):  # fmt: skip
            text = desk.get(path).text
            assert str(case_id) not in text, (member, path)
            assert "VI-2026" not in text, (member, path)
            assert hides(text)
