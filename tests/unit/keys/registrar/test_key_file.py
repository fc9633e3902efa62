"""The registrar's private key in its file: frozen, and shut to everything but its passphrase."""

import json
from pathlib import Path
from typing import Any

import pytest

from casework.crypto.passwords import Argon2Cost
from casework.entropy import SystemEntropy
from casework.errors import InvalidInput
from casework.keys.registrar import key_file

FROZEN: Any = json.loads(
    (Path(__file__).parents[3] / "vectors/registrar.json").read_text(encoding="utf-8")
)
PHRASE = "quatre mots bien inventés"
LEAST = Argon2Cost(memory_kib=19 * 1024, passes=2)


def changed(**values: object) -> str:
    return json.dumps({**json.loads(FROZEN["key"]), **values})


def test_the_file_is_frozen() -> None:
    key = key_file.unseal(FROZEN["key"], PHRASE)
    assert key.public.hex() == json.loads(FROZEN["key"])["public"]


def test_a_key_drawn_is_read_back_with_its_passphrase_alone() -> None:
    text, public = key_file.seal(PHRASE, SystemEntropy(), LEAST)
    assert key_file.unseal(text, PHRASE).public == public
    with pytest.raises(InvalidInput) as told:
        key_file.unseal(text, PHRASE + " ")
    assert list(told.value.fields) == ["passphrase"]


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(InvalidInput):
        key_file.seal("onze signes", SystemEntropy(), LEAST)


@pytest.mark.parametrize(
    "values",
    [
        {"public": "00" * 32},
        {"salt": "00" * 16},
        {"passes": 3},
        {"sealed": "01" + "00" * 60},
        {"passes": 1},
        {"memory_kib": 2**40},
        {"format": "casework/registrar-key/v2"},
        {"salt": "zz"},
    ],
)
def test_a_changed_file_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        key_file.unseal(changed(**values), PHRASE)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "casework-registrar/v1\nAAAA"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        key_file.unseal(text, PHRASE)
