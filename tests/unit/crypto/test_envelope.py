from uuid import UUID

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto import envelope
from casework.crypto.envelope import (
    OVERHEAD,
    Algorithm,
    FieldKey,
    Place,
    associated_data,
    open_text,
    seal_text,
)
from casework.crypto.padding import SHORT, TEXT, pad
from casework.errors import InvalidInput, Misconfigured, SealBroken
from tests.fakes import CountingEntropy
from tests.unit.crypto.damage import every_cut, every_damage
from tests.unit.crypto.frozen import Vector, vectors

RAW, NONCE = bytes(range(32)), bytes(range(12))
PLACE = Place(UUID(int=1), "persons", "name_sealed", UUID(int=2), UUID(int=3), 4)
ELSEWHERE = [
    PLACE._replace(instance=UUID(int=9)),
    PLACE._replace(table="referrals"),
    PLACE._replace(column="first_name_sealed"),
    PLACE._replace(row=UUID(int=9)),
    PLACE._replace(compartment=UUID(int=9)),
    PLACE._replace(epoch=5),
    PLACE._replace(row=PLACE.compartment, compartment=PLACE.row),
    PLACE._replace(table="person", column="sname_sealed"),
]
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=700)


def key(algorithm: Algorithm = Algorithm.AES_GCM) -> FieldKey:
    return FieldKey(RAW, PLACE.epoch, algorithm)


def place_of(case: Vector) -> Place:
    ids = (case.id(name) for name in ("instance", "row", "compartment"))
    instance, row, compartment = ids
    return Place(instance, case["table"], case["column"], row, compartment, case["epoch"])


@pytest.mark.parametrize("case", vectors("field"))
def test_the_field_format_keeps_its_bytes(case: Vector) -> None:
    place, sealed = place_of(case), case.raw("sealed")
    ours = FieldKey(case.raw("raw"), case["epoch"], Algorithm(case["algorithm"]))
    assert associated_data(place) == case.raw("associated")
    assert seal_text(ours, case["text"], place, case.raw("nonce"), case["step"]) == sealed
    assert open_text(ours, sealed, place) == case["text"]


@given(texts, st.sampled_from([SHORT, TEXT]), st.sampled_from(Algorithm), st.uuids())
def test_text_comes_back_from_its_place(
    text: str, step: int, algorithm: Algorithm, row: UUID
) -> None:
    place = PLACE._replace(row=row)
    sealed = seal_text(key(algorithm), text, place, NONCE, step)
    assert open_text(key(algorithm), sealed, place) == text
    assert len(sealed) == OVERHEAD + len(pad(text.encode(), step))


@given(st.uuids(), st.uuids(), st.uuids(), st.integers(0, 2**32 - 1))
def test_a_column_key_seals_as_the_field_key_does(
    instance: UUID, row: UUID, compartment: UUID, epoch: int
) -> None:
    field = FieldKey(RAW, epoch)
    place = Place(instance, "persons", "name_sealed", row, compartment, epoch)
    column = field.at(instance, "persons", "name_sealed", compartment)
    assert column.seal(b"bytes", row, NONCE) == field.seal(b"bytes", place, NONCE)
    sealed = column.seal_text("Zoé", row, NONCE, SHORT)
    assert sealed == seal_text(field, "Zoé", place, NONCE, SHORT)
    assert column.open_text(sealed, row) == open_text(field, sealed, place) == "Zoé"
    assert column.open(sealed, row) == field.open(sealed, place) == pad("Zoé".encode(), SHORT)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_no_spoilt_byte_opens(algorithm: Algorithm) -> None:
    sealed = seal_text(key(algorithm), "Zoé", PLACE, NONCE, SHORT)
    for spoilt in every_damage(sealed):
        with pytest.raises(SealBroken):
            key(algorithm).open(spoilt, PLACE)


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_sealed_value_opens_in_no_other_place(place: Place, algorithm: Algorithm) -> None:
    sealed = seal_text(key(algorithm), "Zoé", PLACE, NONCE, SHORT)
    with pytest.raises(SealBroken):
        FieldKey(RAW, place.epoch, algorithm).open(sealed, place)
    with pytest.raises(SealBroken):
        key(algorithm).open(sealed, place)


def test_a_column_key_does_not_open_another_row() -> None:
    column = key().at(PLACE.instance, PLACE.table, PLACE.column, PLACE.compartment)
    sealed = column.seal_text("Zoé", PLACE.row, NONCE, SHORT)
    with pytest.raises(SealBroken):
        column.open_text(sealed, UUID(int=9))


def test_another_key_does_not_open() -> None:
    sealed = seal_text(key(), "Zoé", PLACE, NONCE, SHORT)
    with pytest.raises(SealBroken):
        FieldKey(bytes(32), PLACE.epoch).open(sealed, PLACE)


def test_nothing_is_sealed_for_another_epoch() -> None:
    with pytest.raises(SealBroken):
        key().seal(b"", PLACE._replace(epoch=5), NONCE)


@pytest.mark.parametrize(("at", "value"), [(0, 0), (0, 2), (1, 0), (1, 3), (1, 255)])
def test_an_unknown_version_or_algorithm_does_not_open(at: int, value: int) -> None:
    sealed = bytearray(seal_text(key(), "Zoé", PLACE, NONCE, SHORT))
    sealed[at] = value
    with pytest.raises(SealBroken):
        key().open(bytes(sealed), PLACE)


def test_a_value_sealed_before_a_change_of_algorithm_still_opens() -> None:
    old, new = key(Algorithm.AES_GCM), key(Algorithm.AES_GCM_SIV)
    for writer, reader in ((old, new), (new, old)):
        sealed = seal_text(writer, "Zoé", PLACE, NONCE, SHORT)
        assert open_text(reader, sealed, PLACE) == "Zoé"
        for cut in every_cut(sealed):
            with pytest.raises(SealBroken):
                reader.open(cut, PLACE)


def test_a_refusal_never_says_which() -> None:
    sealed = seal_text(key(), "Zoé", PLACE, NONCE, SHORT)
    messages = set()
    for spoilt in (b"", sealed[:20], b"\x02" + sealed[1:], sealed[:-1] + b"\0"):
        with pytest.raises(SealBroken) as refusal:
            key().open(spoilt, PLACE)
        messages.add(str(refusal.value))
    assert messages == {""}


@pytest.mark.parametrize("padded", [b"", b"\0" * 32, b"a" * 32, b"a" * 31])
def test_an_authentic_value_with_malformed_padding_does_not_open(padded: bytes) -> None:
    with pytest.raises(SealBroken):
        open_text(key(), key().seal(padded, PLACE, NONCE), PLACE)


def test_an_authentic_value_that_is_not_text_leaves_nothing_in_the_error() -> None:
    sealed = key().seal(pad(b"secret \xff", SHORT), PLACE, NONCE)
    with pytest.raises(SealBroken) as refusal:
        open_text(key(), sealed, PLACE)
    assert refusal.value.__context__ is None


def test_half_a_surrogate_pair_is_refused_before_sealing() -> None:
    column = key().at(PLACE.instance, PLACE.table, PLACE.column, PLACE.compartment)
    with pytest.raises(InvalidInput):
        seal_text(key(), "Zoé \ud800", PLACE, NONCE, SHORT)
    with pytest.raises(InvalidInput):
        column.seal_text("Zoé \ud800", PLACE.row, NONCE, SHORT)


@pytest.mark.parametrize("size", [0, 8, 11, 13, 16])
def test_a_field_takes_only_nonces_of_twelve_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="12 bytes"):
        key().seal(b"", PLACE, bytes(size))


@pytest.mark.parametrize("size", [0, 16, 24, 33])
def test_a_field_key_is_whole(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FieldKey(bytes(size), 1)


@pytest.mark.parametrize("epoch", [-1, 2**32])
def test_an_epoch_fits_four_bytes(epoch: int) -> None:
    with pytest.raises(OverflowError):
        FieldKey(RAW, epoch)


def test_the_same_text_twice_gives_different_bytes() -> None:
    entropy = CountingEntropy()
    sealed = {seal_text(key(), "Zoé", PLACE, entropy.bytes(12), SHORT) for _ in range(50)}
    assert len(sealed) == 50


def test_a_key_never_shows_itself() -> None:
    column = key().at(PLACE.instance, PLACE.table, PLACE.column, PLACE.compartment)
    for shown in (key(), column):
        assert RAW.hex() not in repr(shown)
        assert repr(RAW) not in repr(shown)


def test_a_server_without_gcm_siv_is_a_fault_of_its_setting_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unsupported(_: bytes) -> None:
        raise UnsupportedAlgorithm("no AES-GCM-SIV")

    monkeypatch.setattr(envelope, "AESGCMSIV", unsupported)
    with pytest.raises(Misconfigured):
        key(Algorithm.AES_GCM_SIV)
