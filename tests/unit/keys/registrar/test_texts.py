"""What travels to the registrar and back, frozen; and every text that is not one of them."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.signing import SigningKey
from casework.errors import InvalidInput
from casework.keys.gateway.entries import PublicKeys
from casework.keys.registrar import signing, texts
from casework.keys.registrar.texts import Asked, Request

FROZEN: Any = json.loads(
    (Path(__file__).parents[3] / "vectors/registrar.json").read_text(encoding="utf-8")
)
INSTANCE = SigningKey.from_seed(bytes.fromhex(FROZEN["instance_seed"]))
REGISTRAR = SigningKey.from_seed(bytes.fromhex(FROZEN["seed"]))


def request() -> Request:
    keys = PublicKeys(UUID(int=2), 3, bytes(range(32)), bytes(range(32, 64)), bytes(16))
    asked = (Asked("École inventée", keys),)
    return Request(UUID(int=1), REGISTRAR.public, INSTANCE.public, asked)


def test_a_public_key_a_request_and_its_answer_are_frozen() -> None:
    assert texts.write_public(REGISTRAR.public) == FROZEN["public"]
    assert texts.write_request(request(), INSTANCE) == FROZEN["request"]
    assert texts.write_signed(signing.sign(request(), REGISTRAR)) == FROZEN["signed"]
    assert str(texts.registrar_id(REGISTRAR.public)) == FROZEN["id"]


def test_each_is_read_back() -> None:
    assert texts.read_public(FROZEN["public"]) == REGISTRAR.public
    assert texts.read_request(FROZEN["request"]) == request()
    assert texts.read_signed(FROZEN["signed"]) == signing.sign(request(), REGISTRAR)
    shown = signing.shown(texts.read_request(FROZEN["request"]))
    assert [(one.name, one.version, len(one.words)) for one in shown] == [("École inventée", 3, 6)]


@pytest.mark.parametrize("read", [texts.read_public, texts.read_request, texts.read_signed])
@pytest.mark.parametrize("name", ["public", "request", "signed"])
def test_one_is_never_taken_for_another(read: Any, name: str) -> None:
    if read.__name__ != f"read_{name}":
        with pytest.raises(InvalidInput):
            read(FROZEN[name])


@given(st.text(max_size=40) | st.recursive(
    st.none() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["format", "council", "entries", "signature", "signatures"]), inner),
    max_leaves=6,
).map(json.dumps))  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    for read in (texts.read_public, texts.read_request, texts.read_signed):
        with pytest.raises(InvalidInput):
            read(text)


@given(st.data())
def test_a_request_changed_anywhere_is_refused(data: st.DataObject) -> None:
    text: str = FROZEN["request"]
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from('0a9é"{')) + text[at + 1 :]
    try:
        assert texts.read_request(changed) == request()
    except InvalidInput:
        return
