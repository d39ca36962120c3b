"""A copy in another town knows its report; an owner's number and a caller's contact, the message they came with

What an officer typed can be taken back then. Numbers that an earlier release wrote into the history, which is appended
and never edited afterwards, are taken out of it here, once: there nobody could take them back.

Follows: 0022
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _index(table: str, name: str, column: str) -> None:
    """Few rows have a value."""
    has_one = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], sqlite_where=has_one, postgresql_where=has_one)


def upgrade() -> None:
    # Added in place: the tables are referred to, so SQLite must not make them anew.
    op.add_column("reports", sa.Column("handed_from_id", ID, nullable=True))
    op.add_column("reports", sa.Column("contact_said", sa.String(80), nullable=True))
    op.add_column("tickets", sa.Column("forward_said", sa.String(80), nullable=True))
    _index("reports", "ix_reports_handed_from", "handed_from_id")
    _index("reports", "ix_reports_contact_said", "contact_said")
    _index("tickets", "ix_tickets_forward_said", "forward_said")
    op.execute("UPDATE ticket_events SET detail = NULL WHERE kind = 'forward_updated' AND detail IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_tickets_forward_said", "tickets")
    op.drop_index("ix_reports_contact_said", "reports")
    op.drop_index("ix_reports_handed_from", "reports")
    op.drop_column("tickets", "forward_said")
    op.drop_column("reports", "contact_said")
    op.drop_column("reports", "handed_from_id")
