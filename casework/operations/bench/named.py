"""Many persons under names of their own, each with a key of its own: what a search looks through.

All of them are invented, from syllables; their cases are copies of one, as in a crowd.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, select

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.charters.vocabulary import CompartmentClass
from casework.db import sight
from casework.db.model import Model
from casework.entropy import new_id
from casework.identity import Reason
from casework.keys.cipher import Sealer
from casework.keys.service.running import for_organisation
from casework.keys.values import NewCompartment
from casework.operations.instance import Instance

_AT_ONCE: Final = 500
_HEADS: Final = ("Zéphi", "Corbin", "Oulme", "Phara", "Vande", "Quinte", "Loutre", "Hêtre", "Bel")
_MIDDLES: Final = ("ri", "mon", "la", "de", "vra", "go", "nel", "sau", "bou", "ter")
_TAILS: Final = ("nquois", "guy", "vrac", "dec", "lorbier", "teau", "sset", "ville", "nard", "ont")
_GIVEN: Final = (
    "Maïlys",
    "Tancrédo",
    "Éliettine",
    "Odilonnet",
    "Fulbertine",
    "Noé",
    "Awa",
    "Yanis",
)
_COPIED: Final = ("cases", "admissions")


def name_of(number: int) -> tuple[str, str]:
    """Return the invented name of a person: a family name for each thousand of them."""
    heads = [*product(_HEADS, _MIDDLES, _TAILS)]
    return "".join(heads[number % len(heads)]), _GIVEN[number // len(heads) % len(_GIVEN)]


def fill_with_names(instance: Instance, organisation_id: UUID, like: UUID, many: int) -> None:
    """Add cases like one, each of another person, whose names an organisation opens."""
    service = for_organisation(instance.council_id, organisation_id)
    for first in range(0, many, _AT_ONCE):
        with instance.ledger.begin(service, Reason.OPERATION) as work:
            numbers = range(first, min(many, first + _AT_ONCE))
            _add(instance, work, organisation_id, (like, numbers))


def _add(instance: Instance, work: Work, organisation_id: UUID, what: tuple[UUID, range]) -> None:
    like, numbers = what
    ids = [_new(instance) for _ in numbers]
    own, kind = frozenset({organisation_id}), CompartmentClass.IDENTITY
    sealers = instance.keyring.create(work, [NewCompartment(one, kind, own) for one in ids])
    for table, rows in _copies(work, like, ids):
        work.session.connection().execute(insert(Model.metadata.tables[table]), rows)
    persons = [_person(instance, *one) for one in zip(numbers, ids, sealers, strict=True)]
    work.session.flush()
    work.session.connection().execute(insert(Model.metadata.tables["persons"]), persons)
    parts = tuple(one.compartment_id for one in sealers)
    work.record(Entry(Act.COMPARTMENT_REKEYED, compartments=parts))


def _copies(work: Work, like: UUID, ids: list[UUID]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name in _COPIED:
        table = Model.metadata.tables[name]
        key = "id" if name == "cases" else "case_id"
        chosen = select(table).where(table.c[key] == like).execution_options(**sight.SHUT)
        found = [dict(one) for one in work.session.connection().execute(chosen).mappings()]
        plain = [{**one, "reference": None} if "reference" in one else one for one in found]
        yield name, [{**row, key: own_id} for own_id in ids for row in plain]


def _person(instance: Instance, number: int, case_id: UUID, sealer: Sealer) -> dict[str, Any]:
    family, given = name_of(number)
    own_id = _new(instance)
    born = date(2006 + number % 8, 1 + number % 12, 1 + number % 28).isoformat()
    cells = {"family_name": family, "given_name": given, "birth_date": born}
    sealed = {
        f"{column}_sealed": sealer.short("persons", f"{column}_sealed", own_id, text)
        for column, text in cells.items()
    }
    place = {"council_id": instance.council_id, "id": own_id, "case_id": case_id}
    return {**place, "compartment_id": sealer.compartment_id, "relation": "subject", **sealed}


def _new(instance: Instance) -> UUID:
    return new_id(instance.edges.clock, instance.edges.entropy)
