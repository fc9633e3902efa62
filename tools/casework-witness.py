#!/usr/bin/env python3
"""A witness that a partner runs: it cosigns a register only as long as it never rewrites itself.

    python3 casework-witness.py new FOLDER NAME           a key; prints what the operator needs
    python3 casework-witness.py serve FOLDER KEY [PORT]   KEY: the register's, as an export gives it

C2SP tlog-witness and tlog-cosignature, Ed25519, behind a web server of the partner's choice. Needs
casework-verify.py beside it and Python 3.9 or newer, nothing else. It keeps in FOLDER a secret key
and the last checkpoint that it cosigned: lose neither, give neither away.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "casework_verify", Path(__file__).with_name("casework-verify.py")
)
verify = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = verify
_spec.loader.exec_module(verify)

MOST = 1 << 16


class Refused(Exception):
    """An HTTP status and what to say with it (tlog-witness, add-checkpoint)."""


class Key:
    """The witness's own Ed25519 key (RFC 8032, 5.1.5 and 5.1.6)."""

    def __init__(self, folder: Path) -> None:
        """Read it from its folder."""
        self.name, seed = (folder / "key").read_text("utf-8").split("\n")[:2]
        digest = hashlib.sha512(bytes.fromhex(seed)).digest()
        clamped = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
        self._scalar, self._prefix = clamped, digest[32:]
        self.public = verify.compress(verify.times(clamped, verify.BASE))
        typed = b"\x04" + self.public
        self.id = hashlib.sha256(self.name.encode() + b"\n" + typed).digest()[:4]
        self.text = f"{self.name}+{self.id.hex()}+{base64.b64encode(typed).decode()}"

    def cosigned(self, body: str, now: int) -> str:
        """Return the signature line over the body of a checkpoint, at `now` in seconds."""
        signature = self._sign(f"cosignature/v1\ntime {now}\n{body}".encode())
        signed = self.id + now.to_bytes(8, "big") + signature
        return f"— {self.name} {base64.b64encode(signed).decode()}\n"

    def _sign(self, message: bytes) -> bytes:
        nonce = _number(self._prefix + message)
        commitment = verify.compress(verify.times(nonce, verify.BASE))
        challenge = _number(commitment + self.public + message)
        answer = (nonce + challenge * self._scalar) % verify.ORDER
        return commitment + answer.to_bytes(32, "little")


class Witness:
    """One witness of one register."""

    def __init__(self, folder: Path, log: str) -> None:
        """Read the key and what was cosigned so far."""
        self.key, self._last, self._log = Key(folder), folder / "last.txt", verify.LogKey(log)

    def add(self, request: str, now: int) -> str:
        """Return the cosignature of a checkpoint that extends the last one; Refused otherwise."""
        proof, _, note = request.partition("\n\n")
        try:
            old, steps = self._asked(proof)
        except ValueError as fault:
            raise Refused(400, "") from fault
        if note.partition("\n")[0] != self._log.name:
            raise Refused(404, "")
        try:
            new = self._log.read(note)
        except ValueError as fault:
            raise Refused(403, "") from fault
        if old > new.size:
            raise Refused(400, "")
        last = self._log.read(self._last.read_text("utf-8")) if self._last.exists() else None
        known = last.size if last else 0
        if old != known or (last and new.size == known and new.root != last.root):
            raise Refused(409, f"{known}\n")
        grown = known < new.size
        if (steps and not (known and grown)) or (
            known and grown and not verify.extends(last, new, steps)
        ):
            raise Refused(422, "")
        self._keep(note)
        return self.key.cosigned(note.partition("\n\n")[0] + "\n", now)

    def _asked(self, text: str) -> tuple[int, list[bytes]]:
        first, *lines = text.split("\n")
        word, _, size = first.partition(" ")
        if word != "old" or str(int(size[:20])) != size or int(size) < 0 or len(lines) > 63:
            raise ValueError("not an old size line")
        return int(size), [verify.exact_base64(line) for line in lines]

    def _keep(self, note: str) -> None:
        """Persist before answering: a witness that forgets would cosign two histories."""
        fresh = self._last.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._last)


def _number(text: bytes) -> int:
    return int.from_bytes(hashlib.sha512(text).digest(), "little") % verify.ORDER


def server(witness: Witness, port: int) -> HTTPServer:
    """Return a server on the loopback address: one request at a time, as the protocol wants."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            try:
                if self.path != "/add-checkpoint" or not length.isdigit() or int(length) > MOST:
                    raise Refused(400, "")
                text = self.rfile.read(int(length)).decode("utf-8", "replace")
                status, said = 200, witness.add(text, int(time.time()))
            except Refused as refused:
                status, said = refused.args
            self.send_response(status)
            self.send_header("Content-Type", "text/x.tlog.size" if status == 409 else "text/plain")
            self.send_header("Content-Length", str(len(said.encode())))
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing: what was cosigned is in the folder."""

    return HTTPServer(("127.0.0.1", port), Handler)


def new(folder: Path, name: str) -> None:
    """Draw a key; never over another."""
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / "key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{name}\n{os.urandom(32).hex()}\n")


def main(words: list[str]) -> int:
    """Do what is asked; 2 when it is not one of the two things."""
    if len(words) == 3 and words[0] == "new" and not set(words[2]) & set(" +\n"):
        new(Path(words[1]), words[2])
        print(f"Clé du témoin, à remettre à l’exploitant : {Key(Path(words[1])).text}")
        return 0
    if len(words) in {3, 4} and words[0] == "serve":
        witness = Witness(Path(words[1]), words[2])
        print(f"Témoin {witness.key.text}", flush=True)
        server(witness, int(words[3]) if len(words) == 4 else 8130).serve_forever()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
