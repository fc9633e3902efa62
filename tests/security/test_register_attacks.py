"""Attacks on the stored lines by somebody who can write the database but holds no key.

Each must be found, and found where it was done.
"""

from typing import Any

import pytest

from casework.audit.actions import Act
from casework.audit.additions import BOUND
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind
from casework.audit.verify import Extent
from casework.db.engine import Database
from casework.errors import IntegrityFailure
from casework.identity import Reason
from tests.fakes_audit import id_of
from tests.register import Register, member
from tests.tampering import SIZE, at, attack, found, hashed, open_honest, rewrite, stored

ODD = 39
"""A line that completes nodes: 39 = 100111 in binary completes three."""


@pytest.fixture
def honest(database: Database) -> Register:
    return open_honest(database)


EDITS: list[tuple[str, Any, FaultKind]] = [
    ("kind", "case:named", FaultKind.LEAF_EDITED),
    ("outcome", "refused", FaultKind.LEAF_EDITED),
    ("at", 1, FaultKind.LEAF_EDITED),
    ("bound", b"x" * 128, FaultKind.LEAF_EDITED),
    ("bound", b"x" * 32, FaultKind.LEAF_EDITED),
    ("bound", b"", FaultKind.LEAF_EDITED),
    ("leaf", b"x" * 32, FaultKind.LEAF_EDITED),
    ("leaf", b"", FaultKind.LEAF_EDITED),
    ("kind", "x" * 64, FaultKind.LEAF_EDITED),
    ("at", -1, FaultKind.LEAF_EDITED),
    ("at", 2**62, FaultKind.LEAF_EDITED),
    ("who", b"x" * 90, FaultKind.PART_EDITED),
    ("what", b"", FaultKind.PART_EDITED),
    ("det", b"x" * 90, FaultKind.PART_EDITED),
    ("who_salt", b"x" * 16, FaultKind.PART_EDITED),
    ("what_salt", b"", FaultKind.PART_EDITED),
    ("who", None, FaultKind.PART_MISSING),
    ("what_salt", None, FaultKind.PART_MISSING),
    ("det", None, FaultKind.PART_MISSING),
]


@pytest.mark.parametrize(("column", "value", "what"), EDITS)
@pytest.mark.parametrize("seq", [0, ODD, SIZE - 1])
def test_an_edited_line_is_found(
    honest: Register, seq: int, column: str, value: Any, what: FaultKind
) -> None:
    table = "audit_leaves" if column in BOUND else "audit_parts"
    attack(honest, f"UPDATE {table} SET {column} = :value WHERE seq = {seq}", value=value)
    assert at(seq, what) in found(honest)


@pytest.mark.parametrize("part", range(4))
def test_one_edited_commitment_is_found(honest: Register, part: int) -> None:
    bound = bytearray(stored(honest)[ODD].bound)
    bound[32 * part] ^= 1
    attack(honest, f"UPDATE audit_leaves SET bound = :value WHERE seq = {ODD}", value=bytes(bound))
    assert at(ODD, FaultKind.LEAF_EDITED) in found(honest)


@pytest.mark.parametrize(("column", "length"), [("leaf", 31), ("bound", 123), ("nodes", 64)])
def test_bytes_that_moved_to_the_next_line_are_found(
    honest: Register, column: str, length: int
) -> None:
    """Both lines one after the other are the same bytes as before."""
    here, there = (getattr(one, column) for one in stored(honest)[ODD : ODD + 2])
    change = f"UPDATE audit_leaves SET {column} = :value WHERE seq = {{}}"
    attack(honest, change.format(ODD), value=here[:length])
    attack(honest, change.format(ODD + 1), value=here[length:] + there)
    assert {ODD, ODD + 1} & {first for _, first, _ in found(honest, Extent(parts=False))}


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        *(f"{one} = hex({one})" for one in ("leaf", "nodes", "bound")),
        *(f"{one} = CAST({one} AS BLOB)" for one in ("kind", "outcome")),
        "kind = kind || char(10) || kind",
        "kind = char(0)",
        "at = '１２'",
        "at = at || ' '  || at",
        "at = 0.5",
        f"seq = {ODD}.5",
    ],
)
def test_a_value_of_another_type_is_found(honest: Register, change: str) -> None:
    attack(honest, f"UPDATE audit_leaves SET {change} WHERE seq = {ODD}")
    faults = found(honest, Extent(parts=False))
    assert any(first in {ODD, ODD - 1} and last <= ODD for _, first, last in faults)


@pytest.mark.parametrize("nodes", [b"", b"x" * 96, b"x" * 95, b"x" * 128])
def test_an_edited_node_is_found(honest: Register, nodes: bytes) -> None:
    attack(honest, f"UPDATE audit_leaves SET nodes = :nodes WHERE seq = {ODD}", nodes=nodes)
    faults = found(honest)
    assert faults
    assert all(what is FaultKind.NODE_WRONG and last == ODD for what, _, last in faults[:3])


def test_a_line_edited_with_its_own_hash_is_found_by_its_parent(honest: Register) -> None:
    edited = stored(honest)[ODD]._replace(kind="case:named")
    attack(
        honest,
        f"UPDATE audit_leaves SET kind = 'case:named', leaf = :leaf WHERE seq = {ODD}",
        leaf=hashed(edited),
    )
    assert (FaultKind.NODE_WRONG, ODD - 1, ODD) in found(honest)


def test_the_parts_of_another_line_are_found(honest: Register) -> None:
    other = stored(honest)[3]
    bound = other.commitments.who + stored(honest)[7].bound[32:]
    attack(honest, "UPDATE audit_leaves SET bound = :bound WHERE seq = 7", bound=bound)
    attack(
        honest,
        "UPDATE audit_parts SET who_salt = :salt, who = :who WHERE seq = 7",
        salt=other.who_salt,
        who=other.who,
    )
    assert {at(7, FaultKind.LEAF_EDITED), at(7, FaultKind.PART_EDITED)} <= set(found(honest))


def test_parts_taken_away_are_missed(honest: Register) -> None:
    attack(honest, f"DELETE FROM audit_parts WHERE seq = {ODD}")
    assert found(honest) == [at(ODD, FaultKind.PART_MISSING)] * 3


@pytest.mark.parametrize(
    ("seq", "what"), [(-1, FaultKind.PART_RETURNED), (SIZE, FaultKind.LEAF_EXTRA)]
)
def test_parts_of_no_line_are_found(honest: Register, seq: int, what: FaultKind) -> None:
    attack(
        honest,
        "INSERT INTO audit_parts (council_id, seq, who)"
        f" SELECT council_id, {seq}, who FROM audit_parts WHERE seq = {ODD}",
    )
    assert found(honest) == [at(seq, what)]


@pytest.mark.parametrize("seq", [0, ODD, SIZE - 1])
def test_a_deleted_line_is_found(honest: Register, seq: int) -> None:
    attack(honest, f"DELETE FROM audit_leaves WHERE seq = {seq}")
    assert at(seq, FaultKind.LEAF_MISSING) in found(honest)


def test_a_gap_of_many_lines_is_one_fault(honest: Register) -> None:
    attack(honest, "DELETE FROM audit_leaves WHERE seq BETWEEN 20 AND 59")
    assert (FaultKind.LEAF_MISSING, 20, 59) in found(honest)


def test_swapped_lines_are_found(honest: Register) -> None:
    attack(
        honest,
        "UPDATE audit_leaves SET seq = -1 WHERE seq = 20",
        "UPDATE audit_leaves SET seq = 20 WHERE seq = 21",
        "UPDATE audit_leaves SET seq = 21 WHERE seq = -1",
    )
    assert {at(20, FaultKind.LEAF_EDITED), at(21, FaultKind.LEAF_EDITED)} <= set(found(honest))


def test_a_line_taken_out_and_the_rest_renumbered_is_found(honest: Register) -> None:
    attack(
        honest,
        "DELETE FROM audit_leaves WHERE seq = 20",
        "UPDATE audit_leaves SET seq = -seq WHERE seq > 20",
        "UPDATE audit_leaves SET seq = -seq - 1 WHERE seq < 0",
        "UPDATE audit_heads SET size = size - 1",
    )
    faults = found(honest)
    assert faults[0] == at(20, FaultKind.LEAF_EDITED)
    assert all(at(seq, FaultKind.LEAF_EDITED) in faults for seq in range(20, SIZE - 1))


def copy_of(seq: int, new: int) -> str:
    names = ", ".join(BOUND[1:])
    return (
        f"INSERT INTO audit_leaves (council_id, seq, {names})"
        f" SELECT council_id, {new}, {names} FROM audit_leaves WHERE seq = {seq}"
    )


def test_a_line_appended_behind_the_head_is_found(honest: Register) -> None:
    attack(honest, copy_of(5, SIZE))
    assert found(honest) == [at(SIZE, FaultKind.LEAF_EXTRA)]


def test_a_line_appended_and_counted_is_found(honest: Register) -> None:
    attack(honest, copy_of(5, SIZE), "UPDATE audit_heads SET size = size + 1")
    assert at(SIZE, FaultKind.LEAF_EDITED) in found(honest)


def test_a_line_appended_with_every_hash_right_does_not_open(honest: Register) -> None:
    lines = stored(honest)
    rewrite(honest, [*lines, lines[5]])
    assert at(SIZE, FaultKind.PART_EDITED) in found(honest)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("root = frontier", FaultKind.HEAD_WRONG),
        ("frontier = root", FaultKind.HEAD_WRONG),
        ("size = size + 5", FaultKind.LEAF_MISSING),
        ("size = size - 5", FaultKind.LEAF_EXTRA),
    ],
)
def test_an_edited_head_is_found(honest: Register, change: str, what: FaultKind) -> None:
    attack(honest, f"UPDATE audit_heads SET {change}")
    assert what in {kind for kind, _, _ in found(honest)}


@pytest.mark.parametrize("change", ["size = size + 1", "frontier = leaf", "size = -1"])
def test_upon_a_head_that_contradicts_itself_nothing_is_written(
    honest: Register, change: str
) -> None:
    values = " FROM audit_leaves WHERE audit_leaves.seq = 0" if "leaf" in change else ""
    attack(honest, f"UPDATE audit_heads SET {change}{values}")
    with pytest.raises(IntegrityFailure):
        honest.read()


def test_a_deleted_head_is_found(honest: Register) -> None:
    attack(honest, "DELETE FROM audit_heads")
    assert found(honest)[0] == at(0, FaultKind.NO_REGISTER)


@pytest.mark.parametrize(
    "change",
    [
        f"DELETE FROM audit_subjects WHERE seq = {ODD}",
        f"UPDATE audit_subjects SET seq = {SIZE + 1} WHERE seq = {ODD}",
        f"INSERT INTO audit_subjects SELECT council_id, root, {ODD} FROM audit_heads",
    ],
)
def test_lines_hidden_from_the_one_who_asks_are_found(honest: Register, change: str) -> None:
    attack(honest, change)
    assert found(honest) == [(FaultKind.SUBJECTS_CHANGED, 32, 47)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE row_digests SET digest = leaf FROM audit_leaves WHERE audit_leaves.seq = 0",
        "UPDATE row_digests SET digest = NULL",
        "UPDATE row_digests SET column_name = 'other_sealed'",
        "UPDATE row_digests SET seq = 3",
        "DELETE FROM row_digests",
    ],
)
def test_digests_of_sealed_values_cannot_be_changed(honest: Register, change: str) -> None:
    with honest.ledger.begin(member(), Reason.DUTY) as work:
        work.record(Entry(Act.CONTRIBUTION_WRITTEN))
        work.digest("contributions", id_of("row"), "text_sealed", b"envelope")
    assert found(honest) == []
    attack(honest, change)
    assert at(SIZE, FaultKind.DIGESTS_CHANGED) in found(honest)
