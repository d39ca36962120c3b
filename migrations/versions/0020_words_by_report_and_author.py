"""The words of a report, those their author unsends, and the tickets merged into another are found by an index

Follows: 0019
"""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_messages_report", "messages", ["report_id"])
    op.create_index("ix_messages_resident_said", "messages", ["resident_id", "said"])
    op.create_index("ix_tickets_merged_into", "tickets", ["merged_into_id"])


def downgrade() -> None:
    op.drop_index("ix_tickets_merged_into", "tickets")
    op.drop_index("ix_messages_resident_said", "messages")
    op.drop_index("ix_messages_report", "messages")
