"""The sealed values of enquiries, beside those of cases, for the job that seals them anew."""

from casework.enquiries.gateway import SEALED
from casework.enquiries.models import EnquiryRow
from casework.keys.beside import TableBeside
from casework.keys.resealing import Contents


def enquiries_beside(others: Contents) -> Contents:
    """Return the values of enquiries with what else there is."""
    return TableBeside(others, EnquiryRow, SEALED, {})
