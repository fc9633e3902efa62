"""The bench in small: that it measures, that it compares like with like, that it tells a miss."""

import json

from click.testing import CliRunner

from casework import cli
from casework.operations.bench.budgets import Budget, missed
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.keys import KEYS_OF_A_CASE, KeyPlan
from casework.operations.bench.rounds import Figures, Pair, Sides, processor_time, waiting_time
from casework.operations.bench.visits import Order

ORDERS = [Order("GET", "/a", ""), Order("GET", "/b", "")]
SMALL = ("--rounds", "1", "--requests", "2", "--cases", "3", "--database", "sqlite")

REGISTER = {
    "first-root": 5.0,
    "proofs-of-few": 1.0,
    "proofs": 1.0,
    "verify": 3.0,
    "verify-by-two": 2.0,
    "register-page": 1.5,
    "append": 0.5,
    "wait-of-4": 200.0,
    "fairness-of-4": 0.4,
    "total-of-4": 0.9,
    "wait-of-8": 200.0,
    "fairness-of-8": 0.4,
    "total-of-8": 0.9,
}


def test_each_row_is_measured_beside_its_floor_and_its_budget() -> None:
    result = CliRunner().invoke(cli.casework, ["bench", "pages", *SMALL, "--crowd", "9", "--json"])
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)["sqlite"]
    *pages, growth = rows
    assert [row["row"] for row in pages] == ["open", "open-200", "list", "write"]
    assert growth["row"] == "list-growth"
    assert growth["beside"]["many_ms"] > 0
    for row in pages:
        assert row["cpu"]["floor_ms"] > 0
        assert row["p50"]["ours_ms"] > 0
        assert bool(row["profile"]) == row["missed"]


def test_keys_are_measured_each_figure_with_its_budget() -> None:
    small = ("--rotated", "3", "--database", "sqlite", "--json")
    result = CliRunner().invoke(cli.casework, ["bench", "keys", *small])
    assert result.exit_code == 0, result.output
    rows = {row["row"]: row for row in json.loads(result.stdout)["sqlite"]}
    assert list(rows) == [
        "ring-entry",
        "ring-beside-hpke",
        "ring-of-5000",
        "rotation",
        "rotation-unit",
        "resealing-unit",
    ]
    assert rows["rotation"]["beside"]["keys"] == 3 * KEYS_OF_A_CASE


def test_few_keys_need_few_parts_and_entries_and_many_as_many_as_ever() -> None:
    plans = KeyPlan(cases=3), KeyPlan()
    assert [(one.left, one.entries, one.parts) for one in plans] == [(3, 3, 3), (60, 200, 500)]


def test_the_register_is_measured_each_figure_with_its_budget() -> None:
    small = ("--lines", "150", "--writing", "50", "--rounds", "1", "--requests", "2")
    result = CliRunner().invoke(
        cli.casework, ["bench", "register", *small, "--database", "sqlite", "--json"]
    )
    assert result.exit_code == 0, result.output
    rows = {row["row"]: row for row in json.loads(result.stdout)["sqlite"]}
    assert {name: row["budget"] for name, row in rows.items()} == REGISTER
    assert rows["proofs-of-few"]["beside"]["lines"] < rows["proofs"]["beside"]["lines"]
    beside = rows["register-page"]["beside"]
    assert rows["register-page"]["value"] == max(beside.values())
    assert {"none", "case", "member", "period", "refused", "failed", "refus", "html"} <= set(beside)
    assert rows["verify-by-two"]["beside"]["with_parts_s"] > 0
    assert 0 < rows["fairness-of-8"]["value"] <= 1


def test_a_comparison_of_charters_is_measured_over_cases_and_members() -> None:
    small = ("--rotated", "30", "--database", "sqlite", "--json")
    result = CliRunner().invoke(cli.casework, ["bench", "charter", *small])
    assert result.exit_code == 0, result.output
    (row,) = json.loads(result.stdout)["sqlite"]
    assert (row["row"], row["budget"], row["beside"]["cases"]) == ("charter-diff", 5.0, 30)


def test_a_figure_is_missed_on_the_wrong_side_of_its_budget() -> None:
    assert not Figure(FigureName.ROTATION, 5.0, "s", 5.0).missed
    assert Figure(FigureName.ROTATION, 5.1, "s", 5.0).missed
    assert Figure(FigureName.SIGN_IN_SHARE, 0.94, "", 0.95, at_least=True).missed


def test_the_sides_take_turns_and_each_goes_round_the_orders() -> None:
    seen: list[str] = []
    sides = Sides(
        lambda order: seen.append(f"floor {order.path}"),
        lambda order: seen.append(f"ours {order.path}"),
        ORDERS,
    )
    processor_time(sides, 1, 1)
    assert seen == ["floor /a", "ours /a", "ours /b", "floor /b"]
    seen.clear()
    waiting_time(sides, 1, 2)
    assert seen == ["floor /a", "ours /a", "floor /b", "ours /b"]


def test_a_budget_is_missed_above_it_and_not_at_it() -> None:
    at, above = Pair(2.0, 2.4, 1.2), Pair(2.0, 2.5, 1.25)
    assert not missed(Budget(1.2, 1.2, 1.2), Figures(at, at, at))
    assert missed(Budget(1.2, 1.2, 1.2), Figures(at, at, above))
    assert not missed(Budget(1.2, 1.2), Figures(at, at, above))


def test_the_charter_is_measured_beside_a_list_and_an_engine_without_it() -> None:
    small = ("--ruled", "60", "--database", "sqlite", "--json")
    result = CliRunner().invoke(cli.casework, ["bench", "policy", *small])
    assert result.exit_code == 0, result.output
    rows = {row["row"]: row for row in json.loads(result.stdout)["sqlite"]}
    budgets = {name: row["budget"] for name, row in rows.items()}
    assert budgets == {
        "decision": 2.0,
        "decision-beside-cedar": 50.0,
        "charter-check": 2.0,
        "list-with-policy": 1.2,
    }
    assert rows["decision"]["beside"]["worst_us"] >= rows["decision"]["value"] > 0
