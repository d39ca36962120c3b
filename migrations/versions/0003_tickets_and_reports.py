"""Tickets with their numbers, reports, words, media and history; the dialogue

Follows: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ticket_counters',
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('month', sa.String(length=4), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_ticket_counters_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('municipality_id', 'month', name=op.f('pk_ticket_counters'))
    )

    op.create_table('tickets',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=20), server_default='new', nullable=False),
    sa.Column('status_before', sa.String(length=20), nullable=True),
    sa.Column('mark', sa.String(length=20), nullable=True),
    sa.Column('is_urgent', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('forward_way', sa.String(length=20), nullable=True),
    sa.Column('forward_number', sa.String(length=80), nullable=True),
    sa.Column('forwarded_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('follow_up_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('place_words', sa.Text(), nullable=True),
    sa.Column('assignee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('moved_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('paused_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('planned_until', sa.Date(), nullable=True),
    sa.Column('last_word_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('overdue_told_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('escalated_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reopened_count', sa.Integer(), server_default='0', nullable=False),
    sa.Column('was_reviewed', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('stars', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f('ck_tickets_merged_into_another')),
    sa.CheckConstraint("forward_way IS NULL OR forward_way IN ('phone', 'letter', 'system')", name=op.f('ck_tickets_forward_way')),
    sa.CheckConstraint("mark IS NULL OR mark IN ('unanswered', 'unconfirmed', 'unreachable', 'unsent_draft')", name=op.f('ck_tickets_mark')),
    sa.CheckConstraint("status <> 'forwarded' OR (owner_id IS NOT NULL AND forward_way IS NOT NULL)", name=op.f('ck_tickets_forwarded_to_somebody')),
    sa.CheckConstraint("status <> 'planned' OR planned_until IS NOT NULL", name=op.f('ck_tickets_planned_until_when')),
    sa.CheckConstraint("status <> 'waiting' OR status_before IS NOT NULL", name=op.f('ck_tickets_waiting_came_from')),
    sa.CheckConstraint("status IN ('new', 'accepted', 'planned', 'in_progress', 'waiting', 'forwarded', 'resolved', 'closed', 'reopened', 'rejected', 'cancelled', 'merged')", name=op.f('ck_tickets_status')),
    sa.CheckConstraint('stars IS NULL OR stars BETWEEN 1 AND 5', name=op.f('ck_tickets_stars_one_to_five')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['officers.id'], name=op.f('fk_tickets_asked_by_id_officers')),
    sa.ForeignKeyConstraint(['assignee_id'], ['officers.id'], name=op.f('fk_tickets_assignee_id_officers')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_tickets_category_id_categories')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_tickets_department_id_departments')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['tickets.id'], name=op.f('fk_tickets_merged_into_id_tickets')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_tickets_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['owner_id'], ['owners.id'], name=op.f('fk_tickets_owner_id_owners')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tickets')),
    sa.UniqueConstraint('municipality_id', 'number', name=op.f('uq_tickets_municipality_id_number'))
    )

    with op.batch_alter_table('tickets', schema=None) as batch_op:
        batch_op.create_index('ix_tickets_assignee', ['assignee_id', 'status'], unique=False)
        batch_op.create_index('ix_tickets_due', ['status', 'due_at'], unique=False)
        batch_op.create_index('ix_tickets_place', ['municipality_id', 'category_id', 'latitude', 'longitude'], unique=False)
        batch_op.create_index('ix_tickets_queue', ['municipality_id', 'status', 'department_id', 'is_urgent', 'due_at'], unique=False)

    op.create_table('conversations',
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step', sa.String(length=40), server_default='idle', nullable=False),
    sa.Column('draft', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('about_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('offers', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('task', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('touched_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('dialogue_pushed_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['about_id'], ['tickets.id'], name=op.f('fk_conversations_about_id_tickets')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_conversations_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_conversations_resident_id_residents')),
    sa.PrimaryKeyConstraint('resident_id', name=op.f('pk_conversations'))
    )

    with op.batch_alter_table('conversations', schema=None) as batch_op:
        batch_op.create_index('ix_conversations_step_touched', ['step', 'touched_at'], unique=False)

    op.create_table('reports',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('channel', sa.String(length=20), server_default='line', nullable=False),
    sa.Column('contact_name', sa.String(length=200), nullable=True),
    sa.Column('contact', sa.String(length=200), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('place_words', sa.Text(), nullable=True),
    sa.Column('place_said', sa.String(length=80), nullable=True),
    sa.Column('is_outside', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('guessed_category', sa.String(length=40), nullable=True),
    sa.Column('guess_confidence', sa.Float(), nullable=True),
    sa.Column('model_version', sa.String(length=60), nullable=True),
    sa.Column('is_unsent_draft', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('draft_token', sa.String(length=40), nullable=True),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('content_with_answer_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('asked_content_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("channel IN ('line', 'counter', 'phone', 'letter', 'other')", name=op.f('ck_reports_channel')),
    sa.CheckConstraint('latitude IS NULL OR latitude BETWEEN -90 AND 90', name=op.f('ck_reports_latitude')),
    sa.CheckConstraint('longitude IS NULL OR longitude BETWEEN -180 AND 180', name=op.f('ck_reports_longitude')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_reports_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_reports_resident_id_residents')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_reports_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports'))
    )

    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index('ix_reports_resident', ['resident_id', 'created_at'], unique=False)
        batch_op.create_index('ix_reports_ticket', ['ticket_id'], unique=False)

    op.create_table('corrections',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=20), nullable=False),
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('from_category', sa.String(length=40), nullable=False),
    sa.Column('to_category', sa.String(length=40), nullable=False),
    sa.Column('model_version', sa.String(length=60), nullable=True),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_corrections_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_corrections_officer_id_officers')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_corrections_report_id_reports')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_corrections_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_corrections'))
    )

    op.create_table('messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('said', sa.String(length=80), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('said_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('erased_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('report', 'comment', 'question', 'answer', 'reply', 'resolution', 'rejection', 'note', 'review')", name=op.f('ck_messages_kind')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_messages_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_messages_officer_id_officers')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_messages_report_id_reports')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_messages_resident_id_residents')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_messages_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages'))
    )

    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index('ix_messages_said', ['municipality_id', 'said'], unique=False)
        batch_op.create_index('ix_messages_ticket', ['ticket_id'], unique=False)

    op.create_table('media',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('report_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('purpose', sa.String(length=20), server_default='before', nullable=False),
    sa.Column('said', sa.String(length=80), nullable=False),
    sa.Column('state', sa.String(length=20), server_default='wanted', nullable=False),
    sa.Column('stored_as', sa.String(length=80), nullable=True),
    sa.Column('mime', sa.String(length=60), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('likeness', sa.String(length=32), nullable=True),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('byte_count', sa.Integer(), nullable=True),
    sa.Column('received_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('stored_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.String(length=200), nullable=True),
    sa.CheckConstraint("kind IN ('image', 'video', 'audio', 'file')", name=op.f('ck_media_kind')),
    sa.CheckConstraint("purpose IN ('before', 'after', 'thread')", name=op.f('ck_media_purpose')),
    sa.CheckConstraint("state IN ('wanted', 'stored', 'gone', 'refused', 'erased')", name=op.f('ck_media_state')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_media_message_id_messages')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_media_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['report_id'], ['reports.id'], name=op.f('fk_media_report_id_reports')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_media_resident_id_residents')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_media_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_media')),
    sa.UniqueConstraint('municipality_id', 'said', name=op.f('uq_media_municipality_id_said'))
    )

    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.create_index('ix_media_report', ['report_id'], unique=False)
        batch_op.create_index('ix_media_sha256', ['municipality_id', 'sha256'], unique=False)
        batch_op.create_index('ix_media_state_stored', ['state', 'stored_as'], unique=False)
        batch_op.create_index('ix_media_ticket', ['ticket_id'], unique=False)

    op.create_table('ticket_events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('actor', sa.String(length=20), nullable=False),
    sa.Column('from_status', sa.String(length=20), nullable=True),
    sa.Column('to_status', sa.String(length=20), nullable=True),
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.CheckConstraint("actor IN ('resident', 'officer', 'time', 'system')", name=op.f('ck_ticket_events_actor')),
    sa.CheckConstraint("from_status IS NULL OR from_status IN ('new', 'accepted', 'planned', 'in_progress', 'waiting', 'forwarded', 'resolved', 'closed', 'reopened', 'rejected', 'cancelled', 'merged')", name=op.f('ck_ticket_events_from_status')),
    sa.CheckConstraint("kind <> 'move' OR (from_status = 'accepted' AND to_status = 'cancelled') OR (from_status = 'accepted' AND to_status = 'closed') OR (from_status = 'accepted' AND to_status = 'forwarded') OR (from_status = 'accepted' AND to_status = 'in_progress') OR (from_status = 'accepted' AND to_status = 'merged') OR (from_status = 'accepted' AND to_status = 'planned') OR (from_status = 'accepted' AND to_status = 'rejected') OR (from_status = 'accepted' AND to_status = 'resolved') OR (from_status = 'accepted' AND to_status = 'waiting') OR (from_status = 'closed' AND to_status = 'reopened') OR (from_status = 'forwarded' AND to_status = 'accepted') OR (from_status = 'forwarded' AND to_status = 'cancelled') OR (from_status = 'forwarded' AND to_status = 'closed') OR (from_status = 'forwarded' AND to_status = 'forwarded') OR (from_status = 'forwarded' AND to_status = 'in_progress') OR (from_status = 'forwarded' AND to_status = 'merged') OR (from_status = 'forwarded' AND to_status = 'planned') OR (from_status = 'forwarded' AND to_status = 'rejected') OR (from_status = 'forwarded' AND to_status = 'resolved') OR (from_status = 'forwarded' AND to_status = 'waiting') OR (from_status = 'in_progress' AND to_status = 'cancelled') OR (from_status = 'in_progress' AND to_status = 'closed') OR (from_status = 'in_progress' AND to_status = 'forwarded') OR (from_status = 'in_progress' AND to_status = 'merged') OR (from_status = 'in_progress' AND to_status = 'planned') OR (from_status = 'in_progress' AND to_status = 'rejected') OR (from_status = 'in_progress' AND to_status = 'resolved') OR (from_status = 'in_progress' AND to_status = 'waiting') OR (from_status = 'merged' AND to_status = 'accepted') OR (from_status = 'merged' AND to_status = 'forwarded') OR (from_status = 'merged' AND to_status = 'in_progress') OR (from_status = 'merged' AND to_status = 'new') OR (from_status = 'merged' AND to_status = 'planned') OR (from_status = 'merged' AND to_status = 'reopened') OR (from_status = 'merged' AND to_status = 'waiting') OR (from_status = 'new' AND to_status = 'accepted') OR (from_status = 'new' AND to_status = 'cancelled') OR (from_status = 'new' AND to_status = 'closed') OR (from_status = 'new' AND to_status = 'forwarded') OR (from_status = 'new' AND to_status = 'merged') OR (from_status = 'new' AND to_status = 'rejected') OR (from_status = 'new' AND to_status = 'waiting') OR (from_status = 'planned' AND to_status = 'cancelled') OR (from_status = 'planned' AND to_status = 'closed') OR (from_status = 'planned' AND to_status = 'forwarded') OR (from_status = 'planned' AND to_status = 'in_progress') OR (from_status = 'planned' AND to_status = 'merged') OR (from_status = 'planned' AND to_status = 'planned') OR (from_status = 'planned' AND to_status = 'rejected') OR (from_status = 'planned' AND to_status = 'resolved') OR (from_status = 'planned' AND to_status = 'waiting') OR (from_status = 'rejected' AND to_status = 'reopened') OR (from_status = 'reopened' AND to_status = 'accepted') OR (from_status = 'reopened' AND to_status = 'cancelled') OR (from_status = 'reopened' AND to_status = 'closed') OR (from_status = 'reopened' AND to_status = 'forwarded') OR (from_status = 'reopened' AND to_status = 'in_progress') OR (from_status = 'reopened' AND to_status = 'merged') OR (from_status = 'reopened' AND to_status = 'planned') OR (from_status = 'reopened' AND to_status = 'rejected') OR (from_status = 'reopened' AND to_status = 'resolved') OR (from_status = 'reopened' AND to_status = 'waiting') OR (from_status = 'resolved' AND to_status = 'closed') OR (from_status = 'resolved' AND to_status = 'reopened') OR (from_status = 'waiting' AND to_status = 'accepted') OR (from_status = 'waiting' AND to_status = 'cancelled') OR (from_status = 'waiting' AND to_status = 'closed') OR (from_status = 'waiting' AND to_status = 'forwarded') OR (from_status = 'waiting' AND to_status = 'in_progress') OR (from_status = 'waiting' AND to_status = 'merged') OR (from_status = 'waiting' AND to_status = 'new') OR (from_status = 'waiting' AND to_status = 'planned') OR (from_status = 'waiting' AND to_status = 'rejected') OR (from_status = 'waiting' AND to_status = 'reopened') OR (from_status = 'waiting' AND to_status = 'resolved')", name=op.f('ck_ticket_events_lawful_move')),
    sa.CheckConstraint("kind IN ('created', 'joined', 'move', 'comment', 'reply', 'answer', 'note', 'recategorised', 'relocated', 'transferred', 'assigned', 'forward_updated', 'overdue', 'withdrawn', 'content', 'rated', 'erased', 'media')", name=op.f('ck_ticket_events_kind')),
    sa.CheckConstraint("reason IS NULL OR reason IN ('not_found', 'not_enough', 'private_matter', 'in_court', 'nothing_to_do', 'other')", name=op.f('ck_ticket_events_reason')),
    sa.CheckConstraint("to_status IS NULL OR to_status IN ('new', 'accepted', 'planned', 'in_progress', 'waiting', 'forwarded', 'resolved', 'closed', 'reopened', 'rejected', 'cancelled', 'merged')", name=op.f('ck_ticket_events_to_status')),
    sa.ForeignKeyConstraint(['message_id'], ['messages.id'], name=op.f('fk_ticket_events_message_id_messages')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_ticket_events_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_ticket_events_officer_id_officers')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_ticket_events_resident_id_residents')),
    sa.ForeignKeyConstraint(['ticket_id'], ['tickets.id'], name=op.f('fk_ticket_events_ticket_id_tickets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_events'))
    )

    with op.batch_alter_table('ticket_events', schema=None) as batch_op:
        batch_op.create_index('ix_ticket_events_ticket', ['ticket_id', 'id'], unique=False)


def downgrade() -> None:
    op.drop_table("ticket_events")
    op.drop_table("media")
    op.drop_table("messages")
    op.drop_table("corrections")
    op.drop_table("reports")
    op.drop_table("conversations")
    op.drop_table("tickets")
    op.drop_table("ticket_counters")
