"""What an event was answered with is found without looking through every message: old events can go

Follows: 0008
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_messages_inbox_event", "outbox_messages", ["inbox_event_id"])


def downgrade() -> None:
    op.drop_index("ix_outbox_messages_inbox_event", "outbox_messages")
