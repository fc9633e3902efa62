"""Whether a person is known to a group, as tags: only this instance can make one from a name."""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from uuid import UUID

from casework.crypto.derive import expand
from casework.crypto.encoding import lp
from casework.crypto.secretbox import Box

_TAG: Final = b"casework/presence/tag/v1"
_BOX: Final = b"casework/presence/box/v1"
_ANSWER: Final = b"casework/presence/answer/v1"
_LENGTH: Final = 16
"""Of a tag, and of an id: what a box is filled up with is as many zeros."""

_FILLING: Final = bytes(_LENGTH)


@dataclass(frozen=True)
class PresenceSeal:
    """Works under one version of the secret of one procedure; the group is part of every tag.

    A tag never stands bare: it is kept in a box of one case, so that no two stored values are
    equal and all of them are of one length.
    """

    secret: bytes = field(repr=False)
    council_id: UUID

    def tags(self, group_id: UUID, spellings: Iterable[str]) -> list[bytes]:
        """Return the tags of a person in a group, one for each spelling."""
        around = lp(_TAG, self.council_id.bytes, group_id.bytes)
        return [
            hmac.digest(self._key, around + lp(one.encode()), "sha256")[:_LENGTH]
            for one in spellings
        ]

    def keep(self, case_id: UUID, tags: Collection[bytes], most: int, nonce: bytes) -> bytes:
        """Seal up to `most` tags for one case; all boxes of one `most` are of one length."""
        if len(tags) > most:
            raise ValueError("more tags than a box holds")
        filled = b"".join(tags).ljust(most * _LENGTH, b"\0")
        return self._box.seal(filled, self._place(case_id), nonce)

    def open(self, case_id: UUID, sealed: bytes) -> frozenset[bytes]:
        """Return the tags of a case. Raises `SealBroken` for the box of another."""
        return frozenset(_cut(self._box.open(sealed, self._place(case_id))))

    def keep_answer(
        self, question_id: UUID, cases: Collection[UUID], most: int, nonce: bytes
    ) -> bytes:
        """Seal the cases that a question found, up to `most`: none looks like some."""
        found = b"".join(one.bytes for one in list(cases)[:most])
        filled = found.ljust(most * _LENGTH, b"\0")
        return self._answers.seal(filled, lp(_ANSWER, question_id.bytes), nonce)

    def open_answer(self, question_id: UUID, sealed: bytes) -> list[UUID]:
        """Return the cases that a question found."""
        told = self._answers.open(sealed, lp(_ANSWER, question_id.bytes))
        return [UUID(bytes=one) for one in _cut(told)]

    @cached_property
    def _key(self) -> bytes:
        return expand(self.secret, _TAG)

    @cached_property
    def _box(self) -> Box:
        return Box(expand(self.secret, _BOX))

    @cached_property
    def _answers(self) -> Box:
        return Box(expand(self.secret, _ANSWER))

    def _place(self, case_id: UUID) -> bytes:
        return lp(_BOX, self.council_id.bytes, case_id.bytes)


def _cut(told: bytes) -> list[bytes]:
    """Return the parts of what was filled up, without the filling."""
    parts = [told[at : at + _LENGTH] for at in range(0, len(told), _LENGTH)]
    return [one for one in parts if one != _FILLING]
