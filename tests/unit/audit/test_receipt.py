"""A receipt comes from a committed unit of work and from nowhere else."""

import ast
import copy
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casework.audit.actions import Act
from casework.audit.receipt import LIFETIME, Committed, Receipt, issue
from tests.fakes_audit import id_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DONE = Committed(
    id_of("council"),
    id_of("marie"),
    id_of("school"),
    (4,),
    frozenset({Act.CASE_READ}),
    frozenset({id_of("sheet")}),
    NOW,
)
PACKAGE = Path(__file__).parents[3] / "casework"


FIELDS = (
    DONE.council_id,
    DONE.member_id,
    DONE.organisation_id,
    DONE.seqs,
    DONE.acts,
    DONE.compartments,
    DONE.at,
    DONE.own_keys,
)


@pytest.mark.parametrize("mint", [None, object(), True, "mint"])
def test_nobody_builds_a_receipt(mint: object) -> None:
    with pytest.raises(TypeError, match="committed"):
        Receipt(*FIELDS, mint=mint)


@pytest.mark.parametrize(
    "way", [copy.copy, copy.deepcopy, pickle.dumps, lambda one: replace(one, seqs=(9,))]
)
def test_nobody_copies_a_receipt(way: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        way(issue(DONE))  # type: ignore[operator]


def test_nobody_changes_a_receipt() -> None:
    with pytest.raises(AttributeError):
        issue(DONE).compartments = frozenset({id_of("other")})  # type: ignore[misc]


def test_a_receipt_covers_what_was_named_and_nothing_else() -> None:
    assert issue(DONE).covers(id_of("sheet"))
    assert not issue(DONE).covers(id_of("private"))


def test_a_receipt_is_stale_after_five_minutes() -> None:
    receipt = issue(DONE)
    assert not receipt.stale(NOW + LIFETIME)
    assert receipt.stale(NOW + LIFETIME + timedelta(microseconds=1))


def test_only_the_ledger_issues_receipts() -> None:
    importers = [
        path.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "casework.audit.receipt"
        if {"issue", "_MINT", "*"} & {name.name for name in node.names}
    ]
    assert importers == ["ledger.py"]
