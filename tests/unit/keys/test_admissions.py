"""The instance's word for a holder, frozen; and bound to everything that it says."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest

from casework.keys.admissions import Admissions
from casework.keys.gateway.admitting import Holding
from casework.keys.secrets import InstanceSecrets, SecretName
from casework.keys.values import HeldKey
from tests.fakes import CountingEntropy

FROZEN: Any = json.loads(
    (Path(__file__).parents[2] / "vectors/admission.json").read_text(encoding="utf-8")
)
UNTIL = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY = HeldKey(
    council_id=UUID(int=1),
    compartment_id=UUID(int=2),
    case_id=UUID(int=3),
    compartment_class="sheet",
    person_id=None,
    organisation_id=None,
    epoch=4,
    commitment=bytes(32),
)
BODY = UUID(int=5)


class Secrets:
    def of(self, name: SecretName) -> bytes:
        assert name is SecretName.HOLDERS
        return bytes.fromhex(FROZEN["secret"])


def admissions() -> Admissions:
    nothing: Any = None
    return Admissions(cast("InstanceSecrets", Secrets()), nothing, CountingEntropy())


@pytest.mark.parametrize(("name", "until"), [("for_good", None), ("until", UNTIL)])
def test_it_is_frozen(name: str, until: datetime | None) -> None:
    admission = bytes.fromhex(FROZEN[name])
    assert len(admission) == 49
    assert admissions().holds(KEY, Holding(BODY, until, admission))


def test_what_is_given_holds_for_what_it_says_and_nothing_else() -> None:
    ours = admissions()
    given = Holding(BODY, UNTIL, ours.give(KEY, BODY, UNTIL))
    assert ours.holds(KEY, given)
    for change in (
        {"council_id": BODY},
        {"compartment_id": BODY},
        {"epoch": 5},
        {"compartment_class": "origin"},
    ):
        assert not ours.holds(replace(KEY, **change), given)
    others = (
        replace(given, organisation_id=UUID(int=6)),
        replace(given, expires_at=None),
        replace(given, expires_at=UNTIL.replace(hour=10)),
        replace(given, admission=None),
        replace(given, admission=b""),
        replace(given, admission=b"\x02" + (given.admission or b"")[1:]),
        replace(given, admission=(given.admission or b"")[:-1]),
    )
    assert not any(ours.holds(KEY, one) for one in others)
