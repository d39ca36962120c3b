"""Whether a known ticket is the same problem: what residents were asked and answered

Follows: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "same_questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.Column("draft_token", sa.String(length=40), nullable=False),
        sa.Column("asked_at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", models.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("report_id", ID, nullable=True),
        sa.CheckConstraint(
            "answer IS NULL OR answer IN ('same', 'different')", name=op.f("ck_same_questions_answer")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_same_questions_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_same_questions_report_id_reports")),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_same_questions_resident_id_residents")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_same_questions_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_questions")),
        sa.UniqueConstraint("resident_id", "ticket_id", name=op.f("uq_same_questions_resident_id_ticket_id")),
    )
    op.create_index("ix_same_questions_ticket", "same_questions", ["ticket_id"])
    op.create_index("ix_same_questions_report", "same_questions", ["report_id"])


def downgrade() -> None:
    op.drop_table("same_questions")
