"""Tags of presence: nothing equal, nothing longer, nothing that opens elsewhere."""

from dataclasses import replace
from uuid import UUID

import pytest

from casework.errors import SealBroken
from casework.keys.presence_seal import PresenceSeal
from tests.fakes import CountingEntropy

COUNCIL, GROUP, OTHER = (UUID(int=one) for one in (1, 2, 3))
CASE, QUESTION = UUID(int=4), UUID(int=5)
NAMES = ["diop|awa|2010-05-17", "*awadiop|2010-05-17"]
MOST = 16


@pytest.fixture
def seal() -> PresenceSeal:
    return PresenceSeal(bytes(range(32)), COUNCIL)


def nonce(seed: int = 0) -> bytes:
    return CountingEntropy(seed).bytes(12)


def test_a_person_has_other_tags_in_another_group_procedure_or_council(seal: PresenceSeal) -> None:
    own = seal.tags(GROUP, NAMES)
    others = (
        seal.tags(OTHER, NAMES),
        replace(seal, secret=bytes(32)).tags(GROUP, NAMES),
        replace(seal, council_id=OTHER).tags(GROUP, NAMES),
    )
    assert all(set(own).isdisjoint(one) for one in others)
    assert own == seal.tags(GROUP, NAMES)


def test_what_is_kept_is_of_one_length_and_never_twice_the_same(seal: PresenceSeal) -> None:
    tags = seal.tags(GROUP, NAMES)
    boxes = [seal.keep(CASE, tags, MOST, nonce(one)) for one in range(3)]
    boxes.append(seal.keep(CASE, tags[:1], MOST, nonce(9)))
    assert len(set(boxes)) == len(boxes)
    assert len({len(one) for one in boxes}) == 1
    assert seal.open(CASE, boxes[0]) == set(tags)


def test_a_box_of_another_case_or_under_another_secret_does_not_open(seal: PresenceSeal) -> None:
    box = seal.keep(CASE, seal.tags(GROUP, NAMES), MOST, nonce())
    with pytest.raises(SealBroken):
        seal.open(QUESTION, box)
    with pytest.raises(SealBroken):
        replace(seal, secret=bytes(32)).open(CASE, box)


def test_more_tags_than_a_box_holds_are_refused(seal: PresenceSeal) -> None:
    with pytest.raises(ValueError, match="more tags"):
        seal.keep(CASE, seal.tags(GROUP, ["x"] * (MOST + 1)), MOST, nonce())


def test_an_answer_that_found_nothing_looks_like_one_that_did(seal: PresenceSeal) -> None:
    some = seal.keep_answer(QUESTION, [CASE, OTHER], 4, nonce(1))
    none = seal.keep_answer(QUESTION, [], 4, nonce(2))
    assert len(some) == len(none)
    assert seal.open_answer(QUESTION, some) == [CASE, OTHER]
    assert seal.open_answer(QUESTION, none) == []
    with pytest.raises(SealBroken):
        seal.open_answer(CASE, some)


def test_what_is_kept_today_is_read_in_ten_years(seal: PresenceSeal) -> None:
    """Frozen: whoever changes one of these bytes has written another format."""
    tags = seal.tags(GROUP, NAMES)
    assert [one.hex() for one in tags] == [
        "334523930ce79c19087d07632de2a684",
        "22f15ff1e17a7c88a9e653190194a1a2",
    ]
    box = bytes.fromhex(
        "010000000000000000000000001e9a13e18504b8a8e7fc3fef2cac8390b16a04220ad5b4e62f7b3102d27f94ad"
        "45c8399cffacc17fff1fdec430ee903a"
    )
    assert seal.keep(CASE, tags, 2, bytes(12)) == box
    answer = bytes.fromhex(
        "010000000000000000000000006bf4cd9e90be2cd9737999f17f73010819e92d39727e2a962b931f78b871d7d5"
        "7b8faf52be2ab6dfe06903fa0e5a68c7"
    )
    assert seal.keep_answer(QUESTION, [CASE], 2, bytes(12)) == answer
