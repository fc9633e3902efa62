"""Of what sort bodies are, by the word of the instance and not by what a row says."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casework.charters.vocabulary import PartnerCategory
from casework.partners.models import OrganisationRow


class Seal(Protocol):
    """Gives and checks that word: `keys.category_seal.CategorySeal`."""

    def of(self, place: tuple[UUID, UUID], category: str) -> bytes:
        """Return the word for the category of (council, organisation)."""
        ...

    def holds(self, place: tuple[UUID, UUID], category: str, seal: bytes | None) -> bool:
        """Say whether a word is that of the instance."""
        ...


def vouch(session: Session, place: tuple[UUID, UUID], seal: Seal) -> None:
    """Give the word for the category of (council, organisation) as its row has it now."""
    row = session.get_one(OrganisationRow, (place[0], place[1]))
    row.category_seal = seal.of(place, row.category)


def vouch_for_all(session: Session, council_id: UUID, seal: Seal) -> int:
    """Give it for every body that has none; count them."""
    row = OrganisationRow
    bare = select(row.id, row.category).where(
        row.council_id == council_id, row.category_seal.is_(None)
    )
    found = session.execute(bare).all()
    for organisation_id, category in found:
        word = seal.of((council_id, organisation_id), category)
        mine = (row.council_id == council_id, row.id == organisation_id)
        session.execute(update(row).where(*mine).values(category_seal=word))
    return len(found)


def of_sort(
    session: Session,
    council_id: UUID,
    bodies: Collection[UUID],
    sorts: Collection[PartnerCategory],
    seal: Seal,
) -> frozenset[UUID]:
    """Return those of some bodies that are of some sorts, by the word of the instance."""
    row = OrganisationRow
    chosen = select(row.id, row.category, row.category_seal).where(
        row.council_id == council_id, row.id.in_(bodies), row.category.in_(sorts)
    )
    return frozenset(
        organisation_id
        for organisation_id, category, word in session.execute(chosen)
        if seal.holds((council_id, organisation_id), category, word)
    )
