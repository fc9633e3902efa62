"""The one error of the child: why a file is not rewritten."""

from casework.documents.values import Refusal


class Unclean(Exception):
    """A file that is refused."""

    def __init__(self, why: Refusal) -> None:
        """`why` is all that is ever said of it."""
        super().__init__(why.value)
        self.why = why
