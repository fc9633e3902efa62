"""How a group writes, and a letter from its preparation to the day it was sent."""

import re
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from casework.letters.fields import LetterField as F
from casework.letters.kinds import LetterKind
from casework.letters.pressing import shipped
from tests.letters import said_in
from tests.templates import ODT
from tests.walking import Walk

COORDINATOR: Final = "coordination"
ONCE: Final = "01930000-0000-7000-8000-0000000000c7"
LETTERS: Final = "/situations/<uuid:case_id>/courriers"
LETTER: Final = f"{LETTERS}/<uuid:letter_id>"
API: Final = "/cases/<uuid:case_id>/letters"
PLACE: Final = "/courriers/modeles/<uuid:group_id>/<kind>/<format_>"
_KIND: Final = LetterKind.INFORMATION_PERSON


def writes_letters(walk: Walk) -> None:
    """Set the letterhead, bring a template, issue two letters, and say that one was sent."""
    _stationery(walk)
    at = {"case_id": "followed"}
    typed = {name.value: said for name, said in said_in(_KIND).items()}
    walk.get(COORDINATOR, LETTERS, **at)
    walk.post(COORDINATOR, f"{LETTERS}/preparation", LETTERS, at, bare=True, kind=_KIND.value)
    told = {**typed, "kind": _KIND.value, "format": "odt", "once": ONCE}
    made = walk.post(COORDINATOR, LETTERS, LETTERS, at, bare=True, **told)
    walk.ids["letter"] = _id_in(made.headers["Location"])
    of = {**at, "letter_id": "letter"}
    for route in (LETTER, f"{LETTER}/impression", f"{LETTER}/fichier"):
        walk.get(COORDINATOR, route, **of)
    walk.post(COORDINATOR, f"{LETTER}/fichier", LETTER, of, bare=True)
    day = f"{walk.town.clock.now():%d/%m/%Y}"
    walk.post(COORDINATOR, f"{LETTER}/etat", LETTER, of, state="sent", on=day)
    walk.get(COORDINATOR, "/courriers")
    _by_program(walk, typed)


def _stationery(walk: Walk) -> None:
    head = {name.value: f"Inventé {name.value}" for name in (F.SENDER, F.PLACE)}
    group = {"group_id": "group"}
    modeles, en_tete = "/courriers/modeles", "/courriers/en-tete/<uuid:group_id>"
    walk.get(COORDINATOR, modeles)
    walk.post(COORDINATOR, en_tete, modeles, group, **head)
    at: dict[str, Any] = {**group, "kind": _KIND.value, "format_": "odt"}
    walk.get(COORDINATOR, PLACE, **at)
    walk.get(COORDINATOR, f"{PLACE}/fichier", **at)
    sent = (BytesIO(shipped(_KIND, ODT)), "modele.odt")
    walk.post(COORDINATOR, PLACE, PLACE, at, bare=True, template=sent)
    walk.post(COORDINATOR, f"{PLACE}/retrait", PLACE, at, bare=True)


def _by_program(walk: Walk, typed: dict[str, str]) -> None:
    at = {"case_id": "followed"}
    body = {"kind": _KIND.value, "format": "docx", "fields": typed}
    made = walk.api(COORDINATOR, f"POST {API}", body, **at)
    walk.ids["p:letter"] = _id_in(made.headers["Location"])
    of, letter = {**at, "letter_id": "p:letter"}, f"{API}/<uuid:letter_id>"
    walk.api(COORDINATOR, "GET /letters")
    walk.api(COORDINATOR, f"GET {API}", **at)
    walk.api(COORDINATOR, f"GET {letter}", **of)
    walk.api(COORDINATOR, f"GET {letter}/file", **of)
    walk.api(COORDINATOR, f"POST {letter}/file", **of)
    said = {"state": "handed", "on": f"{walk.town.clock.now():%Y-%m-%d}"}
    walk.api(COORDINATOR, f"POST {letter}/state", said, letter, **of)


def _id_in(location: str) -> UUID:
    found = re.findall(r"[0-9a-f-]{36}", location)
    return UUID(found[-1])
