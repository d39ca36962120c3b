"""Which matters an owner of ground has, and whose ground a reporter said it is

Follows: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("areas", sa.Column("categories", sa.Text(), nullable=True))
    op.add_column("reports", sa.Column("ground_owner", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("reports", "ground_owner")
    op.drop_column("areas", "categories")
