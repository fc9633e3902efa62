"""The threat model claims nothing without a test, and names no test that is not there."""

import ast
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
THREATS: Final = (ROOT / "docs/threats.md").read_text("utf-8")
NAME: Final = re.compile(r"`(test_\w+)`")
# The one honest way to have no test in this column.
NOTHING_YET: Final = "nothing yet"


def written() -> set[str]:
    """Return the name of every test function of the suite."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    functions = (node for tree in trees for node in ast.walk(tree))
    return {node.name for node in functions if isinstance(node, ast.FunctionDef)}


def claims() -> list[str]:
    """Return the rows of the tables that say what proves a protection."""
    tables = THREATS.split("| Protection | Proved by |\n| --- | --- |\n")[1:]
    return [row for table in tables for row in table.partition("\n\n")[0].splitlines()]


def test_every_test_named_in_the_threat_model_exists() -> None:
    named = set(NAME.findall(THREATS))
    assert len(named) > 50
    assert sorted(named - written()) == []


def test_every_protection_names_its_proof() -> None:
    rows = claims()
    assert len(rows) > 30
    assert [row for row in rows if not NAME.search(row) and NOTHING_YET not in row] == []


def test_every_line_of_what_a_compromise_surrenders_names_its_proof_and_both_custodies() -> None:
    table = THREATS.partition("| What falls |")[2].partition("\n\n")[0].splitlines()[2:]
    assert len(table) > 25
    assert [row for row in table if not NAME.search(row.split(" | ")[-1])] == []
    for fallen in ("KEK, main database and key store", "application host**, while it runs"):
        told = [row for row in table if fallen in row]
        assert {kind for kind in ("`server`", "`member`") for row in told if kind in row} == {
            "`server`",
            "`member`",
        }
