"""A ring as large as one asks: entries as they are kept, of parts in which nothing is sealed."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.receipt import Receipt
from casework.db.engine import Scope
from casework.db.model import Model
from casework.entropy import new_id
from casework.identity import Reason
from casework.keys.delivery import acting_organisation, ring_info
from casework.keys.gateway import holding
from casework.keys.service.running import for_organisation
from casework.keys.values import Acting, HeldKey, NewCompartment
from casework.operations.instance import Instance

_CLASS = "sheet"
_SECRET_BYTES = 32
_NONCE_BYTES = 12


def fill_ring(instance: Instance, organisation_id: UUID, size: int) -> None:
    """Give an organisation `size` keys that only its ring knows: no pepper, no value."""
    pairs = [_pair(instance, organisation_id) for _ in range(size)]
    with instance.stores.main.writing(Scope(instance.council_id, whole=True)) as session:
        for at, name in enumerate(("compartments", "rings")):
            rows = [pair[at] for pair in pairs]
            session.execute(insert(Model.metadata.tables[name]), rows)


def _pair(instance: Instance, organisation_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a compartment and the entry of its key, as rows."""
    entropy, council_id = instance.edges.entropy, instance.council_id
    own_id, case_id = (new_id(instance.edges.clock, entropy) for _ in range(2))
    pinned = entropy.bytes(_SECRET_BYTES)
    held = HeldKey(council_id, own_id, case_id, _CLASS, None, None, 1, pinned)
    keys = instance.custody.keys_of(Acting(council_id, organisation_id), 1)
    info = ring_info(held, organisation_id, keys.kid)
    entry = keys.ring.wrap(entropy.bytes(_SECRET_BYTES), info, entropy.bytes(_NONCE_BYTES))
    place = {"council_id": council_id, "epoch": 1}
    part = {"id": own_id, "case_id": case_id, "compartment_class": _CLASS, "commitment": pinned}
    ring = {"organisation_id": organisation_id, "compartment_id": own_id, "version": 1}
    return {**place, **part}, {**place, **ring, "entry": entry}


def make_parts(
    instance: Instance, organisation_id: UUID, size: int
) -> tuple[Receipt, list[HeldKey]]:
    """Make `size` parts whole, their peppers kept; return the right to open them."""
    service = for_organisation(instance.council_id, organisation_id)
    wanted = [_wanted(instance, organisation_id) for _ in range(size)]
    with instance.ledger.begin(service, Reason.OPERATION) as work:
        made = instance.keyring.create(work, wanted)
        parts = tuple(one.compartment_id for one in made)
        held = holding.held_these(work.session, acting_organisation(work), parts)
        work.record(Entry(Act.COMPARTMENT_REKEYED, compartments=parts))
    return work.receipt, held


def _wanted(instance: Instance, organisation_id: UUID) -> NewCompartment:
    case_id = new_id(instance.edges.clock, instance.edges.entropy)
    return NewCompartment(case_id, _CLASS, frozenset({organisation_id}))
