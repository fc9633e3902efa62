"""What keeps a case from somebody: links, cases that open with two people, typed reasons."""

from typing import Final

from tests.walking import Walk

CASE, MEETING = "/situations/<uuid:case_id>", "/seances/<uuid:meeting_id>"
API: Final = "/cases/<uuid:case_id>"
COORDINATOR: Final = "coordination"
WORKER: Final = "street_work"


def keep_away(walk: Walk) -> None:
    """Protect a case and open it with another, close one and say why, then keep people away."""
    _by_two(walk)
    _before_a_table(walk)
    _closed(walk)
    _links(walk)


def _by_two(walk: Walk) -> None:
    at, of = {"case_id": "followed"}, {"case_id": "followed", "member_id": "m:school"}
    door = f"{CASE}/ouverture"
    walk.post(COORDINATOR, f"{CASE}/protection", f"{CASE}/acces", at, protected="yes")
    walk.get("school", door, **at)
    walk.post("school", door, "", at)
    walk.get(WORKER, "/ouvertures")
    walk.post(WORKER, f"{door}/<uuid:member_id>", "/ouvertures", of)
    walk.api("school", f"POST {API}/openings", **at)
    walk.api(COORDINATOR, f"POST {API}/openings", **at)
    walk.api(WORKER, "GET /openings")
    asked = {"case_id": "followed", "member_id": "m:coordination"}
    walk.api(WORKER, f"POST {API}/openings/<uuid:member_id>/consent", **asked)
    walk.api(COORDINATOR, f"POST {API}/protection", {"protected": False}, **at)


def _before_a_table(walk: Walk) -> None:
    at = {"case_id": "agenda", "meeting_id": "meeting:open"}
    walk.api(COORDINATOR, f"POST {API}/protection", {"protected": True}, case_id="agenda")
    told = {"case_id": str(walk.ids["agenda"])}
    walk.post(COORDINATOR, f"{MEETING}/situations/<uuid:case_id>/ouverture", MEETING, at)
    walk.api(COORDINATOR, "POST /meetings/<uuid:meeting_id>/openings", told, **at)


def _closed(walk: Walk) -> None:
    at, words = {"case_id": "closed"}, "Une raison inventée"
    walk.post(COORDINATOR, f"{CASE}/motif", CASE, at, words=words)
    walk.api(COORDINATOR, f"POST {API}/reasons", {"words": words}, **at)


def _links(walk: Walk) -> None:
    at, members = {"case_id": "followed"}, walk.town.members
    of = {**at, "holder_id": "m:police"}
    walk.post(COORDINATOR, f"{CASE}/liens", f"{CASE}/acces", at, holder=str(members["police"]))
    walk.post(COORDINATOR, f"{CASE}/liens/<uuid:holder_id>/fin", f"{CASE}/acces", of)
    walk.get("dpo", "/dpd/liens")
    walk.post("dpo", "/dpd/liens/<uuid:case_id>/<uuid:holder_id>", "/dpd/liens", of, agreed="no")
    walk.api(WORKER, f"POST {API}/links", {"holder": str(members["landlord"])}, **at)
    walk.api(WORKER, f"GET {API}/links", **at)
    landlord = {**at, "holder_id": "m:landlord"}
    walk.api(COORDINATOR, f"POST {API}/links/<uuid:holder_id>/lift", **landlord)
    walk.get("school", f"{CASE}/lien", **at)
    walk.post("school", f"{CASE}/lien", "", at)
    walk.api(WORKER, f"POST {API}/own-link", **at)
