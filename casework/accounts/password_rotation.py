"""Another version of the server's part of passwords: each account takes it at its next sign-in."""

from contextlib import suppress
from dataclasses import dataclass

from casework.accounts.gateway import accounts
from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import Conflict
from casework.identity import Principal, Reason
from casework.keys.secrets import InstanceSecrets, SecretName, forget_version, versions_of

_NAME = SecretName.PASSWORDS


@dataclass(frozen=True, slots=True)
class PasswordRotation:
    """Draws versions, counts who still waits, and forgets versions that nobody uses."""

    ledger: Ledger
    database: Database
    secrets: InstanceSecrets
    entropy: Entropy

    def rotate(self, who: Principal) -> int:
        """Draw a version and return it; asked twice at once, it is drawn once."""
        after = self.secrets.newest(_NAME)
        with suppress(Conflict):  # the other one has drawn it
            self._draw(who, after)
        return self.secrets.newest(_NAME)

    def newest(self) -> int:
        """Return the version that new passwords are stretched under."""
        return self.secrets.newest(_NAME)

    def waiting(self, who: Principal) -> int:
        """Return how many passwords are still under an older version."""
        newest = self.newest()
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            used = accounts.key_versions(session, who.council_id)
        return sum(count for version, count in used.items() if version != newest)

    def retire(self, who: Principal) -> int:
        """Forget the older versions that no account uses, for good; return how many."""
        with self.ledger.begin(who, Reason.OPERATION) as work:
            session, council_id = work.session, who.council_id
            used = accounts.key_versions(session, council_id)
            *older, _ = versions_of(session, council_id, _NAME)
            retired = [version for version in older if version not in used]
            for version in retired:
                forget_version(session, council_id, _NAME, version)
            detail: Detail = {"kind": "passwords", "step": "retired", "versions": len(retired)}
            work.record(Entry(Act.KEY_ROTATED, detail=detail))
        return len(retired)

    def _draw(self, who: Principal, after: int) -> None:
        with self.ledger.begin(who, Reason.OPERATION) as work:
            if max(versions_of(work.session, who.council_id, _NAME)) != after:
                raise Conflict
            self.secrets.draw(work.session, _NAME, after + 1, self.entropy)
            detail: Detail = {"kind": "passwords", "version": after + 1}
            work.record(Entry(Act.KEY_ROTATED, detail=detail))
