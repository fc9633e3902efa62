"""Compiled texts: each once per process."""

from uuid import UUID

from sqlalchemy.orm import Session

from casework.charters import gateway
from casework.charters.charter import Charter
from casework.charters.loading import load
from casework.errors import IntegrityFailure


class CharterLibrary:
    """Compiles each kept text once per process, and knows it by its digest."""

    def __init__(self) -> None:
        """Begin empty."""
        self._compiled: dict[bytes, Charter] = {}

    def of(self, session: Session, council_id: UUID, charter_id: UUID) -> Charter:
        """Return a charter. Raises `IntegrityFailure` when its text is not what was adopted."""
        digest = gateway.digest_of(session, council_id, charter_id)
        if digest is None:
            raise IntegrityFailure("no such charter version")
        if digest not in self._compiled:
            text = gateway.text_of(session, council_id, charter_id) or ""
            charter = load(text)
            if bytes.fromhex(charter.digest) != digest:
                raise IntegrityFailure("a charter is not the text that was adopted")
            self._compiled[digest] = charter
        return self._compiled[digest]
