"""What a unit of work gets of a key: the right to seal, or the right to open. Never the key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.crypto.encoding import u32, utf8
from casework.crypto.envelope import EPOCH, CompartmentKey, FieldKey
from casework.crypto.padding import SHORT, TEXT, pad
from casework.entropy import Entropy
from casework.errors import SealBroken
from casework.keys.values import Digest, HeldKey, Withheld

_NONCE_LENGTH: Final = 12


class Sealer:
    """Seals values of one compartment and tells the trail what the row now holds."""

    __slots__ = ("_digest", "_entropy", "_held", "_key")

    def __init__(self, key: FieldKey, held: HeldKey, entropy: Entropy, digest: Digest) -> None:
        """Made by the keyring inside a unit of work."""
        self._key = key
        self._held = held
        self._entropy = entropy
        self._digest = digest

    @property
    def compartment_id(self) -> UUID:
        """The compartment whose key this is."""
        return self._held.compartment_id

    def short(self, table: str, column: str, row: UUID, text: str) -> bytes:
        """Seal a name, a date, a code or a number: padded to 32-byte steps."""
        return self._seal((table, column, row), text, SHORT)

    def text(self, table: str, column: str, row: UUID, text: str) -> bytes:
        """Seal free text: padded to 256-byte steps."""
        return self._seal((table, column, row), text, TEXT)

    def _seal(self, cell: tuple[str, str, UUID], text: str, step: int) -> bytes:
        table, column, row = cell
        held = self._held
        column_key = self._key.at(held.council_id, table, column, held.compartment_id)
        padded = pad(utf8(text), step)
        sealed = column_key.seal(padded, row, self._entropy.bytes(_NONCE_LENGTH))
        self._digest(table, row, column, sealed)
        return sealed


class Opener:
    """Opens values of one compartment that a receipt covers."""

    __slots__ = ("_former", "_held", "_key", "_usual")

    def __init__(
        self, key: FieldKey, held: HeldKey, former: Mapping[int, FieldKey] | None = None
    ) -> None:
        """Made by the keyring against a receipt; `former` are the keys of older epochs."""
        self._key = key
        self._held = held
        self._usual: CompartmentKey | None = None  # many parts are opened, few of them read
        self._former = _older(former, held) if former else None

    def open(self, table: str, column: str, row: UUID, sealed: bytes) -> str | Withheld:
        """Return the text, or `Withheld` when the bytes were moved or altered."""
        usual = self._usual or self._first()
        key = self._former.get(sealed[EPOCH], usual) if self._former else usual
        try:
            return key.open_text(sealed, table, column, row)
        except SealBroken:
            return Withheld("broken")

    def _first(self) -> CompartmentKey:
        held = self._held
        self._usual = CompartmentKey(self._key, held.council_id, held.compartment_id)
        return self._usual


def _older(former: Mapping[int, FieldKey], held: HeldKey) -> dict[bytes, CompartmentKey]:
    place = held.council_id, held.compartment_id
    return {u32(epoch): CompartmentKey(one, *place) for epoch, one in former.items()}


class Resealer:
    """Moves values of older epochs under the newest key. Whoever holds it never sees a text."""

    __slots__ = ("_digest", "_entropy", "_former", "_held", "_key")

    def __init__(self, key: FieldKey, held: HeldKey, entropy: Entropy, digest: Digest) -> None:
        """Made by the keyring inside a unit of work; older keys are given with `know`."""
        self._key = key
        self._held = held
        self._entropy = entropy
        self._digest = digest
        self._former: dict[bytes, FieldKey] = {}

    @property
    def compartment_id(self) -> UUID:
        """The compartment whose keys these are."""
        return self._held.compartment_id

    def know(self, former: FieldKey) -> None:
        """Take the key of an older epoch."""
        self._former[u32(former.epoch)] = former

    def moves(self, sealed: bytes) -> bool:
        """Say whether these bytes are sealed under an older epoch whose key is known."""
        return sealed[EPOCH] in self._former

    def move(self, table: str, column: str, row: UUID, sealed: bytes) -> bytes:
        """Return the same padded value under the newest key, for the same place.

        Raises `SealBroken` when the bytes are not what was sealed there.
        """
        place = self._held.council_id, table, column, self._held.compartment_id
        padded = self._former[sealed[EPOCH]].at(*place).open(sealed, row)
        moved = self._key.at(*place).seal(padded, row, self._entropy.bytes(_NONCE_LENGTH))
        self._digest(table, row, column, moved)
        return moved


@dataclass(frozen=True, slots=True)
class Opened:
    """The compartments of a request after its receipt: each opens, or says why it stays shut."""

    openers: Mapping[UUID, Opener | Withheld]

    def text(
        self, compartment: UUID, cell: tuple[str, str, UUID], sealed: bytes | None
    ) -> str | Withheld:
        """Return what a cell (table, column, row) says; nothing was sealed reads as empty."""
        opener = self.openers.get(compartment, _NO_KEY)
        if isinstance(opener, Withheld):
            return opener
        if sealed is None:
            return ""
        return opener.open(*cell, sealed)

    def opens(self, compartment: UUID) -> bool:
        """Say whether the key of a compartment is there."""
        return isinstance(self.openers.get(compartment), Opener)


_NO_KEY: Final = Withheld("no-key")
