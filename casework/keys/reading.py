"""One reader at one moment: what the ring of their organisation opens of the parts asked for."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from casework.crypto.derive import ring_field_key
from casework.crypto.envelope import FieldKey
from casework.crypto.ring import OwnRing
from casework.errors import Locked, SealBroken
from casework.keys.cipher import Opener
from casework.keys.custody import Custody
from casework.keys.keystore import Place
from casework.keys.values import Acting, HeldKey, Withheld


class Reading:
    """Opens parts one after the other; what is the same for all of them is asked once."""

    __slots__ = ("_custody", "_now", "_peppers", "_reader", "_rings")

    def __init__(
        self,
        custody: Custody,
        reader: Acting,
        peppers: Mapping[Place, bytes],
        now: datetime,
    ) -> None:
        """Made by the keyring against a receipt, with the peppers of what it covers."""
        self._custody = custody
        self._reader = reader
        self._peppers = peppers
        self._now = now
        self._rings: dict[int, OwnRing | None] = {}

    def opener(self, held: HeldKey) -> Opener | Withheld:
        """Return what opens a part in all its epochs, or why it stays shut."""
        newest = self._readable(held)
        if isinstance(newest, Withheld):
            return newest
        if not held.former:
            return Opener(newest, held)
        former = {key.epoch: self._readable(key) for key in held.former}
        known = {epoch: key for epoch, key in former.items() if isinstance(key, FieldKey)}
        return Opener(newest, held, known)

    def _readable(self, held: HeldKey) -> FieldKey | Withheld:
        entry, version = held.entry, held.version
        if entry is None or version is None or not held.open_at(self._now):
            return Withheld("no-key")
        place = held.compartment_id, held.epoch
        pepper = self._peppers.get(place)
        if pepper is None:
            return Withheld("erased")
        ring = self._rings[version] if version in self._rings else self._ring(version)
        if ring is None:
            return Withheld("locked")
        try:
            return ring_field_key(ring, entry, place, pepper, held.commitment)
        except SealBroken:
            return Withheld("broken")

    def _ring(self, version: int) -> OwnRing | None:
        """Return the ring of one version; None while only its members can open it."""
        ring = None
        with suppress(Locked):
            ring = self._custody.keys_of(self._reader, version).ring_of(*self._reader.place)
        self._rings[version] = ring
        return ring
