"""The key store: peppers and the register's monthly keys, apart from the data they open.

Its backups are kept for days, not years: a pepper deleted here dies in all of them soon after.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Insert, bindparam, delete, exists, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from casework.db.direct import Direct
from casework.db.engine import Database, Scope
from casework.db.listed import Listed
from casework.db.types import Id
from casework.keys.models import ErasureRow, PartKeyRow, PepperRow
from casework.keys.scrubbing import scrub

Place = tuple[UUID, int]
"""A compartment and its epoch."""


class KeyStore:
    """The second database. No case data, no names: ids and random bytes."""

    def __init__(self, database: Database) -> None:
        """Keep `database`, which holds the tables of `KeyStoreModel`."""
        self._database = database

    def keep_peppers(self, council_id: UUID, peppers: Mapping[Place, bytes]) -> None:
        """Store new peppers, durably, before the rows that need them are committed."""
        values = [
            {"council_id": council_id, "compartment_id": one, "epoch": epoch, "pepper": pepper}
            for (one, epoch), pepper in peppers.items()
        ]
        with self._database.writing(Scope(council_id)) as session:
            session.execute(insert(PepperRow), values)

    def fresh_pepper(self, council_id: UUID, place: Place, pepper: bytes) -> bytes:
        """Store the pepper of a new epoch unless one is there; return the one that counts.

        Whoever was cut off before, or is faster now, has left theirs: both lead to one key.
        """
        with self._database.writing(Scope(council_id)) as session:
            row = session.get(PepperRow, (council_id, *place))
            if row is None:
                row = PepperRow(
                    council_id=council_id, compartment_id=place[0], epoch=place[1], pepper=pepper
                )
                session.add(row)
            return row.pepper

    def prepare_peppers(self, council_id: UUID, peppers: Mapping[Place, bytes]) -> None:
        """Store the peppers of new epochs in one go, but for those that are there already."""
        values = [
            {"council_id": council_id, "compartment_id": one, "epoch": epoch, "pepper": pepper}
            for (one, epoch), pepper in sorted(peppers.items())
        ]
        with self._database.writing(Scope(council_id)) as session:
            session.execute(self._unless_known(PepperRow), values)

    def outlived(self, council_id: UUID) -> list[Place]:
        """Return the peppers of epochs that a later one follows; some may still be needed."""
        older, newer = PepperRow, aliased(PepperRow)
        followed = exists().where(
            newer.council_id == older.council_id,
            newer.compartment_id == older.compartment_id,
            newer.epoch > older.epoch,
        )
        chosen = select(older.compartment_id, older.epoch).where(older.council_id == council_id)
        with self._database.reading(Scope(council_id)) as session:
            found = session.execute(chosen.where(followed).order_by(older.compartment_id))
            return [(one, epoch) for one, epoch in found]

    def retire(self, council_id: UUID, places: Sequence[Place]) -> None:
        """Delete the peppers of these epochs alone; running it again changes nothing."""
        if not places:
            return
        dead = [{"one": one, "ended": epoch} for one, epoch in places]
        with self._database.writing(Scope(council_id)) as session:
            session.connection().execute(_RETIRED, [{"council": council_id, **one} for one in dead])
        scrub(self._database)

    def peppers(self, council_id: UUID, places: Iterable[Place]) -> dict[Place, bytes]:
        """Return the peppers of (compartment, epoch) pairs, and of their other epochs.

        Erased ones are simply absent.
        """
        asked = {"council": council_id, "compartments": [one for one, _ in places]}
        with self._database.glancing() as connection:
            rows = _PEPPERS.all(connection, asked)
        return {(one, epoch): pepper for one, epoch, pepper in rows}

    def destroy(self, council_id: UUID, compartments: Sequence[UUID], at: datetime) -> None:
        """Delete peppers and remember that they were; running it again changes nothing.

        Raises `Unavailable` while the files still hold the deleted bytes: run it again then.
        """
        dead = [
            {"council_id": council_id, "compartment_id": one, "erased_at": at}
            for one in sorted(compartments)
        ]
        with self._database.writing(Scope(council_id)) as session:
            session.execute(_peppers_of(council_id, compartments))
            if dead:
                session.execute(self._unless_known(ErasureRow), dead)
        scrub(self._database)

    def erased(self, council_id: UUID) -> set[UUID]:
        """Return every compartment ever erased."""
        statement = select(ErasureRow.compartment_id).where(ErasureRow.council_id == council_id)
        with self._database.reading(Scope(council_id)) as session:
            return set(session.scalars(statement))

    def held(self, council_id: UUID) -> set[Place]:
        """Return the place of every pepper that is held."""
        mine = PepperRow.council_id == council_id
        with self._database.reading(Scope(council_id)) as session:
            rows = session.execute(select(PepperRow.compartment_id, PepperRow.epoch).where(mine))
            return {(one, epoch) for one, epoch in rows}

    def count(self, council_id: UUID) -> int:
        """Return how many peppers are held."""
        statement = select(func.count()).where(PepperRow.council_id == council_id)
        with self._database.reading(Scope(council_id)) as session:
            return session.scalar(statement) or 0

    def part_key(self, council_id: UUID, month: int) -> bytes | None:
        """Return the register's key of `month`, or None when it is not there (any more)."""
        with self._database.reading(Scope(council_id)) as session:
            row = session.get(PartKeyRow, (council_id, month))
            return row.secret if row else None

    def keep_part_key(self, council_id: UUID, month: int, secret: bytes) -> bytes:
        """Store the key of `month` unless another process did first; return the one that counts."""
        with self._database.writing(Scope(council_id)) as session:
            row = session.get(PartKeyRow, (council_id, month))
            if row is None:
                row = PartKeyRow(council_id=council_id, month=month, secret=secret)
                session.add(row)
            return row.secret

    def part_months(self, council_id: UUID) -> list[int]:
        """Return the months whose part key is held."""
        mine = select(PartKeyRow.month).where(PartKeyRow.council_id == council_id)
        with self._database.reading(Scope(council_id)) as session:
            return list(session.scalars(mine))

    def destroy_part_keys(self, council_id: UUID, months: Sequence[int]) -> None:
        """Delete the register's keys of months; running it again changes nothing.

        Raises `Unavailable` while the files still hold the deleted bytes: run it again then.
        """
        mine = delete(PartKeyRow).where(PartKeyRow.council_id == council_id)
        with self._database.writing(Scope(council_id)) as session:
            session.execute(mine.where(PartKeyRow.month.in_(months)))
        scrub(self._database)

    def _unless_known(self, table: type[ErasureRow | PepperRow]) -> Insert:
        """Return the insertion of rows that two sweeps may make at once."""
        insert_into = postgresql.insert if self._database.on_postgresql else sqlite.insert
        return insert_into(table).on_conflict_do_nothing()


# Built once, and given to the driver: each opening waits for the answer.
_PEPPERS = Direct(
    select(PepperRow.compartment_id, PepperRow.epoch, PepperRow.pepper).where(
        PepperRow.council_id == bindparam("council", type_=Id),
        Listed(PepperRow.compartment_id, "compartments"),
    )
)

_RETIRED = delete(PepperRow).where(
    PepperRow.council_id == bindparam("council", type_=Id),
    PepperRow.compartment_id == bindparam("one", type_=Id),
    PepperRow.epoch == bindparam("ended"),
)


def _peppers_of(council_id: UUID, compartments: Sequence[UUID]) -> Delete:
    return delete(PepperRow).where(
        PepperRow.council_id == council_id, PepperRow.compartment_id.in_(compartments)
    )
