"""Do the keys of a database still draw? Tries some parts, and opens nothing that is sealed."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.keys.custody import Custody
from casework.keys.gateway import census, ending
from casework.keys.gateway.holding import held_these
from casework.keys.keystore import KeyStore
from casework.keys.reading import Reading
from casework.keys.values import Acting, HeldKey, Withheld


@dataclass(frozen=True, slots=True)
class Trial:
    """How many parts were tried, and of how many a key was drawn that is theirs.

    `members` are those whose keys wait for a member to sign in, `broken` those for which what is
    stored makes no key, or another one than theirs.
    """

    tried: int
    drawn: int
    members: int
    broken: int


@dataclass(frozen=True, slots=True)
class KeyTrial:
    """Draws keys in the name of each organisation, compares them with what they have to be."""

    custody: Custody
    database: Database
    keystore: KeyStore
    clock: Clock
    entropy: Entropy

    def run(self, council_id: UUID, most: int) -> Trial:
        """Try at most `most` living parts, chosen by chance; no key leaves this package."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            chosen = _some(ending.living(session, council_id), most, self.entropy.bytes(32))
            bodies = census.versions(session, council_id)
            held = {body: held_these(session, Acting(council_id, body), chosen) for body in bodies}
        outcomes = Counter(_best(found) for found in self._tried(council_id, held).values())
        broken = outcomes["broken"] + outcomes["erased"]
        return Trial(len(chosen), outcomes["drawn"], outcomes["locked"], broken)

    def _tried(self, council_id: UUID, held: dict[UUID, list[HeldKey]]) -> dict[UUID, set[str]]:
        """Return what each part answered to those who hold its key."""
        places = {key.place for keys in held.values() for key in keys}
        peppers = self.keystore.peppers(council_id, places)
        found: dict[UUID, set[str]] = {}
        for body, keys in held.items():
            reading = Reading(self.custody, Acting(council_id, body), peppers, self.clock.now())
            for key in keys:
                answer = reading.opener(key)
                outcome = answer.why if isinstance(answer, Withheld) else "drawn"
                found.setdefault(key.compartment_id, set()).add(outcome)
        return found


def _some(living: Iterable[UUID], most: int, salt: bytes) -> list[UUID]:
    """Return some of the parts: which ones, only `salt` decides."""

    def lot(one: UUID) -> bytes:
        return hashlib.sha256(salt + one.bytes).digest()

    return sorted(living, key=lot)[:most]


def _best(outcomes: set[str]) -> str:
    """Return what counts for a part: what is broken for one body is broken."""
    return next((one for one in _ORDER if one in outcomes), "no-key")


_ORDER = ("broken", "erased", "drawn", "locked")
