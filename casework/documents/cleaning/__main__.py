"""Bytes in, bytes out: « ok KIND » or « no CODE », a line feed, and the file rewritten."""

import sys
from typing import Final

from casework.documents.cleaning.hiding import hides_another
from casework.documents.cleaning.images import rewritten_image
from casework.documents.cleaning.limits import limit
from casework.documents.cleaning.papers import rewritten_paper
from casework.documents.cleaning.unclean import Unclean
from casework.documents.policy import kind_of
from casework.documents.values import MOST_BYTES, DocumentKind, Refusal

_BEYOND: Final = MOST_BYTES + 1


def main() -> None:
    """Read the file, write what becomes of it. What is not foreseen ends this process."""
    limit()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(_BEYOND)))


def answer(content: bytes) -> bytes:
    """Return what is written about one file."""
    try:
        kind, made = rewritten(content)
    except Unclean as refused:
        return f"no {refused.why}\n".encode()
    except MemoryError:
        return f"no {Refusal.EXPANDS}\n".encode()
    return f"ok {kind}\n".encode() + made


def rewritten(content: bytes) -> tuple[DocumentKind, bytes]:
    """Return of which kind a file is, and the file made anew. Raises `Unclean`."""
    kind = kind_of(content)
    if kind is None:
        raise Unclean(Refusal.KIND)
    made = rewritten_paper(content) if kind is DocumentKind.PDF else rewritten_image(content, kind)
    if len(made) > MOST_BYTES:
        raise Unclean(Refusal.GROWN)
    if hides_another(made):
        raise Unclean(Refusal.HIDDEN)
    return kind, made


if __name__ == "__main__":
    main()
