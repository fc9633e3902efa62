"""The quarter's review of accesses: a body answers, the coordination confirms."""

import re
from typing import Final

from tests.rounds import ask
from tests.walking import Walk

ALONE: Final = "mission"


def bodies_answer(walk: Walk) -> None:
    """Ask every body, answer for one of a single person, have it confirmed."""
    ask(walk.town)
    page = walk.get(ALONE, "/revue").text
    review = re.search(r'action="/revue/([0-9a-f-]+)"', page)
    assert review
    walk.ids["review"] = review[1]
    of = {"review_id": "review"}
    said = {f"said-{walk.town.members[ALONE]}": "here"}
    walk.post(ALONE, "/revue/<uuid:review_id>", "/revue", of, **said)
    walk.get("coordination", "/revue/organismes")
    walk.post("coordination", "/revue/<uuid:review_id>/confirmation", "/revue/organismes", of)
