"""The town's map: named places, what confirmed pins teach, areas and owners; tickets handed to another town

Follows: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = (
    "'soi', 'village', 'community', 'market', 'mall', 'shop', 'school', 'temple', 'hospital', 'police', 'office', "
    "'park', 'transport', 'bridge', 'canal', 'road', 'area'"
)
LEVELS = "'province', 'district', 'subdistrict', 'municipality', 'ward', 'community', 'owner'"


def _ground(table: str) -> list[sa.Column[int] | sa.Constraint]:
    return [
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f(f"fk_{table}_municipality_id_municipalities")
        ),
    ]


def upgrade() -> None:
    op.create_table(
        "named_places",
        *_ground("named_places"),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name_th", sa.String(80), nullable=False),
        sa.Column("name_en", sa.String(80), nullable=False),
        sa.Column("also", sa.Text(), nullable=True),
        sa.Column("road", sa.String(80), nullable=True),
        sa.Column("number", sa.String(20), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(400), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_named_places_municipality_id_code")),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_named_places_kind")),
        sa.CheckConstraint("latitude IS NULL OR latitude BETWEEN -90 AND 90", name=op.f("ck_named_places_latitude")),
        sa.CheckConstraint(
            "longitude IS NULL OR longitude BETWEEN -180 AND 180", name=op.f("ck_named_places_longitude")
        ),
    )
    op.create_table(
        "place_lessons",
        *_ground("place_lessons"),
        sa.Column("resident_id", ID, nullable=False),
        sa.Column("place_code", sa.String(40), nullable=True),
        sa.Column("phrase", sa.String(80), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("said_words", sa.String(80), nullable=True),
        sa.Column("said_pin", sa.String(80), nullable=True),
        sa.Column("learnt_at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_place_lessons_resident_id_residents")
        ),
    )
    op.create_index("ix_place_lessons_town", "place_lessons", ["municipality_id", "id"])
    op.create_index("ix_place_lessons_resident", "place_lessons", ["resident_id"])
    op.create_table(
        "areas",
        *_ground("areas"),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name_th", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("owner_code", sa.String(40), nullable=True),
        sa.Column("width_m", sa.Integer(), nullable=True),
        sa.Column("asks", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("geometry", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.String(400), nullable=True),
        sa.Column("is_confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("imported_at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("municipality_id", "level", "code", name=op.f("uq_areas_municipality_id_level_code")),
        sa.CheckConstraint(f"level IN ({LEVELS})", name=op.f("ck_areas_level")),
    )
    op.add_column("reports", sa.Column("place_accuracy_m", sa.Integer(), nullable=True))
    op.add_column("tickets", sa.Column("handed_as", sa.String(40), nullable=True))
    op.create_index("ix_tickets_handed_as", "tickets", ["handed_as"])


def downgrade() -> None:
    op.drop_index("ix_tickets_handed_as", "tickets")
    op.drop_column("tickets", "handed_as")
    op.drop_column("reports", "place_accuracy_m")
    op.drop_table("areas")
    op.drop_table("place_lessons")
    op.drop_table("named_places")
