"""The tag of a decoy, frozen: a tag of today is found next year, and by this instance alone."""

from uuid import UUID

from casework.keys.decoy_seal import DecoySeal

SECRET = bytes(range(32))
COUNCIL, CASE = UUID(int=1), UUID(int=2)
TAG = "c756c8863be93d3cd9eb4c79bfff2fa37290e343828eada15b5bbe5231af50cf"


def _tag(secret: bytes, council_id: UUID, case_id: UUID) -> str:
    return DecoySeal(lambda: secret).tag(council_id, case_id).hex()


def test_the_tag_is_frozen() -> None:
    assert _tag(SECRET, COUNCIL, CASE) == TAG


def test_another_secret_council_or_case_gives_another_tag() -> None:
    others = {
        _tag(SECRET[::-1], COUNCIL, CASE),
        _tag(SECRET, CASE, CASE),
        _tag(SECRET, COUNCIL, COUNCIL),
    }
    assert len(others | {TAG}) == 4
