"""Those who are handed checkpoints, as the operator's settings name them."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from casework.audit.anchors.ports import Mailer, Outside, Witness
from casework.audit.cosignature import WitnessKey
from casework.crypto.timestamp import StampQuestion
from casework.errors import Misconfigured, Unavailable
from casework.operations.posting import post
from casework.operations.smtp import SmtpMailer
from casework.settings import Settings
from casework.stores import Edges

_OK: Final = 200
_CONFLICT: Final = 409


@dataclass(frozen=True, slots=True)
class HttpStamper:
    """A time-stamp authority over HTTP (RFC 3161, 3.4), and the roots that we trust for it."""

    name: str
    roots: Path

    def stamp(self, data: bytes) -> bytes:
        """Return a token that was checked; SealBroken for one that does not hold."""
        question = StampQuestion(data)
        answer = post(self.name, question.to_bytes(), "application/timestamp-query")
        if answer.status != _OK:
            raise Unavailable(f"the time-stamp authority answers {answer.status}")
        try:
            roots = self.roots.read_bytes()
        except OSError as fault:
            raise Unavailable("CASEWORK_TSA_CA_FILE cannot be read") from fault
        return question.token_in(answer.body, roots)


@dataclass(frozen=True, slots=True)
class HttpWitness:
    """A witness over HTTP (C2SP tlog-witness)."""

    key: WitnessKey
    url: str

    @property
    def name(self) -> str:
        """The name on its signature lines."""
        return self.key.name

    def submit(self, old: int, proof: Sequence[bytes], note: str) -> int | str:
        """Ask it to cosign; return its lines, or the size it knows."""
        lines = [f"old {old}", *(b64encode(one).decode() for one in proof), "", note]
        answer = post(f"{self.url}/add-checkpoint", "\n".join(lines).encode(), "text/plain")
        text = answer.body.decode("utf-8", "replace")
        if answer.status == _OK:
            return text
        size = text.removesuffix("\n")
        if answer.status == _CONFLICT and size.isascii() and size.isdigit():
            return int(size[:18])
        raise Unavailable(f"the witness {self.name} answers {answer.status}")

    def cosigned(self, note: str, lines: str) -> str:
        """Return its own good line; SealBroken when there is none."""
        return self.key.line(lines, note)


def outside(settings: Settings, edges: Edges) -> Outside:
    """Return everybody that the settings name; Misconfigured for a witness that cannot be."""
    mailer = SmtpMailer(settings.smtp, edges) if settings.smtp else None
    stamper = None
    if settings.tsa_url and settings.tsa_ca_file:
        stamper = HttpStamper(settings.tsa_url, settings.tsa_ca_file)
    return Outside(mailer, stamper, [_witness(text) for text in settings.witnesses])


def reminder(settings: Settings, edges: Edges) -> Mailer | None:
    """Return who writes to the coordination; None unless an address of theirs is set."""
    smtp = settings.smtp
    if smtp is None or not smtp.reminded:
        return None
    return SmtpMailer(replace(smtp, recipients=smtp.reminded), edges)


def _witness(text: str) -> Witness:
    """Read `KEY@URL`."""
    key, _, url = text.partition("@")
    try:
        known = WitnessKey.parse(key)
    except ValueError:
        known = None
    if known is None or not url.startswith(("http://", "https://")):
        raise Misconfigured(["CASEWORK_WITNESSES holds KEY@URL, separated by spaces"])
    return HttpWitness(known, url.rstrip("/"))
