"""`casework demo` before any town is made: where it refuses to be, what it tells."""

import json
import socket
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casework import cli
from casework.commands.demo_home import DemoHome, Purpose, current_anchor, find
from casework.demo.disclosure import to_json
from casework.demo.reminders.tales import registers_of
from casework.demo.world import build
from casework.errors import Misconfigured


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.casework, ["demo", *arguments])


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "nowhere.example"])  # noqa: S104
def test_it_refuses_to_listen_beyond_this_machine(host: str, tmp_path: Path) -> None:
    result = run("--host", host, "--home", str(tmp_path / "home"))
    assert result.exit_code == 2
    assert not (tmp_path / "home").exists()


def test_it_refuses_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("à moi", encoding="utf-8")
    result = run("--home", str(tmp_path))
    assert result.exit_code == 2
    assert "n’est pas une démonstration" in result.output
    assert run("--check", "--home", str(tmp_path)).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_it_serves_no_home_whose_clock_was_moved(tmp_path: Path) -> None:
    told = {"size": "small", "anchor": "2026-11-16", "purpose": "check"}
    (tmp_path / "demo.json").write_text(json.dumps(told), encoding="utf-8")
    assert find(tmp_path) == DemoHome(tmp_path, "small", date(2026, 11, 16), Purpose.CHECK)
    result = run("--home", str(tmp_path))
    assert result.exit_code == 2
    assert "son horloge a été avancée" in result.output


def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("--port", str(taken.getsockname()[1]), "--home", str(tmp_path / "home"))
    assert result.exit_code == 2
    assert "déjà pris" in result.output
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"size": "small"}', '{"purpose": "other"}'])
def test_a_damaged_mark_is_no_demonstration(tmp_path: Path, text: str) -> None:
    (tmp_path / "demo.json").write_text(text, encoding="utf-8")
    with pytest.raises(Misconfigured):
        find(tmp_path)


def test_the_world_told_is_the_one_a_home_made_today_holds() -> None:
    result = run("world", "--size", "small", "--json")
    world = build("small", current_anchor())
    assert json.loads(result.output) == to_json(world, *registers_of(world))


def test_no_codes_without_a_demonstration(tmp_path: Path) -> None:
    result = run("codes", "--home", str(tmp_path / "nothing"))
    assert result.exit_code == 2
    assert "aucune démonstration" in result.output
