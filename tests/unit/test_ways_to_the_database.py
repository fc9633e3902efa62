"""Who may go past SQLAlchemy's entities: named here, so that one more is a decision."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
SERVICE: Final = sorted((ROOT / "casework").rglob("*.py"))
BENCH, CHECK = "operations/bench", "demo/check"
BACKUPS = "operations/backups"
WAYS: Final = {
    "a table without its entity": (
        re.compile(r"__table__|metadata\.tables|\.tables\["),
        {
            "accounts/gateway/accounts.py", "accounts/gateway/counters.py",
            "accounts/gateway/sessions.py", "audit/sealed_rows.py", "cases/gateway/content.py",
            "cases/gateway/reading.py", "cases/gateway/resealing.py", "cases/gateway/writing.py",
            "documents/gateway/__init__.py",
            "enquiries/gateway/__init__.py", "enquiries/gateway/resealing.py",
            f"{BENCH}/charters.py", f"{BENCH}/crowd.py", f"{BENCH}/mirror.py", f"{BENCH}/named.py",
            f"{BENCH}/ringed.py",
        },
    ),
    "the driver itself": (
        re.compile(r"\bdriver_connection\b|\bexec_driver_sql\b|\braw_connection\b"),
        {
            "audit/append.py", "audit/blocks.py", "db/direct.py", "db/driver.py", "db/last.py",
            "keys/gateway/wrapping.py", "keys/scrubbing.py", "operations/cluster.py",
            "operations/grants.py", f"{BENCH}/appending.py", f"{BENCH}/places.py",
            f"{BACKUPS}/sqlite.py", f"{CHECK}/copying.py",
        },
    ),
    "an engine without the tripwire": (
        re.compile(r"\.engine\.(?!dialect)|\(\w+(\.\w+)*\.engine[,)]|\bcreate_engine\("),
        {
            "commands/demo_home.py", "db/connect.py", "demo/workshop.py",
            "keys/scrubbing.py", "operations/cluster.py", "stores.py", f"{BENCH}/applications.py",
            f"{BENCH}/appending.py", f"{BENCH}/floor.py", f"{BENCH}/places.py",
            f"{CHECK}/copying.py", f"{CHECK}/forgetting.py", f"{CHECK}/searching.py",
            "operations/upgrading.py", f"{BACKUPS}/restoring.py", f"{BACKUPS}/sqlite.py",
        },
    ),
    "a session that is not lent": (
        re.compile(r"(?<!\w)Session\("),
        {f"{BENCH}/floor.py"},
    ),
    "a statement from a text": (re.compile(r"\bfrom_statement\b"), set()),
    "what only a flush may say": (re.compile(r"\bcompiled_cache\b"), {"db/sight.py"}),
    "what only migrations may say": (
        re.compile(r"\bsight\.SHAPE\b"),
        {"operations/migration.py"},
    ),
}  # fmt: skip
TEXTS: Final = {
    "audit/gateway/runs.py", "audit/models.py", "audit/numbers.py", "keys/gateway/wrapping.py",
    "keys/gateway/wraps.py", "operations/schema.py",
}  # fmt: skip


def place(path: Path) -> str:
    return path.relative_to(ROOT / "casework").as_posix()


@pytest.mark.parametrize("way", WAYS)
def test_a_way_past_the_entities_is_taken_in_named_modules_alone(way: str) -> None:
    pattern, allowed = WAYS[way]
    taken = {place(one) for one in SERVICE if pattern.search(one.read_text("utf-8"))}
    assert taken == allowed


def imports_of_text(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            yield from (alias.name for alias in node.names if alias.name in {"text", "TextClause"})


def test_sql_is_written_as_text_in_named_modules_alone() -> None:
    assert {place(one) for one in SERVICE if "text" in imports_of_text(one)} == TEXTS
