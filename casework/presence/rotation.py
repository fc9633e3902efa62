"""Another version of the secrets of presence: each group takes it when its coordinator says so.

A tag cannot be made anew without the name, which the operator never opens: cases move to the new
version as a coordinator takes them in again, and answer under the older one until then.
"""

from dataclasses import dataclass

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import Conflict
from casework.identity import Principal, Reason
from casework.keys.secrets import InstanceSecrets, forget_version, versions_of
from casework.presence.gateway import questions
from casework.presence.gateway.index import PresenceIndex
from casework.presence.seals import SECRETS


@dataclass(frozen=True, slots=True)
class PresenceRotation:
    """Draws versions, counts the cases that wait, and forgets versions that nothing needs."""

    ledger: Ledger
    database: Database
    secrets: InstanceSecrets
    index: PresenceIndex
    entropy: Entropy

    def rotate(self, who: Principal) -> int:
        """Draw a version for every procedure and return it. Raises `Conflict` when overtaken."""
        after = self.newest(who)
        with self.ledger.begin(who, Reason.OPERATION) as work:
            if self.index.seals.newest(work.session) != after:
                raise Conflict
            for name in SECRETS.values():
                self.secrets.draw(work.session, name, after + 1, self.entropy)
            detail: Detail = {"kind": "presence", "version": after + 1}
            work.record(Entry(Act.KEY_ROTATED, detail=detail))
        return after + 1

    def newest(self, who: Principal) -> int:
        """Return the version under which new tags are made."""
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            return self.index.seals.newest(session)

    def waiting(self, who: Principal) -> int:
        """Return how many cases still answer under an older version."""
        newest = self.newest(who)
        return sum(version != newest for version in self.index.versions().values())

    def retire(self, who: Principal) -> int:
        """Forget the versions that no tag and no remembered question needs; return how many."""
        used = set(self.index.versions().values())
        with self.ledger.begin(who, Reason.OPERATION) as work:
            session, council_id = work.session, who.council_id
            used |= questions.versions(session, council_id)
            used.add(self.index.seals.newest(session))
            retired: set[int] = set()
            for name in SECRETS.values():
                older = [one for one in versions_of(session, council_id, name) if one not in used]
                retired.update(older)
                for version in older:
                    forget_version(session, council_id, name, version)
            detail: Detail = {"kind": "presence", "step": "retired", "versions": len(retired)}
            work.record(Entry(Act.KEY_ROTATED, detail=detail))
        return len(retired)
