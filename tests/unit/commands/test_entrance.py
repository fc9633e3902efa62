"""The command line before any instance: what it lists, how it ends, how fast it starts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from casework import cli
from casework.commands.acting import name_of
from casework.commands.wording import speaks_english
from casework.errors import AccessDenied, CaseworkError, InvalidInput, Misconfigured, Unavailable

ADDED_APART = {"bench", "demo"}
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of this machine out."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWORK_HOME", str(tmp_path / "home"))


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli.casework, arguments, env=environment)


def commands() -> list[list[str]]:
    """Return every command as it is typed."""
    found: list[list[str]] = []
    with click.Context(cli.casework) as ctx:
        for noun in set(cli.casework.list_commands(ctx)) - ADDED_APART:
            command = cli.casework.get_command(ctx, noun)
            assert command is not None
            found += spelled([noun], command)
    return sorted(found)


def spelled(words: list[str], command: click.Command) -> list[list[str]]:
    """Return a command, or those that a noun gathers at any depth."""
    if not isinstance(command, click.Group):
        return [words]
    return [
        one for verb, inner in command.commands.items() for one in spelled([*words, verb], inner)
    ]


def test_help_lists_every_noun_and_each_has_its_module() -> None:
    result = run("--help")
    modules = {path.stem for path in (ROOT / "casework/commands").glob("*.py")}
    nouns = set(re.findall(r"^  ([a-z]+)  ", result.output, re.MULTILINE))
    assert result.exit_code == 0
    assert {"serve", "tick", "token"} <= nouns <= modules | ADDED_APART


def test_help_imports_no_database_and_no_web() -> None:
    code = (
        "import sys; from casework.cli import casework;"
        " casework(['--help'], standalone_mode=False);"
        " print(sorted({'sqlalchemy', 'flask', 'alembic', 'cryptography'} & set(sys.modules)))"
    )
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_contract_of_commands_is_kept() -> None:
    promised = {
        "serve", "db upgrade", "db check", "settings check", "org add", "org list", "staff add",
        "staff lock", "staff list", "token add", "token revoke", "group add", "charter check",
        "charter adopt", "charter show", "access matrix", "audit verify", "audit checkpoint",
        "retention run", "keys status", "tick", "doctor",
    }  # fmt: skip
    assert promised <= {" ".join(words) for words in commands()}


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_answers_in_json_and_takes_no_secret(words: list[str]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "--json" in result.output
    assert not re.search(r"--(password|secret|key|code|pin)\b", result.output)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Misconfigured(["a fault"]), 2),
        (InvalidInput({"name": ["Trop long."]}), 2),
        (Unavailable("locked"), 3),
        (AccessDenied("case:read", "not-named"), 1),
    ],
)
def test_each_of_our_errors_has_its_exit_code(fault: CaseworkError, code: int) -> None:
    assert cli.Refused(fault, as_json=False).exit_code == code


def test_faults_are_told_one_a_line_without_a_traceback() -> None:
    result = run("settings", "check", CASEWORK_ACCENT="pale", CASEWORK_OTHER="1")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "CASEWORK_ACCENT must look like #1f5c63",
        "CASEWORK_OTHER is not a setting of casework",
    ]


def test_faults_are_told_in_json_where_it_was_asked_for() -> None:
    result = run("settings", "check", "--json", CASEWORK_ACCENT="pale")
    assert result.exit_code == 2
    assert json.loads(result.stderr) == {
        "error": "misconfigured",
        "faults": ["CASEWORK_ACCENT must look like #1f5c63"],
    }


def test_sound_settings_are_told_without_an_address() -> None:
    result = run("settings", "check", "--json", CASEWORK_DATABASE_URL="sqlite:////tmp/marker.db")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["faults"] == []
    assert "marker" not in result.output


def test_a_wrong_usage_ends_with_two() -> None:
    assert run("org", "add").exit_code == 2
    assert run("nothing").exit_code == 2


def test_without_a_home_the_sentence_names_the_key_file() -> None:
    result = run("org", "list")
    assert result.exit_code == 2
    assert "secrets/kek is missing" in result.stderr


def test_the_terminal_chooses_the_language() -> None:
    assert speaks_english({"LANG": "en_GB.UTF-8"})
    assert not speaks_english({"LANG": "fr_FR.UTF-8"})
    assert not speaks_english({"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"})
    assert not speaks_english({})


def test_the_operator_is_named_and_so_is_who_borrowed_root() -> None:
    assert name_of("alice", {}) == "alice"
    assert name_of("root", {"SUDO_USER": "alice"}) == "alice@root"
    assert name_of("bob", {"SUDO_USER": "alice"}) == "bob"
    assert name_of("zoé d'ici", {}) == "zo--d-ici"
