"""Invented documents: the same bytes each time, and files that the service takes."""

import zlib

import pytest

from casework.demo.papers import drawing, paper_secrets, papers_of
from casework.demo.world import World, build, outline
from casework.documents.cleaning.__main__ import answer
from tests.papers import everything_in


def test_each_is_drawn_the_same_way_twice_and_is_taken() -> None:
    one, other = papers_of(build("small")), papers_of(build("small"))
    assert [paper.content for paper in one] == [paper.content for paper in other]
    for paper in one:
        assert answer(paper.content).startswith(f"ok {paper.kind}\n".encode())


def test_a_page_says_its_title_and_its_lines() -> None:
    paper = next(one for one in papers_of(build("small")) if one.lines)
    drawn = everything_in(paper.content)
    assert all(line.encode("cp1252") in drawn for line in (paper.title, *paper.lines))


def test_a_drawing_is_whole() -> None:
    found = drawing()
    at = found.index(b"IDAT") + 4
    assert len(zlib.decompress(found[at:-12])) == 160 * 241


def test_what_they_say_is_looked_for_like_any_secret() -> None:
    secrets = set(paper_secrets(build("small")))
    assert {paper.title for paper in papers_of(build("small"))} <= secrets
    assert min(map(len, secrets)) >= 7


@pytest.mark.parametrize("world", [outline("small"), build("town")])
def test_an_outline_and_a_larger_world_have_none(world: World) -> None:
    assert papers_of(world) == ()
