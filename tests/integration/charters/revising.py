"""A second version of the shipped charter, and the steps that lead it into force."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from casework.charters.engagement import Signature
from casework.charters.service import VersionService
from casework.clock import local_day
from casework.db.engine import Scope
from casework.identity import Principal, Reason, operator
from casework.partners import gateway as partners
from tests.town import CHARTER, CONTROL, COUNCIL, Town

ROOT = operator(COUNCIL, "founder")


def second(*pairs: tuple[str, str], number: int = 2) -> str:
    """Return the shipped text as another version, changed where a test says so."""
    written = CHARTER.read_text(encoding="utf-8")
    for old, new in (("version = 1", f"version = {number}"), *pairs):
        assert old in written
        written = written.replace(old, new, 1)
    return written


def titled(title: str) -> tuple[str, str]:
    """Return the change that makes another charter of the shipped text."""
    return 'title = "Charte du groupe de suivi nominatif"', f'title = "{title}"'


def versions(town: Town) -> VersionService:
    return town.runtime.charter_versions


def fresh(town: Town, body: str) -> Principal:
    """Return a member whose second factor was given just now."""
    return replace(town.who(body), verified_at=town.clock.now())


def today(town: Town) -> date:
    return local_day(town.clock.now())


def draft(town: Town, *pairs: tuple[str, str], number: int = 2) -> UUID:
    """Bring in a second version, as the coordinator."""
    written = second(*pairs, number=number)
    return town.runtime.charter_service.adopt(town.who("coordination"), Reason.DUTY, written)


def approved(town: Town, *pairs: tuple[str, str], number: int = 2) -> UUID:
    """Bring in a second version, and have both functions approve it."""
    charter_id = draft(town, *pairs, number=number)
    versions(town).compare(town.who("coordination"), charter_id)
    for body in ("coordination", "dpo"):
        versions(town).approve(fresh(town, body), charter_id)
    return charter_id


def sign(town: Town, charter_id: UUID, *bodies: str) -> None:
    """Record the signatures of some bodies, by default of all that sign."""
    for body in bodies or tuple(one for one in town.bodies if one not in CONTROL):
        signature = Signature(
            charter_id=charter_id,
            organisation_id=town.bodies[body],
            signed_on=today(town),
            until_on=today(town) + timedelta(days=300),
        )
        town.runtime.charter_service.sign(town.who("coordination"), Reason.DUTY, signature)


def in_force(town: Town) -> UUID:
    """Return the text that the group works under."""
    with town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        found = partners.group(session, COUNCIL, town.group_id)
    assert found is not None
    return found.charter_id
