"""A unit of work: one principal, one reason, one transaction, and its trail."""

import hashlib
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Outcome
from casework.audit.entry import CHARTER_TEXT, CITED, Entry
from casework.audit.leaf import RowDigest
from casework.audit.receipt import Receipt
from casework.errors import AuditGap
from casework.identity import Principal, Reason


class Work:
    """What a gateway holds while it works. It ends with the block that began it.

    `now` is the moment the work began. `receipt` exists only after the leaves are committed.
    """

    def __init__(self, principal: Principal, reason: Reason, now: datetime) -> None:
        """Begin without a session; the ledger lends one for the length of the block."""
        self.principal = principal
        self.reason = reason
        self.now = now
        self._session: Session | None = None
        self._entries: list[Entry] = []
        self._digests: dict[tuple[str, UUID, str], bytes | None] = {}
        self._receipt: Receipt | None = None
        self._article: str | None = None
        self._charter = ""

    @property
    def session(self) -> Session:
        """The open transaction; AuditGap outside the block."""
        if self._session is None:
            raise AuditGap("this unit of work has no open transaction")
        return self._session

    @property
    def receipt(self) -> Receipt:
        """The proof of the committed trail; AuditGap before the commit."""
        if self._receipt is None:
            raise AuditGap("no receipt before the trail is committed")
        return self._receipt

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was recorded so far."""
        return tuple(self._entries)

    @property
    def digests(self) -> tuple[RowDigest, ...]:
        """The sealed values written or erased so far, the last word for each place."""
        return tuple(RowDigest(*place, digest) for place, digest in self._digests.items())

    def cite(self, article: str, charter: str) -> None:
        """Keep the article that has just allowed something, and the text that it is of.

        `charter` is the digest of that text. Leaves that name no article cite this one; all say
        which version of the charter allowed them.
        """
        self._article = article or self._article
        self._charter = charter[:CITED]

    def record(self, entry: Entry) -> None:
        """Add one leaf to the trail of this work; each call makes one leaf."""
        if self._session is None:
            raise AuditGap("recorded outside the unit of work")
        self._entries.append(self._cited(entry) if self._charter else entry)

    def _cited(self, entry: Entry) -> Entry:
        if entry.outcome is not Outcome.ALLOWED:
            return entry
        detail = {**entry.detail, CHARTER_TEXT: self._charter}
        return replace(entry, article=entry.article or self._article, detail=detail)

    def digest(self, table: str, row_id: UUID, column: str, envelope: bytes | None) -> None:
        """Bind a sealed value just written to the trail; None when it was erased.

        The last leaf of this work carries all of them, so that a later change of the stored
        bytes is found without any key.
        """
        value = None if envelope is None else hashlib.sha256(envelope).digest()
        self._digests[table, row_id, column] = value

    def restate(self, one: RowDigest) -> None:
        """Bind once more what an older leaf bound, before that leaf goes; for the attestation."""
        self._digests[one.table, one.row_id, one.column] = one.digest

    def lend(self, session: Session) -> None:
        """Open the block; for the ledger."""
        self._session = session

    def end(self) -> None:
        """Take the session back; for the ledger."""
        self._session = None

    def settle(self, receipt: Receipt) -> None:
        """Hand over the receipt after the commit; for the ledger."""
        self._receipt = receipt
