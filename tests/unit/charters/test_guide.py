"""The guide explains every word that a charter may use, and no word that it may not."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

from casework.charters.condition import LONGEST, WORDS, parse
from casework.charters.facts import Fact
from casework.charters.kinds import ACTS_OF_KIND, LISTS_OF_KIND
from casework.charters.limits import LIMITS, Limit
from casework.charters.loading import PARTS
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CLASSES_OF_KIND,
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    ListName,
    Obligation,
    PartnerCategory,
    Recipient,
    floor,
)
from casework.charters.walls import needed

GUIDE: Final = (Path(__file__).parents[3] / "docs" / "guide-de-charte.md").read_text("utf-8")
SAID: Final = set(re.findall(r"`([\w-]+)`", GUIDE))
FIRST_CELLS: Final = set(re.findall(r"^\| `([\w-]+)` \|", GUIDE, re.MULTILINE))
SNIPPETS: Final = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
FIGURES: Final = {key for parts in LIMITS.values() for part in parts.values() for key in part}
CODES: Final = {
    code for lists in LISTS_OF_KIND.values() for codes in lists.values() for code in codes
}
LEVELS: Final = {level.name.lower() for level in Level if level is not Level.NONE}
WORDS_OF_CHARTERS: Final = (
    set(PARTS)
    | {str(word) for words in (CaseKind, PartnerCategory, CompartmentClass) for word in words}
    | {str(word) for words in (CharterAct, Recipient, Obligation, ListName) for word in words}
    | {str(word) for words in (Fact, Refusal) for word in words}
    | LEVELS
    | FIGURES
    | CODES
    | WORDS
)
KEYS: Final = {
    *("title", "group", "kind", "version", "valid_from", "valid_to", "signatories"),
    *("number", "refusals", "because", "readers_named", "projected", "before_first_review"),
    *("opinion_required", "silence_agrees", "incivility_notices"),
    *("legal_representatives", "members_only", "id", "article", "says", "recipients"),
    *("categories", "acts", "classes", "level", "when", "obligations"),
}  # fmt: skip


def rows_of(header: str) -> dict[str, list[str]]:
    """Return the cells of each row of the table whose first head is `header`, by its word."""
    table = GUIDE[GUIDE.index(f"| {header} |") :].split("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {cells[0].strip("`"): cells[1:] for cells in rows}


def bounds(limit: Limit) -> str:
    advised = f" ({limit.default})" if limit.reasoned else ""
    return f"{limit.lowest} à {limit.highest}{advised}"


@pytest.mark.parametrize("word", sorted(WORDS_OF_CHARTERS | KEYS))
def test_every_word_of_a_charter_is_in_the_guide(word: str) -> None:
    assert word in SAID


def test_no_table_explains_a_word_that_no_charter_knows() -> None:
    assert FIRST_CELLS <= WORDS_OF_CHARTERS | KEYS


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_every_example_can_be_read(snippet: str) -> None:
    document = tomllib.loads(snippet)
    for rule in document.get("rules", ()):
        assert parse(rule["when"]).faults == ()


def test_the_bounds_it_gives_are_those_of_the_law_in_the_code() -> None:
    kinds = (CaseKind.FOLLOWUP, CaseKind.FAMILY_COUNCIL, CaseKind.REMINDER, CaseKind.VICTIM)
    for figure, cells in rows_of("Chiffre").items():
        for kind, cell in zip(kinds, cells[1:5], strict=True):
            parts = [part[figure] for part in LIMITS[kind].values() if figure in part]
            assert cell == "".join(map(bounds, parts)) or (cell == "–" and not parts), figure


def test_the_level_it_gives_for_each_act_is_the_least_that_is_accepted() -> None:
    for act, cells in rows_of("Acte").items():
        assert cells[2].split("`")[1] == floor(CharterAct(act)).name.lower()
        everywhere = all(CharterAct(act) in ACTS_OF_KIND[kind] for kind in CaseKind)
        assert ("(suivi, conseil)" in cells[0] or "sauf victime" in cells[0]) is not everywhere


def test_it_says_which_procedures_know_each_class_and_need_each_refusal() -> None:
    for class_, cells in rows_of("Classe").items():
        everywhere = all(CompartmentClass(class_) in CLASSES_OF_KIND[kind] for kind in CaseKind)
        assert (cells[1] == "toutes") is everywhere
    assert set(rows_of("Refus")) == set(Refusal)
    for refusal, cells in rows_of("Refus").items():
        everywhere = all(refusal in needed(kind) for kind in CaseKind)
        assert cells[0].endswith(("seulement)", "sauf pour les rappels)")) is not everywhere


def test_it_says_how_long_a_condition_may_be() -> None:
    assert LONGEST == 200
    assert "Deux cents caractères au plus" in GUIDE


@pytest.mark.parametrize("sentence", sorted(rows_of("Phrase")))
def test_every_sentence_it_explains_is_one_that_the_check_says(sentence: str) -> None:
    sources = Path(__file__).parents[3] / "casework" / "charters"
    code = "".join(path.read_text("utf-8") for path in sorted(sources.glob("*.py")))
    code = code.replace("{LARGEST // 1000}", "200")
    for piece in re.split(r"…", sentence.strip("«»\u00a0")):
        assert piece.strip() in code, piece
