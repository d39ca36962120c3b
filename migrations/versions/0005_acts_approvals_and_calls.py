"""What officers do beside moving tickets: acts, a supervisor's approval, telephone calls

Follows: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = (
    "'created', 'joined', 'move', 'comment', 'reply', 'answer', 'note', 'recategorised', 'relocated', 'transferred', "
    "'assigned', 'forward_updated', 'overdue', 'withdrawn', 'content', 'rated', 'erased', 'media'"
)
NEW = "'approval_asked', 'approval_returned', 'called', 'call_failed', 'unreachable'"
REASONS = "'not_found', 'not_enough', 'private_matter', 'in_court', 'nothing_to_do', 'other'"


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _set_kinds(listed: str) -> None:
    with op.batch_alter_table("ticket_events") as batch:
        batch.drop_constraint(op.f("ck_ticket_events_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_ticket_events_kind"), f"kind IN ({listed})")


def _append_only(table: str) -> None:
    """Nobody changes the trail, not even by hand."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are appended, never changed'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_are_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} are appended, never changed' USING ERRCODE = '23514'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_are_final()"
    )


def upgrade() -> None:
    op.create_table(
        "acts",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=True),
        _refers("acts", "municipality_id", "municipalities"),
        _refers("acts", "officer_id", "officers"),
        _refers("acts", "subject_id", "officers"),
        _refers("acts", "ticket_id", "tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index("ix_acts_at", "acts", ["municipality_id", "at"])
    op.create_index("ix_acts_ticket", "acts", ["ticket_id"])
    _append_only("acts")
    op.create_table(
        "approvals",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("asked_by_id", ID, nullable=False),
        sa.Column("asked_at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("state", sa.String(length=20), server_default="asked", nullable=False),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", models.base.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'returned', 'overtaken')", name=op.f("ck_approvals_state")
        ),
        sa.CheckConstraint(f"reason IN ({REASONS})", name=op.f("ck_approvals_reason")),
        _refers("approvals", "municipality_id", "municipalities"),
        _refers("approvals", "ticket_id", "tickets"),
        _refers("approvals", "asked_by_id", "officers"),
        _refers("approvals", "message_id", "messages"),
        _refers("approvals", "decided_by_id", "officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index("ix_approvals_ticket", "approvals", ["ticket_id", "state"])
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("state", sa.String(length=20), server_default="waiting", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("tried_at", models.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", models.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'told', 'unreachable', 'overtaken')", name=op.f("ck_calls_state")
        ),
        _refers("calls", "municipality_id", "municipalities"),
        _refers("calls", "ticket_id", "tickets"),
        _refers("calls", "report_id", "reports"),
        _refers("calls", "message_id", "messages"),
        _refers("calls", "ended_by_id", "officers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
    )
    op.create_index("ix_calls_ticket", "calls", ["ticket_id", "state"])
    op.create_index("ix_calls_report", "calls", ["report_id", "state"])
    op.create_index("ix_calls_state", "calls", ["municipality_id", "state", "created_at"])
    # Added in place: the table is referred to, so SQLite must not make it anew.
    op.add_column("reports", sa.Column("unreachable_at", models.base.UtcDateTime(timezone=True), nullable=True))
    _set_kinds(f"{BEFORE}, {NEW}")


def downgrade() -> None:
    op.drop_column("reports", "unreachable_at")
    op.drop_table("calls")
    op.drop_table("approvals")
    op.drop_table("acts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION acts_are_final()")
    op.execute(f"DELETE FROM ticket_events WHERE kind IN ({NEW})")  # noqa: S608  # a constant of this file
    _set_kinds(BEFORE)
