"""Forged signatures, rewritten histories: found by the key, or by what was kept elsewhere."""

import json
from pathlib import Path
from typing import Final

import pytest

from casework.audit.checkpoint import sign, verifier_key
from tests.exports import (
    Attack,
    Files,
    Found,
    Line,
    found,
    history_rewritten,
    on_line,
    on_lines,
    one,
    resigned,
    setting,
    unpacked,
)
from tests.fakes_audit import SeededSigner
from tests.register import COUNCIL

SIZE: Final = 101
SIGNER: Final = SeededSigner(COUNCIL)
THIEF: Final = SeededSigner(COUNCIL, generation=1)
NOTES: Final = "checkpoints.jsonl"


def forged(files: Files) -> None:
    files["checkpoint.txt"] = files["checkpoint.txt"].replace(b"\n101\n", b"\n102\n")


def edited(note: Line) -> None:
    note["note"] = note["note"].replace("\n65\n", "\n66\n")


def told_twice(notes: list[Line]) -> None:
    """Tell another story of the same size: this takes the register's key."""
    notes.insert(1, {**notes[1], "note": sign(65, b"x" * 32, SIGNER)})


def endless(notes: list[Line]) -> None:
    notes[1]["note"] += "— other AAAA\n" * 6000


CHECKPOINTS: list[tuple[str, Attack, Found]] = [
    ("edited", on_line(1, edited, NOTES), one("checkpoint-forged", 64)),
    ("another key", on_line(1, setting("note", to=sign(65, b"x" * 32, THIEF)), NOTES),
     one("checkpoint-forged", 64)),
    ("another size", on_line(1, setting("size", to=66), NOTES), one("checkpoint-unordered", 65)),
    ("endless", on_lines(endless, NOTES), one("checkpoint-forged", 64)),
    ("no text", on_line(1, setting("note", to=7), NOTES), one("checkpoint-forged", 64)),
    ("no size", on_line(1, setting("size", to=None), NOTES), one("checkpoint-forged", 1)),
    ("newest gone", on_lines(list.pop, NOTES), one("checkpoint-missing", SIZE - 1)),
    ("twice", on_lines(lambda notes: notes.insert(1, notes[1]), NOTES),
     one("checkpoint-unordered", 64)),
    ("reordered", on_lines(list.reverse, NOTES),
     [("checkpoint-unordered", 64, 64), ("checkpoint-unordered", 0, 0)]),
    ("two stories", on_lines(told_twice, NOTES),
     [("checkpoint-contradicted", 1, 64), ("checkpoint-unordered", 64, 64)]),
    ("head forged", forged,
     [("checkpoint-forged", 0, 0), ("checkpoint-missing", 0, 0)]),
]  # fmt: skip


@pytest.mark.parametrize(("attack", "expected"), [(a, e) for _, a, e in CHECKPOINTS],
                         ids=[name for name, *_ in CHECKPOINTS])  # fmt: skip
def test_an_attacked_checkpoint_is_found(honest: Path, attack: Attack, expected: Found) -> None:
    assert found(honest, "whole", attack) == expected


def taken_over(files: Files) -> None:
    """Tell another history whole, under a key of one's own."""
    history_rewritten(files)
    resigned(files, THIEF)
    manifest = json.loads(files["manifest.json"])
    manifest["key"] = verifier_key(THIEF.origin, THIEF.public)
    files["manifest.json"] = json.dumps(manifest).encode()


def test_a_whole_forgery_agrees_with_itself_and_with_nothing_kept_elsewhere(
    honest: Path, tmp_path: Path
) -> None:
    held = tmp_path / "held.txt"
    held.write_bytes(unpacked(honest / "whole.zip")["checkpoint.txt"])
    assert found(honest, "whole", taken_over) == []
    assert found(honest, "whole", taken_over, "--attendu", held) == one("checkpoint-forged", 0)
    key = verifier_key(SIGNER.origin, SIGNER.public)
    assert found(honest, "whole", taken_over, "--cle", key) == one("key-wrong", 0)
    older = found(honest, "whole", taken_over, "--ancien", honest / "whole.zip")
    assert {("key-wrong", 0, 0), ("leaf-differs", 39, 39)} <= set(older)


def resigned_by_the_owner(files: Files) -> None:
    """Tell another history whole, under the register's key: whoever took the server can."""
    history_rewritten(files)
    resigned(files, SIGNER)


def test_a_history_that_the_key_itself_signed_anew_is_found_by_what_was_kept(
    honest: Path, tmp_path: Path
) -> None:
    note = unpacked(honest / "whole.zip")["checkpoint.txt"].decode()
    mail = tmp_path / "mail.txt"
    mail.write_bytes(f"Bonjour,\r\n\r\n{note}\r\nCordialement".replace("\n", "\r\n").encode())
    assert found(honest, "whole", resigned_by_the_owner) == []
    held = found(honest, "whole", resigned_by_the_owner, "--attendu", mail)
    assert held == one("checkpoint-contradicted", 65, SIZE - 1)
    older = found(honest, "whole", resigned_by_the_owner, "--ancien", honest / "whole.zip")
    assert ("leaf-differs", 39, 39) in older


def test_an_export_shorter_than_what_was_seen_is_found(honest: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    later.write_bytes(unpacked(honest / "few.zip")["checkpoint.txt"])
    assert found(honest, "whole", lambda _: None, "--attendu", later) == one(
        "leaf-missing", SIZE, SIZE + 1
    )
