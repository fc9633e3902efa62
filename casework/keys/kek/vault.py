"""One question at a time to an OpenBao or Vault server: verified TLS, bounded time, bounded answer.

The standard library is enough, and takes neither proxies nor redirections from anywhere.
"""

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from casework.errors import KekUnavailable, Misconfigured
from casework.keys.kek.private_files import read_private

PATIENCE: Final = 5.0
"""Seconds a whole question may take."""

_MOST: Final = 64 * 1024
_CHUNK: Final = 4096
_OK: Final = frozenset({200, 204})
_REFUSED: Final = 400
_FORBIDDEN: Final = 403
_ABSENT: Final = 404
_WHO: Final = "the vault of CASEWORK_KEK"

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the vault said: its data, or that it would not do this with these bytes."""

    data: Json
    refused: bool = False


class Vault:
    """A server, and the token it knows us by, read from its file at each question."""

    def __init__(
        self, url: str, token_file: Path, ca_file: Path | None, patience: float = PATIENCE
    ) -> None:
        """Take `https://host:port`; `http://` on this machine only. Nothing is asked yet."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and _loopback(parts.hostname)):
            raise Misconfigured(["CASEWORK_KEK: a vault is reached by https, http here only"])
        self._host = parts.hostname or ""
        self._port = parts.port
        self._token_file = token_file
        self._tls = _trusting(ca_file) if parts.scheme == "https" else None
        self._patience = patience

    def ask(self, method: str, path: str, question: Json | None = None) -> Answer:
        """Return what the vault answers to `/v1/path`.

        Raises `KekUnavailable` when it does not answer, in time and as it should, `Misconfigured`
        when it does not let us in, does not have what is named, or is not the one we trust.
        """
        try:
            return self._read(*self._exchange(method, path, question))
        except ssl.SSLCertVerificationError:
            raise Misconfigured([f"{_WHO} shows a certificate that is not trusted"]) from None
        except (OSError, HTTPException) as fault:
            raise KekUnavailable(f"{_WHO} does not answer: {type(fault).__name__}") from None

    def _exchange(self, method: str, path: str, question: Json | None) -> tuple[int, bytes]:
        until = time.monotonic() + self._patience
        token = read_private(self._token_file, "the token file").strip()
        body = None if question is None else json.dumps(question).encode()
        line = self._line()
        try:
            line.request(method, f"/v1/{path}", body, _headers(token))
            answer = line.getresponse()
            return answer.status, _bounded(answer, until)
        finally:
            line.close()

    def _line(self) -> HTTPConnection:
        if self._tls is None:
            return HTTPConnection(self._host, self._port, timeout=self._patience)
        return HTTPSConnection(self._host, self._port, timeout=self._patience, context=self._tls)

    def _read(self, status: int, body: bytes) -> Answer:
        """Tell an answer from a refusal. What an error answer says is not repeated."""
        if status == _REFUSED:
            return Answer({}, refused=True)
        if status == _FORBIDDEN:
            raise Misconfigured([f"{_WHO} refuses the token of CASEWORK_KEK_TOKEN_FILE"])
        if status == _ABSENT:
            raise Misconfigured([f"{_WHO} has no such key or engine"])
        if status not in _OK:
            raise KekUnavailable(f"{_WHO} answers {status}")
        return Answer(_data(body) if body else {})


def _headers(token: str) -> dict[str, str]:
    if not token.isascii() or not token.isprintable() or not token:
        raise Misconfigured(["the file of CASEWORK_KEK_TOKEN_FILE holds no token"])
    return {"X-Vault-Token": token, "X-Vault-Request": "true", "Content-Type": "application/json"}


def _bounded(answer: HTTPResponse, until: float) -> bytes:
    """Return the body, unless it is endless or comes drop by drop."""
    parts, length = [], 0
    while part := answer.read1(_CHUNK):
        length += len(part)
        if length > _MOST:
            raise KekUnavailable(f"{_WHO} answers more than {_MOST} bytes")
        if time.monotonic() > until:
            raise KekUnavailable(f"{_WHO} does not answer in time")
        parts.append(part)
    return b"".join(parts)


def _data(body: bytes) -> Json:
    try:
        data = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise KekUnavailable(f"{_WHO} answers something else than a vault")
    return data


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError):
        raise Misconfigured(["the file of CASEWORK_KEK_CA_FILE holds no certificate"]) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
