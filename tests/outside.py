"""Those who receive checkpoints, on the loopback address: mail, an authority, a witness."""

import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message, message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from tests.offline import TOOLS, loaded

WITNESS: Final[ModuleType] = loaded(TOOLS / "casework-witness.py")


@contextmanager
def serving(server: socketserver.TCPServer) -> Iterator[int]:
    """Serve in a thread; give the port."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.socket.getsockname()[1]
    server.shutdown()
    server.server_close()
    thread.join()


class MailService(socketserver.TCPServer):
    """A mail service that keeps what it is given (RFC 5321, as little as there must be)."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Delivery)
        self.letters: list[message.EmailMessage] = []


class _Delivery(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 invented\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                self._keep(b"".join(iter(self.rfile.readline, b".\r\n")))
            if word == b"RCPT" and b"refused" in line:
                self.wfile.write(b"550 nobody here\r\n")
                continue
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

    def _keep(self, data: bytes) -> None:
        letter = message_from_bytes(data, policy=policy.default)
        self.server.letters.append(letter)  # type: ignore[attr-defined]


_SETTINGS: Final = """
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamping]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = stamper
[stamper]
serial = {folder}/serial
signer_cert = {folder}/stamper.pem
signer_key = {folder}/stamper.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """A time-stamp authority made with `openssl ts`; `root` is what trusts it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = folder / "root.pem"
        (folder / "ts.cnf").write_text(_SETTINGS.format(folder=folder))
        self._certify("root", "-x509", "-extensions", "authority")
        issued = ("-CA", "root.pem", "-CAkey", "root.key", "-extensions", "stamping", "-x509")
        self._certify("stamper", *issued)

    def stamp(self, question: bytes) -> bytes:
        (self._folder / "question").write_bytes(question)
        words = ("-reply", "-queryfile", "question", "-out", "answer", "-config", "ts.cnf")
        self.openssl("ts", *words)
        return (self._folder / "answer").read_bytes()

    def openssl(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603
            ["openssl", *words], cwd=self._folder, check=True, capture_output=True, text=True  # noqa: S607
        )  # fmt: skip
        return done.stdout

    def _certify(self, name: str, *more: str) -> None:
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
        files = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-config", "ts.cnf")
        self.openssl("req", "-new", *key, *files, "-subj", f"/CN=Invented {name}", *more)


def answering(answer: Any) -> HTTPServer:
    """Return a server that gives `answer(body)` to whoever posts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    return HTTPServer(("127.0.0.1", 0), Handler)
