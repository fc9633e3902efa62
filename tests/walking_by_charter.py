"""A second version of the charter, taken from its file to the day chosen for it."""

from datetime import timedelta
from io import BytesIO
from typing import Final

from tests.gathering import today
from tests.integration.charters.revising import second
from tests.walking import Walk

COORDINATOR: Final = "coordination"
ONE: Final = "/chartes/<uuid:charter_id>"


def charter_follows(walk: Walk) -> None:
    """Bring in two drafts: one is withdrawn, the other approved, signed and given a day."""
    walk.office.desks[COORDINATOR] = walk.office.sit(COORDINATOR)
    for name, number in (("charter", 2), ("charter:gone", 3)):
        file = (BytesIO(second(number=number).encode()), "gsn.toml")
        made = walk.post(COORDINATOR, "/chartes", "", None, file=file)
        walk.ids[name] = made.headers["Location"].rpartition("/")[2]
    walk.get(COORDINATOR, "/chartes")
    of = {"charter_id": "charter"}
    walk.get("street_work", ONE, **of)
    for body in (COORDINATOR, "dpo"):
        walk.get(body, f"{ONE}/comparaison", **of)
        walk.post(body, f"{ONE}/approbation", f"{ONE}/comparaison", of, seen="yes")
    day = today(walk.town)
    until = (day + timedelta(days=300)).strftime("%d/%m/%Y")
    dates = {"signed_on": day.strftime("%d/%m/%Y"), "until_on": until}
    for body in (COORDINATOR, "street_work", "school"):
        signed = {"organisation": str(walk.town.bodies[body]), **dates}
        walk.post(COORDINATOR, f"{ONE}/signatures", ONE, of, **signed)
    soon = (day + timedelta(days=9)).strftime("%d/%m/%Y")
    walk.post(COORDINATOR, f"{ONE}/entree-en-vigueur", ONE, of, enters_on=soon)
    walk.post(COORDINATOR, f"{ONE}/retrait", ONE, {"charter_id": "charter:gone"})
    walk.api(COORDINATOR, "GET /charters")
    walk.api(COORDINATOR, "GET /charters/<uuid:charter_id>", **of)
