"""The sealed values of documents, beside those of cases, for the job that seals them anew.

Their streams stay: what opens one is a sealed value, and moves like the others.
"""

from casework.db import sight
from casework.documents.gateway import SEALED
from casework.documents.models import DocumentRow
from casework.keys.beside import TableBeside
from casework.keys.resealing import Contents


def documents_beside(others: Contents) -> Contents:
    """Return the values of documents with what else there is."""
    return TableBeside(others, DocumentRow, SEALED, sight.SHUT)
