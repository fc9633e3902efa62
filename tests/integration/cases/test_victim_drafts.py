"""The four short pages of a victim’s referral, kept as one types."""

from casework.identity import Reason
from tests.integration.cases.victims import LIST, Desks, page
from tests.network import ADDRESS, NAME, PHONE

CONSENT = {
    "consent_by": "victim",
    "consent_on": "20/11/2026",
    "consent_channel": "spoken",
    "consent_scope": ["identity_and_needs", "protected_address"],
    "leaflet": "yes",
}
HERSELF = {
    "family_name": NAME,
    "given_name": "Ondinette",
    "age": "34",
    "commune": "67447",
    "contact_phone": PHONE,
    "contact_message": "no",
    "hidden_address": ADDRESS,
}
NEEDS = {
    "needs": ["legal", "listening"],
    "urgency": "this_week",
    "danger_evaluated": "no",
    "origin": "national_police",
}


def begun(desks: Desks) -> str:
    """Begin a draft and return the address of its pages."""
    desk = desks.at("police")
    form = desk.get(f"{LIST}/nouvelle")
    made = desk.post(f"{LIST}/nouvelle", form, danger="no", group_id=desks.network.group_id)
    return str(made.location).rpartition("/")[0]


def filled(desks: Desks, draft: str, step: int, **fields: object) -> str:
    """Fill a page and return where it leads."""
    desk = desks.at("police")
    form = desk.get(f"{draft}/{step}")
    kept = desk.post(f"{draft}/{step}", form, kind="victim", **fields)
    return str(kept.location) if kept.status_code == 303 else kept.text


def test_four_short_pages_then_one_service_has_it_and_nobody_else(desks: Desks) -> None:
    draft = begun(desks)
    service = str(desks.network.town.bodies["support"])
    assert filled(desks, draft, 1, **CONSENT).endswith("/2")
    page_2 = desks.at("police").get(f"{draft}/2").text
    assert "Son accord ne couvre pas ce qui concerne les enfants" in page_2
    assert 'name="children"' not in page_2
    assert filled(desks, draft, 2, **HERSELF).endswith("/3")
    assert filled(desks, draft, 3, **NEEDS, service=service).endswith("/4")
    desk = desks.at("police")
    review = desk.get(f"{draft}/4")
    for said in ("Écoute et soutien moral", "Organisme inventé support", "Cette semaine", PHONE):
        assert said in review.text
    assert "Vous et le service choisi" in review.text
    sent = desk.post(f"{draft}/transmission", review)
    assert sent.location == LIST
    (case_id,) = [
        line.head.id
        for line in desks.network.town.runtime.victims.list_referrals(
            desks.network.town.who("support"), Reason.DUTY
        )
    ]
    assert NAME.upper() in desks.at("support").get(page(case_id)).text
    assert desks.at("coordination").get(page(case_id)).status_code == 404


def test_a_page_keeps_several_codes_and_says_where_pages_do_not_agree(desks: Desks) -> None:
    draft = begun(desks)
    filled(desks, draft, 1, **CONSENT)
    text = desks.at("police").get(f"{draft}/1").text
    assert text.count("checked") == 5
    filled(desks, draft, 2, **{**HERSELF, "age": "15"})
    again = filled(desks, draft, 1, **CONSENT)
    assert "un représentant légal que les faits" in again
    narrowed = filled(desks, draft, 1, **{**CONSENT, "consent_scope": ["identity_and_needs"]})
    assert "représentant" in narrowed
    assert "L’accord ne couvre pas cela" in desks.at("police").get(f"{draft}/4").text


def test_a_draft_about_a_victim_stands_with_no_other_draft(desks: Desks) -> None:
    draft = begun(desks)
    filled(desks, draft, 1, **CONSENT)
    desk = desks.at("police")
    assert draft in desk.get(f"{LIST}/nouvelle").text
    assert draft not in desk.get("/saisines/nouvelle").text
    text = desk.get(f"{draft}/2").text
    assert 'class="quick-exit"' in text
    assert "never-printed" in text
