"""A new key for a compartment: whoever is gone opens what was written before, and nothing after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.crypto.derive import commitment, data_key
from casework.entropy import Entropy
from casework.errors import Conflict, IntegrityFailure, Locked
from casework.keys.delivery import Courier, acting_organisation
from casework.keys.gateway import following, holding
from casework.keys.keystore import KeyStore
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class Epochs:
    """Draws new epochs. The older ones stay readable until everything is sealed anew."""

    keystore: KeyStore
    courier: Courier
    entropy: Entropy

    def withdraw(self, work: Work, organisation_id: UUID, compartments: Sequence[UUID]) -> None:
        """Take the keys of some compartments from an organisation, and ask for new ones.

        The next writer, or the regular job, draws them.
        """
        council_id = work.principal.council_id
        # In this order: an epoch drawn meanwhile is taken away too, or drawn without them.
        following.mark_due(work.session, council_id, compartments, work.now)
        place = (council_id, organisation_id)
        self.courier.admissions.withdraw(work.session, place, compartments)
        following.take_keys(work.session, place, compartments)

    def advance(self, work: Work, held: HeldKey) -> HeldKey:
        """Draw the next epoch, deliver it to who holds this one, and return it with the older.

        A row that calls somebody a holder without an admission gets nothing, and the leaf counts
        it. Raises `Locked` when the acting organisation does not hold the key itself,
        `IntegrityFailure` when it was not admitted to it, `Conflict` when another has just drawn
        the epoch.
        """
        own = acting_organisation(work).organisation_id
        if held.entry is None or held.expires_at is not None:
            raise Locked("no key")
        epoch, secret = held.epoch + 1, self.entropy.bytes(32)
        place = (held.compartment_id, epoch)
        pepper = self.keystore.fresh_pepper(held.council_id, place, self.entropy.bytes(32))
        pinned = commitment(data_key(secret, pepper, *place))
        blank = replace(
            held, epoch=epoch, commitment=pinned, due=False, version=None, entry=None, former=()
        )
        if not following.advance(work.session, held, pinned, work.now):
            raise Conflict
        # Counted once the compartment is ours: whoever was admitted until then has the key too.
        admitted = self.courier.admissions.of(work.session, held, work.now)
        if own not in admitted.holders:
            raise IntegrityFailure("a holder that was not admitted")
        self.courier.hand_over(work, blank, secret, admitted.holders)
        for lent_to, until in admitted.loans.items():
            self.courier.hand_over(work, blank, secret, {lent_to} - admitted.holders, until)
        detail: Detail = {"epoch": epoch, "holders": len(admitted.holders)}
        if admitted.refused:
            detail = {**detail, "refused": admitted.refused}
        parts = (held.compartment_id,)
        entry = Entry(Act.COMPARTMENT_REKEYED, held.case_id, compartments=parts, detail=detail)
        work.record(entry)
        return self._reloaded(work, held.compartment_id, held.compartment_class)

    def _reloaded(self, work: Work, compartment_id: UUID, class_: str) -> HeldKey:
        acting = acting_organisation(work)
        return holding.held_compartments(work.session, acting, [compartment_id], class_)[0]
