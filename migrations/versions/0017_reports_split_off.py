"""A report that is taken off a ticket becomes a ticket of its own, which knows where it came from

Follows: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = (
    "'created', 'joined', 'move', 'comment', 'reply', 'answer', 'note', 'recategorised', 'relocated', 'transferred', "
    "'assigned', 'forward_updated', 'overdue', 'withdrawn', 'content', 'rated', 'erased', 'media', "
    "'approval_asked', 'approval_returned', 'called', 'call_failed', 'unreachable'"
)


def _set_kinds(listed: str) -> None:
    with op.batch_alter_table("ticket_events") as batch:
        batch.drop_constraint(op.f("ck_ticket_events_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_ticket_events_kind"), f"kind IN ({listed})")


def upgrade() -> None:
    # Added in place: the table is referred to, so SQLite must not make it anew.
    op.add_column("tickets", sa.Column("split_from_id", ID, nullable=True))
    op.create_index("ix_tickets_split_from", "tickets", ["split_from_id"])
    _set_kinds(f"{BEFORE}, 'split'")


def downgrade() -> None:
    op.execute("DELETE FROM ticket_events WHERE kind = 'split'")
    _set_kinds(BEFORE)
    op.drop_index("ix_tickets_split_from", "tickets")
    op.drop_column("tickets", "split_from_id")
