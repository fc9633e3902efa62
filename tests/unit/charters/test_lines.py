from casework.charters.lines import Lines

TEXT = '''\
title = "a"

[clocks]
review_months = 6
[[rules]]
id = "one"
says = """
id = "not a key"
[not.a.table]"""
[[rules]]
id = "two"
when = "named"
[lists.actions]
meet = "x"
'''
LINES = Lines(TEXT)


def test_keys_are_found_in_their_tables() -> None:
    assert LINES.of(("title",)) == 1
    assert LINES.of(("clocks", "review_months")) == 4
    assert LINES.of(("lists", "actions", "meet")) == 14


def test_each_table_of_an_array_has_its_own_lines() -> None:
    assert LINES.of(("rules", 0, "id")) == 6
    assert LINES.of(("rules", 1, "id")) == 11
    assert LINES.of(("rules", 1, "when")) == 12


def test_text_on_several_lines_is_not_read_as_keys() -> None:
    assert LINES.of(("not", "a", "table")) == 1
    assert LINES.of(("rules", 0, "says")) == 7


def test_an_absent_key_is_at_the_line_of_its_table() -> None:
    assert LINES.of(("rules", 1, "level")) == 10
    assert LINES.of(("nowhere",)) == 1
