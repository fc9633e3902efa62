"""A file that no charter can be in is refused before anything of it is read."""

from pathlib import Path

import pytest

from casework.charters.faults import CharterFaults
from casework.charters.loading import check, load
from casework.charters.text import LARGEST, text_of_file
from tests.unit.charters.gsn import TEXT

TOO_LARGE = "Le fichier dépasse 200 ko\u00a0: une charte se lit à voix haute."


def unparsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: str) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr("tomllib.loads", never)


def test_ten_megabytes_are_refused_by_their_size_before_they_are_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unparsed(monkeypatch)
    (fault,) = check(TEXT + "# x\n" * 2_500_000)
    assert (fault.line, fault.sentence) == (1, TOO_LARGE)


def test_a_file_of_ten_megabytes_is_not_even_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "large.toml"
    with file.open("wb") as opened:
        opened.truncate(10_000_000)
    with pytest.raises(CharterFaults) as refused:
        text_of_file(file)
    assert [one.sentence for one in refused.value.listed] == [TOO_LARGE]


def test_the_longest_charter_still_fits() -> None:
    assert check(TEXT + "# x\n" * ((LARGEST - len(TEXT)) // 4)) == []


def test_what_is_no_utf8_is_told_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes("[charter]\ntitle = 'été'\n".encode("latin-1"))
    with pytest.raises(CharterFaults) as refused:
        text_of_file(file)
    (fault,) = refused.value.listed
    assert fault.line == 2
    assert "UTF-8" in fault.sentence


def test_the_text_is_taken_as_it_stands_line_ends_included(tmp_path: Path) -> None:
    file = tmp_path / "windows.toml"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert load(text_of_file(file)).digest != load(TEXT).digest
    assert check(text_of_file(file)) == []


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\ufeff", "\u2028", "\x85", "\x1b", "\ue000"])
def test_a_sign_that_nobody_sees_is_refused_and_named_at_its_line(sign: str) -> None:
    worse = TEXT.replace("Tout membre du groupe peut", f"Tout{sign} membre du groupe peut", 1)
    (fault,) = check(worse)
    assert fault.line == worse[: worse.index(sign)].count("\n") + 1
    assert f"U+{ord(sign):04X}" in fault.sentence


def test_letters_of_any_language_are_no_hidden_signs() -> None:
    assert check(TEXT.replace("Tout membre du groupe", "Élise, Łukasz, Ἀθηνᾶ, 李 et ñ", 1)) == []


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 4_000,
        "a = " + "[\n" * 40_000,
        "a = " + "{a=" * 1_500,
        "a = " + "9" * 4_900,
        "a = 2027-02-30",
        'a = "never closed',
        "[" + ".".join("a" * 2_400) + "]",
    ],
)
def test_text_made_to_break_a_parser_is_only_unreadable(text: str) -> None:
    assert check(text)
    assert all(fault.line >= 1 for fault in check(text))


def test_a_line_that_nobody_could_read_is_refused_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unparsed(monkeypatch)
    (fault,) = check("\n" + "a." * 60_000)
    assert fault.line == 2
    assert "5000 caractères" in fault.sentence
