"""SQL written by hand, by a test that stands beside the service or against it."""

from sqlalchemy import TextClause, text

from casework.db import sight


def raw(sql: str) -> TextClause:
    """Return a statement that passes the tripwire: it looks at cipher text, or tampers with it."""
    return text(sql).execution_options(**sight.SHUT)
