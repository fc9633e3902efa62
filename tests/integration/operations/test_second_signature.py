"""A second signature on checkpoints, if the operator asks: read by all, checked elsewhere."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.audit.export.wanted import Wanted
from casework.audit.gateway import RegisterGateway
from casework.db.engine import Scope
from casework.errors import Misconfigured
from casework.identity import operator
from casework.keys.secrets import SecretName
from casework.operations.founding import complete
from casework.operations.home import Home
from casework.operations.instance import Instance, open_instance
from casework.stores import Edges, open_stores
from tests.exports import Line, mended, on_line, packed, unpacked
from tests.fakes import CountingEntropy, FixedClock
from tests.offline import VERIFIER, checked

NOTES = "checkpoints.jsonl"


@contextmanager
def opened(home: Home, *, twice: bool, seed: int = 5) -> Iterator[Instance]:
    edges = Edges(FixedClock(), CountingEntropy(seed))
    instance = open_instance(replace(home.settings, log_mldsa=twice), edges)
    try:
        yield instance
    finally:
        instance.close()


def signed(instance: Instance) -> list[int]:
    """Sign the register, and return how many lines stand below each checkpoint."""
    root = operator(instance.council_id, "m.weber")
    assert instance.register.verify(root).clean
    instance.ledger.checkpoint(instance.council_id)
    with instance.stores.main.reading(Scope(instance.council_id, whole=True)) as session:
        notes = RegisterGateway(session, instance.council_id).notes(1 << 40)
    return [one.note.count("\n— ") for one in notes]


def exported(instance: Instance, path: Path) -> Path:
    made = instance.exports.export(operator(instance.council_id, "m.weber"), Wanted())
    path.write_bytes(b"".join(made.chunks))
    return path


def test_asked_for_it_stands_below_new_checkpoints_and_is_checked_elsewhere(
    home: Home, tmp_path: Path
) -> None:
    with opened(home, twice=False) as instance:
        assert set(signed(instance)) == {1}
    with opened(home, twice=True) as instance:
        assert signed(instance)[-2:] == [1, 2]
        path = exported(instance, tmp_path / "export.zip")
    with opened(home, twice=False, seed=6) as instance:
        assert signed(instance)[-3:] == [2, 2, 1]
        assert instance.register.verify(operator(instance.council_id, "m.weber")).clean
    code, report = checked(path)
    assert (code, report["second_lines"], report["second_checked"]) == (0, 2, True)
    bare = [sys.executable, "-I", "-S", str(VERIFIER), str(path)]
    said = subprocess.run(bare, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert "2 secondes signatures, NON contrôlées" in said
    files = unpacked(path)
    on_line(-1, moved, NOTES)(files)
    code, report = checked(packed(mended(files), tmp_path / "bad.zip"))
    assert (code, {one["what"] for one in report["faults"]}) >= (1, {"checkpoint-forged"})


def moved(note: Line) -> None:
    """Put a sign of the second line elsewhere in it."""
    text = note["note"]
    note["note"] = text[:-900] + text[-899:-800] + text[-900] + text[-800:]


def test_a_council_founded_before_gets_its_key_with_the_upgrade(home: Home) -> None:
    with (
        opened(home, twice=False) as instance,
        instance.stores.main.writing(Scope(instance.council_id, whole=True)) as session,
    ):
        named = {"name": SecretName.LOG_SECOND.value}
        session.execute(text("DELETE FROM instance_secrets WHERE name = :name"), named)
    with opened(home, twice=False) as instance:
        assert set(signed(instance)) == {1}
    with opened(home, twice=True) as instance, pytest.raises(Misconfigured, match="db upgrade"):
        signed(instance)
    edges = Edges(FixedClock(), CountingEntropy(7))
    with open_stores(home.settings, edges) as stores:
        complete(stores, edges, "m.weber")
    with opened(home, twice=True, seed=8) as instance:
        assert signed(instance)[-1] == 2
