"""Drafts in several tabs: which savings meet, and which only look as if they did."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from casework.cases.draft_pages import TypedPage, clashes, differing, merged
from casework.cases.values import Draft

DRAFT = UUID(int=1)
EMPTY = Draft(DRAFT, UUID(int=2), 1, {}, datetime(2026, 11, 22, tzinfo=UTC), date(2026, 12, 22), 1)


def typed(step: int, opening: str, version: int, **fields: str) -> TypedPage:
    return TypedPage(DRAFT, step, fields, version, opening, leaving=False)


def saved(draft: Draft, page: TypedPage) -> Draft:
    return replace(merged(draft, page), version=draft.version + 1)


def test_the_same_page_saved_elsewhere_with_other_words_clashes() -> None:
    stored = saved(EMPTY, typed(2, "left", 1, fact="un"))
    late = typed(2, "right", 1, fact="deux")
    assert clashes(stored, late)
    assert differing(stored, late) == ("fact",)


def test_two_tabs_on_different_pages_never_meet() -> None:
    stored = saved(EMPTY, typed(1, "left", 1, given_name="Maïlys"))
    assert not clashes(stored, typed(2, "right", 1, fact="deux"))


def test_a_page_does_not_clash_with_its_own_earlier_saving() -> None:
    stored = saved(EMPTY, typed(2, "left", 1, fact="un"))
    assert not clashes(stored, typed(2, "left", 1, fact="un, puis deux"))


def test_what_a_page_saves_by_itself_after_it_was_left_is_refused() -> None:
    left = replace(typed(2, "left", 1, fact="tout le texte"), leaving=True)
    stored = saved(EMPTY, left)
    assert clashes(stored, typed(2, "left", 1, fact="le début du texte"))


def test_pressing_twice_says_the_same_thing_and_clashes_with_nothing() -> None:
    left = replace(typed(2, "left", 1, fact="un"), leaving=True)
    assert not clashes(saved(EMPTY, left), left)


def test_a_page_keeps_what_the_other_pages_hold() -> None:
    first = saved(EMPTY, typed(1, "a", 1, given_name="Maïlys"))
    second = merged(first, typed(2, "b", 2, fact="un"))
    assert (second.fields["given_name"], second.fields["fact"]) == ("Maïlys", "un")
