"""Attacks on the ways to cases that there are: by number, by list, by tie, by spelling."""

import json
from typing import Final

from tests.holders import colleague
from tests.scenery import NOTE, REPORTER, SCHOOL, WORDS
from tests.side_doors import ABSENT, OUTSIDERS, Beside, end_naming, still

GONE: Final = {308, 403, 404, 405}


def number_changed(beside: Beside) -> None:
    """Ask for cases of others by their number, as partners, officer and archives."""
    for body in OUTSIDERS:
        absent = beside.page(body, f"/situations/{ABSENT}")
        for _, one in beside.hidden(of=body):
            page = beside.page(body, f"/situations/{one}")
            assert (page.status_code, page.data) == (404, absent.data)
            assert beside.api(body, "GET", f"/cases/{one}").status_code == 404


def offered_in_lists(beside: Beside) -> None:
    """Look for cases of others among what forms offer."""
    for url in ("/saisines/nouvelle", f"/seances/preparation/{beside.town.group_id}"):
        assert beside.traces(beside.page("police", url).text, of="police") == []
    own = beside.page("police", f"/situations/{beside.own}").text
    assert beside.traces(own, of="police") == []


def former_reader(beside: Beside) -> None:
    """Go on reading after the naming ended."""
    case_id = beside.scene.cases["agenda"]
    assert beside.page("school", f"/situations/{case_id}").status_code == 200
    end_naming(beside, "agenda", "school")
    assert beside.page("school", f"/situations/{case_id}").status_code == 404
    assert str(case_id) not in beside.shown("school")


def outside_body(beside: Beside) -> None:
    """Read everything that needs no number, as bodies that were called to nothing."""
    for body in ("landlord", "mission", "police"):
        assert beside.traces(beside.shown(body), of=body) == []


def counts(beside: Beside) -> None:
    """Compare the counts that an outsider is shown before and after a case of others."""
    seen = beside.shown("landlord")
    hidden = beside.town.refer("street_work")
    beside.town.follow(hidden)
    assert still(beside.shown("landlord")) == still(seen)
    beside.scene.cases["later"] = hidden


def work_queue(beside: Beside) -> None:
    """Ask for what waits for somebody else."""
    for body in ("landlord", "police", "dpo"):
        for url in ("/a-traiter", "/actions", "/avis", "/rappels", "/seances"):
            assert beside.traces(beside.page(body, url).text, of=body) == []


SIGNAL: Final = {
    "signalled_to": "prosecutor",
    "signalled_on": "2026-11-20",
    "persons_told": "yes",
}


def read_only_becomes_editable(beside: Beside) -> None:
    """Change what one may only read."""
    case_id, asked = beside.scene.cases["followed"], []
    for url, told in (
        ("closure", {"why": "moved"}),
        ("information", {"informed_on": "2026-11-20"}),
        ("steps", {"step": "signal", "answers": SIGNAL}),
        ("namings", {"member": str(beside.town.members["landlord"])}),
    ):
        asked.append(beside.api("school", "POST", f"/cases/{case_id}/{url}", told).status_code)
    assert asked == [404, 404, 404, 404]


def linked_cases(beside: Beside) -> None:
    """Read a meeting that has cases of others on its agenda."""
    meeting = beside.scene.meetings["open"]
    for body in ("school", "police"):
        page = beside.page(body, f"/seances/{meeting}").text
        assert beside.traces(page, of=body) == []
        told = beside.program.get(body, f"/meetings/{meeting}").text
        assert beside.traces(told, of=body) == []


def resources_of_a_case(beside: Beside) -> None:
    """Look on a case that one may read for who reported it, and for others' notes."""
    case_id = beside.scene.cases["followed"]
    page = beside.page("school", f"/situations/{case_id}").text
    told = beside.program.get("school", f"/cases/{case_id}").json
    assert SCHOOL in page
    for text in (page, json.dumps(told, ensure_ascii=False)):
        assert not any(one in text for one in (REPORTER, WORDS, NOTE))


def fall_back_paths(beside: Beside) -> None:
    """Ask by other spellings and methods of the same address."""
    case_id = beside.scene.cases["followed"]
    client = beside.office.at("police").client
    for url in (f"/situations/{case_id}/", f"//situations/{case_id}", f"/situations/{case_id}.json",
                f"/situations/%2e/{case_id}", f"/SITUATIONS/{case_id}", f"/cases/{case_id}",
                f"/situations/{str(case_id).upper()}", f"/situations/{case_id}?format=json",
                f"/situations/{case_id.hex}"):  # fmt: skip
        for method in ("GET", "HEAD", "POST", "OPTIONS", "PROPFIND"):
            answer = client.open(url, method=method)
            assert answer.status_code in GONE or not beside.secrets.found_in(answer.data), url


def digits_of_a_phone(beside: Beside) -> None:
    """Look for phones and addresses in lists, where nobody needs them."""
    for body in ("coordination", "street_work", "school"):
        text = beside.shown(body)
        assert not any(one in text for one in ("06 39 98", "0639980017", "Hêtres-Bavards"))


def what_is_not_shown_is_said(beside: Beside) -> None:
    """The other half of this request: a part that is withheld says by which article."""
    told = beside.program.get("school", f"/cases/{beside.scene.cases['followed']}").json
    shut = {one["class"]: one["article"] for one in told["parts"] if not one["open"]}
    assert shut == {"origin": "5"}


def no_membership(beside: Beside) -> None:
    """Read after the mandate ended, with the session of before."""
    beside.town.name(beside.scene.cases["followed"], "mission")
    url = f"/situations/{beside.scene.cases['followed']}"
    assert beside.page("mission", url).status_code == 200
    beside.office.staff.end_mandates("mission")
    beside.town.clock.advance(days=1)
    assert beside.page("mission", url).status_code in {401, 403, 404}
    assert beside.program.get(
        "mission", f"/cases/{beside.scene.cases['followed']}"
    ).status_code in {
        401,
        403,
        404,
    }


def added_to_a_body(beside: Beside) -> None:
    """Join a body that reads a case: the case is read by who is named, not by their body."""
    colleague(beside.office.staff, "school", "school-new")
    beside.office.desks["school-new"] = beside.office.sit("school-new")
    case_id = beside.scene.cases["followed"]
    assert beside.page("school-new", f"/situations/{case_id}").status_code == 404
    assert str(case_id) not in beside.shown("school-new")


def hidden_end_of_an_action(beside: Beside) -> None:
    """Lead an action on a case that one may no longer open."""
    town, scene = beside.town, beside.scene
    scene.cases["led"] = town.refer("street_work")
    town.follow(scene.cases["led"])
    town.name(scene.cases["led"], "landlord")
    scene.act("landlord", "led", "school_contact")
    assert str(scene.cases["led"]) in beside.page("landlord", "/actions").text
    end_naming(beside, "led", "landlord")
    for text in (beside.page("landlord", "/actions").text, beside.shown("landlord")):
        assert beside.traces(text, of="landlord") == []


def note_of_another(beside: Beside) -> None:
    """Watch whether another body's note changes anything, its count or the version included."""
    case_id = beside.scene.cases["followed"]
    before = beside.program.get("school", f"/cases/{case_id}")
    beside.scene.note("street_work", "followed", "Une autre note gardée, inventée.")
    after = beside.program.get("school", f"/cases/{case_id}")
    assert (before.data, before.headers["ETag"]) == (after.data, after.headers["ETag"])


def who_read_it(beside: Beside) -> None:
    """Ask who opened a case, which its lead alone is told."""
    case_id = beside.scene.cases["followed"]
    for body in ("school", "police", "coordination"):
        assert beside.page(body, f"/situations/{case_id}/consultations").status_code == 404
        assert beside.program.get(body, f"/cases/{case_id}/trail").status_code == 404


def filters_of_lists(beside: Beside) -> None:
    """Turn the filters and cursors of lists towards what they hide."""
    hidden = beside.scene.cases["followed"]
    for url in (f"/situations?avant={hidden}", "/situations?etat=toutes", "/situations?etat=closes",
                f"/saisines?etat=toutes&id={hidden}", f"/actions?situation={hidden}"):  # fmt: skip
        assert beside.traces(beside.page("police", url).text, of="police") == []
    for url in (f"/cases?before={hidden}", f"/cases?id={hidden}", "/cases?limit=50",
                f"/cases?cursor={hidden}", "/cases?state=followed"):  # fmt: skip
        assert beside.traces(beside.program.get("police", url).text, of="police") == []
