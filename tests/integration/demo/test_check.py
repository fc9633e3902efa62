"""The main job, through the real application, as `casework demo --check` plays it."""

import shutil
from pathlib import Path

import pytest

from casework.commands.demo_check import play
from casework.commands.demo_home import DemoHome, find
from casework.demo.check import running


def copied(home: DemoHome, folder: Path) -> DemoHome:
    shutil.copytree(home.folder, folder)
    found = find(folder)
    assert found is not None
    return found


def test_the_main_job_holds_from_the_first_sign_in_to_the_certificate(
    demonstration: DemoHome, tmp_path: Path
) -> None:
    said: list[str] = []
    good = play(copied(demonstration, tmp_path / "home"), said.append)
    assert good, said[-1]
    assert sum("✓" in one for one in said) == sum(len(one.STEPS) for _, one in running.CHAPTERS)


def test_a_step_that_fails_is_named_and_ends_the_check(
    demonstration: DemoHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, said = copied(demonstration, tmp_path / "home"), list[str]()
    monkeypatch.setattr(running, "CHAPTERS", running.CHAPTERS[2:3])
    assert not play(home, said.append)
    assert "✗" in said[-1]
    assert "La coordination trouve la saisine" in said[-1]
