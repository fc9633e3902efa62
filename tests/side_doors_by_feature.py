"""Attacks by features that others have: where there is none here, no route may look like it."""

import re
from typing import Final

from casework.tables import MAIN
from casework.web.guard import access_matrix
from casework.web.permissions import Permission
from tests.letters import issue
from tests.scenery import PERSONS
from tests.side_doors import ABSENT, OUTSIDERS, Beside, still

CONTACTS: Final = frozenset(
    {
        "/api/v1/cases/<uuid:case_id>/safe-contact",
        "/orientations-victimes/<uuid:case_id>/contact",
        "/orientations-victimes/<uuid:case_id>/contact/motif",
    }
)
"""Where somebody is opened apart from their case, after it was decided that they may be."""


def routes(beside: Beside) -> list[str]:
    """Return "METHOD url permission" for every route."""
    return access_matrix(beside.office.app).splitlines()


def no_route_like(beside: Beside, *words: str, but: frozenset[str] = frozenset()) -> None:
    """Fail where a route has one of these words, unless its attack stands in this module."""
    looks = re.compile("|".join(words), re.IGNORECASE)
    found = {line.split()[1] for line in routes(beside) if looks.search(line.split()[1])}
    assert found == but, "a new way to cases: add its attack to its thread, then its route here"


def search(beside: Beside) -> None:
    """Search for everybody of the town by their very names, from every body beside the cases."""
    no_route_like(
        beside, "recherche", "search", "trouver",
        but=frozenset({"/recherche", "/api/v1/cases/searches"}),
    )  # fmt: skip
    group = {"group_id": str(beside.town.group_id)}
    for body in OUTSIDERS:
        for person in PERSONS:
            words = f"{person.family_name} {person.given_name}"
            desk = beside.office.at(body)
            page = desk.press("/recherche", desk.get("/recherche"), words=words, **group)
            told = re.sub('value="[^"]*"', "", page.text)  # their own words, in the form they typed
            assert beside.traces(told, of=body) == []
            answer = beside.api(body, "POST", "/cases/searches", {"words": words, **group})
            assert answer.status_code in {200, 404}
            assert answer.status_code == 404 or answer.json["items"] == []


def merge_screen(beside: Beside) -> None:
    """Merge what one was not called to, on any side of it, and part what others merged."""
    merges, parts = (f"/cases/<uuid:case_id>/{one}" for one in ("merges", "separation"))
    pages = {f"/situations/<uuid:case_id>/{one}" for one in ("reunion", "separation")}
    no_route_like(
        beside, "fusion", "merge", "rapproche", "reunion", "separation",
        but=frozenset({f"/api/v1{merges}", f"/api/v1{parts}", *pages}),
    )  # fmt: skip
    for body in (*OUTSIDERS, "street_work", "school"):
        for case_id in beside.scene.cases.values():
            told = {"other": str(beside.own)}
            for kept, other in ((case_id, told), (beside.own, {"other": str(case_id)})):
                answer = beside.api(body, "POST", f"/cases/{kept}/merges", other)
                assert answer.status_code == 404
            assert beside.api(body, "POST", f"/cases/{case_id}/separation").status_code == 404
            page = beside.page(body, f"/situations/{case_id}/reunion")
            assert page.status_code == 404 or "Réunir ici" not in page.text


def confidential_form(beside: Beside) -> None:
    """Open forms about persons: they know nobody before somebody is typed."""
    assert beside.secrets.found_in(beside.page("landlord", "/saisines/nouvelle").text) == []
    no_route_like(beside, "personne", "person", "annuaire", "contact", but=CONTACTS)
    for _, one in beside.hidden(of="landlord"):
        for url in (f"/orientations-victimes/{one}/contact", f"/orientations-victimes/{one}"):
            assert beside.page("landlord", url).status_code == 404
        assert beside.api("landlord", "GET", f"/cases/{one}/safe-contact").status_code == 404


def duplicates(beside: Beside) -> None:
    """Refer somebody whom others refer already: the answer says nothing about them."""
    no_route_like(
        beside, "doublon", "duplicat", "homonym", "resembl",
        but=frozenset({"/api/v1/referrals/<uuid:case_id>/resemblances"}),
    )  # fmt: skip
    for case_id in beside.scene.cases.values():
        path = f"/referrals/{case_id}/resemblances"
        for body in OUTSIDERS:
            assert beside.program.get(body, path).status_code == 404
        for body in ("street_work", "school"):
            assert beside.program.get(body, path).status_code != 200
    known = beside.program.refer("school", family_name="Zéphirinquois", given_name="Maïlys")
    new = beside.program.refer("school", family_name="Inconnuvrac", given_name="Personnette")
    assert (known.status_code, sorted(known.headers.keys())) == (201, sorted(new.headers.keys()))
    assert [still(one.text) for one in (known, new)] == [still(new.text)] * 2


def autocomplete(beside: Beside) -> None:
    no_route_like(beside, "complet", "suggest", "propos")
    for body in ("coordination", "street_work", "landlord"):
        assert "<datalist" not in beside.page(body, "/saisines/nouvelle").text


_IDENTITY_NUMBERS: Final = re.compile(
    r"\b(nir|ssn|insee_number|securite_sociale|ine|national_id)\b"
)


def identity_number(beside: Beside) -> None:
    """No column and no answer has a place for the number of a person's social security."""
    columns = " ".join(name for table in MAIN.sorted_tables for name in list(table.c.keys()))
    document = beside.program.ask("coordination", "GET", "/api/openapi.json").text.lower()
    assert not _IDENTITY_NUMBERS.search(columns.lower())
    assert not _IDENTITY_NUMBERS.search(document)


def identity_in_exports(beside: Beside) -> None:
    """The one export there is tells of readings by numbers: no name, no word of a case."""
    desk = beside.office.at("dpo")
    answer = desk.press("/dpd/acces/export", desk.get("/dpd/acces"))
    assert answer.status_code == 200
    assert beside.secrets.found_in(answer.data) == []


def export_by_others(beside: Beside) -> None:
    """Export the register as somebody who is not the officer."""
    for body in ("police", "school", "coordination", "archives"):
        desk = beside.office.at(body)
        answer = desk.press("/dpd/acces/export", desk.get("/aide"))
        assert answer.status_code == 404
        assert beside.page(body, "/dpd/acces").status_code == 404


def other_formats(beside: Beside) -> None:
    """Ask for lists in formats that check less."""
    usual = beside.program.get("police", "/cases").data
    for url in ("/cases?format=csv", "/cases?export=1", "/cases?fields=all"):
        answer = beside.program.get("police", url, headers={"Accept": "text/csv, */*"})
        assert answer.status_code in {200, 406, 422}
        assert answer.status_code != 200 or answer.data == usual


def administration(beside: Beside) -> None:
    """Look for the pages of an administrator: there is none, and nobody to be one."""
    no_route_like(beside, "admin", "gestion", "debug", "console")
    assert not any("admin" in str(permission) for permission in Permission)


def printing(beside: Beside) -> None:
    """Print or download letters of cases of others: a partner not named, the officer."""
    letter = "/situations/<uuid:case_id>/courriers/<uuid:letter_id>"
    program = "/api/v1/cases/<uuid:case_id>/letters/<uuid:letter_id>/file"
    template = "/courriers/modeles/<uuid:group_id>/<kind>/<format_>/fichier"
    no_route_like(
        beside, "export", "impr", "print", "csv", "xls", r"\.pdf", "/pdf", "odt", "fichier",
        "/file",
        but=frozenset({"/dpd/acces/export", f"{letter}/impression", f"{letter}/fichier", program,
                       template}),
    )  # fmt: skip
    case_id = beside.scene.cases["followed"]
    letter_id = issue(beside.town, case_id).id
    for body in ("police", "landlord", "mission", "dpo", "archives"):
        for way in ("", f"/{letter_id}", f"/{letter_id}/impression", f"/{letter_id}/fichier"):
            page = beside.page(body, f"/situations/{case_id}/courriers{way}")
            assert page.status_code == 404
            absent = beside.page(body, f"/situations/{ABSENT}/courriers{way}")
            assert still(page.text) == still(absent.text)
        for way in ("", f"/{letter_id}", f"/{letter_id}/file"):
            answer = beside.api(body, "GET", f"/cases/{case_id}/letters{way}")
            assert answer.status_code == 404
        listed = beside.page(body, "/courriers?etat=toutes")
        assert listed.status_code != 200 or "SN-" not in listed.text
    own = beside.page("police", f"/situations/{beside.own}/courriers/{letter_id}")
    assert own.status_code == 404


def narrow_token(beside: Beside) -> None:
    """Read cases with a token that was made for something else."""
    assert beside.program.get("coordination", "/cases").status_code == 200
    token = beside.program.tokens["coordination"]
    beside.program.tokens["coordination"] = beside.program.token(
        "coordination", frozenset({Permission.MEETING_LIST})
    )
    answers = [
        beside.program.get("coordination", url).status_code for url in ("/cases", "/actions")
    ]
    beside.program.tokens["coordination"] = token
    assert answers == [404, 404]


def by_mail_and_calendar(beside: Beside) -> None:
    """Subscribe to what leaves the service: nothing does."""
    no_route_like(beside, "mail", "courriel", "ical", r"\.ics", "calendrier", "agenda", "flux",
                  "rss", "webhook", "notification")  # fmt: skip
