"""Recovery must agree with what was printed and stored years ago."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from casework.crypto.agreement import AgreementKey
from casework.errors import SealBroken
from casework.keys.recovery import cards, nested, personal, spelling
from casework.keys.recovery.nested import Whose
from casework.keys.recovery.seals import EscrowSeals
from casework.keys.recovery.values import Ceremony, Custodian, Escrow, Kind, Subject, Why
from casework.keys.words import fingerprint
from tests.fakes import CountingEntropy

FROZEN = json.loads((Path(__file__).parents[3] / "vectors/recovery.json").read_text("utf-8"))
COUNCIL, ESCROW, MEMBER, CEREMONY = (UUID(int=n) for n in (1, 2, 3, 4))
WHOSE = Whose(COUNCIL, ESCROW)
AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SEED = bytes(range(32, 64))
SEALS = EscrowSeals(bytes(range(32)))


def key(place: int) -> AgreementKey:
    raw = cards.key_of_card(WHOSE, UUID(int=10 + place), bytes([place]) * 20)
    return AgreementKey.from_seed(raw)


def ceremony(**changed: object) -> Ceremony:
    public = bytes.fromhex(FROZEN["escrow"]["public"])
    subject = Subject(Kind.RECOVER, Why.FORGOTTEN, UUID(int=20), MEMBER, public)
    values: dict[str, object] = {
        "council_id": COUNCIL,
        "id": CEREMONY,
        "escrow_id": ESCROW,
        "subject": subject,
        "asked_by": UUID(int=10),
        "asked_at": AT,
        "ends_at": AT + timedelta(minutes=30),
    }
    return Ceremony(**{**values, **changed})  # type: ignore[arg-type]


def test_the_spelling_of_a_secret_is_frozen() -> None:
    frozen = FROZEN["spelled"]
    assert spelling.spelled(bytes.fromhex(frozen["secret"])) == frozen["text"]


def test_the_seal_of_a_recovery_code_is_frozen() -> None:
    frozen = {name: bytes.fromhex(value) for name, value in FROZEN["recovery_seal"].items()}
    sealed = personal.seal_with_code(MEMBER, frozen["code"], frozen["seed"], CountingEntropy())
    assert sealed == frozen["sealed"]
    assert sealed[:2] == b"\x01\x03"
    assert personal.open_with_code(MEMBER, frozen["code"], frozen["sealed"]) == frozen["seed"]


def test_the_code_of_another_member_opens_nothing() -> None:
    frozen = {name: bytes.fromhex(value) for name, value in FROZEN["recovery_seal"].items()}
    for member, code in ((UUID(int=9), frozen["code"]), (MEMBER, bytes(20))):
        with pytest.raises(SealBroken):
            personal.open_with_code(member, code, frozen["sealed"])


def test_the_keys_of_cards_are_frozen() -> None:
    assert {str(n): key(n).public.hex() for n in range(3)} == FROZEN["cards"]


def test_layers_sealed_long_ago_still_open() -> None:
    frozen = FROZEN["nested"]
    keys = {0: key(0), 2: key(2)}
    sealed = bytes.fromhex(frozen["sealed"])
    assert nested.unseal(WHOSE, (0, 2), keys, sealed).hex() == frozen["seed"]


@pytest.mark.parametrize(
    ("whose", "places"),
    [(Whose(COUNCIL, UUID(int=9)), (0, 2)), (Whose(UUID(int=9), ESCROW), (0, 2)), (WHOSE, (0, 1))],
)
def test_layers_open_in_their_own_escrow_and_choice_alone(
    whose: Whose, places: tuple[int, ...]
) -> None:
    keys = {0: key(0), 1: key(2), 2: key(2)}
    with pytest.raises(SealBroken):
        nested.unseal(whose, places, keys, bytes.fromhex(FROZEN["nested"]["sealed"]))


def test_no_spoilt_byte_of_the_layers_opens() -> None:
    keys, sealed = {0: key(0), 2: key(2)}, bytes.fromhex(FROZEN["nested"]["sealed"])
    for at in range(len(sealed)):
        spoilt = sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            nested.unseal(WHOSE, (0, 2), keys, spoilt)


def test_the_key_of_an_escrow_and_its_decoy_are_frozen() -> None:
    frozen = FROZEN["escrow"]
    pair = cards.pair_of_seed(bytes.fromhex(frozen["seed"]))
    assert pair.public.hex() == frozen["public"]
    sealed, digest = (bytes.fromhex(frozen[name]) for name in ("decoy_sealed", "decoy_digest"))
    assert cards.decoy_is(WHOSE, pair, sealed, digest)
    assert not cards.decoy_is(WHOSE, pair, sealed, bytes(32))


def test_the_seals_of_rows_are_frozen() -> None:
    frozen = FROZEN["seals"]
    custodians = tuple(Custodian(n, UUID(int=10 + n), key(n).public, AT) for n in range(3))
    public = bytes.fromhex(FROZEN["escrow"]["public"])
    kept = Escrow(COUNCIL, ESCROW, 2, custodians, AT, public, b"decoy", b"digest", AT)
    assert SEALS.escrow(kept).hex() == frozen["escrow"]
    assert SEALS.ceremony(ceremony()).hex() == frozen["ceremony"]
    assert SEALS.keep_answer(ceremony(), 2, SEED, bytes(12)).hex() == frozen["answer"]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": UUID(int=9)},
        {"council_id": UUID(int=9)},
        {"escrow_id": UUID(int=9)},
        {"ends_at": AT + timedelta(minutes=31)},
    ],
)
def test_what_a_card_gave_opens_for_its_ceremony_alone(changed: dict[str, object]) -> None:
    sealed = SEALS.keep_answer(ceremony(), 2, SEED, bytes(12))
    assert SEALS.open_answer(ceremony(), 2, sealed) == SEED
    with pytest.raises(SealBroken):
        SEALS.open_answer(ceremony(**changed), 2, sealed)
    with pytest.raises(SealBroken):
        SEALS.open_answer(ceremony(), 1, sealed)


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": Subject(Kind.REHEARSAL, Why.EXERCISE)},
        {"subject": Subject(Kind.RECOVER, Why.ABSENT, UUID(int=20), MEMBER)},
        {"asked_by": None},
        {"asked_at": AT - timedelta(minutes=1)},
    ],
)
def test_whatever_is_asked_changes_the_seal_of_a_ceremony(changed: dict[str, object]) -> None:
    assert SEALS.ceremony(ceremony(**changed)) != SEALS.ceremony(ceremony())


def test_the_words_of_a_key_are_frozen() -> None:
    frozen = FROZEN["fingerprint"]
    assert list(fingerprint(bytes.fromhex(frozen["public"]))) == frozen["words"]
