"""Work reported as done whose photo is still being fetched, beside the dialogue that goes on

Follows: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("checking", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("conversations", "checking")
