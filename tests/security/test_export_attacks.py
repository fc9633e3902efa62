"""Attacks on an export by whoever passes it on: each is found elsewhere, and found where it is.

The manifest is mended each time: anybody can do that. Nobody here has the register's key, but for
the attacks that say so.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from tests.exports import (
    Attack,
    Files,
    Found,
    Line,
    found,
    history_rewritten,
    lines_of,
    mended,
    on_line,
    on_lines,
    one,
    packed,
    put,
    rehashed,
    resigned,
    setting,
    unpacked,
)
from tests.fakes_audit import SeededSigner
from tests.offline import checked
from tests.register import COUNCIL

SIZE: Final = 101
X: Final = "78" * 32
SIGNER: Final = SeededSigner(COUNCIL)
THIEF: Final = SeededSigner(COUNCIL, generation=1)
NOTES: Final = "checkpoints.jsonl"


def rewritten(line: Line) -> None:
    line["act"] = "case:named"
    line["leaf"] = rehashed(line)


def swapped(lines: list[Line]) -> None:
    lines[39], lines[40] = lines[40], lines[39]


UNREADABLE: Final = [*one("leaf-unreadable"), *one("leaf-missing")]
on_39 = partial(on_line, 39)

LINES: list[tuple[str, Attack, Found]] = [
    ("act", on_39(setting("act", to="case:named")), one("leaf-edited")),
    ("outcome", on_39(setting("outcome", to="refused")), one("leaf-edited")),
    ("time", on_39(setting("at", to=1)), one("leaf-edited")),
    ("far time", on_39(setting("at", to=2**63 - 1)), one("leaf-edited")),
    ("commitment", on_39(setting("commitments", "rows", to=X)), one("leaf-edited")),
    ("hash", on_39(setting("leaf", to=X)), [*one("leaf-edited"), ("node-wrong", 38, 39)]),
    ("own hash", on_39(rewritten), one("node-wrong", 38, 39)),
    ("text", on_39(setting("parts", "who", "text", to="{}")), one("part-edited")),
    ("salt", on_39(setting("parts", "det", "salt", to="00" * 16)), one("part-edited")),
    ("node", on_39(setting("nodes", to=[])), one("node-wrong", 38, 39)),
    ("a node more", on_line(38, setting("nodes", to=[X])), one("node-wrong", 38)),
    ("many nodes", on_39(setting("nodes", to=[X] * 65)), UNREADABLE),
    ("other type", on_39(setting("seq", to="39")), UNREADABLE),
    ("truth for one", on_39(setting("seq", to=True)), UNREADABLE),
    ("upper case", on_39(setting("leaf", to="AB" * 32)), UNREADABLE),
    ("negative", on_39(setting("at", to=-1)), UNREADABLE),
    ("half a pair", on_39(setting("act", to="\ud800")), UNREADABLE),
    ("deleted", on_lines(lambda lines: lines.pop(39)), one("leaf-missing")),
    ("cut off", on_lines(lambda lines: lines.__delitem__(slice(60, None))),
     one("leaf-missing", 60, SIZE - 1)),
    ("all gone", on_lines(list.clear), one("leaf-missing", 0, SIZE - 1)),
    ("twice", on_lines(lambda lines: lines.insert(39, lines[38])), one("leaf-unordered", 38)),
    ("swapped", on_lines(swapped), [("leaf-missing", 39, 39), ("leaf-unordered", 39, 39)]),
    ("added", on_lines(lambda lines: lines.append({**lines[5], "seq": SIZE})),
     one("leaf-extra", SIZE)),
    ("far away", on_lines(lambda lines: lines.append({**lines[5], "seq": 2**40})),
     one("leaf-extra", 2**40)),
    ("history", history_rewritten, one("checkpoint-contradicted", 1, 64)),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "expected"), [(a, e) for _, a, e in LINES],
                         ids=[name for name, *_ in LINES])  # fmt: skip
def test_an_attacked_line_is_named(honest: Path, attack: Attack, expected: Found) -> None:
    assert found(honest, "whole", attack) == expected


def growth(edit: Callable[[list[Line]], object]) -> Attack:
    return on_lines(edit, "consistency.jsonl")


def longer(proofs: list[Line]) -> None:
    proofs[1]["proof"] += [X] * 64


FEW: list[tuple[str, Attack, Found]] = [
    ("path", on_line(0, setting("path", to=[X] * 7)), one("path-wrong", 100)),
    ("endless path", on_line(0, setting("path", to=[X] * 64)), one("path-wrong", 100)),
    ("no path", on_line(0, setting("path", to=[])), one("path-wrong", 100)),
    ("edited", on_line(0, setting("act", to="case:read")), one("leaf-edited", 100)),
    ("own hash", on_line(0, rewritten), one("path-wrong", 100)),
    ("another number", on_line(0, setting("seq", to=99)),
     [("leaf-edited", 99, 99), ("path-wrong", 99, 99)]),
    ("twice", on_lines(lambda lines: lines.insert(0, lines[0])), one("leaf-unordered", 100)),
    ("growth", growth(lambda proofs: proofs[0].update(proof=[X])), one("consistency-wrong", 1, 64)),
    ("growth gone", growth(list.pop), one("consistency-wrong", 102, 102)),
    ("growth too long", growth(longer), one("consistency-wrong", 65, 100)),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "expected"), [(a, e) for _, a, e in FEW],
                         ids=[name for name, *_ in FEW])  # fmt: skip
def test_an_attacked_proof_is_found(honest: Path, attack: Attack, expected: Found) -> None:
    assert found(honest, "few", attack) == expected


def another_beginning(files: Files) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["before"][0] = X
    files["manifest.json"] = json.dumps(manifest).encode()


def test_another_beginning_of_the_tree_is_found(honest: Path) -> None:
    assert found(honest, "end", another_beginning) == one("node-wrong", 0, 63)


def test_a_manifest_that_lies_is_found(honest: Path) -> None:
    files = unpacked(honest / "whole.zip")
    files["LISEZMOI.txt"] += b"\n"
    code, report = checked(packed(files, honest / "attacked.zip"))
    assert (code, [fault["where"] for fault in report["faults"]]) == (1, ["'LISEZMOI.txt'"])


def at(lines: list[Line], seq: int, moment: int) -> None:
    lines[seq]["at"] = moment


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (4_102_444_800_000_000, "datées dans le futur"),
        (2**63 - 1, "datées dans le futur"),
        (1_000_000_000_000_000, "datées d’avant 2020, la première est la ligne 39"),
        (1_000_000_000_000_000, "Ligne 39 : l’horloge a reculé de 795422600 s"),
    ],
)
def test_a_clock_that_was_wrong_is_told_and_is_no_contradiction(
    honest: Path, moment: int, words: str
) -> None:
    """The order is that of the numbers: the register of a machine with a bad clock verifies."""
    files = unpacked(honest / "whole.zip")
    lines = lines_of(files)
    at(lines, 39, moment)
    put(files, lines)
    resigned(files, SIGNER)
    code, report = checked(packed(mended(files), honest / "attacked.zip"))
    assert code == 0
    assert any(words in told for told in report["warnings"])
