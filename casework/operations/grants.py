"""What the application's own role may do on PostgreSQL, once another role owns the tables."""

from typing import Final

from sqlalchemy import inspect, make_url
from sqlalchemy.orm import Session

from casework.db.engine import Database
from casework.operations.migration import shaping
from casework.operations.schema import EVERYTHING, Schema
from casework.settings import Settings

# The register and the list of what ended only grow: whoever steals the application's password
# cannot rewrite them. What comes to its end may go: parts of lines and old lines, and nothing
# younger than six months (migrations 0020, 0027).
_ONLY_ADDED: Final = frozenset({"audit_anchors", "audit_checkpoints", "ended_compartments"})
_ENDING: Final = frozenset({"audit_covers", "audit_leaves", "audit_subjects", "row_digests"})
_PARTS: Final = "who, who_salt, what, what_salt, det, det_salt"
_ALLOWED: Final = {
    **dict.fromkeys(_ONLY_ADDED, "SELECT, INSERT"),
    **dict.fromkeys(_ENDING, "SELECT, INSERT, DELETE"),
    "audit_parts": f"SELECT, INSERT, DELETE, UPDATE ({_PARTS})",
    "audit_heads": "SELECT, INSERT, UPDATE",
    "alembic_version": "SELECT",
}
_USUAL: Final = "SELECT, INSERT, UPDATE, DELETE"


def separate_role(settings: Settings) -> str | None:
    """Return the application's role when another one migrates, else None."""
    if not settings.migration_url or settings.migration_url == settings.database_url:
        return None
    return make_url(settings.database_url).username


def owner_url(settings: Settings, schema: Schema) -> str:
    """Return the address of a database for the role that owns its tables."""
    if schema is Schema.KEYSTORE:
        return settings.keystore_url
    return settings.migration_url or settings.database_url


def grant(database: Database, role: str) -> None:
    """Give `role` its rights on every table, and take away all others it had."""
    with database.writing(EVERYTHING) as session:
        for table in sorted(inspect(session.connection()).get_table_names()):
            _grant_table(session, table, _quoted(session, role))


def _grant_table(session: Session, table: str, role: str) -> None:
    allowed, name = _ALLOWED.get(table, _USUAL), _quoted(session, table)
    for statement in (f"REVOKE ALL ON {name} FROM {role}", f"GRANT {allowed} ON {name} TO {role}"):
        shaping(session).exec_driver_sql(statement)


def _quoted(session: Session, name: str) -> str:
    return session.connection().dialect.identifier_preparer.quote_identifier(name)
