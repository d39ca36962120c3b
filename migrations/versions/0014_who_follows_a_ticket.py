"""Who follows which public ticket

Follows: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_follows_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("resident_id", ID, autoincrement=False, nullable=False),
        sa.Column("ticket_id", ID, autoincrement=False, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("since", models.base.UtcDateTime(timezone=True), nullable=False),
        _refers("resident_id", "residents"),
        _refers("ticket_id", "tickets"),
        _refers("municipality_id", "municipalities"),
        sa.PrimaryKeyConstraint("resident_id", "ticket_id", name=op.f("pk_follows")),
    )
    op.create_index("ix_follows_ticket", "follows", ["ticket_id"])


def downgrade() -> None:
    op.drop_table("follows")
