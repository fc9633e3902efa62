"""Whether somebody is already followed: asked, answered, and seen from the other side."""

from typing import Final

from tests.neighbours import NAMES, join
from tests.walking import Walk

WORKER: Final = "street_work"
COORDINATOR: Final = "mission"
PAGE: Final = "/presence"
_TOLD: Final = {
    "family_name": NAMES[0],
    "given_name": NAMES[1],
    "birth_date": "17/05/2010",
}


def asks_presence(walk: Walk) -> None:
    """Found groups that ask one another; ask by page and by program; take in an older case."""
    neighbours = join(walk.town)
    index = neighbours.town.runtime.presence_index
    neighbours.follow_east()
    index.forget(index.seals.council_id, list(index.versions()))
    west, east = ({"group_id": str(one)} for one in (neighbours.west, neighbours.east))
    walk.get(COORDINATOR, PAGE)
    walk.post(COORDINATOR, f"{PAGE}/inscriptions", PAGE, None, **east)
    walk.get(WORKER, PAGE)
    sent = walk.post(WORKER, PAGE, "", None, **_TOLD, **west)
    walk.ids["question"] = sent.headers["Location"].rpartition("/")[2]
    page = walk.get(WORKER, f"{PAGE}/reponses/<uuid:question_id>", question_id="question")
    assert "contactez Mme Invention Membre-mission" in page.text
    assert "Membre-street_work" in walk.get(COORDINATOR, PAGE).text
    walk.api(WORKER, "POST /presence/questions", {**_TOLD, **west})
    walk.api(COORDINATOR, "GET /presence")
    walk.api(COORDINATOR, "POST /presence/intake", east)
