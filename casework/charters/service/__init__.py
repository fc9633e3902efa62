"""What people do with charters: bring in, compare, approve, sign, bring into force, undertake."""

from casework.charters.service.charters import CharterInForce, CharterService
from casework.charters.service.entering import Entering
from casework.charters.service.library import CharterLibrary
from casework.charters.service.neighbours import ChartersOfMember, Neighbours
from casework.charters.service.sheets import Sheets
from casework.charters.service.versions import VersionService

__all__ = [
    "CharterInForce",
    "CharterLibrary",
    "CharterService",
    "ChartersOfMember",
    "Entering",
    "Neighbours",
    "Sheets",
    "VersionService",
]
