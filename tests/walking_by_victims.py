"""Victims: asked about danger, referred, received, called, forgotten; by page and by program."""

from typing import Final

from casework.cases.procedures.steps import Step
from tests.network import ADDRESS, NAME, PHONE, Network, found_network
from tests.walking import Walk

LIST: Final = "/orientations-victimes"
CASE: Final = f"{LIST}/<uuid:case_id>"
STEP: Final = f"{CASE}/etapes/<step>"
API: Final = "/cases/<uuid:case_id>"
WORKER, SERVICE = "police", "support"
WHY: Final = "Rappeler pour un rendez-vous au local inventé"


def refers_victims(walk: Walk) -> None:
    """Found a network, and refer in it."""
    network = found_network(walk.town)
    walk.office.at(WORKER)
    walk.office.at(SERVICE)
    walk.ids |= {"victim": network.refer(), "network": network.group_id}
    _before(walk, network)
    _received(walk)
    _by_program(walk, network)


def _before(walk: Walk, network: Network) -> None:
    group = str(network.group_id)
    walk.get(WORKER, LIST)
    walk.get(WORKER, f"{LIST}/nouvelle")
    walk.post(WORKER, f"{LIST}/nouvelle", "", None, danger="no", group_id=group)
    told = {"report_on": "23/11/2026", "report_channel": "prosecutor", "report_ground": "crime"}
    walk.post(WORKER, f"{LIST}/signalement", "", None, group_id=group, **told)


def _received(walk: Walk) -> None:
    at = {"case_id": "victim"}
    walk.get(SERVICE, CASE, **at)
    walk.post(SERVICE, f"{CASE}/contact/motif", f"{CASE}/contact", at, words=WHY)
    walk.get(SERVICE, f"{CASE}/contact", **at)
    said = {"contact_phone": "06 39 98 00 00", "contact_message": "no"}
    walk.post(WORKER, f"{CASE}/contact", "", at, **said)
    step = {**at, "step": Step.ACCEPT.value}
    walk.get(SERVICE, STEP, **step)
    walk.post(SERVICE, STEP, "", step)


def _by_program(walk: Walk, network: Network) -> None:
    made = walk.api(WORKER, "POST /victim-referrals", body_of(network))
    walk.ids["p:victim"] = made.headers["Location"].rpartition("/")[2]
    walk.api(WORKER, "GET /victim-referrals")
    at = {"case_id": "p:victim"}
    walk.api(WORKER, f"GET {API}/safe-contact", **at)
    said = {"contact_phone": PHONE, "contact_message": True}
    walk.api(WORKER, f"POST {API}/safe-contact", said, API, **at)
    noted = {"report_on": "2026-11-23", "report_channel": "prosecutor", "report_ground": "crime"}
    walk.api(WORKER, "POST /legal-reports", {"group_id": str(network.group_id), **noted})


def body_of(network: Network) -> dict[str, object]:
    """Return a referral as a program sends it."""
    return {
        "group_id": str(network.group_id),
        "consent_by": "victim",
        "consent_on": "2026-11-20",
        "consent_channel": "spoken",
        "consent_scope": "identity_and_needs,protected_address",
        "leaflet": True,
        "family_name": NAME,
        "given_name": "Ondinette",
        "age": 34,
        "commune": "67447",
        "contact_phone": PHONE,
        "contact_message": False,
        "hidden_address": ADDRESS,
        "needs": "legal,housing",
        "danger_evaluated": False,
        "service": str(network.town.bodies["support"]),
        "origin": "national_police",
    }
