"""Entries: ids and codes, never a name; acts that were once published stay."""

from pathlib import Path
from typing import Any

import pytest

from casework.audit.actions import Act
from casework.audit.entry import Entry, cited
from tests.fakes_audit import id_of

PUBLISHED = Path(__file__).parents[2] / "vectors" / "acts.txt"


def test_published_acts_are_still_there_in_their_order() -> None:
    published = PUBLISHED.read_text("utf-8").split()
    assert [act.value for act in Act][: len(published)] == published


def test_every_act_is_a_subject_and_a_verb() -> None:
    assert all(act.value.count(":") == 1 and act.value.islower() for act in Act)


@pytest.mark.parametrize("value", [0, True, -3, "reading", "l.132-5", id_of("case")])
def test_a_detail_is_a_number_an_id_or_a_code(value: Any) -> None:
    assert Entry(Act.CASE_READ, detail={"why": value}).detail["why"] == value


@pytest.mark.parametrize(
    "value", ["Dupont", "jean dupont", "élève", "", "x" * 65, "a\n", 1.5, None, b"x", ["a"]]
)
def test_a_detail_that_could_carry_a_name_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="detail"):
        Entry(Act.CASE_READ, detail={"why": value})


def test_the_name_of_a_detail_is_a_code_too() -> None:
    with pytest.raises(ValueError, match="detail"):
        Entry(Act.CASE_READ, detail={"Élève": 1})


@pytest.mark.parametrize("article", ["4", "5.2", "L132-5"])
def test_an_article_is_a_number_or_a_code(article: str) -> None:
    assert Entry(Act.CASE_READ, article=article).article == article


@pytest.mark.parametrize("article", ["", "article 4", "§", "x" * 33])
def test_an_article_is_no_sentence(article: str) -> None:
    with pytest.raises(ValueError, match="article"):
        Entry(Act.CASE_READ, article=article)


def test_a_list_cites_each_article_once_in_order_and_what_has_no_room_last() -> None:
    assert cited([]) is None
    assert cited(["", "11", "6", "5", "6"]) == "5:6:11"
    assert cited(["a" * 20, "b" * 20, "9"]) == f"9:{'a' * 20}"
