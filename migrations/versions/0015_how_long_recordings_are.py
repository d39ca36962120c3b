"""How long recordings are, which LINE wants to know of what we send

Follows: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("media", sa.Column("milliseconds", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("media", "milliseconds")
