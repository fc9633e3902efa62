"""Where the sealed values of documents stand: what is sealed anew, and what ends with its case.

A stream stays when its compartment has a new key: what opens it is a sealed value, and moves.
"""

from typing import Final

from casework.documents.models import DocumentPieceRow, DocumentRow

DOCUMENTS: Final = (DocumentRow,)
"""What is said of documents, and the secrets that open their streams."""

PIECES: Final = (DocumentPieceRow,)
"""Their streams, which are deleted before them."""
