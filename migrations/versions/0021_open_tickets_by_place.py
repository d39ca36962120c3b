"""Open tickets near a place, and those that ended of late, are found without reading the town's past

Follows: 0020
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_IS_OPEN, _HAS_ENDED = sa.text("ended_at IS NULL"), sa.text("ended_at IS NOT NULL")
_PLACE = ["municipality_id", "category_id", "latitude", "longitude"]


def upgrade() -> None:
    op.create_index("ix_tickets_open_place", "tickets", _PLACE, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
    ended = ["municipality_id", "category_id", "ended_at", "latitude", "longitude"]
    op.create_index("ix_tickets_ended_place", "tickets", ended, sqlite_where=_HAS_ENDED, postgresql_where=_HAS_ENDED)
    op.drop_index("ix_tickets_place", "tickets")


def downgrade() -> None:
    op.create_index("ix_tickets_place", "tickets", _PLACE)
    op.drop_index("ix_tickets_ended_place", "tickets")
    op.drop_index("ix_tickets_open_place", "tickets")
