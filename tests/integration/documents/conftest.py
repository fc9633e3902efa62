"""A followed case of the town, and its documents, rewritten without waiting for a child."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from casework.documents.service import DocumentService
from casework.documents.values import Sent
from casework.identity import Reason
from tests.papers import here, plain_pdf
from tests.postgres import broken_into
from tests.raw import raw
from tests.town import Town


@dataclass
class Shelf:
    """The documents of one case, and somebody who adds them."""

    town: Town
    service: DocumentService
    case_id: UUID

    @classmethod
    def of(cls, town: Town) -> "Shelf":
        """Follow a case on which the school is named."""
        case_id = town.refer()
        town.follow(case_id)
        town.name(case_id, "school")
        return cls(town, here(town), case_id)

    def add(self, body: str = "school", title: str = "", content: bytes | None = None) -> UUID:
        sent = Sent(title, "Attestation.pdf", plain_pdf() if content is None else content)
        return self.service.add(self.town.who(body), Reason.DUTY, self.case_id, sent)


@pytest.fixture
def shelf(town: Town) -> Shelf:
    return Shelf.of(town)


def change(town: Town, statement: str, **values: object) -> None:
    """Change rows as somebody who holds the machine."""
    with broken_into(town.runtime.stores.main) as owned, owned.engine.begin() as connection:
        connection.execute(raw(statement), values)
