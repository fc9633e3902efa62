"""Attacks under the cover of forgetting: what is missing before its day, or beyond it, is found.

Whoever attacks holds the database and no key, but for the two tests that say so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from casework.audit.actions import Act
from casework.audit.additions import BOUND, LeafValues
from casework.audit.checkpoint import sign
from casework.audit.entry import Entry
from casework.audit.faults import FaultKind
from casework.audit.forgetting.claim import Horizons, claim_entry
from casework.audit.forgetting.policy import BLOCK, covering
from casework.audit.tree import Frontier
from casework.audit.verify import Extent
from casework.db.engine import Database
from casework.errors import IntegrityFailure
from casework.identity import Reason
from tests.fakes_audit import SeededSigner, id_of
from tests.forgetful import (
    FIRST,
    JOB,
    SECOND,
    TERMS,
    Aged,
    chronicle,
    copied,
    horizons,
    kept_in,
    until,
)
from tests.register import COUNCIL, member
from tests.tampering import Found, at, attack, found

WHO: Final = FIRST + SECOND
YOUNG: Final = WHO + 10
"""A line that nothing may be missing from."""


@contextmanager
def forgetful(database: Database, folder: Path) -> Iterator[Aged]:
    """Give lines of which a block is pruned, then some that tell nobody, then young ones."""
    with chronicle(database, folder) as made:
        until(made, years=3.3)
        made.forget()
        made.register.read_together(70)
        assert horizons(made) == (BLOCK, WHO, WHO + 3)
        assert faults(made) == []
        yield made


@pytest.fixture(scope="module")
def kept(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """Make such a register once; return where it is, and what time it is there."""
    folder = tmp_path_factory.mktemp("forgetful")
    database = kept_in(folder, sqlite_template)
    with forgetful(database, folder) as made:
        now = made.register.clock.now()
    database.engine.dispose()
    return folder, now


@pytest.fixture
def old(kept: tuple[Path, datetime], tmp_path: Path) -> Iterator[Aged]:
    """Give a copy of it for one attack; `on_both` are those in which SQL has a part."""
    folder, now = kept
    with copied(folder, tmp_path, now) as made:
        yield made


@pytest.fixture
def on_both(database: Database, tmp_path: Path) -> Iterator[Aged]:
    with forgetful(database, tmp_path) as made:
        yield made


def faults(old: Aged) -> Found:
    return found(old.again(9).register)


def mine(old: Aged) -> dict[str, Any]:
    on_postgresql = old.register.database.on_postgresql
    return {"council": COUNCIL if on_postgresql else COUNCIL.bytes}


def leaves(old: Aged, end: int) -> list[LeafValues]:
    with old.looking() as gateway:
        return list(gateway.leaves(end))


@pytest.mark.parametrize("part", ["who", "what", "det"])
def test_a_part_taken_before_its_day_is_missed(old: Aged, part: str) -> None:
    seq = YOUNG if part == "who" else WHO + 3
    change = f"UPDATE audit_parts SET {part} = NULL, {part}_salt = NULL WHERE seq = {seq}"
    attack(old.register, change)
    assert at(seq, FaultKind.PART_MISSING) in faults(old)


def test_a_part_that_comes_back_is_found(old: Aged) -> None:
    attack(old.register, f"UPDATE audit_parts SET what = :back WHERE seq = {BLOCK}", back=b"x" * 90)
    assert faults(old) == [at(BLOCK, FaultKind.PART_RETURNED)]


def test_more_lines_taken_with_the_right_nodes_planted_for_them_are_missed(on_both: Aged) -> None:
    """Anybody can compute the nodes that stand for lines; the service alone says that they went."""
    old = on_both
    end = BLOCK + 64
    with old.looking() as gateway:
        peaks = [gateway.covers()[8, 0], *(one.leaf for one in gateway.leaves(end))]
    grown = Frontier(BLOCK, (peaks[0],))
    for leaf in peaks[1:]:
        grown, _ = grown.append(leaf)
    attack(old.register, f"DELETE FROM audit_leaves WHERE seq < {end}", "DELETE FROM audit_covers")
    for (level, index), node in covering(end, grown.to_bytes()).items():
        attack(
            old.register,
            f"INSERT INTO audit_covers VALUES (:council, {level}, {index}, :node)",
            node=node,
            **mine(old),
        )
    assert {(FaultKind.COVER_WRONG, 0, BLOCK - 1), (FaultKind.LEAF_MISSING, BLOCK, end - 1)} <= set(
        faults(old)
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE audit_covers SET hash = :other", FaultKind.CHECKPOINT_CONTRADICTED),
        ("UPDATE audit_covers SET idx = 1", FaultKind.COVER_WRONG),
        ("UPDATE audit_covers SET hash = :short", FaultKind.COVER_WRONG),
        ("DELETE FROM audit_covers", FaultKind.COVER_WRONG),
    ],
)
def test_a_node_that_stands_for_pruned_lines_cannot_be_another(
    old: Aged, change: str, what: FaultKind
) -> None:
    attack(old.register, change, **{"other": b"x" * 32} if ":other" in change else {},
           **{"short": b"x"} if ":short" in change else {})  # fmt: skip
    assert what in {kind for kind, _, _ in faults(old)}


def test_a_line_that_claims_more_planted_without_keys_is_not_believed(old: Aged) -> None:
    """The newest claim told once more at the end of the tree, over the block that follows."""
    seq, size = old.claim().seq, leaves(old, 10_000)[-1].seq + 1
    names = ", ".join(BOUND[1:])
    attack(
        old.register,
        f"INSERT INTO audit_leaves (council_id, seq, {names})"
        f" SELECT council_id, {size}, {names} FROM audit_leaves WHERE seq = {seq}",
        "UPDATE audit_heads SET size = size + 1",
        f"DELETE FROM audit_leaves WHERE seq >= {BLOCK} AND seq < {BLOCK + 40}",
    )
    expected = {at(size, FaultKind.LEAF_EDITED), (FaultKind.LEAF_MISSING, BLOCK, BLOCK + 39)}
    assert expected <= set(faults(old))


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM audit_leaves WHERE seq IN ({lines})",
        "UPDATE audit_parts SET det = who WHERE seq IN ({lines})",
    ],
)
def test_without_the_line_that_explains_them_missing_lines_are_missed(
    old: Aged, change: str
) -> None:
    acts = "'register:redacted', 'register:attested', 'register:pruned'"
    lines = f"SELECT seq FROM audit_leaves WHERE kind IN ({acts})"
    attack(old.register, change.format(lines=lines))
    assert (FaultKind.LEAF_MISSING, 0, BLOCK - 1) in faults(old)


def test_lines_index_entries_and_digests_that_come_back_are_found(on_both: Aged) -> None:
    old = on_both
    names = ", ".join(BOUND[1:])
    attack(
        old.register,
        f"INSERT INTO audit_leaves (council_id, seq, {names})"
        f" SELECT council_id, 7, {names} FROM audit_leaves WHERE seq = {BLOCK}",
        f"INSERT INTO audit_subjects SELECT council_id, leaf, {WHO - 1} FROM audit_leaves"
        f" WHERE seq = {BLOCK}",
        "INSERT INTO row_digests SELECT council_id, 8, 'cases', :row, 'x', leaf"
        f" FROM audit_leaves WHERE seq = {BLOCK}",
        row=id_of("row") if old.register.database.on_postgresql else id_of("row").bytes,
    )
    block = (WHO - 1) // 16 * 16
    assert faults(old) == [
        at(7, FaultKind.LEAF_EXTRA),
        at(8, FaultKind.DIGESTS_CHANGED),
        (FaultKind.SUBJECTS_CHANGED, block, block + 15),
    ]


def test_the_key_of_a_month_destroyed_before_its_day_is_missed(old: Aged) -> None:
    old.keystore.destroy_part_keys(COUNCIL, [202001])
    assert (FaultKind.PART_CLOSED, WHO, WHO) in faults(old)


def test_a_claim_that_no_law_allows_is_a_fault_although_the_service_wrote_it(old: Aged) -> None:
    """Somebody who holds the keys forgets early, and says so as the service would."""
    until(old, years=3.4)
    now = old.claim().horizons
    early = Horizons(now.first, now.who, YOUNG, now.who_before, now.parts_before + 10**14)
    with old.register.ledger.begin(JOB, Reason.OPERATION) as work:
        work.record(claim_entry((Act.REGISTER_REDACTED, early), TERMS, {}))
    attack(
        old.register,
        "UPDATE audit_parts SET what = NULL, what_salt = NULL, det = NULL, det_salt = NULL"
        f" WHERE seq < {YOUNG}",
    )
    assert FaultKind.FORGOTTEN_EARLY in {kind for kind, _, _ in faults(old)}


@pytest.fixture(scope="module")
def due(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """Make a register of which all but the last line is past its end, and nothing has gone yet."""
    folder = tmp_path_factory.mktemp("due")
    database = kept_in(folder, sqlite_template)
    with chronicle(database, folder) as made:
        with made.register.ledger.begin(member(), Reason.DUTY) as work:
            work.record(Entry(Act.CONTRIBUTION_WRITTEN))
            work.digest("cases", id_of("row"), "text_sealed", b"envelope")
        made.register.read_together(BLOCK)
        until(made, years=4.5)
        made.register.read()
        now = made.register.clock.now()
    database.engine.dispose()
    return folder, now


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_leaves SET kind = 'case:named' WHERE seq = 300",
        "UPDATE row_digests SET digest = NULL",
        "UPDATE audit_checkpoints SET note = 'x' WHERE size = 65",
        "DELETE FROM audit_leaves WHERE seq = 500",
    ],
)
def test_old_lines_that_contradict_themselves_are_redacted_and_not_pruned(
    due: tuple[Path, datetime], tmp_path: Path, change: str
) -> None:
    folder, now = due
    with copied(folder, tmp_path, now) as old:
        attack(old.register, change)
        with pytest.raises(IntegrityFailure):
            old.forget()
        assert leaves(old, 1)[0].seq == 0
        assert leaves(old, 301)[-1].who is None


def test_checkpoints_of_pruned_lines_still_answer_those_kept_elsewhere(old: Aged) -> None:
    with old.looking() as gateway:
        kept = next(one.note for one in gateway.notes(BLOCK) if one.size == 65)
    one = old.again(3).register
    assert one.verify(Extent(held=[kept])).clean
    other = sign(65, b"x" * 32, SeededSigner(COUNCIL))
    contradicted = (FaultKind.CHECKPOINT_CONTRADICTED, 64, 64)
    assert found(one, Extent(held=[other])) == [contradicted]
    attack(one, "DELETE FROM audit_checkpoints WHERE size = 65")
    missing = (FaultKind.CHECKPOINT_MISSING, 64, 64)
    assert found(one, Extent(held=[kept])) == [missing]
