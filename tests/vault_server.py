"""A vault in a test: a server on loopback that speaks the HTTP API of OpenBao's Transit engine.

It derives a key for each context, as a derived key does, and it can be told to misbehave.
"""

import hmac
import json
import ssl
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "hvs.invented-token"


class Refusal(Exception):
    """An answer without data."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class TransitKey:
    """A named key of the engine: its versions, and what it says of itself."""

    seed: bytes
    latest: int = 1
    least: int = 1
    facts: dict[str, Any] = field(default_factory=dict)
    sealed: int = 0

    def described(self) -> dict[str, Any]:
        return {
            "type": "aes256-gcm96",
            "derived": True,
            "exportable": False,
            "latest_version": self.latest,
            "min_decryption_version": self.least,
        } | self.facts

    def encrypt(self, asked: dict[str, str]) -> dict[str, str]:
        self.sealed += 1
        nonce = self.sealed.to_bytes(12, "big")
        plain = b64decode(asked["plaintext"])
        sealed = nonce + self._cipher(self.latest, asked).encrypt(nonce, plain, None)
        return {"ciphertext": f"vault:v{self.latest}:{b64encode(sealed).decode()}"}

    def decrypt(self, asked: dict[str, str]) -> dict[str, str]:
        _, mark, text = asked["ciphertext"].split(":")
        version, sealed = int(mark.removeprefix("v")), b64decode(text)
        if not self.least <= version <= self.latest:
            raise Refusal(400)
        try:
            plain = self._cipher(version, asked).decrypt(sealed[:12], sealed[12:], None)
        except (InvalidTag, ValueError):
            raise Refusal(400) from None
        return {"plaintext": b64encode(plain).decode()}

    def _cipher(self, version: int, asked: dict[str, str]) -> AESGCM:
        label = version.to_bytes(4, "big") + b64decode(asked["context"])
        return AESGCM(hmac.digest(self.seed, label, sha256))


@dataclass
class VaultServer:
    """What the server holds, and how it is told to misbehave."""

    url: str = ""
    keys: dict[str, TransitKey] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    status: int = 0
    body: bytes | None = None
    delay: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def answer(self, method: str, path: str, asked: dict[str, Any]) -> dict[str, Any] | None:
        """Return the data of `/v1/transit/…`; None is an answer without a body."""
        self.asked.append(f"{method} {path}")
        verb, name, *more = path.removeprefix("/v1/transit/").split("/")
        key = self.keys.get(name)
        if key is None:
            raise Refusal(404)
        if verb in {"encrypt", "decrypt"}:
            return key.encrypt(asked) if verb == "encrypt" else key.decrypt(asked)
        if verb == "rewrap":
            return key.encrypt({**asked, **key.decrypt(asked)})
        return _looked_after(key, more, asked)


def _looked_after(key: TransitKey, more: list[str], asked: dict[str, Any]) -> dict[str, Any] | None:
    if more == ["rotate"]:
        key.latest += 1
    elif more == ["config"]:
        key.least = asked["min_decryption_version"]
    else:
        return key.described()
    return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    vault: VaultServer

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, asked: dict[str, Any]) -> None:
        time.sleep(self.vault.delay)
        if self.headers["X-Vault-Token"] != TOKEN:
            return self._send(403, {"errors": ["permission denied"]})
        if self.vault.status:
            return self._send(self.vault.status, {"errors": ["invented"]})
        try:
            with self.vault.lock:
                data = self.vault.answer(self.command, self.path, asked)
        except Refusal as refusal:
            return self._send(refusal.status, {"errors": ["invented"]})
        return self._send(200 if data else 204, {"data": data} if data else None)

    def _send(self, status: int, told: dict[str, Any] | None) -> None:
        body = json.dumps(told).encode() if told else b""
        body = self.vault.body if self.vault.body is not None else body
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def vault_server(tls: ssl.SSLContext | None = None) -> Iterator[VaultServer]:
    """Serve for the length of a block, on a free port of loopback."""
    vault = VaultServer()
    handler = type("Handler", (_Handler,), {"vault": vault})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        vault.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield vault
        server.shutdown()
        thread.join()
