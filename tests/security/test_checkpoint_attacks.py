"""Attacks on the whole past of a register: only signatures show them."""

import hashlib
from base64 import b64decode, b64encode

import pytest

from casework.audit.checkpoint import key_id, sign
from casework.audit.faults import FaultKind
from casework.audit.gateway import RegisterGateway
from casework.audit.verify import Extent
from casework.db.engine import Database, Scope
from tests.fakes_audit import SeededSigner
from tests.register import COUNCIL, Register
from tests.tampering import SIZE, at, attack, found, notes, open_honest, rewrite, stored

LINE = 39


@pytest.fixture
def honest(database: Database) -> Register:
    return open_honest(database)


def test_a_past_recomputed_whole_contradicts_the_next_checkpoint(honest: Register) -> None:
    lines = stored(honest)
    lines[LINE] = lines[LINE]._replace(kind="meeting:read")
    rewrite(honest, lines)
    assert found(honest) == [(FaultKind.CHECKPOINT_CONTRADICTED, 1, 64)]
    assert found(honest, Extent(parts=False)) == found(honest)


def test_a_past_recomputed_without_its_checkpoints_is_found(honest: Register) -> None:
    lines = stored(honest)
    lines[LINE] = lines[LINE]._replace(kind="meeting:read")
    rewrite(honest, lines)
    attack(honest, "DELETE FROM audit_checkpoints", "UPDATE audit_heads SET signed_size = 0")
    assert found(honest) == [(FaultKind.CHECKPOINT_MISSING, 0, SIZE - 1)]


def test_a_line_cut_out_and_all_recomputed_is_found(honest: Register) -> None:
    lines = stored(honest)
    rewrite(honest, lines[:LINE] + lines[LINE + 1 :])
    faults = found(honest, Extent(parts=False))
    assert (FaultKind.CHECKPOINT_CONTRADICTED, 1, 64) in faults


def test_a_past_cut_off_behind_a_checkpoint_is_found(honest: Register) -> None:
    rewrite(honest, stored(honest)[:50])
    attack(honest, "DELETE FROM audit_subjects WHERE seq >= 50")
    assert found(honest) == [
        (FaultKind.CHECKPOINT_MISSING, 1, 64),
        (FaultKind.LEAF_MISSING, 50, 64),
    ]


def test_an_older_copy_put_back_contradicts_a_checkpoint_kept_elsewhere(honest: Register) -> None:
    assert honest.ledger.checkpoint(COUNCIL) == SIZE
    kept = notes(honest)[SIZE]
    rewrite(honest, stored(honest)[:64])
    attack(
        honest,
        "DELETE FROM audit_checkpoints WHERE size > 1",
        "DELETE FROM audit_subjects WHERE seq >= 64",
        "UPDATE audit_heads SET signed_size = 1",
    )
    assert found(honest) == []
    assert found(honest, Extent(held=[kept])) == [(FaultKind.LEAF_MISSING, 64, SIZE - 1)]


def change_note(register: Register, note: str) -> None:
    attack(register, "UPDATE audit_checkpoints SET note = :note WHERE size = 65", note=note)


def test_an_edited_checkpoint_is_found(honest: Register) -> None:
    change_note(honest, notes(honest)[65].replace("\n65\n", "\n66\n"))
    assert found(honest) == [at(64, FaultKind.CHECKPOINT_FORGED)]


def test_a_checkpoint_moved_to_another_size_is_found(honest: Register) -> None:
    change_note(honest, notes(honest)[1])
    assert at(64, FaultKind.CHECKPOINT_FORGED) in found(honest)


def test_a_checkpoint_moved_with_its_mark_is_found(honest: Register) -> None:
    honest.read_together(64)
    attack(
        honest,
        "UPDATE audit_checkpoints SET"
        " note = (SELECT note FROM audit_checkpoints WHERE size = 1),"
        " mark = (SELECT mark FROM audit_checkpoints WHERE size = 1) WHERE size = 65",
    )
    assert at(64, FaultKind.CHECKPOINT_FORGED) in found(honest)


@pytest.mark.parametrize("mark", [None, b"", b"x" * 32])
def test_a_checkpoint_without_its_mark_is_as_good_as_its_signature(
    honest: Register, mark: bytes | None
) -> None:
    honest.read_together(64)
    attack(honest, "UPDATE audit_checkpoints SET mark = :mark", mark=mark)
    assert found(honest) == []
    change_note(honest, _other_signature(notes(honest)[65]))
    assert found(honest) == [at(64, FaultKind.CHECKPOINT_FORGED)]


def test_a_marked_checkpoint_whose_signature_alone_was_changed_is_found(honest: Register) -> None:
    honest.read_together(64)
    change_note(honest, _other_signature(notes(honest)[65]))
    assert found(honest) == [at(64, FaultKind.CHECKPOINT_FORGED)]


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_checkpoint_that_is_no_text_is_found(honest: Register) -> None:
    attack(honest, "UPDATE audit_checkpoints SET note = CAST(note AS BLOB) WHERE size = 65")
    assert found(honest) == [at(64, FaultKind.CHECKPOINT_FORGED)]


def test_the_newest_checkpoint_is_verified_by_its_signature_in_any_case(honest: Register) -> None:
    note = _other_signature(notes(honest)[65])
    statement = "UPDATE audit_checkpoints SET note = :note, mark = :mark WHERE size = 65"
    attack(honest, statement, note=note, mark=honest.keys.signer.mark(note))
    assert at(64, FaultKind.CHECKPOINT_FORGED) in found(honest)


def _other_signature(note: str) -> str:
    """Return a note of which the last byte of the signature is another."""
    body, _, encoded = note.rstrip("\n").rpartition(" ")
    raw = bytearray(b64decode(encoded))
    raw[-1] ^= 1
    return f"{body} {b64encode(raw).decode()}\n"


def test_a_deleted_checkpoint_is_found(honest: Register) -> None:
    attack(honest, "DELETE FROM audit_checkpoints WHERE size = 65")
    assert found(honest) == [(FaultKind.CHECKPOINT_MISSING, 1, SIZE - 1)]


def test_checkpoints_signed_by_another_key_are_found(honest: Register) -> None:
    other = SeededSigner(COUNCIL, generation=1)
    with honest.database.reading(Scope(COUNCIL)) as session:
        head = RegisterGateway(session, COUNCIL).head()
    assert head is not None
    change_note(honest, sign(65, head.root, other))
    assert found(honest) == [at(64, FaultKind.CHECKPOINT_FORGED)]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n\n",
        "\0",
        "x" * 1_000_000,
        "\n" * 100_000,
        f"casework/{COUNCIL}\n" + "9" * 5000 + "\n\n\n",
    ],
)
def test_what_is_no_checkpoint_is_found_and_does_no_harm(honest: Register, note: str) -> None:
    assert at(0, FaultKind.CHECKPOINT_FORGED) in found(honest, Extent(parts=False, held=[note]))


@pytest.mark.parametrize("size", ["9" * 19, "9" * 5000, "065", "-1"])
def test_a_size_that_cannot_be_is_refused_even_when_it_is_signed(
    honest: Register, size: str
) -> None:
    """Whoever has the key can sign anything: the verifier still ends, and says so."""
    signer = honest.keys.signer
    root = notes(honest)[65].split("\n")[2]
    body = f"{signer.origin}\n{size}\n{root}\n"
    signature = b64encode(key_id(signer.origin, signer.public) + signer.sign(body.encode()))
    note = f"{body}\n— {signer.origin} {signature.decode()}\n"
    assert found(honest, Extent(parts=False, held=[note]))


def test_a_clock_set_back_for_years_changes_no_order(honest: Register) -> None:
    honest.clock.advance(days=-4000)
    honest.read_together(64)
    honest.clock.advance(days=9000)
    honest.read_together(64)
    assert found(honest) == []


def test_two_stories_signed_by_the_right_key_are_found(honest: Register) -> None:
    told_elsewhere = sign(65, hashlib.sha256(b"another story").digest(), honest.keys.signer)
    faults = found(honest, Extent(held=[told_elsewhere]))
    assert faults == [(FaultKind.CHECKPOINT_CONTRADICTED, 1, 64)]
