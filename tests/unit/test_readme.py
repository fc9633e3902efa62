"""The README is a map: what it names exists, and what exists is named."""

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text("utf-8")
RUN: Final = (ROOT / "run").read_text("utf-8")
PACKAGE: Final = re.compile(r"^\| `casework/(\w+)/` \|", re.MULTILINE)
MODULE: Final = re.compile(r"^\| `casework/(\w+)\.py` \|", re.MULTILINE)
COMMAND: Final = re.compile(r"\./run ([a-z]+)")
BRANCH: Final = re.compile(r"^    ([a-z][a-z| -]*)\) ", re.MULTILINE)
LINK: Final = re.compile(r"\]\(([^)#:]+)\)")
# They only give a name to what stands elsewhere: the package itself, `python -m`, gunicorn's door.
NOT_ON_THE_MAP: Final = {"__init__", "__main__", "wsgi"}


def packages() -> set[str]:
    return {path.parent.name for path in (ROOT / "casework").glob("*/__init__.py")}


def modules() -> set[str]:
    return {path.stem for path in (ROOT / "casework").glob("*.py")} - NOT_ON_THE_MAP


def commands() -> set[str]:
    """Return every command that `run` knows, from its own `case`."""
    cases = RUN.partition("case $command in")[2]
    return {word for branch in BRANCH.findall(cases) for word in re.split(r"[ |]+", branch)}


def test_the_map_names_every_package_and_no_other() -> None:
    named = PACKAGE.findall(README)
    assert sorted(named) == sorted(packages())


def test_the_map_names_every_module_at_the_root_and_no_other() -> None:
    named = MODULE.findall(README)
    assert sorted(named) == sorted(modules())


def test_the_commands_named_are_those_of_run() -> None:
    named = set(COMMAND.findall(README))
    assert named <= commands()
    assert {"demo", "check", "test", "bench", "casework"} <= named


@pytest.mark.parametrize(
    "page",
    [
        *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
        *("docs/formats.md", "docs/guide-de-charte.md", "docs/operating.md", "docs/threats.md"),
    ],
)
def test_a_link_of_a_page_leads_to_a_file(page: str) -> None:
    place = ROOT / page
    links = LINK.findall(place.read_text("utf-8"))
    assert [link for link in links if not (place.parent / link).exists()] == []
