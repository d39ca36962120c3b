"""The newest import of towns and areas is found without reading their maps

Follows: 0018
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_municipalities_imported", "municipalities", ["imported_at"])
    op.create_index("ix_areas_imported", "areas", ["imported_at"])


def downgrade() -> None:
    op.drop_index("ix_areas_imported", "areas")
    op.drop_index("ix_municipalities_imported", "municipalities")
