"""Searches by name, who resembles whom, and two cases of one person merged and parted."""

from typing import Final

from tests.integration.api.program import referral_body
from tests.walking import Walk

CASE, API = "/situations/<uuid:case_id>", "/cases/<uuid:case_id>"
COORDINATOR: Final = "coordination"
WORKER: Final = "street_work"
# A search says what it compares before any name is open, and which cases it shows afterwards; a
# case says in a line of its own which others it is merged with.
TWO_LINES: Final = {
    "POST /recherche", "POST /api/v1/cases/searches", "GET /a-traiter/<uuid:case_id>",
    "GET /api/v1/referrals/<uuid:case_id>/resemblances",
    "GET /situations/<uuid:case_id>/reunion", "GET /situations/<uuid:case_id>",
}  # fmt: skip
SHOWN: Final = {
    "case:listed", "case:searched", "referral:listed", "action:listed", "meeting:listed",
}  # fmt: skip
"""What shows cases one finds: by an article, unless it shows none."""

WORDS: Final = "Zéphirinquois Maïlys"


def searches(walk: Walk) -> None:
    """Search by page and by program; merge what is alike, and part it again."""
    group = {"group_id": str(walk.town.group_id)}
    walk.post(COORDINATOR, "/recherche", "", None, words=WORDS, bare=True)
    walk.api(COORDINATOR, "POST /cases/searches", {"words": WORDS, **group})
    for name in ("s1", "s2"):
        made = walk.api(WORKER, "POST /referrals", referral_body(walk.town))
        walk.ids[name] = made.headers["Location"].rpartition("/")[2]
        at = {"case_id": name}
        walk.api(COORDINATOR, "GET /referrals/<uuid:case_id>/resemblances", **at)
        accepted = "POST /referrals/<uuid:case_id>/acceptance"
        walk.api(COORDINATOR, accepted, None, API, **at)
    _merges(walk)


def _merges(walk: Walk) -> None:
    kept, other = {"case_id": "s1"}, {"case_id": "s2"}
    told = {"other": str(walk.ids["s2"])}
    walk.get(COORDINATOR, f"{CASE}/reunion", **kept)
    walk.post(COORDINATOR, f"{CASE}/reunion", "", kept, **told)
    walk.get(COORDINATOR, CASE, **kept)
    walk.post(COORDINATOR, f"{CASE}/separation", CASE, other, bare=True)
    walk.api(COORDINATOR, f"POST {API}/merges", told, API, **kept)
    walk.api(COORDINATOR, f"POST {API}/separation", **other)
