"""Incidents with their tickets and words, and the counts that say how many reports are usual

Follows: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = models.base.UtcDateTime(timezone=True)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("state", sa.String(length=20), server_default="open", nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("chance", sa.Float(), nullable=True),
        sa.Column("reporters", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("radius_m", sa.Integer(), nullable=False),
        sa.Column("began_at", TIME, nullable=False),
        sa.Column("noticed_at", TIME, nullable=False),
        sa.Column("last_report_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("ended_by_id", ID, nullable=True),
        sa.CheckConstraint("state IN ('open', 'over')", name=op.f("ck_incidents_state")),
        sa.CheckConstraint("rule IN ('sure', 'unusual')", name=op.f("ck_incidents_rule")),
        _refers("incidents", "municipality_id", "municipalities"),
        _refers("incidents", "category_id", "categories"),
        _refers("incidents", "ended_by_id", "officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index("ix_incidents_open", "incidents", ["municipality_id", "state", "category_id"])
    op.create_table(
        "incident_tickets",
        sa.Column("ticket_id", ID, autoincrement=False, nullable=False),
        sa.Column("incident_id", ID, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        _refers("incident_tickets", "ticket_id", "tickets"),
        _refers("incident_tickets", "incident_id", "incidents"),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_incident_tickets")),
    )
    op.create_index("ix_incident_tickets_incident", "incident_tickets", ["incident_id"])
    op.create_table(
        "incident_words",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("incident_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("said", sa.String(length=80), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("said_at", TIME, nullable=False),
        _refers("incident_words", "municipality_id", "municipalities"),
        _refers("incident_words", "incident_id", "incidents"),
        _refers("incident_words", "officer_id", "officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_words")),
    )
    op.create_index("ix_incident_words_incident", "incident_words", ["incident_id"])
    op.create_index("ix_incident_words_said", "incident_words", ["municipality_id", "said"])
    op.create_table(
        "report_counts",
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("category_id", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", TIME, nullable=False),
        _refers("report_counts", "municipality_id", "municipalities"),
        _refers("report_counts", "category_id", "categories"),
        sa.PrimaryKeyConstraint("municipality_id", "category_id", "key", "month", name=op.f("pk_report_counts")),
    )
    op.create_index("ix_reports_recent", "reports", ["municipality_id", "created_at"])


def downgrade() -> None:
    op.drop_index("ix_reports_recent", table_name="reports")
    op.drop_table("report_counts")
    op.drop_table("incident_words")
    op.drop_table("incident_tickets")
    op.drop_table("incidents")
