"""What was sent under which number of LINE's, canned replies, and when personal data was erased

Follows: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
AT = models.base.UtcDateTime(timezone=True)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "sent_parts",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("said", sa.String(length=80), nullable=False),
        sa.Column("outbox_message_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("sent_at", AT, nullable=False),
        _refers("sent_parts", "municipality_id", "municipalities"),
        _refers("sent_parts", "outbox_message_id", "outbox_messages"),
        _refers("sent_parts", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_parts")),
        sa.UniqueConstraint("municipality_id", "said", name=op.f("uq_sent_parts_municipality_id_said")),
    )
    op.create_index("ix_sent_parts_outbox_message", "sent_parts", ["outbox_message_id"])
    op.create_table(
        "canned_replies",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("department_id", ID, nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("edited_by_id", ID, nullable=True),
        sa.Column("edited_at", AT, nullable=True),
        _refers("canned_replies", "municipality_id", "municipalities"),
        _refers("canned_replies", "department_id", "departments"),
        _refers("canned_replies", "category_id", "categories"),
        _refers("canned_replies", "edited_by_id", "officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_canned_replies_municipality_id_code")),
    )
    op.add_column("tickets", sa.Column("erased_at", AT, nullable=True))
    op.add_column("residents", sa.Column("erased_at", AT, nullable=True))


def downgrade() -> None:
    op.drop_column("residents", "erased_at")
    op.drop_column("tickets", "erased_at")
    op.drop_table("canned_replies")
    op.drop_table("sent_parts")
