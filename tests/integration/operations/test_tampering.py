"""The page that invites its reader to alter the register, replayed as it is printed."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.integration.operations.conftest import Environment
from tests.postgres import INTRUDER, acting_as

ROOT: Final = Path(__file__).parents[3]
PAGE: Final = (ROOT / "docs/tampering.md").read_text("utf-8")
FENCE: Final = re.compile(r"^```(sh|text)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
END: Final = "=== end of a block ==="


class Block(NamedTuple):
    """Commands, and the pieces of text that the page promises as their answer."""

    commands: str
    promised: list[str]


def blocks(database: str) -> list[Block]:
    """Return what a reader with this database types, in order."""
    found: list[Block] = []
    for kind, only, content in FENCE.findall(PAGE):
        if kind == "sh":
            found.append(Block(content if only in {"", database} else "", []))
        elif found[-1].commands:
            found[-1].promised.extend(content.splitlines())
    return found


def replayed(script: list[Block], environment: Environment, folder: Path) -> list[str]:
    """Type everything in one shell, and return what each block answered."""
    (folder / "bin").mkdir()
    (folder / "bin/casework").symlink_to(ROOT / ".venv/bin/casework")
    typed = "".join(f"{block.commands}\necho '{END}'\n" for block in script)
    around = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "WORK": str(folder), "LC_ALL": "en_GB"}
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(  # noqa: S603 - the page's own commands
        [bash], input=typed, text=True, cwd=ROOT, env=environment | around,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return done.stdout.split(END)


def test_every_command_of_the_page_answers_what_the_page_says(
    environment: Environment, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = request.node.callspec.params["environment"]
    if database == "postgresql":
        environment["ADMIN_URL"] = acting_as(
            INTRUDER, environment["CASEWORK_DATABASE_URL"]
        ).replace("+psycopg", "")
    script = blocks(database)
    answers = replayed(script, environment, tmp_path)
    assert len(answers) == len(script) + 1
    for block, answer in zip(script, answers, strict=False):
        assert [piece for piece in block.promised if piece not in answer] == [], answer
