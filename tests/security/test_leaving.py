"""Whoever is gone keeps what they could read then, and gets nothing of what came after.

The thief is the strongest one: the secret of an organisation that left, and every byte of both
databases, as they were before or as they are now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from casework.cases.gateway.content import CONTENT, parts_of
from casework.crypto import hpke, labels
from casework.crypto.derive import committed_field_key
from casework.crypto.envelope import CompartmentKey
from casework.crypto.grant import Delivery, grant_info
from casework.crypto.organisation import OrganisationKeys
from casework.db.model import KeyStoreModel
from casework.errors import SealBroken
from casework.identity import Reason
from casework.keys.values import Acting
from casework.tables import MAIN
from tests.leaving import LATER, WORDS, followed, leave, read, rekey, unname
from tests.postgres import broken_into
from tests.town import COUNCIL, Town

Keys = dict[UUID, list[CompartmentKey]]
_TABLES = ("compartments", "former_epochs", "rings", "grants", *(t.__tablename__ for t in CONTENT))


@dataclass(frozen=True)
class Copy:
    """Both databases at one moment, row by row."""

    rows: dict[str, list[Any]]
    peppers: dict[tuple[UUID, int], bytes]

    @classmethod
    def of(cls, town: Town) -> "Copy":
        with broken_into(town.runtime.stores.main) as owned, owned.engine.connect() as connection:
            rows = {name: list(connection.execute(select(MAIN.tables[name]))) for name in _TABLES}
        table = KeyStoreModel.metadata.tables["peppers"]
        with town.keystore.engine.connect() as connection:
            peppers = {
                (one.compartment_id, one.epoch): one.pepper
                for one in connection.execute(select(table))
            }
        return cls(rows, peppers)

    @property
    def commitments(self) -> dict[tuple[UUID, int], bytes]:
        newest = {(one.id, one.epoch): one.commitment for one in self.rows["compartments"]}
        older = self.rows["former_epochs"]
        return newest | {(one.compartment_id, one.epoch): one.commitment for one in older}


@dataclass(frozen=True)
class Thief:
    """Holds the secret of an organisation for ever."""

    organisation_id: UUID
    keys: OrganisationKeys

    @classmethod
    def of(cls, town: Town, body: str) -> "Thief":
        own = town.bodies[body]
        secret = town.runtime.custody.secret_of(Acting(COUNCIL, own), 1)
        return cls(own, OrganisationKeys.from_secret(secret))

    def steal(self, main: Copy, keystore: Copy) -> Keys:
        """Return every data key that rings and grants of a main database give."""
        found: Keys = {}
        for place, secret in self._secrets(main):
            pepper, pinned = keystore.peppers.get(place), main.commitments.get(place)
            if pepper is None or pinned is None:
                continue
            key = committed_field_key(secret, pepper, *place, pinned)
            found.setdefault(place[0], []).append(CompartmentKey(key, COUNCIL, place[0]))
        return found

    def _secrets(self, main: Copy) -> Iterator[tuple[tuple[UUID, int], bytes]]:
        for table, label in (("rings", labels.RING), ("grants", labels.GRANT)):
            for row in main.rows[table]:
                place = (row.compartment_id, row.epoch)
                pinned = main.commitments.get(place, b"")
                delivery = Delivery(COUNCIL, *place, self.organisation_id, self.keys.kid, pinned)
                try:
                    yield place, self._unwrap(table, row, grant_info(label, delivery))
                except SealBroken:
                    continue

    def _unwrap(self, table: str, row: Any, info: bytes) -> bytes:
        if table == "rings":
            return self.keys.ring.unwrap(row.entry, info)
        return hpke.unwrap(row.wrapped, self.keys.agreement, info)


def opened(copy: Copy, keys: Keys) -> list[str]:
    """Return every text that some keys open in a main database."""
    texts = []
    for table in CONTENT:
        name = table.__tablename__
        for row in copy.rows[name]:
            for part, columns in parts_of(table):
                for column in columns:
                    for key in keys.get(getattr(row, part.name), []):
                        texts += _tried(key, row, (name, column.name))
    return texts


def _tried(key: CompartmentKey, row: Any, place: tuple[str, str]) -> list[str]:
    sealed = getattr(row, place[1])
    if sealed is None:
        return []
    try:
        return [key.open_text(sealed, *place, row.id)]
    except SealBroken:
        return []


def _sealed(copy: Copy) -> int:
    """Count the sealed values of a main database."""
    return sum(
        getattr(row, column.name) is not None
        for table in CONTENT
        for row in copy.rows[table.__tablename__]
        for _, columns in parts_of(table)
        for column in columns
    )


@dataclass(frozen=True)
class Theft:
    """A case from which the school went: the thief, and both databases before and after."""

    thief: Thief
    before: Copy
    after: Copy


@pytest.fixture(params=["left the council", "left the case"])
def theft(request: pytest.FixtureRequest, town: Town) -> Theft:
    """Let the school go, seal everything anew, and write on."""
    case_id = followed(town, "school")
    thief, before = Thief.of(town, "school"), Copy.of(town)
    if request.param == "left the council":
        leave(town, "school")
    else:
        unname(town, case_id, "school")
    rekey(town)
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    read(town, case_id, "street_work")
    rekey(town)
    return Theft(thief, before, Copy.of(town))


def test_an_old_copy_opens_what_was_written_before(theft: Theft) -> None:
    """Nobody unsays a case: this is what the threat model admits."""
    texts = opened(theft.before, theft.thief.steal(theft.before, theft.before))
    assert {WORDS, "Zéphirinquois", "truancy"} <= set(texts)
    assert "Mme Corbinguy, voisine inventée" not in texts


def test_keys_of_an_old_copy_open_nothing_that_stands_now(theft: Theft) -> None:
    keys = theft.thief.steal(theft.before, theft.before)
    assert keys
    assert opened(theft.after, keys) == []
    assert _sealed(theft.after) > _sealed(theft.before)


def test_what_stands_now_gives_an_old_secret_no_key(theft: Theft) -> None:
    assert theft.thief.steal(theft.after, theft.after) == {}
    # Nor with the peppers of then.
    assert theft.thief.steal(theft.after, theft.before) == {}


def test_an_old_database_opens_nothing_once_its_peppers_are_gone(theft: Theft) -> None:
    assert theft.thief.steal(theft.before, theft.after) == {}


def test_keys_put_back_by_sql_open_nothing(theft: Theft) -> None:
    """Old rings beside today's values: the epoch they are of seals nothing any more."""
    rows = {**theft.after.rows, "rings": theft.before.rows["rings"]}
    planted = Copy(rows, theft.before.peppers | theft.after.peppers)
    assert opened(theft.after, theft.thief.steal(planted, planted)) == []


def test_until_it_is_sealed_anew_what_is_written_is_closed_already(town: Town) -> None:
    case_id = followed(town, "school")
    thief, before = Thief.of(town, "school"), Copy.of(town)
    leave(town, "school")
    town.runtime.cases.contribute(town.who("coordination"), Reason.DUTY, case_id, LATER)
    now = Copy.of(town)
    texts = opened(now, thief.steal(before, before))
    assert WORDS in texts
    assert LATER not in texts
