"""When the administrators were told that invitation codes are being guessed

Follows: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation_tries", sa.Column("told_at", models.base.UtcDateTime(timezone=True), nullable=True))
    op.create_index("ix_invitation_tries_day", "invitation_tries", ["day"])


def downgrade() -> None:
    op.drop_index("ix_invitation_tries_day", "invitation_tries")
    op.drop_column("invitation_tries", "told_at")
