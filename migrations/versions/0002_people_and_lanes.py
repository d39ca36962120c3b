"""Residents, officers, invitations; the lane of each chat

Follows: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lanes',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner', sa.String(length=60), nullable=True),
    sa.Column('fence', sa.Integer(), server_default='0', nullable=False),
    sa.Column('leased_until', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_lanes_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_lanes'))
    )

    op.create_table('residents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line_user_id', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=8), server_default='th', nullable=False),
    sa.Column('is_language_chosen', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('display_name', sa.String(length=200), nullable=True),
    sa.Column('notice_version', sa.String(length=40), nullable=True),
    sa.Column('notice_shown_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('notice_acknowledged_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('blocked_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('menu', sa.String(length=32), nullable=True),
    sa.Column('foreign_lookups', sa.Integer(), server_default='0', nullable=False),
    sa.Column('foreign_lookups_since', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('first_seen_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("language IN ('th', 'en')", name=op.f('ck_residents_language')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_residents_municipality_id_municipalities')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_residents')),
    sa.UniqueConstraint('municipality_id', 'line_user_id', name=op.f('uq_residents_municipality_id_line_user_id'))
    )

    op.create_table('invitation_tries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('wrong', sa.Integer(), server_default='0', nullable=False),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_invitation_tries_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_invitation_tries_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation_tries')),
    sa.UniqueConstraint('resident_id', 'day', name=op.f('uq_invitation_tries_resident_id_day'))
    )

    op.create_table('invitations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=20), server_default='officer', nullable=False),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('used_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('voided_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('officer', 'supervisor', 'admin')", name=op.f('ck_invitations_role')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_invitations_department_id_departments')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_invitations_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['used_by_id'], ['residents.id'], name=op.f('fk_invitations_used_by_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invitations_code_hash'))
    )

    op.create_table('officers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('municipality_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('resident_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), server_default='officer', nullable=False),
    sa.Column('created_at', models.base.UtcDateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('on_duty_since', models.base.UtcDateTime(timezone=True), nullable=True),
    sa.Column('is_named_for_conduct', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.CheckConstraint("role IN ('officer', 'supervisor', 'admin')", name=op.f('ck_officers_role')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_officers_municipality_id_municipalities')),
    sa.ForeignKeyConstraint(['resident_id'], ['residents.id'], name=op.f('fk_officers_resident_id_residents')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officers')),
    sa.UniqueConstraint('municipality_id', 'resident_id', name=op.f('uq_officers_municipality_id_resident_id'))
    )

    op.create_table('officer_departments',
    sa.Column('officer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('department_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_officer_departments_department_id_departments')),
    sa.ForeignKeyConstraint(['officer_id'], ['officers.id'], name=op.f('fk_officer_departments_officer_id_officers')),
    sa.PrimaryKeyConstraint('officer_id', 'department_id', name=op.f('pk_officer_departments'))
    )


def downgrade() -> None:
    op.drop_table("officer_departments")
    op.drop_table("officers")
    op.drop_table("invitations")
    op.drop_table("invitation_tries")
    op.drop_table("residents")
    op.drop_table("lanes")
