"""What somebody can do to a stored register who holds the database but no key."""

from typing import Any, Final

from sqlalchemy import text

from casework.audit import leaf as leaves
from casework.audit.additions import BOUND, LeafValues
from casework.audit.faults import FaultKind
from casework.audit.gateway import RegisterGateway
from casework.audit.tree import Frontier
from casework.audit.verify import Extent
from casework.db.engine import Database, Scope
from casework.db.model import Model
from tests.beside import beside
from tests.founding import Rows, fill, rows_of
from tests.postgres import broken_into
from tests.register import COUNCIL, Register, join_register, open_register

SIZE = 100
Found = list[tuple[FaultKind, int, int]]
_WRITTEN: Final[list[Rows]] = []


def open_honest(database: Database) -> Register:
    """Return a register of 100 lines, checkpoints at 1 and 65, 35 lines not signed yet.

    It is written once; what others get is a copy of its rows, and nobody's memory of them.
    """
    if not _WRITTEN:
        register = open_register(database)
        for batch in (1, 64, SIZE - 65):
            register.read_together(batch)
        assert register.verify().clean
        _WRITTEN.append(rows_of(database, Model.metadata))
        return register
    fill(database, *_WRITTEN)
    return join_register(database, seed=1)


def attack(register: Register, *statements: str, **values: Any) -> None:
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        for statement in statements:
            session.execute(text(statement), values)


def found(register: Register, extent: Extent | None = None) -> Found:
    """Return what a verification finds alone; with a helper it must find the very same."""
    alone = register.verify(extent)
    with beside(register, 1) as helpers:
        assert register.verify(extent, helpers) == alone
    return [(one.what, one.first, one.last) for one in alone.faults]


def at(seq: int, what: FaultKind) -> tuple[FaultKind, int, int]:
    return (what, seq, seq)


def stored(register: Register) -> list[LeafValues]:
    with register.database.reading(Scope(COUNCIL)) as session:
        return list(RegisterGateway(session, COUNCIL).leaves(SIZE))


def notes(register: Register) -> dict[int, str]:
    with register.database.reading(Scope(COUNCIL)) as session:
        return {one.size: one.note for one in RegisterGateway(session, COUNCIL).notes(SIZE)}


def hashed(values: LeafValues) -> bytes:
    kind = leaves.kind_of(values.kind, values.outcome)
    return leaves.leaf_hash(values.seq, values.at, kind, values.commitments)


def rewrite(register: Register, lines: list[LeafValues]) -> None:
    """Replace the whole register by these lines, with every hash computed anew."""
    frontier, rows = Frontier(), []
    parts = ("seq", *LeafValues._fields[len(BOUND) :])
    council = COUNCIL if register.database.on_postgresql else COUNCIL.bytes
    for seq, old in enumerate(lines):
        renumbered = old._replace(seq=seq)
        frontier, completed = frontier.append(hashed(renumbered))
        nodes = b"".join(node.hash for node in completed)
        new = renumbered._replace(leaf=hashed(renumbered), nodes=nodes)
        rows.append({"council_id": council, **new._asdict()})
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        for table, columns in (("audit_leaves", BOUND), ("audit_parts", parts)):
            session.execute(text(f"DELETE FROM {table}"))
            names, values = ", ".join(columns), ", :".join(columns)
            statement = f"INSERT INTO {table} (council_id, {names}) VALUES (:council_id, :{values})"
            session.execute(text(statement), rows)
    attack(
        register,
        "UPDATE audit_heads SET size = :size, root = :root, frontier = :frontier",
        size=frontier.size,
        root=frontier.root,
        frontier=frontier.to_bytes(),
    )
