"""`casework charter`: a second version as its operator meets it, and what a comparison says."""

from pathlib import Path
from typing import Final

import pytest

from casework.commands.acting import instance as opened_instance
from tests.integration.charters.revising import second, titled
from tests.integration.operations.test_commands import CHARTER, run, staffed, told

pytestmark = [
    pytest.mark.usefixtures("environ"),
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]
SOCIAL_READS: Final = (
    'categories = ["prosecutor", "youth_justice"]',
    'categories = ["prosecutor", "youth_justice", "social_service"]',
)


@pytest.fixture
def environ(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run("db", "upgrade")
    told("council", "found", "Conseil inventé", "--commune", "67447=Schiltigheim")


@pytest.fixture
def file(tmp_path: Path) -> str:
    written = tmp_path / "gsn-2.toml"
    written.write_text(second(SOCIAL_READS), encoding="utf-8")
    return str(written)


def test_the_first_text_is_in_force_and_the_next_one_a_draft(file: str) -> None:
    staffed()
    made = told("charter", "adopt", file)
    assert made["state"] == "draft"
    states = {one["version"]: one["state"] for one in told("charter", "show")}
    assert states == {"1": "in_force", "2": "draft"}
    with opened_instance() as opened:
        (group,) = opened.directory.groups().values()
    assert str(group.charter_id) != made["charter"]


def test_what_would_change_is_told_between_files_and_beside_what_is_kept(file: str) -> None:
    staffed()
    offline = told("charter", "diff", CHARTER, file)
    assert [one["turn"] for one in offline["rights"]] == ["opened"]
    assert offline["rights"][0]["says"] == (
        "Le membre nommé (service social) pourra lire la mesure judiciaire."
    )
    assert offline["groups"] == []
    kept = told("charter", "show")[0]["id"]
    beside = told("charter", "diff", kept, file)
    assert beside["rights"] == offline["rights"]
    assert [one["name"] for one in beside["groups"]] == ["Groupe inventé"]
    printed = run("charter", "diff", CHARTER, file).output
    assert "Devient autorisé" in printed or "Becomes allowed" in printed


def test_a_signature_for_nobody_and_a_group_under_a_draft_are_refused(file: str) -> None:
    staffed()
    draft = told("charter", "adopt", file)["charter"]
    dates = ("--on", "2026-01-01", "--until", "2099-01-01")
    assert run("charter", "sign", draft, "Nulle part", *dates).exit_code != 0
    assert run("charter", "sign", draft, "Ville inventée", *dates).exit_code != 0
    where = ("--commune", "67447", "--coordinating", "Ville inventée", "--charter", draft)
    assert run("group", "add", "Autre groupe", "--prefix", "AG", *where).exit_code != 0


def test_another_charter_of_the_same_procedure_is_founded_by_its_title(tmp_path: Path) -> None:
    staffed()
    other = tmp_path / "veille.toml"
    other.write_text(second(titled("Charte de la veille des bailleurs"), number=1), "utf-8")
    assert told("charter", "adopt", str(other))["state"] == "in_force"
