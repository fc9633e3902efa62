"""What is confided to a few: a text between social workers, the mention of a measure."""

import re
from typing import Final

from tests.walking import Walk

CASE: Final = "/situations/<uuid:case_id>"
API: Final = "/cases/<uuid:case_id>/measures"
WHY: Final = {"words": "Fixer le prochain rendez-vous"}
_MENTION: Final = re.compile(r"/mesure/([0-9a-f-]{36})/retrait")
COORDINATOR, WORKER = "coordination", "street_work"


def confide(walk: Walk) -> None:
    """Write the first, type why and mention the second."""
    at = {"case_id": "followed"}
    walk.post(WORKER, f"{CASE}/secret-partage", CASE, at, secret="Un secret inventé.")
    walk.post(COORDINATOR, f"{CASE}/mesure/motif", f"{CASE}/mesure", at, **WHY)
    walk.get(COORDINATOR, f"{CASE}/mesure", **at)
    told = {"measure": "placement", "needed": "yes", "needed_because": "return"}
    for _ in range(2):
        walk.post(COORDINATOR, f"{CASE}/mesure", "", at, measure_from="01/10/2026", **told)
    _withdraw(walk)


def _withdraw(walk: Walk) -> None:
    """Take both mentions back, by page and by program."""
    at = {"case_id": "followed", "mention_id": "mention"}
    wrong = f"{CASE}/mesure/<uuid:mention_id>/retrait"
    for by_page in (True, False):
        page = walk.office.at(COORDINATOR).get(walk.url(f"{CASE}/mesure", at)).text
        (walk.ids["mention"], *_) = _MENTION.findall(page)
        if by_page:
            walk.post(COORDINATOR, wrong, f"{CASE}/mesure", at, bare=True)
        else:
            walk.api(COORDINATOR, "POST /cases/<uuid:case_id>/reasons", WHY, **at)
            walk.api(COORDINATOR, f"DELETE {API}/<uuid:mention_id>", **at)
