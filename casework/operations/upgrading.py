"""Brings both databases of an instance up to date, whoever owns their tables."""

from casework.db.connect import connect
from casework.operations.founding import complete
from casework.operations.grants import grant, separate_role
from casework.operations.migration import upgrade
from casework.operations.schema import Schema
from casework.settings import Settings
from casework.stores import Edges, open_stores

Steps = dict[Schema, tuple[str | None, str]]
"""The revisions before and after, by database."""


def upgrade_all(settings: Settings, edges: Edges, by: str) -> Steps:
    """Apply what is not applied, grant what the application may, complete what older code left."""
    role = separate_role(settings)
    with open_stores(settings, edges) as stores:
        owner = connect(settings.migration_url) if role else stores.main
        steps = {
            Schema.MAIN: upgrade(owner, Schema.MAIN),
            Schema.KEYSTORE: upgrade(stores.keystore_database, Schema.KEYSTORE),
        }
        if role:
            grant(owner, role)
        owner.engine.dispose()
        complete(stores, edges, by)
    return steps
