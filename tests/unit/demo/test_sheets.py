import csv
import io
import re
from functools import cache

from casework.demo.sheets import Sheet, sheets
from casework.demo.world import build


@cache
def saved() -> tuple[Sheet, ...]:
    return sheets(build("small"))


def lines(sheet: Sheet) -> list[list[str]]:
    text = sheet.content.decode(sheet.encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sheet.delimiter))


def test_the_same_world_has_the_same_sheets() -> None:
    assert saved() == sheets(build("small"))


def test_no_two_sheets_agree_on_encoding_columns_or_their_order() -> None:
    assert [sheet.encoding for sheet in saved()] == ["cp1252", "utf-8-sig", "utf-8"]
    assert len({tuple(map(tuple, lines(sheet)[:3])) for sheet in saved()}) == len(saved())


def test_dates_are_written_in_many_ways_and_one_cannot_be() -> None:
    everything = "\n".join(sheet.content.decode(sheet.encoding) for sheet in saved())
    shapes = (
        r"\d\d/\d\d/\d{4}",
        r"\d{4}-\d\d-\d\d",
        r"\d\d\.\d\d\.\d{4}",
        r"\d\d-\d\d-\d\d\b",
        r"\d{1,2} [a-zéû]+ \d{4}",
        r"[;,][34]\d{4}[;,]",
    )
    assert all(re.search(shape, everything) for shape in shapes)
    assert "31/02/2011" in everything


def test_one_sheet_joins_both_names_in_one_column() -> None:
    joined = [line[0] for line in lines(saved()[1])[1:]]
    assert all(" " in names for names in joined)
    assert {names.split()[0].isupper() for names in joined} == {True, False}


def test_one_sheet_has_short_lines_an_empty_one_and_a_total() -> None:
    rows = lines(saved()[2])
    assert {len(row) for row in rows} >= {0, 2, 4, 6}
    assert rows[-1] == ["TOTAL", str(saved()[2].rows)]


def test_one_sheet_holds_a_number_that_no_import_may_accept() -> None:
    assert b"2 99 13 99 999 999 00" in saved()[0].content


def test_a_line_comes_twice_and_some_people_are_known_already() -> None:
    known = {case.subject.address.partition(",")[0] for case in build("small").cases}
    streets = [line[5] for line in lines(saved()[0])[3:]]
    assert streets[0] == streets[-1]
    assert len(known.intersection(streets)) == 4


def test_the_families_of_a_sheet_are_listed_for_searching() -> None:
    for sheet in saved():
        text = sheet.content.decode(sheet.encoding).lower()
        assert len(sheet.families) >= 10
        assert all(name.lower() in text for name in sheet.families) or sheet.delimiter == ","
