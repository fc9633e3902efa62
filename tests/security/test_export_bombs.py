"""Files made to harm whoever checks them: a clear sentence each, in bounded time and memory."""

import json
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from casework.audit.checkpoint import verifier_key
from casework.crypto.signing import SigningKey
from tests.exports import LEAVES, Files, packed
from tests.offline import VERIFIER, checked

KEY = "casework/00000000-0000-4000-8000-000000000000+93b66fd0+" + "A" * 44
MANIFEST = {
    "format": "casework/audit/export/v1",
    "key": KEY,
    "complete": True,
    "first": 0,
    "before": [],
    "lines": 0,
    "opened": [],
    "members": [],
}
GOOD: Files = {LEAVES: b"{}\n", "manifest.json": json.dumps(MANIFEST).encode()}


def manifest(**other: object) -> Files:
    return {"manifest.json": json.dumps(MANIFEST | other).encode()}


def raw(text: str) -> Files:
    return {"manifest.json": text.encode("utf-8", "surrogatepass")}


CONTENTS: dict[str, tuple[Files, str]] = {
    "no manifest": ({LEAVES: b""}, "Il manque manifest.json"),
    "other format": (manifest(format="casework/audit/export/v9"), "pas connu"),
    "no key": (manifest(key="nothing"), "pas la forme attendue"),
    "a key of small order": (manifest(), "pas la forme attendue"),
    "first is text": (manifest(first="0"), "pas la forme attendue"),
    "first is huge": (manifest(first=2**41), "pas la forme attendue"),
    "members are numbers": (manifest(members=[1]), "pas la forme attendue"),
    "opened is a number": (manifest(opened=1), "pas la forme attendue"),
    "deep": (raw("[" * 900_000), "imbriqué"),
    "deep objects": (raw('{"a":' * 100_000), "imbriqué"),
    "a huge number": (raw('{"first":' + "9" * 1_000_000 + "}"), "pas du JSON"),
    "a huge exponent": (raw('{"first":1e999999999}'), "pas du JSON"),
    "not a number": (raw('{"first":NaN}'), "pas du JSON"),
    "a key twice": (raw('{"first":0,"first":1}'), "pas du JSON"),
    "a list": (raw("[]"), "pas un objet JSON"),
    "not text": ({"manifest.json": b"\xff\xfe"}, "pas du texte"),
    "half a pair": (raw('{"a":"\ud800"}'), "pas du texte"),
    "too large": (raw('{"a":"' + "x" * (5 << 20) + '"}'), "démesuré"),
}


@pytest.mark.parametrize(("files", "says"), CONTENTS.values(), ids=CONTENTS)
def test_a_manifest_made_to_harm_is_refused(tmp_path: Path, files: Files, says: str) -> None:
    code, report = checked(packed(files, tmp_path / "harm.zip", ZIP_STORED))
    assert (code, report["verdict"]) == (3, "unreadable")
    assert says in report["says"]


NAMES = [
    *("../../outside", "/etc/passwd", "leaves\\..\\x", "leaves/../../x", "LEAVES/0000.jsonl"),
    *(
        "leaves/",
        "leaves/00000.jsonl",
        "leaves/0000.jsonl\n",
        "manifest.json/x",
        "C:x",
        "\u202e.txt",
    ),
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_but_ours_is_read_and_nothing_is_unpacked(tmp_path: Path, name: str) -> None:
    code, report = checked(packed(GOOD | {name: b"x"}, tmp_path / "harm.zip"))
    assert (code, "fichier étranger" in report["says"]) == (3, True)
    assert report["says"].isprintable()
    assert [path.name for path in tmp_path.rglob("*")] == ["harm.zip"]


def bytes_of(path: Path) -> bytes:
    return packed(GOOD, path).read_bytes()


def directory_edited(whole: bytes, at: int, code: str, value: int) -> bytes:
    """Change a field of the first entry of the directory."""
    start = whole.index(b"PK\x01\x02") + at
    return whole[:start] + struct.pack(code, value) + whole[start + struct.calcsize(code) :]


SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no zip": lambda _: b"x" * 1000,
    "longer": lambda whole: whole + b"x",
    "prefixed": lambda whole: b"x" + whole,
    "twice": lambda whole: whole * 2,
    "a directory elsewhere": lambda whole: whole[:-6] + struct.pack("<I", 1) + whole[-2:],
    "many disks": lambda whole: whole[:-18] + b"\1" + whole[-17:],
    "too many files": lambda whole: whole[:-14] + b"\xff\xff\xff\xff" + whole[-10:],
    "encrypted": lambda whole: directory_edited(whole, 8, "<H", 1),
    "other method": lambda whole: directory_edited(whole, 10, "<H", 99),
    "a size that lies": lambda whole: directory_edited(whole, 24, "<I", 2),
    "a size that bursts": lambda whole: directory_edited(whole, 24, "<I", 2**31),
    "a place that lies": lambda whole: directory_edited(whole, 42, "<I", 7),
    "a flipped bit": lambda whole: whole.replace(b"PK\x03\x04\x14", b"PK\x03\x04\xff", 1)[:33]
    + b"\xff" + whole[34:],
}  # fmt: skip


@pytest.mark.parametrize("edit", SHAPES.values(), ids=SHAPES)
def test_a_file_that_is_no_whole_zip_is_refused(
    tmp_path: Path, edit: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "harm.zip"
    path.write_bytes(edit(bytes_of(path)))
    code, report = checked(path)
    assert (code, report["verdict"]) == (3, "unreadable")


def test_a_zip_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "harm.zip"
    whole = bytes_of(path)
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        assert checked(path)[0] == 3


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert checked(tmp_path)[0] == 3
    assert checked(tmp_path / "absent.zip")[0] == 3


def test_files_that_are_there_twice_or_compressed_otherwise_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "harm.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("manifest.json", b"{}")
    assert "deux fois" in checked(path)[1]["says"]
    assert "compressé autrement" in checked(packed(GOOD, path, ZIP_LZMA))[1]["says"]


def test_files_that_lie_on_each_other_are_refused(tmp_path: Path) -> None:
    """Many entries that share one packed body burst without any ratio being odd."""
    path = tmp_path / "harm.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", GOOD["manifest.json"])
        twin = ZipInfo("names.json")
        archive.writestr(twin, GOOD["manifest.json"])
        twin.header_offset = 0
    assert "recouvrent" in checked(path)[1]["says"]


@pytest.mark.parametrize("name", [LEAVES, "checkpoints.jsonl", "checkpoint.txt", "manifest.json"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str) -> None:
    code, report = checked(packed(GOOD | {name: bytes(20 << 20)}, tmp_path / "harm.zip"))
    assert (code, "bombe" in report["says"]) == (3, True)


_WITH_LITTLE = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (160 << 20, 160 << 20))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_a_line_without_end_costs_no_memory(tmp_path: Path) -> None:
    endless = GOOD | {LEAVES: b"x" * (64 << 20), "checkpoints.jsonl": b""}
    real = "casework/00000000-0000-4000-8000-000000000000"
    files = endless | manifest(key=_key(real)) | {"checkpoint.txt": b""}
    path = packed(files, tmp_path / "harm.zip", ZIP_STORED)
    words = [sys.executable, "-I", "-S", "-c", _WITH_LITTLE, str(VERIFIER), str(path), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, "démesurée" in done.stdout) == (3, True), done.stderr


def _key(name: str) -> str:
    """Return a good key under a name."""
    return verifier_key(name, SigningKey.from_seed(bytes(32)).public)
