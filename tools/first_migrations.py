# ruff: noqa: INP001 - a script, not a package
"""Writes the first migrations anew from the models, for as long as nothing is released.

Each package has its file; what no model can say (row-level security) is written by hand and kept.

    .venv/bin/python tools/first_migrations.py && .venv/bin/ruff format migrations
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from alembic.autogenerate import render_python_code
from alembic.operations.ops import CreateIndexOp, CreateTableOp, UpgradeOps
from sqlalchemy import MetaData, Table
from sqlalchemy.sql.naming import conv
from sqlalchemy.types import TypeEngine

from casework.db.model import KeyStoreModel, Model
from casework.db.types import Blob, Id, UtcDateTime
from casework.tables import KEYSTORE, MAIN

ROOT = Path(__file__).parents[1] / "migrations"
OURS = (Blob, Id, UtcDateTime)


class Subject(NamedTuple):
    """One migration: what it is called and the packages whose tables it makes."""

    revision: str
    title: str
    packages: tuple[str, ...]
    name: str = ""
    tables: frozenset[str] = frozenset()

    def holds(self, table: str, package: str) -> bool:
        """Say whether a table is made here; `tables` names those of a package cut in two."""
        return package in self.packages and (not self.tables or table in self.tables)


WRITTEN = frozenset({"actions", "contributions", "decisions", "persons", "referrals"})
CASES = frozenset({"admissions", "cases", "counters", "drafts", "namings", "tallies"})
MAIN_SUBJECTS = (
    Subject("0001", "Who works together, and the charters they signed.", ("partners", "charters")),
    Subject("0002", "How members prove who they are.", ("accounts",)),
    Subject("0003", "Keys: wrapped, signed, pinned and delivered.", ("keys",)),
    Subject("0004", "Meetings, their agendas and who was there.", ("meetings",)),
    Subject("0005", "Cases, who comes near them, and drafts.", ("cases",), "cases", CASES),
    Subject("0006", "What is written on a case.", ("cases",), "contents_of_cases", WRITTEN),
    Subject("0007", "Forgetting: holds, elimination lists, certificates.", ("retention",)),
    Subject("0008", "The register.", ("audit",)),
    Subject("0009", "When the regular jobs are due.", ("operations",)),
)
KEYSTORE_SUBJECTS = (
    Subject("0001", "Peppers, erasures and the keys of the register's parts.", ("keys",)),
)


def main() -> None:
    """Write every file that comes from models."""
    for folder, metadata, subjects in (
        ("main", MAIN, MAIN_SUBJECTS),
        ("keystore", KEYSTORE, KEYSTORE_SUBJECTS),
    ):
        _write(ROOT / folder / "versions", metadata, subjects)


def _write(folder: Path, metadata: MetaData, subjects: Sequence[Subject]) -> None:
    owners = _owners()
    before = None
    for subject in subjects:
        tables = [
            one for one in metadata.sorted_tables if subject.holds(one.name, owners[one.name])
        ]
        name = subject.name or "_and_".join(subject.packages)
        name = f"{subject.revision}_create_{name}.py"
        (folder / name).write_text(_module(subject, before, tables), encoding="utf-8")
        before = subject.revision


def _owners() -> dict[str, str]:
    """Return the package of each table."""
    mappers = [*Model.registry.mappers, *KeyStoreModel.registry.mappers]
    return {str(one.local_table): one.class_.__module__.split(".")[1] for one in mappers}


def _module(subject: Subject, before: str | None, tables: Sequence[Table]) -> str:
    steps = [step for table in tables for step in _steps(table)]
    body = "\n\n\n".join(_function(name, code) for name, code in steps)
    calls = "\n".join(f"    {name}()" for name, _ in steps)
    drops = "\n".join(f'    op.drop_table("{one.name}")' for one in reversed(tables))
    types = ", ".join(one.__name__ for one in OURS if f"{one.__name__}()" in body)
    return (
        f'"""{subject.title}"""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f"from casework.db.types import {types}\n\n"
        f'revision = "{subject.revision}"\ndown_revision = {before!r}\n\n\n'
        f"def upgrade() -> None:\n{calls}\n\n\ndef downgrade() -> None:\n{drops}\n\n\n{body}\n"
    )


def _function(name: str, code: str) -> str:
    return f"def {name}() -> None:\n{code}"


def _steps(table: Table) -> list[tuple[str, str]]:
    plain = _without_given_names(table)
    steps = [(f"_create_{table.name}", _rendered([CreateTableOp.from_table(plain)]))]
    indexes = [CreateIndexOp.from_index(one) for one in sorted(table.indexes, key=_name)]
    if indexes:
        steps.append((f"_index_{table.name}", _rendered(indexes)))
    return steps


def _name(index: Any) -> str:
    return str(index.name)


def _without_given_names(table: Table) -> Table:
    """Return a copy whose constraints wait for the names of the convention."""
    plain = table.to_metadata(MetaData())
    for constraint in plain.constraints:
        if isinstance(constraint.name, conv):
            constraint.name = None
    return plain


def _rendered(operations: list[Any]) -> str:
    code = render_python_code(UpgradeOps(operations), render_item=_type)
    lines = (line for line in code.splitlines() if not line.strip().startswith("#"))
    # A comma before the bracket would make the formatter spread short calls over many lines.
    return "\n".join(lines).replace(", )", ")").replace(", unique=False", "")


def _type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    if kind == "type" and isinstance(item, TypeEngine) and isinstance(item, OURS):
        return f"{type(item).__name__}()"
    return False


if __name__ == "__main__":
    main()
