"""An export taken apart and put together again, by somebody who wants it to lie."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from casework.audit import leaf as leaves
from casework.audit.checkpoint import sign
from casework.audit.leaf import Commitments
from casework.audit.tree import Frontier
from tests.fakes_audit import SeededSigner
from tests.offline import checked

Files = dict[str, bytes]
Line = dict[str, Any]
Attack = Callable[[Files], object]
Found = list[tuple[str, int, int]]
LEAVES = "leaves/0000.jsonl"


def unpacked(export: Path) -> Files:
    with ZipFile(export) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files, path: Path, compression: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def mended(files: Files) -> Files:
    """Return the files with a manifest that tells the truth about them: anybody can do that."""
    others = {name: content for name, content in files.items() if name != "manifest.json"}
    listed = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in others.items()
    ]
    count = sum(content.count(b"\n") for name, content in others.items() if "leaves/" in name)
    manifest = json.loads(files["manifest.json"]) | {"members": listed, "lines": count}
    return others | {"manifest.json": json.dumps(manifest).encode()}


def lines_of(files: Files, name: str = LEAVES) -> list[Line]:
    return [json.loads(line) for line in files[name].splitlines()]


def put(files: Files, lines: Iterable[Line], name: str = LEAVES) -> None:
    written = [json.dumps(line) + "\n" for line in lines]
    files[name] = "".join(written).encode()


def on_line(
    seq: int, edit: Callable[[Line], object], name: str = LEAVES
) -> Callable[[Files], None]:
    """Return the attack that edits one line of a file."""

    def attack(files: Files) -> None:
        lines = lines_of(files, name)
        edit(lines[seq])
        put(files, lines, name)

    return attack


def on_lines(edit: Callable[[list[Line]], object], name: str = LEAVES) -> Callable[[Files], None]:
    """Return the attack that edits the list of lines of a file."""

    def attack(files: Files) -> None:
        lines = lines_of(files, name)
        edit(lines)
        put(files, lines, name)

    return attack


def rehashed(line: Line) -> str:
    bound = Commitments(*(bytes.fromhex(line["commitments"][one]) for one in Commitments._fields))
    kind = leaves.kind_of(line["act"], line["outcome"])
    return leaves.leaf_hash(line["seq"], line["at"], kind, bound).hex()


def regrown(lines: list[Line]) -> Frontier:
    """Number the lines anew and compute every hash anew; return the tree."""
    frontier = Frontier()
    for seq, line in enumerate(lines):
        line["seq"] = seq
        line["leaf"] = rehashed(line)
        frontier, nodes = frontier.append(bytes.fromhex(line["leaf"]))
        line["nodes"] = [node.hash.hex() for node in nodes]
    return frontier


def resigned(files: Files, signer: SeededSigner) -> None:
    """Compute every tree anew and sign every checkpoint anew, with this key."""
    lines, notes = lines_of(files), lines_of(files, "checkpoints.jsonl")
    regrown(lines)
    for note in notes:
        frontier = regrown([dict(line) for line in lines[: note["size"]]])
        note["note"] = sign(frontier.size, frontier.root, signer)
    put(files, lines)
    put(files, notes, "checkpoints.jsonl")
    files["checkpoint.txt"] = notes[-1]["note"].encode()


def found(honest: Path, name: str, attack: Attack, *words: str | Path) -> Found:
    files = unpacked(honest / f"{name}.zip")
    attack(files)
    code, report = checked(packed(mended(files), honest / "attacked.zip"), *words)
    faults = [(one["what"], one["first"], one["last"]) for one in report["faults"]]
    assert code == (1 if faults else 0)
    return faults


def setting(*path: str, to: Any) -> Callable[[Line], None]:
    """Return the edit of one value of a line."""

    def edit(line: Line) -> None:
        *above, last = path
        for name in above:
            line = line[name]
        line[last] = to

    return edit


def history_rewritten(files: Files) -> None:
    lines = lines_of(files)
    lines[39]["act"] = "case:named"
    regrown(lines)
    put(files, lines)


def one(what: str, first: int = 39, last: int | None = None) -> Found:
    return [(what, first, first if last is None else last)]
