"""What charters ask of those above them, put together where all of it is in reach."""

from casework.cases.gateway.worlds import CaseWorlds
from casework.charters.service import Neighbours
from casework.db.engine import Database
from casework.meetings.gateway import any_open
from casework.partners import gateway as partners


def charter_house(database: Database) -> Neighbours:
    """Return the neighbours of the charters of a database."""
    return Neighbours(
        of_member=partners.charters_of_member,
        groups=partners.groups,
        bodies=partners.organisations,
        move=partners.move_groups,
        meeting_open=any_open,
        live=CaseWorlds(database).under,
    )
