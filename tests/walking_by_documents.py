"""Documents of a case: added, listed, saved and removed, at a desk and by a program."""

import io
from functools import partial
from typing import Any, Final

from tests.papers import plain_pdf
from tests.walking import Walk

DOCUMENTS: Final = "/situations/<uuid:case_id>/documents"
API: Final = "/cases/<uuid:case_id>/documents"
SCHOOL: Final = "school"


def attach(walk: Walk) -> None:
    """Add two documents, take one home, and take both away."""
    at = {"case_id": "followed", "document_id": "document"}
    walk.get(SCHOOL, DOCUMENTS, **at)
    told = {"title": "Un intitulé inventé", "file": (io.BytesIO(plain_pdf()), "a.pdf")}
    walk.post(SCHOOL, DOCUMENTS, "", at, bare=True, **told)
    listed = walk.api(SCHOOL, f"GET {API}", **at)
    walk.ids["document"] = listed.json["items"][0]["id"]
    walk.get(SCHOOL, f"{DOCUMENTS}/<uuid:document_id>", **at)
    walk.post(SCHOOL, f"{DOCUMENTS}/<uuid:document_id>/retrait", DOCUMENTS, at, bare=True)
    made = send(walk, **at)
    walk.ids["document"] = made.headers["Location"].rpartition("/")[2]
    walk.api(SCHOOL, f"GET {API}/<uuid:document_id>", **at)
    walk.api(SCHOOL, f"DELETE {API}/<uuid:document_id>", **at)


def send(walk: Walk, **ids: str) -> Any:
    """Send a file as the body of a request."""
    headers = {"Idempotency-Key": walk.program.key(), "Casework-Title": "Un%20intitul%C3%A9"}
    sent: dict[str, Any] = {
        "headers": headers,
        "data": plain_pdf(),
        "content_type": "application/pdf",
    }
    ask = partial(walk.program.ask, SCHOOL, "POST", **sent)
    return walk.heard(SCHOOL, f"POST /api/v1{API}", ask, ids)
