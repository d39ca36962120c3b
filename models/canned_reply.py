"""CannedReply: a sentence that officers need often; from the town's profile, and changed by supervisors in the chat."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, InMunicipality, Key
from models.category import Category
from models.municipality import Department


class CannedReply(Base):
    """Words for residents, for one department or category or for all. What a person changed, an import leaves alone."""

    __tablename__ = "canned_replies"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code: Mapped[str] = mapped_column(String(40))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    title: Mapped[str] = mapped_column(String(120))  # ≤ 40 graphemes: it stands on a button
    text: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(Boolean, server_default="1")
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default="0")
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    edited_at: Mapped[datetime | None]

    department: Mapped[Department | None] = relationship()
    category: Mapped[Category | None] = relationship()
