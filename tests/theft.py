"""Whoever is gone, at their strongest: keys of then, and every byte of both databases."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casework.cases.gateway.content import CONTENT, parts_of
from casework.crypto import hpke, labels
from casework.crypto.derive import committed_field_key
from casework.crypto.envelope import CompartmentKey
from casework.crypto.grant import Delivery, grant_info
from casework.crypto.organisation import OrganisationKeys
from casework.db.model import KeyStoreModel
from casework.errors import SealBroken
from casework.identity import Principal
from casework.keys.seals import agreement_of, member_holder, open_as_holder
from casework.keys.values import Acting
from casework.tables import MAIN
from tests.postgres import broken_into
from tests.town import COUNCIL, Town

Keys = dict[UUID, list[CompartmentKey]]
_KEYS = ("compartments", "former_epochs", "organisation_seals", "rings", "grants")
_TABLES = (*_KEYS, *(table.__tablename__ for table in CONTENT))


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
    """Holds secrets of an organisation for ever."""

    organisation_id: UUID
    keys: tuple[OrganisationKeys, ...]

    @classmethod
    def of(cls, town: Town, body: str) -> "Thief":
        own = town.bodies[body]
        secret = town.runtime.custody.secret_of(Acting(COUNCIL, own), 1)
        return cls(own, (OrganisationKeys.from_secret(secret),))

    @classmethod
    def with_seed(cls, who: Principal, *copies: Copy) -> "Thief":
        """Return a member who opens, with their own keys, every seal in some copies."""
        assert who.own_keys is not None
        assert who.member_id is not None
        assert who.organisation_id is not None
        acting, own = Acting(COUNCIL, who.organisation_id), agreement_of(who.own_keys.seed())
        found = []
        for row in (one for copy in copies for one in copy.rows["organisation_seals"]):
            if row.organisation_id == who.organisation_id:
                with suppress(SealBroken):
                    holder = member_holder(who.member_id)
                    secret = open_as_holder(acting, row.version, holder, own, row.sealed)
                    found.append(OrganisationKeys.from_secret(secret))
        return cls(acting.organisation_id, tuple(found))

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
            for row, keys in product(main.rows[table], self.keys):
                place = (row.compartment_id, row.epoch)
                pinned = main.commitments.get(place, b"")
                delivery = Delivery(COUNCIL, *place, self.organisation_id, keys.kid, pinned)
                with suppress(SealBroken):
                    yield place, _unwrap(keys, table, row, grant_info(label, delivery))


def _unwrap(keys: OrganisationKeys, table: str, row: Any, info: bytes) -> bytes:
    if table == "rings":
        return keys.ring.unwrap(row.entry, info)
    return hpke.unwrap(row.wrapped, keys.agreement, info)


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


def sealed_values(copy: Copy) -> int:
    """Count the sealed values of a main database."""
    return sum(
        getattr(row, column.name) is not None
        for table in CONTENT
        for row in copy.rows[table.__tablename__]
        for _, columns in parts_of(table)
        for column in columns
    )
