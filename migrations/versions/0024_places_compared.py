"""At how many places a resident's drafts were compared with known tickets today

Follows: 0023
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("residents", sa.Column("places_compared", sa.Integer(), server_default="0", nullable=False))
    op.add_column("residents", sa.Column("places_compared_since", models.base.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("residents", "places_compared_since")
    op.drop_column("residents", "places_compared")
