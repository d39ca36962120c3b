"""A code knows which officer made it, and a ticket since when it is urgent where it was not so from the start

Both are NULL on rows of before, and on those of the previous release: nobody's code, urgent since it was made.

Follows: 0021
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Added in place, so without a foreign key: SQLite would have to make the table anew.
    op.add_column("invitations", sa.Column("made_by_id", ID, nullable=True))
    op.add_column("tickets", sa.Column("urgent_at", models.base.UtcDateTime(timezone=True), nullable=True))
    # Codes that can still be used: the trail knows who made them.
    op.execute(
        "UPDATE invitations SET made_by_id = (SELECT max(acts.officer_id) FROM acts WHERE acts.kind = 'invited' "
        "AND acts.municipality_id = invitations.municipality_id AND acts.at = invitations.created_at) "
        "WHERE used_at IS NULL AND voided_at IS NULL"
    )


def downgrade() -> None:
    op.drop_column("tickets", "urgent_at")
    op.drop_column("invitations", "made_by_id")
