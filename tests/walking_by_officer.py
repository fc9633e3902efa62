"""What the officer asks about readings, and what members are told of their own."""

import re
from typing import Final

from tests.walking import Walk

WORKER: Final = "street_work"


def officer_asks(walk: Walk) -> None:
    """Look at the cards, hold an enquiry to its end, then tell everybody their part."""
    _examined(walk)
    _told(walk)
    _explained(walk)


def _examined(walk: Walk) -> None:
    cards, one = "/dpd/examen", "/dpd/examen/enquetes/<uuid:enquiry_id>"
    walk.get("dpo", cards)
    walk.get("dpo", f"{cards}/enquetes")
    begun = f"{cards}/enquetes/nouvelle?entrees=1,2"
    walk.get("dpo", begun)
    told = {"entrees": "1,2", "question": "Pourquoi ?", "addressee": "Une personne inventée"}
    made = walk.post("dpo", f"{cards}/enquetes", begun, None, **told)
    walk.ids["enquiry"] = made.headers["Location"].rpartition("/")[2]
    of = {"enquiry_id": "enquiry"}
    walk.get("dpo", one, **of)
    walk.post("dpo", f"{one}/reponse", one, of, answer="Une raison inventée.")
    walk.post("dpo", f"{one}/conclusion", one, of, conclusion="explained")


def _explained(walk: Walk) -> None:
    """Ask what others may see: a real member, invented people, and the charter on paper."""
    simulator, member = "/dpd/simulateur", str(walk.town.members["school"])
    walk.get("dpo", simulator)
    walk.post("dpo", simulator, "", None, member=member)
    walk.post("dpo", simulator, "", None, member=member, reference=str(walk.ids["followed"]))
    walk.get("coordination", "/simulateur?asked=1&ties=named")
    charter = walk.town.runtime.directory.groups()[walk.town.group_id].charter_id
    walk.ids["charter"] = charter
    asked = {"member": member, "reference": str(walk.ids["followed"])}
    walk.api("dpo", "POST /access-explanations", asked)
    walk.api("dpo", "POST /access-reaches", {"member": member})
    walk.api("coordination", "POST /access-simulations", {"ties": ["named"]})
    walk.get(WORKER, "/charte/feuille/<uuid:charter_id>", charter_id="charter")


def _told(walk: Walk) -> None:
    """Ask who opened what, for oneself, for the lead, for a person; and find a code again."""
    walk.get(WORKER, "/mes-consultations")
    page = walk.get(WORKER, "/situations/<uuid:case_id>/consultations", case_id="followed").text
    reference = re.search(r"SN-\d{4}-\d{3}", page)
    assert reference
    walk.get("dpo", "/dpd/releves")
    asked = {"reference": reference[0], "whom": "subject", "request": "DP-2026-004"}
    walk.post("dpo", "/dpd/releves", "", None, **asked)
    walk.post("dpo", "/dpd/acces/code", "/dpd/acces", code="AAAAA-AAAAA")
    walk.api("dpo", "POST /reading-reports", asked)
    walk.api("dpo", "GET /access-log/checkpoints?code=AAAAA-AAAAA")
    walk.api(WORKER, "GET /trail")
    walk.api(WORKER, "GET /cases/<uuid:case_id>/trail", case_id="followed")
    walk.api(WORKER, "POST /reasons", {"words": "Une raison inventée"})
