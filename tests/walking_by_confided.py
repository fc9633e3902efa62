"""What is confided to a few: a text between social workers, the mention of a measure."""

from typing import Final

from tests.walking import Walk

CASE: Final = "/situations/<uuid:case_id>"
COORDINATOR, WORKER = "coordination", "street_work"


def confide(walk: Walk) -> None:
    """Write the first, type why and mention the second."""
    at, why = {"case_id": "followed"}, {"words": "Fixer le prochain rendez-vous"}
    walk.post(WORKER, f"{CASE}/secret-partage", CASE, at, secret="Un secret inventé.")
    walk.post(COORDINATOR, f"{CASE}/mesure/motif", f"{CASE}/mesure", at, **why)
    walk.get(COORDINATOR, f"{CASE}/mesure", **at)
    told = {"measure": "placement", "needed": "yes", "needed_because": "return"}
    walk.post(COORDINATOR, f"{CASE}/mesure", "", at, measure_from="01/10/2026", **told)
