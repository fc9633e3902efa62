"""Cosignatures of witnesses, in the text formats of C2SP tlog-cosignature (Ed25519, v1)."""

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from struct import Struct
from struct import error as StructError  # noqa: N812 - a class, named as one
from typing import Final

from casework.crypto.signing import verify
from casework.errors import SealBroken

_TYPE: Final = b"\x04"
_TIMED: Final = Struct(">4sQ64s")
_KEY: Final = 32


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The name and the public key of a witness."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "WitnessKey":
        """Read `name+key id+base64(04 ‖ public key)`; ValueError for anything else."""
        name, _, rest = text.partition("+")
        short, _, packed = rest.partition("+")
        raw = b64decode(packed, validate=True)
        key = cls(name, raw[1:])
        known = raw[:1] == _TYPE and len(key.public) == _KEY and key.id.hex() == short
        if not known or not name or any(char.isspace() for char in name):
            raise ValueError("not the key of a witness")
        return key

    @property
    def id(self) -> bytes:
        """The four bytes that name it on a signature line."""
        named = self.name.encode() + b"\n" + _TYPE + self.public
        return hashlib.sha256(named).digest()[:4]

    def line(self, lines: str, note: str) -> str:
        """Return this witness's good line among `lines`; SealBroken when there is none."""
        body = note.partition("\n\n")[0] + "\n"
        for line in lines.splitlines():
            if line.startswith(f"— {self.name} ") and self._signed(line, body):
                return f"{line}\n"
        raise SealBroken("no cosignature of this witness")

    def _signed(self, line: str, body: str) -> bool:
        try:
            raw = b64decode(line.rpartition(" ")[2], validate=True)
            key_id, seconds, signature = _TIMED.unpack(raw)
            message = f"cosignature/v1\ntime {seconds}\n{body}"
            verify(self.public, signature, message.encode())
        except (SealBroken, ValueError, StructError):
            return False
        return bool(key_id == self.id) and line.endswith(b64encode(raw).decode())
