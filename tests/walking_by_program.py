"""The routes of the API, each asked by a program in the name of a member."""

from datetime import timedelta
from typing import Final

from tests.gathering import today
from tests.integration.api.program import referral_body
from tests.walking import Walk
from tests.walking_by_reminder import mayor_reminds

API, MEETINGS = "/cases/<uuid:case_id>", "/meetings/<uuid:meeting_id>"
COORDINATOR: Final = "coordination"
WORKER: Final = "street_work"


def by_program(walk: Walk) -> None:
    """Ask for everything there is, a referral followed to its end."""
    town, ids = walk.town, walk.ids
    day = (today(town) + timedelta(days=9)).isoformat()
    for route in ("/actions", "/cases", "/meetings", "/referrals", "/certificates",
                  "/elimination-lists"):  # fmt: skip
        walk.api(COORDINATOR, f"GET {route}")
    for name in ("p1", "p2", "p3", "p4"):
        made = walk.api(WORKER, "POST /referrals", referral_body(town))
        ids[name] = made.headers["Location"].rpartition("/")[2]
    of, refer = "/cases/<uuid:case_id>", "POST /referrals/<uuid:case_id>"
    walk.api(COORDINATOR, f"{refer}/question", {"text": "Quand ?"}, of, case_id="p1")
    walk.api(WORKER, f"{refer}/answer", {"text": "Lundi."}, of, case_id="p1")
    walk.api(COORDINATOR, f"{refer}/acceptance", None, of, case_id="p2")
    walk.api(COORDINATOR, f"{refer}/refusal", None, of, case_id="p3")
    walk.api(COORDINATOR, f"{refer}/redirection", {"to": "ordinary_service"}, of, case_id="p4")
    at = {"case_id": "p2"}
    _program_of_a_case(walk)
    _program_of_meetings(walk)
    held = walk.api("dpo", f"POST {API}/holds", {"reason": "complaint", "until_on": day}, **at)
    ids["p:hold"] = held.headers["Location"].rpartition("/")[2]
    walk.api("dpo", "DELETE /holds/<uuid:hold_id>", hold_id="p:hold")
    walk.api(COORDINATOR, f"POST {API}/closure", {"why": "moved"}, of, **at)
    walk.api("dpo", "GET /access-log")
    walk.api("dpo", "POST /access-log/verifications")
    walk.api("dpo", "GET /retention-runs/preview")
    walk.api("archives", "POST /elimination-lists/<uuid:list_id>/visa",
             {"reference": "AD67-2", "count": 1}, list_id="p:list")  # fmt: skip
    mayor_reminds(walk)


def _program_of_a_case(walk: Walk) -> None:
    town, ids, at, of = walk.town, walk.ids, {"case_id": "p2"}, API
    member, day = str(town.members["police"]), (today(town) + timedelta(days=9)).isoformat()
    walk.api(COORDINATOR, f"GET {API}", **at)
    walk.api(COORDINATOR, f"POST {API}/namings", {"member": member}, **at)
    walk.api(COORDINATOR, f"POST {API}/information", {"informed_on": "2026-11-20"}, of, **at)
    told = {"signalled_to": "prosecutor", "signalled_on": "2026-11-20", "persons_told": "yes"}
    signal = {"step": "signal", "answers": told}
    walk.api(COORDINATOR, f"POST {API}/steps", signal, of, **at)
    walk.api(COORDINATOR, f"POST {API}/contributions", {"text": "Un mot.", "part": "sheet"}, **at)
    why = {"words": "Fixer le prochain rendez-vous"}
    walk.api(COORDINATOR, f"POST {API}/reasons", why, **at)
    walk.api(COORDINATOR, f"GET {API}/measures", **at)
    action = {"kind": "school_contact", "lead": member, "due_on": day}
    walk.api(COORDINATOR, f"POST {API}/actions", action, **at)
    ids["made"] = walk.api(COORDINATOR, f"GET {API}", **at).json["actions"][0]["id"]
    told = {"state": "done", "text": "Fait."}
    walk.api("police", "POST /actions/<uuid:action_id>/report", told, '"1"', action_id="made")
    walk.api(COORDINATOR, f"DELETE {API}/namings/<uuid:member_id>", member_id="m:police", **at)


def _program_of_meetings(walk: Walk) -> None:
    town, at = walk.town, {"meeting_id": "p:meeting"}
    held_on = today(town).isoformat()
    told = {"group_id": str(town.group_id), "held_on": held_on, "cases": [walk.ids["p2"]]}
    made = walk.api(COORDINATOR, "POST /meetings", told)
    walk.ids["p:meeting"] = made.headers["Location"].rpartition("/")[2]
    walk.api(COORDINATOR, f"GET {MEETINGS}", **at)
    walk.api(COORDINATOR, f"POST {MEETINGS}/opening", None, MEETINGS, **at)
    for body in ("coordination", "street_work", "school"):
        there = {"member": str(town.members[body]), "present": True}
        walk.api(COORDINATOR, f"POST {MEETINGS}/attendance", there, **at)
    put_off = {"case_id": str(walk.ids["p2"]), "code": "postponed"}
    walk.api(COORDINATOR, f"POST {MEETINGS}/decisions", put_off, API, case_id="p2", **at)
    walk.api(COORDINATOR, f"POST {MEETINGS}/closing", None, MEETINGS, **at)
