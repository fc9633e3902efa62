"""Lists by pages: cursors that say nothing, serve one reader, and one list."""

import re

from tests.integration.api.program import Program
from tests.integration.api.test_cases import referred


def next_of(link: str) -> str:
    """Return the address of the page after, without the version of the API."""
    found = re.fullmatch(r'<(/api/v1)(?P<place>[^>]+)>; rel="next"', link)
    assert found is not None
    return found["place"]


def test_pages_follow_each_other_to_the_end(program: Program) -> None:
    sent = [referred(program) for _ in range(3)]
    first = program.get("coordination", "/cases?limit=2")
    second = program.get("coordination", next_of(first.headers["Link"]))
    assert [one["id"] for one in first.json["items"]] == [sent[2], sent[1]]
    assert [one["id"] for one in second.json["items"]] == [sent[0]]
    assert "Link" not in second.headers


def test_a_cursor_is_of_one_reader_and_one_list(program: Program) -> None:
    sent = [referred(program) for _ in range(2)]
    link = next_of(program.get("coordination", "/cases?limit=1").headers["Link"])
    cursor = link.partition("cursor=")[2]
    assert not any(one in link for one in sent)
    assert program.get("street_work", link).status_code == 422
    for url in (f"/cases?state=referred&cursor={cursor}", f"/certificates?cursor={cursor}"):
        assert program.get("coordination", url).status_code == 422


def test_a_cursor_is_whole_or_nothing(program: Program) -> None:
    referred(program)
    referred(program)
    link = next_of(program.get("coordination", "/cases?limit=1").headers["Link"])
    for broken in ("A", "AAAA", "é", link.partition("cursor=")[2][:-2]):
        assert program.get("coordination", f"/cases?cursor={broken}").status_code == 422


def test_lists_hold_what_was_asked(program: Program) -> None:
    case_id = referred(program)
    asked = {
        state: program.get("coordination", f"/cases?state={state}").json["items"]
        for state in ("referred", "followed", "erased")
    }
    assert [one["id"] for one in asked["referred"]] == [case_id]
    assert asked["followed"] == asked["erased"] == []


def test_what_a_list_does_not_open_is_withheld(program: Program) -> None:
    """Until the decision the referrer reads the identity; a body that may only list does not."""
    referred(program)
    line = program.get("coordination", "/cases").json["items"][0]
    assert line["given_name"] == "Maïlys"
    assert program.get("police", "/cases").json == {"items": []}
