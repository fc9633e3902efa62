"""Admissions for the holders of before there were any: once, with the upgrade that brings them.

No row is taken at its word where it can be tried: a ring entry has to open under its organisation's
key, a grant has to carry the signature of one who holds the key. Where only members open the key of
an organisation, what stands in its ring at that moment is admitted, and counted apart.
"""

from dataclasses import dataclass

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.crypto import hpke, labels
from casework.crypto.grant import grant_info
from casework.errors import IntegrityFailure, Locked, SealBroken
from casework.identity import Principal, Reason
from casework.keys.delivery import Courier, delivery_of
from casework.keys.gateway import Grant, unadmitted
from casework.keys.gateway.unadmitted import Held
from casework.keys.values import Acting


@dataclass(slots=True)
class Counted:
    """What was found: admitted after a trial, admitted `untried`, or not at all."""

    keys: int = 0
    untried: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Adopting:
    """Runs once: from then on a row without an admission is nobody's."""

    ledger: Ledger
    courier: Courier

    def run(self, who: Principal) -> None:
        """Admit who holds keys today, with one leaf. A second call does nothing."""
        council_id, revocations = who.council_id, self.courier.admissions.revocations
        if revocations.among(council_id, {council_id}):
            return
        with self.ledger.begin(who, Reason.OPERATION) as work:
            counted = self._adopt(work)
            detail: Detail = {
                "task": "admissions",
                "keys": counted.keys,
                "untried": counted.untried,
                "refused": counted.refused,
            }
            work.record(Entry(Act.KEY_CHECKED, detail=detail))
        revocations.revoke(council_id, {council_id})

    def _adopt(self, work: Work) -> Counted:
        """Rings first: who holds a key is whose grants count."""
        counted, council_id = Counted(), work.principal.council_id
        for held in unadmitted.rings(work.session, council_id):
            if self._opens(held, counted):
                self._admit(work, held)
            else:
                counted.refused += 1
        for held, grant in unadmitted.grants(work.session, council_id):
            if self._is_signed(work, held, grant):
                counted.keys += 1
                self._admit(work, held)
            else:
                counted.refused += 1
        return counted

    def _admit(self, work: Work, held: Held) -> None:
        admission = self.courier.admissions.give(held.key, held.organisation_id, held.expires_at)
        unadmitted.admit(work.session, held, admission)

    def _opens(self, held: Held, counted: Counted) -> bool:
        key, acting = held.key, Acting(held.key.council_id, held.organisation_id)
        try:
            keys = self.courier.custody.keys_of(acting, key.version or 0)
            info = grant_info(labels.RING, delivery_of(key, acting.organisation_id, keys.kid))
            keys.ring.unwrap(key.entry or b"", info)
        except Locked:
            counted.untried += 1
        except SealBroken:
            return False
        else:
            counted.keys += 1
        return True

    def _is_signed(self, work: Work, held: Held, grant: Grant) -> bool:
        to, kid = held.organisation_id, hpke.recipient_of(grant.wrapped)
        info = grant_info(labels.GRANT, delivery_of(held.key, to, kid))
        try:
            self.courier.check_signature(work, held.key, grant, info)
        except (IntegrityFailure, SealBroken):
            return False
        return True
