"""What comes in and what goes out: events, effects, messages, news, the ledger

Follows: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inbox_events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.String(length=80), nullable=False),
    sa.Column('lane_key', sa.String(length=120), nullable=False),
    sa.Column('said', sa.String(length=80), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.Column('occurred_at_ms', sa.BigInteger(), nullable=False),
    sa.Column('received_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('is_redelivery', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('state', sa.String(length=20), server_default='new', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('next_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_problem', sa.String(length=400), nullable=True),
    sa.Column('handled_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('new', 'done', 'parked', 'dismissed')", name=op.f('ck_inbox_events_state')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_inbox_events_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox_events')),
    sa.UniqueConstraint('municipality_id', 'event_id', name=op.f('uq_inbox_events_municipality_id_event_id'))
    )

    with op.batch_alter_table('inbox_events', schema=None) as batch_op:
        batch_op.create_index('ix_inbox_events_lane_state', ['lane_key', 'state', 'occurred_at_ms', 'id'], unique=False)
        batch_op.create_index('ix_inbox_events_said', ['municipality_id', 'said'], unique=False)
        batch_op.create_index('ix_inbox_events_state_next', ['state', 'next_at'], unique=False)
        batch_op.create_index('ix_inbox_events_state_received', ['state', 'received_at'], unique=False)

    op.create_table('quota_months',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('allowed', sa.BigInteger(), nullable=True),
    sa.Column('used_at_line', sa.BigInteger(), nullable=True),
    sa.Column('read_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('exhausted_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('warned_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_quota_months_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quota_months')),
    sa.UniqueConstraint('municipality_id', 'month', name=op.f('uq_quota_months_municipality_id_month'))
    )

    op.create_table('effects',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('payload', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.String(length=20), server_default='wanted', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('next_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('claimed_by', sa.String(length=60), nullable=True),
    sa.Column('claimed_until', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_problem', sa.String(length=400), nullable=True),
    sa.Column('settled_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('fetch_media', 'fetch_profile', 'link_menu')", name=op.f('ck_effects_kind')),
    sa.CheckConstraint("state IN ('wanted', 'done', 'gone', 'refused', 'dismissed')", name=op.f('ck_effects_state')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_effects_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_effects_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_effects')),
    sa.UniqueConstraint('municipality_id', 'key', name=op.f('uq_effects_municipality_id_key'))
    )

    with op.batch_alter_table('effects', schema=None) as batch_op:
        batch_op.create_index('ix_effects_state_next', ['state', 'next_at'], unique=False)

    op.create_table('outbox_messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('lane_key', sa.String(length=120), nullable=False),
    sa.Column('chat_id', sa.String(length=40), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('retry_key', sa.String(length=36), nullable=False),
    sa.Column('reply_token', sa.String(length=100), nullable=True),
    sa.Column('heard_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('inbox_event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('urgency', sa.String(length=20), server_default='answer', nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('body', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('state', sa.String(length=20), server_default='queued', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('next_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('first_attempt_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('settled_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_problem', sa.String(length=400), nullable=True),
    sa.Column('request_id', sa.String(length=80), nullable=True),
    sa.CheckConstraint("state IN ('queued', 'sending', 'accepted', 'waiting_quota', 'expired', 'uncertain', 'refused', 'withdrawn')", name=op.f('ck_outbox_messages_state')),
    sa.CheckConstraint("way IN ('reply', 'push')", name=op.f('ck_outbox_messages_way')),
    sa.ForeignKeyConstraint(['inbox_event_id'], ['inbox_events.id'], name=op.f('fk_outbox_messages_inbox_event_id_inbox_events')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_outbox_messages_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_outbox_messages_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_messages')),
    sa.UniqueConstraint('retry_key', name=op.f('uq_outbox_messages_retry_key'))
    )

    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_messages_lane_state', ['lane_key', 'state', 'id'], unique=False)
        batch_op.create_index('ix_outbox_messages_resident_state', ['resident_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_outbox_messages_state_next', ['state', 'next_at'], unique=False)

    op.create_table('ledger_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('outbox_message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('way', sa.String(length=10), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('urgency', sa.String(length=20), nullable=False),
    sa.Column('at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_ledger_entries_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['outbox_message_id'], ['outbox_messages.id'], name=op.f('fk_ledger_entries_outbox_message_id_outbox_messages')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entries')),
    sa.UniqueConstraint('outbox_message_id', name=op.f('uq_ledger_entries_outbox_message_id'))
    )

    with op.batch_alter_table('ledger_entries', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_entries_month', ['municipality_id', 'month', 'way'], unique=False)

    op.create_table('outbox_quotes',
    sa.Column('outbox_message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('said', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['outbox_message_id'], ['outbox_messages.id'], name=op.f('fk_outbox_quotes_outbox_message_id_outbox_messages')),
    sa.PrimaryKeyConstraint('outbox_message_id', 'said', name=op.f('pk_outbox_quotes'))
    )

    with op.batch_alter_table('outbox_quotes', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_quotes_said', ['said'], unique=False)

    op.create_table('news',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('urgency', sa.String(length=20), nullable=False),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('is_for_officer', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('state', sa.String(length=20), server_default='waiting', nullable=False),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('push_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('told_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('outbox_message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'carried', 'told', 'overtaken', 'uncertain')", name=op.f('ck_news_state')),
    sa.CheckConstraint("urgency IN ('urgent', 'resolved', 'question', 'answer', 'rejected', 'forwarded', 'planned', 'overdue', 'other', 'digest')", name=op.f('ck_news_urgency')),
    sa.CheckConstraint("way IN ('answer', 'next_reply', 'push_may_wait', 'push_at_once')", name=op.f('ck_news_way')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_news_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['outbox_message_id'], ['outbox_messages.id'], name=op.f('fk_news_outbox_message_id_outbox_messages')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_news_resident_id_residents')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_news_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_news'))
    )

    with op.batch_alter_table('news', schema=None) as batch_op:
        batch_op.create_index('ix_news_outbox_message', ['outbox_message_id'], unique=False)
        batch_op.create_index('ix_news_resident_state', ['resident_id', 'state'], unique=False)
        batch_op.create_index('ix_news_state_push', ['state', 'push_at'], unique=False)
        batch_op.create_index('ix_news_ticket', ['ticket_id'], unique=False)


def downgrade() -> None:
    op.drop_table("news")
    op.drop_table("outbox_quotes")
    op.drop_table("ledger_entries")
    op.drop_table("outbox_messages")
    op.drop_table("effects")
    op.drop_table("quota_months")
    op.drop_table("inbox_events")
