"""The beginning of a council: its id, its secrets, its register, then its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from casework.audit import gateway as register
from casework.db.engine import Database, Scope
from casework.entropy import new_id
from casework.errors import Misconfigured
from casework.identity import operator
from casework.keys.secrets import InstanceSecrets, SecretName, complete_secrets, create_secrets
from casework.operations.home import keep_council, read_council
from casework.operations.schema import EVERYTHING, Schema, require_current
from casework.partners import gateway as partners
from casework.partners import vouching
from casework.partners.service import CouncilService
from casework.runtime import Runtime
from casework.settings import Settings
from casework.stores import Edges, Stores, open_stores


@dataclass(frozen=True, slots=True)
class NewCouncil:
    """A council to found: its name, and the names of its communes by INSEE code."""

    name: str
    communes: Mapping[str, str]


def found(settings: Settings, edges: Edges, council: NewCouncil, by: str) -> UUID:
    """Found the council of a migrated home, in the name of operator `by`; return its id.

    Begun and broken off, it is taken up where it stopped. Raises `Misconfigured` when this home
    has its council already.
    """
    with open_stores(settings, edges) as stores:
        require_current(stores.main, Schema.MAIN)
        if councils(stores.main):
            raise Misconfigured(["this instance already serves a council"])
        council_id = _chosen(settings, edges)
        _give_secrets(stores, edges, council_id)
        runtime = Runtime(stores, edges, council_id)
        runtime.revocations.revoke(council_id, {council_id, vouching.done(council_id)})
        ledger = runtime.ledger
        root = operator(council_id, by)
        CouncilService(ledger, edges.clock).found(root, council.name, council.communes)
    return council_id


def councils(database: Database) -> list[UUID]:
    """Return the councils founded in a database: one, or none yet."""
    with database.reading(EVERYTHING) as session:
        return partners.councils(session)


def complete(stores: Stores, edges: Edges, by: str) -> None:
    """Give every council founded by an older version what it lacks: secrets, admissions, words.

    A secret that admissions already stand under is never drawn anew: whoever deletes its row to
    have every planted holder admitted finds the council shut.
    """
    for council_id in councils(stores.main):
        runtime = Runtime(stores, edges, council_id)
        begun = runtime.revocations.among(council_id, {council_id})
        lost = {SecretName.HOLDERS} if begun else set()
        with stores.main.writing(Scope(council_id, whole=True)) as session:
            complete_secrets(session, stores.provider, council_id, edges.entropy, lost)
        runtime.adopting.run(operator(council_id, by))
        runtime.vouching.run(operator(council_id, by))


def _chosen(settings: Settings, edges: Edges) -> UUID:
    """Return the id that a founding broken off had drawn, or a new one, kept from now on."""
    council_id = read_council(settings)
    if council_id is None:
        council_id = new_id(edges.clock, edges.entropy)
        keep_council(settings, council_id)
    return council_id


def _give_secrets(stores: Stores, edges: Edges, council_id: UUID) -> None:
    """Draw the secrets and begin the register, unless a broken-off founding did."""
    if _has_secrets(stores, council_id):
        return
    with stores.main.writing(Scope(council_id, whole=True)) as session:
        create_secrets(session, stores.provider, council_id, edges.entropy)
        register.create_log(session, council_id)


def _has_secrets(stores: Stores, council_id: UUID) -> bool:
    try:
        InstanceSecrets(stores.main, stores.provider, council_id).of(SecretName.LOG)
    except Misconfigured:
        return False
    return True
