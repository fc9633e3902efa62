"""Runs the migrations of the main database, on the connection that `casework db upgrade` lends.

Constraints take their names from the convention of `casework.db.model`.
"""

from alembic import context

from casework.tables import MAIN

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=MAIN,
)
with context.begin_transaction():
    context.run_migrations()
