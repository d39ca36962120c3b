"""The duty roster, what officers cost, and what was told of missed dates and silence

Follows: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = models.base.UtcDateTime(timezone=True)
_TICKET_MOMENTS = ("missed_at", "progress_told_at", "silence_told_at")


def upgrade() -> None:
    op.create_table(
        "duty_shifts",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("municipality_id", _KEY, nullable=False),
        sa.Column("officer_id", _KEY, nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("entered_by_id", _KEY, nullable=True),
        sa.Column("entered_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officers.id"], name=op.f("fk_duty_shifts_entered_by_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_duty_shifts_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_duty_shifts_officer_id_officers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
        sa.UniqueConstraint("officer_id", "starts_at", name=op.f("uq_duty_shifts_officer_id_starts_at")),
    )
    op.create_index("ix_duty_shifts_ends", "duty_shifts", ["municipality_id", "ends_at"])
    for table in ("outbox_messages", "ledger_entries"):
        op.add_column(table, sa.Column("is_for_officer", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("quota_months", sa.Column("short_at", _MOMENT, nullable=True))
    op.add_column("municipalities", sa.Column("morning_on", sa.Date(), nullable=True))
    for name in _TICKET_MOMENTS:
        op.add_column("tickets", sa.Column(name, _MOMENT, nullable=True))
    op.execute("UPDATE tickets SET progress_told_at = last_word_at")  # before, every word counted as news
    op.add_column("tickets", sa.Column("urgent_step", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_tickets_urgent", "tickets", ["status", "is_urgent", "urgent_step"])
    op.create_index("ix_media_resident", "media", ["resident_id", "received_at"])


def downgrade() -> None:
    op.drop_index("ix_media_resident", "media")
    op.drop_index("ix_tickets_urgent", "tickets")
    op.drop_column("tickets", "urgent_step")
    for name in reversed(_TICKET_MOMENTS):
        op.drop_column("tickets", name)
    op.drop_column("municipalities", "morning_on")
    op.drop_column("quota_months", "short_at")
    for table in ("ledger_entries", "outbox_messages"):
        op.drop_column(table, "is_for_officer")
    op.drop_table("duty_shifts")
