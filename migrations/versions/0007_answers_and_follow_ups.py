"""The town's answers, short questions after a ticket, two tickets of one report

Follows: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("municipality_id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("forms", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("answer_th", sa.Text(), nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.Column("department_id", _KEY, nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_answers_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_answers_department_id_departments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_answers_municipality_id_code")),
    )
    op.create_table(
        "follow_ups",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("municipality_id", _KEY, nullable=False),
        sa.Column("category_id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label_th", sa.String(length=80), nullable=False),
        sa.Column("label_en", sa.String(length=80), nullable=False),
        sa.Column("ask_th", sa.String(length=400), nullable=False),
        sa.Column("ask_en", sa.String(length=400), nullable=False),
        sa.Column("choices_th", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("choices_en", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_follow_ups_municipality_id_municipalities")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_follow_ups_category_id_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_follow_ups_municipality_id_code")),
    )
    op.add_column("messages", sa.Column("follow_up", sa.String(length=40), nullable=True))
    # No foreign key: SQLite adds one only by making the table anew, and other tables refer to this one.
    op.add_column("reports", sa.Column("shares_media_of_id", _KEY, nullable=True))
