"""Draws what a decoy tells from a small list: somebody invented, and something ordinary."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import UUID

from casework.cases.values import NewPerson, NewReferral
from casework.entropy import Entropy

T = TypeVar("T")
_LIST: Final = Path(__file__).with_name("decoys.toml")


def invented(
    place: tuple[UUID, str], reasons: Mapping[str, str], today: date, entropy: Entropy
) -> NewReferral:
    """Return the referral of somebody who does not exist, for a (group, commune).

    Its reason is one of the charter's `reasons`.
    """
    draw, facts = _Draw(entropy), _told()["facts"]
    reason = draw.one([one for one in facts if one in reasons] or sorted(reasons))
    group_id, commune = place
    return NewReferral(
        group_id=group_id,
        commune=commune,
        persons=(_person(draw, today),),
        reason=reason,
        fact=draw.one(facts.get(reason) or next(iter(facts.values()))),
        fact_on=today - timedelta(days=3 + draw.below(12)),
        origin="municipality",
        reporter="",
        words="",
        informed_on=today - timedelta(days=draw.below(3)),
        delay_reason=None,
    )


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(_LIST.read_text(encoding="utf-8"))


class _Draw:
    """Chance, from the one source of it."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy

    def below(self, limit: int) -> int:
        return int.from_bytes(self._entropy.bytes(8), "big") % limit

    def one(self, of: Sequence[T]) -> T:
        return of[self.below(len(of))]


def _person(draw: _Draw, today: date) -> NewPerson:
    """Return somebody of 13 to 16 years."""
    told = _told()
    return NewPerson(
        relation="subject",
        family_name=draw.one(told["family_names"]),
        given_name=draw.one(told["given_names"]),
        birth_date=today - timedelta(days=13 * 366 + draw.below(4 * 365)),
        address=f"{1 + draw.below(60)} {draw.one(told['streets'])}",
        phone=told["phone"].format(draw.below(100), draw.below(100)),
        school="",
    )
