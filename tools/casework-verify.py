#!/usr/bin/env python3

"""Checks an export of casework's register anywhere: this one file, Python 3.9 or newer, no service.

    python3 casework-verify.py EXPORT.zip [--attendu NOTE.txt] [--ancien EXPORT.zip] [--cle CLE]

Exit codes: 0 everything agrees, 1 the export contradicts itself or what was kept elsewhere, 2 wrong
usage, 3 the file cannot be read as an export. Formats: docs/formats.md, RFC 9162, RFC 8032, C2SP.
Memory and time are bounded by the limits below, whatever the file holds; nothing is unpacked.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import importlib
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

VERSION = 1
FORMAT = "casework/audit/export/v1"

MOST_FILE = 4 << 30  # bytes of a zip
MOST_MEMBERS = 4096
MOST_DIRECTORY = 1 << 20
MOST_UNPACKED = 16 << 30
MOST_RATIO = 100  # text of hashes packs three to one; 1000 to one is a bomb
RATIO_FREE = 1 << 20
MOST_LINE = 1 << 20
MOST_MANIFEST = 4 << 20
MOST_NOTE = 1 << 16
MOST_MISSING = 1 << 20
MOST_FAULTS = 1000
MOST_LINES = 1 << 40
MOST_ANCHORS = 1 << 16
MOST_PROOF = 64  # hashes: a tree of 2**64 leaves has no longer path
MOST_DIGITS = 20
PIECE = 1 << 16

NAMES = re.compile(
    r"LISEZMOI\.txt|checkpoint\.txt|(checkpoints|consistency|forgetting|anchors)\.jsonl|names\.json"
    r"|manifest\.json|leaves/[0-9]{4}\.jsonl"
)
ORIGIN = re.compile(r"casework/[0-9a-f-]{36}")


class Unreadable(Exception):
    """The file is no export, or was made to harm; the message is a French sentence."""


# --- Ed25519, RFC 8032: verification only, on public values, so time may vary.

Point = tuple[int, int, int, int]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
NEUTRAL: Point = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """Add two points in extended coordinates (RFC 8032, 5.1.4)."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def decompress(packed: bytes) -> Point | None:
    """Return the point of 32 bytes (RFC 8032, 5.1.3); None when they are not one."""
    number = int.from_bytes(packed, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def compress(point: Point) -> bytes:
    """Return the 32 bytes of a point."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def table_of(point: Point) -> list[list[Point]]:
    """Return d·16^i·point for each digit d of each place i: a product is then 64 additions."""
    table = []
    for _ in range(64):
        row = [NEUTRAL]
        for _ in range(15):
            row.append(add(row[-1], point))
        table.append(row)
        point = add(row[-1], point)
    return table


def times(scalar: int, table: Sequence[Sequence[Point]], start: Point = NEUTRAL) -> Point:
    """Return start + scalar·point, from the table of the point."""
    for row in table:
        start = add(start, row[scalar & 15])
        scalar >>= 4
    return start


_BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
BASE = table_of(_BASE or NEUTRAL)


class PublicKey:
    """An Ed25519 public key; ValueError for bytes that are none, or of small order."""

    def __init__(self, public: bytes) -> None:
        """Prepare the table that makes each of many signatures cheap."""
        point = decompress(public) if len(public) == 32 else None
        if point is None:
            raise ValueError("not a point of the curve")
        eightfold = point
        for _ in range(3):
            eightfold = add(eightfold, eightfold)
        if compress(eightfold) == compress(NEUTRAL):
            raise ValueError("a key of small order signs anything")
        self.public = public
        self._minus = table_of((P - point[0], point[1], 1, P - point[3]))

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Say whether this key signed the message (RFC 8032, 5.1.7)."""
        scalar = int.from_bytes(signature[32:], "little")
        if len(signature) != 64 or scalar >= ORDER:
            return False
        digest = hashlib.sha512(signature[:32] + self.public + message).digest()
        challenge = int.from_bytes(digest, "little") % ORDER
        found = times(challenge, self._minus, times(scalar, BASE))
        return compress(found) == signature[:32]


# --- Signed notes: C2SP signed-note and tlog-checkpoint.


@dataclass(frozen=True)
class Checkpoint:
    """What the register's key signed: so many lines, this root."""

    size: int
    root: bytes
    note: str
    second: bool = False  # a line of another key of the register stands below the first


class SecondKey:
    """The key of second lines: ML-DSA-44, C2SP tlog-cosignature over the whole tree, time 0.

    The standard library has no ML-DSA: without `cryptography` the lines are counted, not judged.
    """

    def __init__(self, text: str, name: str) -> None:
        """Read `name+key id+base64(06 ‖ public key)`; ValueError when it is none."""
        raw = exact_base64(text.partition("+")[2].partition("+")[2])
        self.name = name
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if text != f"{name}+{self.id.hex()}+{base64.b64encode(raw).decode()}":
            raise ValueError("its own name contradicts the key")
        if raw[:1] != b"\x06" or len(raw) != 1313:
            raise ValueError("not the second key of a register")
        self._key = lattice_key(raw[1:])

    @property
    def judges(self) -> bool:
        """Say whether this machine can check its signatures."""
        return self._key is not None

    def require(self, signature: bytes, size: int, root: bytes) -> None:
        """Return if a second signature holds, as far as it can be judged; ValueError otherwise."""
        head, signed = signature[:12], signature[12:]
        if len(signed) != 2420 or head != self.id + bytes(8):
            raise ValueError("not a second signature")
        name = bytes([len(self.name)]) + self.name.encode()
        message = b"subtree/v1\n\0" + name + bytes(8) + name + struct.pack(">QQ", 0, size) + root
        try:
            if self._key is not None:
                self._key.verify(signed, message)
        except Exception as fault:  # the library's own error has another name in each version
            raise ValueError("not signed by the second key of the register") from fault


def lattice_key(public: bytes) -> Any:
    """Return what verifies ML-DSA-44; None where the library is missing or too old."""
    try:
        library = importlib.import_module("cryptography.hazmat.primitives.asymmetric.mldsa")
        return library.MLDSA44PublicKey.from_public_bytes(public)
    except Exception:  # noqa: BLE001 - absent, broken, built without it: the report says so
        return None


class LogKey:
    """The name and the key that sign the register."""

    second: SecondKey | None = None

    def __init__(self, text: str) -> None:
        """Read `name+key id+base64(01 ‖ public key)`; ValueError when it is none."""
        name, _, rest = text.strip().partition("+")
        short, _, packed = rest.partition("+")
        raw = exact_base64(packed)
        if not ORIGIN.fullmatch(name) or raw[:1] != b"\x01":
            raise ValueError("not the key of a register")
        self.text, self.name = text.strip(), name
        self.key = PublicKey(raw[1:])
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if short != self.id.hex():
            raise ValueError("its own name contradicts the key")

    def read(self, note: str) -> Checkpoint:
        """Return the checkpoint of a note that this key signed; ValueError otherwise."""
        body, blank, lines = note.partition("\n\n")
        body += "\n"
        if not blank or not lines.endswith("\n") or len(note) > MOST_NOTE:
            raise ValueError("not a signed note")
        marks = [line for line in lines[:-1].split("\n") if line.startswith(f"— {self.name} ")]
        signatures = [exact_base64(line.rpartition(" ")[2]) for line in marks]
        mine = [one[4:] for one in signatures if one[:4] == self.id]
        if not any(self.key.signed(one, body.encode()) for one in mine):
            raise ValueError("not signed by the key of the register")
        name, size, root = ([*body.split("\n"), "", ""])[:3]
        if body.count("\n") != 3 or name != self.name:
            raise ValueError("not a checkpoint of this register")
        if not re.fullmatch("0|[1-9][0-9]{0,18}", size) or len(exact_base64(root)) != 32:
            raise ValueError("not a checkpoint")
        others = [one for one in signatures if one[:4] != self.id]
        for one in others:
            if self.second and one[:4] == self.second.id:
                self.second.require(one, int(size), exact_base64(root))
        return Checkpoint(int(size), exact_base64(root), note, bool(others))


def exact_base64(text: str) -> bytes:
    """Decode base64 in its one exact spelling; ValueError for any other."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeError) as fault:
        raise ValueError("not base64") from fault
    if base64.b64encode(raw).decode() != text:
        raise ValueError("not the exact base64")
    return raw


def notes_in(text: str) -> list[str]:
    """Return the signed notes of a text, for example of an e-mail with its greeting."""
    plain = "\n".join(line.rstrip() for line in text.replace("\r", "").split("\n"))
    found = re.finditer(
        rf"^{ORIGIN.pattern}\n[0-9]{{1,19}}\n[A-Za-z0-9+/=]{{44}}\n\n(?:— \S{{1,99}} \S+\n?)+",
        plain,
        re.MULTILINE,
    )
    return [one.group().rstrip("\n") + "\n" for one in found]


class WitnessKey:
    """The name and the key of a witness: C2SP tlog-cosignature, v1."""

    def __init__(self, text: str) -> None:
        """Read `name+key id+base64(04 ‖ public key)`; ValueError when it is none."""
        self.name, _, rest = text.strip().partition("+")
        short, _, packed = rest.partition("+")
        raw = exact_base64(packed)
        self.id = hashlib.sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x04" or short != self.id.hex():
            raise ValueError("not the key of a witness")
        self.key = PublicKey(raw[1:])

    def cosigned(self, line: str, body: str) -> bool:
        """Say whether the line is this witness's word on the body of a checkpoint."""
        try:
            raw = exact_base64(line.strip().rpartition(" ")[2])
        except ValueError:
            return False
        seconds = int.from_bytes(raw[4:12], "big")
        message = f"cosignature/v1\ntime {seconds}\n{body}".encode()
        return raw[:4] == self.id and self.key.signed(raw[12:], message)


def short_code(note: str) -> str:
    """Return what stands for a checkpoint on paper."""
    body = note.partition("\n\n")[0] + "\n"
    digest = hashlib.sha256(b"casework/audit/short-code/v1\0" + body.encode()).digest()
    text = base64.b32encode(digest)[:10].decode()
    return f"{text[:5]}-{text[5:]}"


# --- Time stamps: RFC 3161, 2.4.2. What was stamped and when; not the authority's signature.


def der(data: bytes) -> list[tuple[int, bytes]]:
    """Return the (tag, content) that lie one after the other; ValueError for what is no DER."""
    found, at = [], 0
    while at < len(data):
        if at + 2 > len(data) or len(found) > 64:
            raise ValueError("not DER")
        tag, length, at = data[at], data[at + 1], at + 2
        if length > 127:
            size = length & 127
            if not 1 <= size <= 4:
                raise ValueError("not DER")
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError("not DER")
        found.append((tag, data[at : at + length]))
        at += length
    return found


def stamped(token: bytes) -> tuple[bytes, str]:
    """Return the hash that a token is about, and its moment; ValueError when it is no token."""
    try:
        signed = der(der(der(token)[0][1])[1][1])[0][1]
        content = der(der(signed)[2][1])[1][1]
        info = der(der(der(content)[0][1])[0][1])
        _, (_, hashed_message) = der(info[2][1])
        return hashed_message, info[4][1].decode("ascii")[:20]
    except (IndexError, UnicodeDecodeError) as fault:
        raise ValueError("not a time-stamp token") from fault


# --- The tree: RFC 9162, section 2.1.

EMPTY_ROOT = hashlib.sha256(b"").digest()


def join(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether the leaf stands at `index` of the tree of `size` leaves (2.1.3.2)."""
    if not 0 <= index < size or len(proof) > MOST_PROOF:
        return False
    last, running = size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            running = join(step, running)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            running = join(running, step)
        index, last = index >> 1, last >> 1
    return last == 0 and running == root


def extends(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> bool:
    """Say whether the newer tree begins with the older one (2.1.4.2)."""
    if not 0 < old.size < new.size or len(proof) > MOST_PROOF:
        return False
    steps = [old.root, *proof] if old.size & (old.size - 1) == 0 else list(proof)
    if not steps:
        return False
    first, last = old.size - 1, new.size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            before, after = join(step, before), join(step, after)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            after = join(after, step)
        first, last = first >> 1, last >> 1
    return last == 0 and (before, after) == (old.root, new.root)


# --- The zip: read as it lies, never unpacked; every limit is checked before it is needed.


class Archive:
    """An export's files. Unreadable when it is no zip that casework could have written."""

    def __init__(self, path: Path) -> None:
        """Look at the directory alone."""
        self.path = path
        try:
            size = path.stat().st_size
            if not path.is_file() or size > MOST_FILE:
                raise Unreadable("Ce n’est pas un fichier zip de moins de 4 Gio.")
            self._size = size
            self._check_end()
            self._zip = zipfile.ZipFile(path)
        except OSError as fault:
            raise Unreadable(f"Le fichier ne peut pas être lu : {fault.strerror}.") from fault
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
            raise Unreadable("Le fichier zip est tronqué ou abîmé.") from fault
        self._members = self._checked(self._zip.infolist())
        self.manifest = self._manifest()

    @property
    def names(self) -> list[str]:
        """The names of the files, in their order."""
        return list(self._members)

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """Give the lines of a file as objects; Unreadable for a line that is none."""
        for number, line in enumerate(self._split(name), 1):
            yield decoded(line, f"{name}, ligne {number}")

    def text(self, name: str, most: int) -> str:
        """Return a small file whole."""
        pieces, size = [], 0
        for piece in self._pieces(name):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise Unreadable(f"{name} est démesuré.")
        try:
            return b"".join(pieces).decode()
        except UnicodeDecodeError as fault:
            raise Unreadable(f"{name} n’est pas du texte UTF-8.") from fault

    def digest(self, name: str) -> tuple[int, str]:
        """Return the size and the SHA-256 of a file."""
        size, digest = 0, hashlib.sha256()
        for piece in self._pieces(name):
            size += len(piece)
            digest.update(piece)
        return size, digest.hexdigest()

    def _check_end(self) -> None:
        """Read the end record itself: a library would first load a directory of any size."""
        with self.path.open("rb") as file:
            start = file.read(4)
            file.seek(max(self._size - 22, 0))
            end = file.read(22)
        if start != b"PK\x03\x04" or end[:4] != b"PK\x05\x06" or len(end) < 22:
            raise Unreadable("Ce n’est pas un fichier zip entier : il est tronqué, ou allongé.")
        disks, here, total, directory, at, comment = struct.unpack("<IHHIIH", end[4:])
        if disks or comment or here != total or at + directory != self._size - 22:
            raise Unreadable("La table du fichier zip se contredit.")
        if total > MOST_MEMBERS or directory > MOST_DIRECTORY:
            raise Unreadable("Le fichier zip annonce trop de fichiers.")

    def _checked(self, infos: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        members: dict[str, zipfile.ZipInfo] = {}
        free = unpacked = 0
        for info in infos:
            if info.filename in members:
                raise Unreadable(f"Le zip contient deux fois {shown(info.filename)}.")
            if not NAMES.fullmatch(info.filename) or info.orig_filename != info.filename:
                raise Unreadable(f"Le zip contient un fichier étranger : {shown(info.filename)}.")
            if info.flag_bits & 1 or info.compress_type not in {0, 8}:
                raise Unreadable(f"{info.filename} est chiffré, ou compressé autrement.")
            if info.file_size > max(RATIO_FREE, MOST_RATIO * info.compress_size):
                raise Unreadable(f"{info.filename} se gonfle démesurément : c’est une bombe zip.")
            if info.header_offset < free:
                raise Unreadable("Des fichiers du zip se recouvrent : c’est une bombe zip.")
            free = info.header_offset + 30 + info.compress_size
            unpacked += info.file_size
            members[info.filename] = info
        if unpacked > MOST_UNPACKED:
            raise Unreadable("Le zip annonce plus de 16 Gio : il n’est pas lu.")
        return members

    def _manifest(self) -> dict[str, Any]:
        if "manifest.json" not in self._members:
            raise Unreadable("Il manque manifest.json : ce n’est pas un export de casework.")
        manifest = decoded(self.text("manifest.json", MOST_MANIFEST).encode(), "manifest.json")
        if manifest.get("format") != FORMAT:
            raise Unreadable("Ce format d’export n’est pas connu de cet outil.")
        return manifest

    def _pieces(self, name: str) -> Iterator[bytes]:
        """Give a file piece by piece, never more than its directory entry announces."""
        if name not in self._members:
            raise Unreadable(f"Il manque {name} : l’export n’est pas entier.")
        announced = self._members[name].file_size
        try:
            with self._zip.open(self._members[name]) as file:
                while piece := file.read(PIECE):
                    announced -= len(piece)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
            raise Unreadable(f"{name} est tronqué ou abîmé dans le zip.") from fault
        if announced:
            raise Unreadable(f"{name} est plus court qu’annoncé.")

    def _split(self, name: str) -> Iterator[bytes]:
        rest = b""
        for piece in self._pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > MOST_LINE:
                raise Unreadable(f"{name} a une ligne démesurée.")
        if rest:
            raise Unreadable(f"{name} s’arrête au milieu d’une ligne.")


def shown(name: str) -> str:
    """Return a name from the zip as it may be printed."""
    return ascii(name[:80])


def _number(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number too long")
    return int(text)


def _no_float(text: str) -> float:
    raise ValueError(f"no such number in an export: {text[:20]}")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_number, parse_float=_no_float, parse_constant=_no_float
)


def decoded(line: bytes, where: str) -> dict[str, Any]:
    """Return a JSON object; Unreadable for anything else, however deep or long."""
    try:
        found = _DECODER.decode(line.decode())
    except RecursionError as fault:
        raise Unreadable(f"{where} est imbriqué à l’excès.") from fault
    except (ValueError, MemoryError) as fault:
        raise Unreadable(f"{where} n’est pas du JSON tel que casework l’écrit.") from fault
    if not isinstance(found, dict):
        raise Unreadable(f"{where} n’est pas un objet JSON.")
    return found


# --- What is read from JSON, typed: ValueError for anything that is not exactly so.


def whole(value: Any, most: int = 2**63 - 1) -> int:
    """Return a whole number from 0 to `most`."""
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("not a whole number in its bounds")
    return value


def hashed(value: Any) -> bytes:
    """Return a hash of 32 bytes from its lower-case hexadecimal."""
    if type(value) is not str or not re.fullmatch("[0-9a-f]{64}", value):
        raise ValueError("not a hash")
    return bytes.fromhex(value)


def hashes(value: Any) -> list[bytes]:
    """Return a short list of hashes."""
    if type(value) is not list or len(value) > MOST_PROOF:
        raise ValueError("not a list of hashes")
    return [hashed(one) for one in value]


PARTS = ("who", "what", "det")
HEADER = struct.Struct(">QQB")


@dataclass(frozen=True)
class Leaf:
    """A line of the register as exported."""

    seq: int
    at: int
    kind: str
    stored: bytes
    bound: tuple[bytes, ...]
    parts: dict[str, tuple[bytes, str]]
    proof: list[bytes]
    altered: list[str]

    @classmethod
    def read(cls, told: dict[str, Any], proof: str) -> Leaf:
        """Read a line; `proof` is "nodes" or "path". ValueError for one that no export holds."""
        bound, parts = told.get("commitments"), told.get("parts")
        act, outcome, altered = told.get("act"), told.get("outcome"), told.get("altered", [])
        if type(bound) is not dict or type(parts) is not dict or type(altered) is not list:
            raise ValueError("not a line")
        if type(act) is not str or type(outcome) is not str or not set(parts) <= set(PARTS):
            raise ValueError("not a line")
        kind = f"{act}={outcome}"
        if len(kind.encode()) > 255:
            raise ValueError("not a kind")
        return cls(
            whole(told.get("seq"), MOST_LINES),
            whole(told.get("at")),
            kind,
            hashed(told.get("leaf")),
            tuple(hashed(bound.get(one)) for one in (*PARTS, "rows")),
            {name: _part(part) for name, part in parts.items()},
            hashes(told.get(proof)),
            [name for name in PARTS if name in altered],
        )

    @property
    def hash(self) -> bytes:
        """The leaf hash over what the line says."""
        kind = self.kind.encode()
        header = HEADER.pack(self.seq, self.at, len(kind))
        return hashlib.sha256(
            b"\0casework/audit/leaf/v1" + header + kind + b"".join(self.bound)
        ).digest()

    def broken_parts(self) -> Iterator[str]:
        """Give the names of the parts that are not what the line committed to."""
        for name, (salt, text) in self.parts.items():
            label = b"casework/audit/part/v1\0" + name.encode() + b"\0"
            found = hashlib.sha256(label + salt + text.encode()).digest()
            if found != self.bound[PARTS.index(name)]:
                yield name

    def same(self, other: Leaf) -> bool:
        """Say whether another export tells the same line."""
        return (self.at, self.kind, self.stored, self.bound) == (
            other.at,
            other.kind,
            other.stored,
            other.bound,
        )


def _part(part: Any) -> tuple[bytes, str]:
    if type(part) is not dict:
        raise ValueError("not a part")
    salt, text = part.get("salt"), part.get("text")
    if type(salt) is not str or not re.fullmatch("[0-9a-f]{32}", salt) or type(text) is not str:
        raise ValueError("not a part")
    text.encode()
    return bytes.fromhex(salt), text


# --- Forgetting: the one line that explains what is missing.

DAY = 86_400_000_000
SHORTEST = 180 * DAY  # no charter lets anything go before six months (CNIL 2021-122)
BLOCK = 256


@dataclass(frozen=True)
class Forgotten:
    """Lines below `first` are gone; those below `who` tell nobody, below `parts` nothing else."""

    seq: int = 0
    at: int = 0
    first: int = 0
    who: int = 0
    parts: int = 0
    who_before: int = 0
    parts_before: int = 0
    searchable: int = 0
    kept: int = 0
    article: str = ""

    @classmethod
    def read(cls, leaf: Leaf) -> Forgotten:
        """Read what a line claims; ValueError for one that claims nothing, or too much."""
        acts = [f"register:{verb}=allowed" for verb in ("redacted", "attested", "pruned")]
        _, text = leaf.parts.get("det", (b"", ""))
        det = decoded(text.encode(), "forgetting.jsonl")
        told, article = det.get("detail"), det.get("article")
        if leaf.kind not in acts or type(told) is not dict:
            raise ValueError("a line that claims nothing")
        names = ("first", "who", "parts", "who_before", "parts_before", "searchable", "kept")
        found = cls(leaf.seq, leaf.at, *(whole(told.get(name)) for name in names),
                    article if type(article) is str else "")  # fmt: skip
        ordered = found.first <= found.who <= found.parts <= found.seq
        due = found.who_before <= found.parts_before <= max(found.at - SHORTEST, 0)
        if not ordered or not due or found.first % BLOCK:
            raise ValueError("a line that claims too much")
        return found

    def gone(self, name: str, seq: int) -> bool:
        """Say whether a part of a line has come to its end."""
        return seq < (self.who if name == "who" else self.parts)

    def early(self, leaf: Leaf) -> bool:
        """Say whether a line is the last of those that went, and was not due."""
        last = leaf.seq + 1
        return (last == self.parts and leaf.at >= self.parts_before) or (
            last == self.who and leaf.at >= self.who_before
        )


# --- What was found.

SAYS = {
    "manifest-wrong": "le manifeste ne dit pas la vérité sur {where}",
    "key-wrong": "la clé qui a signé n’est pas celle qui était attendue",
    "checkpoint-forged": "un point de contrôle n’est pas signé par la clé du registre ({where})",
    "checkpoint-missing": "le dernier point de contrôle ne couvre pas les lignes de l’export",
    "checkpoint-contradicted": "ces lignes ne sont pas celles qui ont été signées",
    "checkpoint-unordered": "les points de contrôle ne se suivent pas, ou deux se contredisent",
    "consistency-wrong": "rien ne prouve que ce point de contrôle prolonge le précédent",
    "held-unknown": "le point de contrôle gardé ailleurs n’est pas dans l’histoire de cet export",
    "leaf-edited": "la ligne a été modifiée",
    "leaf-missing": "il manque des lignes",
    "leaf-extra": "la ligne est en trop",
    "leaf-unordered": "la ligne est en double, ou n’est pas à sa place",
    "leaf-unreadable": "la ligne ne se lit pas",
    "leaf-differs": "la ligne n’est plus celle de l’ancien export",
    "node-wrong": "l’arbre a été modifié sous ces lignes",
    "anchor-wrong": "ce qu’un tiers a daté ou cosigné n’est pas ce point de contrôle ({where})",
    "path-wrong": "rien ne prouve que la ligne est dans le registre signé",
    "part-edited": "ce que dit la partie « {where} » n’est pas ce qui a été enregistré",
    "part-missing": "la partie « {where} » manque, et rien ne dit qu’elle est arrivée à terme",
    "part-returned": "la partie « {where} » est revenue après son terme",
    "forgotten-early": "des lignes ou des parties ont disparu avant leur date",
    "forgetting-wrong": "la ligne qui dit ce qui est arrivé à terme n’est pas du registre signé",
    "part-altered": "la partie « {where} » était déjà altérée dans le service",
}


@dataclass(frozen=True)
class Fault:
    """Lines `first` to `last` hold a contradiction; `where` narrows it."""

    what: str
    first: int
    last: int
    where: str = ""
    line: str = ""

    @property
    def says(self) -> str:
        """The fault as a French sentence."""
        lines = (
            f"Ligne {self.first}"
            if self.first == self.last
            else f"Lignes {self.first} à {self.last}"
        )
        told = f" ({self.line})" if self.line else ""
        return f"{lines}{told} : {SAYS[self.what].format(where=self.where)}."


@dataclass
class Report:
    """Everything that a verification says."""

    file: str
    origin: str = ""
    key: str = ""
    key_pinned: bool = False
    complete: bool = True
    first: int = 0
    size: int = 0
    root: str = ""
    lines: int = 0
    checkpoints: int = 0
    signed: int = 0
    held: int = 0
    short_code: str = ""
    anchors: int = 0
    anchors_checked: int = 0
    second_lines: int = 0
    second_checked: bool = False
    closed_parts: int = 0
    forgotten: dict[str, Any] | None = None
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    warning_count: int = 0
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(
        self, what: str, first: int, last: int | None = None, where: str = "", line: str = ""
    ) -> None:
        """Note a fault; the first thousand are kept."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(what, first, first if last is None else last, where, line))

    def warn(self, says: str) -> None:
        """Note what is odd and contradicts nothing."""
        self.warning_count += 1
        if len(self.warnings) < 20:
            self.warnings.append(says)


EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
EARLY = 1_577_836_800_000_000  # 2020: no register is older


def moment(micros: int) -> str:
    """Return a moment in words; a clock can be wrong by any amount."""
    try:
        return (EPOCH + timedelta(microseconds=micros)).strftime("%d/%m/%Y %H:%M:%S UTC")
    except OverflowError:
        return "date impossible"


def day(micros: int) -> str:
    """Return the day of a moment."""
    return moment(micros)[:10]


class ClockWatch:
    """Times that cannot be. The order of lines is their number: a clock proves nothing."""

    def __init__(self, report: Report, now: int) -> None:
        """`now` in microseconds, by this machine."""
        self._report, self._now = report, now
        self._last: int | None = None
        self.first = self.longest = self.after = 0
        self._odd: dict[str, tuple[int, int]] = {}  # how: (first line, count)

    def see(self, seq: int, at: int) -> None:
        """Look at the moment of one line."""
        if self._last is None:
            self.first = self._last = at
        if at < self._last:
            back = (self._last - at) // 1_000_000
            self._report.warn(f"Ligne {seq} : l’horloge a reculé de {back} s ({moment(at)}).")
        if at > self._now + DAY:
            self._count("datées dans le futur", seq)
        if at < EARLY:
            self._count("datées d’avant 2020", seq)
        if at - self._last > self.longest:
            self.longest, self.after = at - self._last, seq
        self._last = at

    def _count(self, how: str, seq: int) -> None:
        first, count = self._odd.get(how, (seq, 0))
        self._odd[how] = (first, count + 1)

    def told(self) -> str:
        """Say from when to when, and the longest silence; warn of what cannot be."""
        for how, (first, count) in self._odd.items():
            self._report.warn(f"{count} lignes {how}, la première est la ligne {first}.")
        if self._last is None:
            return "aucune ligne"
        hours, seconds = divmod(self.longest // 1_000_000, 3600)
        silence = f"{hours} h {seconds // 60:02} min, avant la ligne {self.after}"
        return f"du {moment(self.first)} au {moment(self._last)} ; plus long silence : {silence}"


# --- The checks.


class Walk:
    """Follows the tree from line to line. A child is taken as stored: one edit, one fault."""

    def __init__(self, report: Report, first: int, before: list[bytes]) -> None:
        """`before` are the roots of the complete subtrees of the first `first` lines."""
        if len(before) != bin(first).count("1"):
            raise Unreadable("Le manifeste ne donne pas le début de l’arbre.")
        self._report, self.size = report, first
        self._peaks: list[bytes | None] = list(before)

    @property
    def root(self) -> bytes | None:
        """The root over the lines passed; None when a missing one makes it unknowable."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            root = None if peak is None or root is None else join(peak, root)
        return root

    def miss_until(self, seq: int) -> None:
        """Pass lines that are not there."""
        if seq - self.size > MOST_MISSING:
            raise Unreadable(f"Il manque plus d’un million de lignes à partir de {self.size}.")
        if seq > self.size:
            self._report.fault("leaf-missing", self.size, seq - 1)
        while self.size < seq:
            self.grow(None, [])

    def grow(self, leaf: bytes | None, nodes: list[bytes]) -> None:
        """Pass one line; the nodes it completes must be the hashes of their children."""
        carried, index, level = leaf, self.size, 0
        while index & 1:
            left, stored = self._peaks.pop(), nodes[level] if level < len(nodes) else None
            if left is not None and carried is not None and join(left, carried) != stored:
                start = self.size + 1 - (2 << level)
                self._report.fault("node-wrong", start, self.size)
            carried, index, level = stored, index >> 1, level + 1
        if len(nodes) > level:
            self._report.fault("node-wrong", self.size)
        self._peaks.append(carried)
        self.size += 1


class Verification:
    """One run over one export."""

    def __init__(self, archive: Archive, report: Report, now: int) -> None:
        """Read the manifest; Unreadable when it is not one."""
        self.archive, self.report = archive, report
        manifest = archive.manifest
        try:
            self.key = LogKey(str(manifest.get("key")))
            if "second_key" in manifest:
                self.key.second = SecondKey(str(manifest["second_key"]), self.key.name)
            report.first = whole(manifest.get("first"), MOST_LINES)
            self.before = hashes(manifest.get("before"))
            self._lines = whole(manifest.get("lines"), MOST_LINES)
            self._opened = [name for name in PARTS if name in manifest.get("opened", [])]
            self._listed = {str(one["name"]): one for one in manifest.get("members", [])}
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise Unreadable("manifest.json n’a pas la forme attendue.") from fault
        report.complete = manifest.get("complete") is True
        report.origin, report.key = self.key.name, self.key.text
        self._due: dict[int, list[Checkpoint]] = {}
        self._elder: dict[int, list[Checkpoint]] = {}
        self._anchors: dict[int, list[dict[str, Any]]] = {}
        self.forgotten = Forgotten()
        self.witnesses: list[WitnessKey] = []
        self._good = report.first
        self._contradicted = False
        self.clock = ClockWatch(report, now)

    def run(self, held: Sequence[Checkpoint]) -> None:
        """Check everything against everything."""
        self._files()
        newest = self._newest()
        self._read_forgotten(newest)
        self._read_anchors()
        for one in held:
            self._hold(one, newest)
        if self.report.complete:
            self._whole(newest)
        else:
            self._some(newest)
        if self.report.lines != self._lines:
            self.report.fault("manifest-wrong", self.report.lines, where="le nombre de lignes")

    def leaves(self) -> Iterator[Leaf]:
        """Give the lines in the order of the files, and fault those that do not read."""
        names = sorted(name for name in self.archive.names if name.startswith("leaves/"))
        if names != [f"leaves/{number:04}.jsonl" for number in range(max(len(names), 1))]:
            raise Unreadable("Il manque un fichier de lignes : l’export n’est pas entier.")
        proof, near = "nodes" if self.report.complete else "path", self.report.first
        for name in names:
            for told in self.archive.lines(name):
                self.report.lines += 1
                try:
                    leaf = Leaf.read(told, proof)
                except ValueError:
                    self.report.fault("leaf-unreadable", near, where=name)
                    continue
                near = leaf.seq + 1
                yield leaf

    def _files(self) -> None:
        """Compare the manifest with the files it lists."""
        names = [name for name in self.archive.names if name != "manifest.json"]
        for name in sorted(set(names) | set(self._listed)):
            listed = self._listed.get(name, {})
            found = self.archive.digest(name) if name in names else (-1, "")
            if found != (listed.get("size"), listed.get("sha256")):
                self.report.fault("manifest-wrong", self.report.first, where=shown(name))

    def _newest(self) -> Checkpoint | None:
        try:
            newest = self.key.read(self.archive.text("checkpoint.txt", MOST_NOTE))
        except ValueError:
            self.report.fault("checkpoint-forged", self.report.first, where="checkpoint.txt")
            return None
        self.report.size, self.report.root = newest.size, newest.root.hex()
        self.report.short_code = short_code(newest.note)
        return newest

    def _hold(self, held: Checkpoint, newest: Checkpoint | None) -> None:
        """Remember a checkpoint kept elsewhere, to be met on the way."""
        self.report.held += 1
        if newest and held.size > newest.size:
            self.report.fault("leaf-missing", newest.size, held.size - 1)
        elif held.size < self.forgotten.first:
            self._elder.setdefault(held.size, []).append(held)
        elif self.report.complete and held.size < self.report.first:
            self.report.fault("held-unknown", held.size)
        else:
            self._due.setdefault(held.size, []).append(held)

    def _checkpoints(self) -> Iterator[Checkpoint]:
        """Give the signed checkpoints, smallest first."""
        last = -1
        for told in self.archive.lines("checkpoints.jsonl"):
            try:
                size = whole(told.get("size"), MOST_LINES)
            except ValueError:
                self.report.fault("checkpoint-forged", max(last, 0), where="sans taille")
                continue
            try:
                found = self.key.read(str(told.get("note")))
            except ValueError:
                self.report.fault("checkpoint-forged", max(size - 1, 0), where=f"à {size}")
                continue
            if found.size != size or size <= last:
                self.report.fault("checkpoint-unordered", max(size - 1, 0))
                continue
            last = size
            self.report.checkpoints += 1
            self.report.second_lines += found.second
            for anchor in self._anchors.pop(size, []):
                self._anchor(anchor, found)
            if any(one.root != found.root for one in self._elder.pop(size, [])):
                self.report.fault("checkpoint-contradicted", 0, size - 1)
            yield found
        if last != self.report.size:
            self.report.fault("checkpoint-missing", max(self.report.size - 1, 0))

    def _whole(self, newest: Checkpoint | None) -> None:
        """Compute the tree anew from every line."""
        walk = Walk(self.report, self.report.first, self.before)
        signed = self._checkpoints()
        coming = self._meet(walk, signed, next(signed, None))
        end = newest.size if newest else None
        for leaf in self.leaves():
            if leaf.seq < walk.size:
                self.report.fault("leaf-unordered", leaf.seq, line=line_of(leaf))
                continue
            if end is not None and leaf.seq >= end:
                self.report.fault("leaf-extra", leaf.seq, line=line_of(leaf))
                continue
            walk.miss_until(leaf.seq)
            self._leaf(leaf)
            walk.grow(leaf.stored, leaf.proof)
            coming = self._meet(walk, signed, coming)
        walk.miss_until(walk.size if end is None else end)
        for _ in signed:  # those beyond the last line are read too, for their signatures
            pass
        if newest and walk.root not in {None, newest.root} and not self._contradicted:
            self.report.fault("checkpoint-contradicted", self._good, newest.size - 1)
        self.report.signed = self._good
        self._unmet()

    def _meet(
        self, walk: Walk, signed: Iterator[Checkpoint], coming: Checkpoint | None
    ) -> Checkpoint | None:
        """Compare the root with what was signed at this size, here and elsewhere."""
        while coming and coming.size < walk.size:
            coming = next(signed, None)
        met = self._due.pop(walk.size, [])
        if coming and coming.size == walk.size:
            met.append(coming)
        roots = {one.root for one in met}
        if roots and walk.root is not None:
            if roots != {walk.root} and not self._contradicted:
                self._contradicted = True
                self.report.fault("checkpoint-contradicted", self._good, walk.size - 1)
            if walk.root in roots and not self._contradicted:
                self._good = walk.size
        return coming

    def _some(self, newest: Checkpoint | None) -> None:
        """Check lines that stand alone, each by its path, and that the register only grew."""
        self._growth()
        last = -1
        for leaf in self.leaves():
            if leaf.seq <= last:
                self.report.fault("leaf-unordered", leaf.seq, line=line_of(leaf))
                continue
            last = leaf.seq
            self._leaf(leaf)
            if newest and not included(leaf.stored, leaf.seq, newest.size, leaf.proof, newest.root):
                self.report.fault("path-wrong", leaf.seq, line=line_of(leaf))
        self.report.signed = newest.size if newest else 0
        self._unmet()

    def _read_forgotten(self, newest: Checkpoint | None) -> None:
        """Read the line that explains what is missing; nothing may be missing without it."""
        if "forgetting.jsonl" not in self.archive.names:
            return
        for told in self.archive.lines("forgetting.jsonl"):
            try:
                leaf = Leaf.read(told, "path")
                genuine = leaf.hash == leaf.stored and not [*leaf.broken_parts()]
                if not genuine or not newest or self.forgotten.seq:
                    raise ValueError("not a line of this register")
                if not included(leaf.stored, leaf.seq, newest.size, leaf.proof, newest.root):
                    raise ValueError("not a line of this register")
                self.forgotten = Forgotten.read(leaf)
            except (ValueError, Unreadable):
                self.report.fault("forgetting-wrong", 0)
        self.report.forgotten = asdict(self.forgotten)
        left_out = (self.forgotten.first, self.report.first - 1)
        if self.report.complete and left_out[0] <= left_out[1]:
            told = "Les lignes {} à {} existent et ne sont pas dans cet export."
            self.report.notes.append(told.format(*left_out))

    def _read_anchors(self) -> None:
        """Remember what others gave back, to be met with the checkpoint that it is about."""
        if "anchors.jsonl" not in self.archive.names:
            return
        for told in self.archive.lines("anchors.jsonl"):
            self.report.anchors += 1
            if self.report.anchors > MOST_ANCHORS:
                raise Unreadable("anchors.jsonl a trop de lignes.")
            try:
                self._anchors.setdefault(whole(told.get("size"), MOST_LINES), []).append(told)
            except ValueError:
                self.report.fault("anchor-wrong", 0, where="sans taille")

    def _anchor(self, told: dict[str, Any], found: Checkpoint) -> None:
        """Check one of them as far as the standard library allows."""
        kind, giver = told.get("kind"), shown(str(told.get("giver")))
        try:
            content = exact_base64(str(told.get("content")))
            good = self._stamp(content, found, giver) if kind == "time-stamp" else True
            if kind == "cosignature":
                good = self._cosignature(content.decode(), found)
        except ValueError:
            good = False
        if not good:
            self.report.fault("anchor-wrong", max(found.size - 1, 0), where=giver)

    def _stamp(self, token: bytes, found: Checkpoint, giver: str) -> bool:
        imprint, when = stamped(token)
        self.report.anchors_checked += 1
        self.report.notes.append(f"Daté par {giver} : {found.size} lignes, {when}.")
        return imprint == hashlib.sha256(found.note.encode()).digest()

    def _cosignature(self, line: str, found: Checkpoint) -> bool:
        """Say whether it holds; one of a witness whose key was not given is not judged."""
        body = found.note.partition("\n\n")[0] + "\n"
        known = [one for one in self.witnesses if line.startswith(f"— {one.name} ")]
        self.report.anchors_checked += bool(known)
        return not known or any(one.cosigned(line, body) for one in known)

    def _unmet(self) -> None:
        """Tell what was kept elsewhere and found no counterpart here."""
        for size in self._anchors:
            self.report.fault("anchor-wrong", max(size - 1, 0), where=f"à {size}")
        for size in (*self._elder, *self._due):
            self.report.fault("held-unknown", max(size - 1, 0))

    def _growth(self) -> None:
        """Follow the checkpoints, each proved to extend the one before."""
        proofs = self.archive.lines("consistency.jsonl")
        old: Checkpoint | None = None
        for new in self._checkpoints():
            known = self._due.pop(new.size, [])
            if any(one.root != new.root for one in known):
                self.report.fault("checkpoint-contradicted", 0, new.size - 1)
            provable = old and old.size >= self.forgotten.first
            if old and provable and not extends(old, new, self._step(proofs, old, new)):
                self.report.fault("consistency-wrong", old.size, new.size - 1)
            old = new

    def _step(
        self, proofs: Iterator[dict[str, Any]], old: Checkpoint, new: Checkpoint
    ) -> list[bytes]:
        told = next(proofs, {})
        try:
            agreed = (told.get("from"), told.get("to")) == (old.size, new.size)
            return hashes(told.get("proof")) if agreed else []
        except ValueError:
            return []

    def _leaf(self, leaf: Leaf) -> None:
        """Check what one line says by itself."""
        self.clock.see(leaf.seq, leaf.at)
        if leaf.hash != leaf.stored:
            self.report.fault("leaf-edited", leaf.seq, line=line_of(leaf))
        for name in leaf.broken_parts():
            self.report.fault("part-edited", leaf.seq, where=name, line=line_of(leaf))
        for name in leaf.altered:
            self.report.fault("part-altered", leaf.seq, where=name, line=line_of(leaf))
        if self.forgotten.early(leaf):
            self.report.fault("forgotten-early", leaf.seq, line=line_of(leaf))
        for name in self._opened:
            self._presence(leaf, name)

    def _presence(self, leaf: Leaf, name: str) -> None:
        """Check that a part is there, unless it has come to its end, and gone if it has."""
        gone, there = self.forgotten.gone(name, leaf.seq), name in leaf.parts
        self.report.closed_parts += not there
        if gone and there:
            self.report.fault("part-returned", leaf.seq, where=name, line=line_of(leaf))
        if not gone and not there and name not in leaf.altered:
            self.report.fault("part-missing", leaf.seq, where=name, line=line_of(leaf))


def line_of(leaf: Leaf) -> str:
    """Return what a person recognises a line by."""
    return f"{moment(leaf.at)}, {ascii(leaf.kind)[1:-1]}"


def compare(new: Verification, old: Verification) -> None:
    """Find the lines that an older export tells otherwise."""
    before = old.leaves()
    kept = next(before, None)
    for leaf in new.leaves():
        while kept and kept.seq < leaf.seq:
            kept = next(before, None)
        if kept is None:
            return
        if kept.seq == leaf.seq and not leaf.same(kept):
            new.report.fault("leaf-differs", leaf.seq, line=line_of(leaf))


def held_in(path: Path, key: LogKey, report: Report) -> list[Checkpoint]:
    """Return the checkpoints of a file kept elsewhere; a fault for each that the key never signed.

    Unreadable when the file holds none.
    """
    try:
        with path.open("rb") as file:
            text = file.read(MOST_NOTE).decode()
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"{path} ne peut pas être lu.") from fault
    notes, found = notes_in(text), []
    if not notes:
        raise Unreadable(f"{path} ne contient aucun point de contrôle.")
    for note in notes:
        try:
            found.append(key.read(note))
        except ValueError:
            report.fault("checkpoint-forged", 0, where=str(path))
    return found


# --- The command.

UNCHECKED = (
    "Cet outil ne dit pas si les lignes sont vraies, seulement qu’elles n’ont pas changé depuis "
    "leur signature ; les lignes que personne n’a signées, et la clé elle-même, se comparent à ce "
    "que quelqu’un a gardé ailleurs (--attendu, --ancien, --cle)."
)


def check(options: argparse.Namespace, now: int) -> Report:
    """Verify an export as the options say; Unreadable when it cannot be."""
    report = Report(file=options.export.name)
    run = Verification(Archive(options.export), report, now)
    held: list[Checkpoint] = []
    try:
        run.witnesses = [WitnessKey(pinned(text)) for text in options.temoin]
    except ValueError as fault:
        raise Unreadable("--temoin n’est pas la clé d’un témoin.") from fault
    if options.cle:
        report.key_pinned = True
        if pinned(options.cle) != run.key.text:
            report.fault("key-wrong", report.first)
    for path in options.attendu:
        held += held_in(path, run.key, report)
    old = (
        Verification(Archive(options.ancien), Report(options.ancien.name), now)
        if (options.ancien)
        else None
    )
    if old:
        if old.key.text != run.key.text:
            report.fault("key-wrong", report.first, where=options.ancien.name)
        held += _newest_of(old, report)
    run.run(held)
    if old:
        _compare(run, old, now)
    report.notes.append(f"Horloge : {run.clock.told()}.")
    report.second_checked = run.key.second is not None and run.key.second.judges
    return report


def _newest_of(old: Verification, report: Report) -> list[Checkpoint]:
    try:
        return [old.key.read(old.archive.text("checkpoint.txt", MOST_NOTE))]
    except ValueError:
        report.fault("checkpoint-forged", 0, where=old.archive.path.name)
        return []


def _compare(run: Verification, old: Verification, now: int) -> None:
    """Compare line by line, the new one read once more for that alone."""
    again = Verification(run.archive, Report(run.report.file), now)
    compare(again, old)
    for fault in again.report.faults:
        if fault.what == "leaf-differs":
            run.report.fault(fault.what, fault.first, line=fault.line)


def pinned(text: str) -> str:
    """Return a key given as itself or as a file that holds it."""
    path = Path(text)
    try:
        if len(text) < 256 and path.is_file():
            return path.read_text(encoding="utf-8")[:MOST_NOTE].strip()
    except (OSError, UnicodeDecodeError, ValueError) as fault:
        raise Unreadable("Le fichier de --cle ne peut pas être lu.") from fault
    return text.strip()


def in_french(report: Report) -> Iterator[str]:
    """Give the report line by line."""
    extent = "complet" if report.complete else "partiel"
    yield f"Registre       {report.origin}"
    yield f"Export         {report.file}, {extent}, à partir de la ligne {report.first}"
    yield f"Signé          {report.size} lignes, racine {report.root or 'inconnue'}"
    yield f"Lignes         {report.lines} lues, {report.closed_parts} parties fermées ou effacées"
    if report.forgotten:
        yield from _forgotten(report.forgotten)
    yield f"Signatures     {report.checkpoints} points de contrôle, {report.held} gardés ailleurs"
    yield f"Code court     {report.short_code or 'inconnu'}"
    if report.second_lines:
        yield f"ML-DSA-44      {report.second_lines} secondes signatures, {_second_of(report)}"
    if report.anchors:
        yield f"Tiers          {report.anchors} dates, cosignatures, envois : {_checked_of(report)}"
    how = "celle qui était attendue" if report.key_pinned else "à comparer à celle que vous tenez"
    yield f"Clé            {report.key}"
    yield f"               {how}"
    yield from (f"               {note}" for note in report.notes)
    if report.warning_count:
        yield f"\nÀ regarder ({report.warning_count}), sans contradiction :"
        yield from (f"  {one}" for one in report.warnings)
    if report.fault_count:
        yield f"\nContradictions ({report.fault_count}) :"
        yield from (f"  {one.says}" for one in report.faults)
        yield "\nVERDICT : LE REGISTRE SE CONTREDIT. Gardez ce fichier et prévenez l’exploitant."
    else:
        yield "\nVERDICT : TOUT CONCORDE."
    yield UNCHECKED


def _second_of(report: Report) -> str:
    if report.second_checked:
        return "contrôlées"
    return (
        "NON contrôlées : il y faut la clé dans l’export et la bibliothèque Python cryptography, "
        "version 47 ou plus récente"
    )


def _forgotten(told: dict[str, Any]) -> Iterator[str]:
    """Say what has come to its end, since when, and which line says so."""
    said = Forgotten(**told)
    yield f"Arrivé à terme {said.first} lignes détruites, les premières ; leur preuve reste"
    if said.who:
        yield f"               « qui » avant la ligne {said.who} (avant le {day(said.who_before)})"
    yield (
        f"               « quoi » et « pourquoi » avant la ligne {said.parts}"
        f" (avant le {day(said.parts_before)})"
    )
    by = f", charte art. {said.article}" if said.article else ""
    months = f"{said.searchable} mois, puis {said.kept}"
    yield f"               selon la ligne {said.seq} du {day(said.at)}{by} : {months}"


def _checked_of(report: Report) -> str:
    return (
        f"{report.anchors_checked} comparés au registre ; la signature d’une autorité d’horodatage "
        "se contrôle avec openssl ts -verify, celle d’un témoin avec --temoin"
    )


def as_json(report: Report) -> str:
    """Return the report as one JSON value."""
    told = asdict(report)
    told["faults"] = [{**asdict(one), "says": one.says} for one in report.faults]
    verdict = "faulty" if report.fault_count else "clean"
    return json.dumps({"verdict": verdict, "version": VERSION, **told}, ensure_ascii=False)


def parser() -> argparse.ArgumentParser:
    """Return the options, in French."""
    found = argparse.ArgumentParser(
        description="Contrôle un export du registre de casework, sans le service.",
        epilog="Codes de sortie : 0 tout concorde, 1 contradictions, 2 usage, 3 fichier illisible.",
    )
    found.add_argument("export", type=Path, help="le zip remis par le délégué à la protection")
    found.add_argument("--attendu", type=Path, action="append", default=[],
                       help="un point de contrôle gardé ailleurs (répétable)")  # fmt: skip
    found.add_argument("--ancien", type=Path, help="un export plus ancien du même registre")
    found.add_argument("--cle", help="la clé publique attendue, ou un fichier qui la contient")
    found.add_argument("--temoin", action="append", default=[],
                       help="la clé publique d’un témoin (répétable)")  # fmt: skip
    found.add_argument("--json", action="store_true", help="répondre en JSON")
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Verify, print, and return the exit code."""
    options = parser().parse_args(words)
    now = (datetime.now(timezone.utc) - EPOCH) // timedelta(microseconds=1)
    try:
        report = check(options, now)
    except Unreadable as fault:
        unreadable = {"verdict": "unreadable", "version": VERSION, "says": str(fault)}
        print(
            json.dumps(unreadable, ensure_ascii=False) if options.json else f"ILLISIBLE : {fault}"
        )
        return 3
    print(as_json(report) if options.json else "\n".join(in_french(report)))
    return 1 if report.fault_count else 0


if __name__ == "__main__":
    sys.exit(main())
