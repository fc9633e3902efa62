"""What the officer asks about lines of the register, sealed for their own body.

On PostgreSQL the wall of compartments stands on cases: one that belongs to an enquiry is found,
and stored, by the body that keeps it.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from casework.db.types import Blob, Id, UtcDateTime

revision = "0021"
down_revision = "0020"

_COUNCIL: Final = "(SELECT nullif(current_setting('casework.council', true), '')::uuid)"
_ORGANISATION: Final = "(SELECT nullif(current_setting('casework.organisation', true), '')::uuid)"
_WHOLE: Final = "(SELECT current_setting('casework.reach', true) = 'whole')"
_OWN: Final = f"organisation_id = {_ORGANISATION}"
_ENQUIRY: Final = f"compartment_class = 'enquiry' AND {_OWN}"
_STORED: Final = (
    "EXISTS (SELECT 1 FROM cases held WHERE held.council_id = compartments.council_id"
    " AND held.id = compartments.case_id)"
)
_ADMITTED: Final = (
    "EXISTS (SELECT 1 FROM admissions a WHERE a.council_id = compartments.council_id"
    f" AND a.organisation_id = {_ORGANISATION} AND a.case_id = compartments.case_id"
    " AND a.until_on IS NULL)"
)
_LENT: Final = (
    "EXISTS (SELECT 1 FROM exceptional_accesses e WHERE e.council_id = compartments.council_id"
    f" AND e.organisation_id = {_ORGANISATION} AND e.case_id = compartments.case_id"
    " AND e.granter_id IS NOT NULL AND e.ended_at IS NULL)"
)


def upgrade() -> None:
    _create()
    for name, column in (("organisation", "organisation_id"), ("erase_on", "erase_on")):
        rest = ["id"] if name == "organisation" else []
        op.create_index(f"ix_enquiries_{name}", "enquiries", ["council_id", column, *rest])
    if _on_postgresql():
        _protect()
        _wall_of_compartments(f"{_ADMITTED} OR {_LENT} OR {_ENQUIRY}", f"{_STORED} OR {_ENQUIRY}")


def downgrade() -> None:
    if _on_postgresql():
        _wall_of_compartments(f"{_ADMITTED} OR {_LENT}", _STORED)
    op.drop_table("enquiries")


def _create() -> None:
    sealed = ("lines", "card", "question", "addressee")
    later = ("answer", "conclusion")
    op.create_table(
        "enquiries",
        sa.Column("council_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("organisation_id", Id(), nullable=False),
        sa.Column("compartment_id", Id(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("opened_by", Id(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("concluded_at", UtcDateTime(), nullable=True),
        sa.Column("erase_on", sa.Date(), nullable=False),
        *(sa.Column(f"{one}_sealed", Blob(), nullable=False) for one in sealed),
        *(sa.Column(f"{one}_sealed", Blob(), nullable=True) for one in later),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council_id", "organisation_id"], ["organisations.council_id", "organisations.id"]
        ),
        sa.ForeignKeyConstraint(["council_id", "opened_by"], ["members.council_id", "members.id"]),
        sa.PrimaryKeyConstraint("council_id", "id"),
    )


def _protect() -> None:
    """Let the officer's own body find its enquiries, and jobs."""
    op.execute("ALTER TABLE enquiries ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE enquiries FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY enquiries_within_reach ON enquiries"
        f" USING ({_within(_OWN)}) WITH CHECK ({_within(_OWN)})"
    )


def _wall_of_compartments(found: str, stored: str) -> None:
    op.execute(
        "ALTER POLICY compartments_within_reach ON compartments"
        f" USING ({_within(found)}) WITH CHECK ({_within(stored)})"
    )


def _within(condition: str) -> str:
    return f"council_id = {_COUNCIL} AND ({_WHOLE} OR {condition})"


def _on_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"
