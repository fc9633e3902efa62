"""Names for the ids that these pages show."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from casework.audit.pages import Names, NamesHolder
from casework.i18n import gettext
from casework.web import guard


def members(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return each member as « Mme Zoé Ab, organisme »; one who is gone says so."""
    wanted = set(ids)
    found = _names().persons(wanted)
    told = {one: f"{person.name}, {person.organisation}" for one, person in found.items()}
    return {one: told.get(one, gettext("un ancien membre")) for one in wanted}


def colleagues(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return each member as « Mme Zoé Ab », where the page already says of which body."""
    wanted = set(ids)
    found = _names().persons(wanted)
    return {one: found[one].name if one in found else gettext("un ancien membre") for one in wanted}


def organisation(own_id: UUID | None) -> str:
    """Return the name of a partner body."""
    known = _names().organisations()
    return known.get(own_id, gettext("un ancien partenaire")) if own_id else ""


def case(own_id: UUID | None) -> str:
    """Return the reference of a case, or that it has none any more."""
    found = _names().references({own_id}) if own_id else {}
    return found.get(own_id, gettext("sans numéro")) if own_id else ""


def _names() -> Names:
    return cast("Names", guard.service(NamesHolder))
