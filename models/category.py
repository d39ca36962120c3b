"""Category: what kind of problem, who works on it, and what is promised."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, InMunicipality, Key, one_of
from models.municipality import Department, Owner

CLOCKS = ("calendar", "working")


class Category(Base):
    """One of the town's kinds of problem.

    `promise` is hours when `clock` is "calendar" and working days when it is "working": the date of the
    next word to the resident, never of the repair.
    """

    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("municipality_id", "code"),
        one_of("clock", CLOCKS),
        CheckConstraint("promise > 0", name="promise_positive"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code: Mapped[Code]
    topic: Mapped[Code]
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    label_th: Mapped[str] = mapped_column(String(60))  # ≤ 20 graphemes: fits a quick reply
    label_en: Mapped[str] = mapped_column(String(60))
    icon: Mapped[str] = mapped_column(String(16))
    covers: Mapped[str] = mapped_column(String(1000))
    smart_city_domain: Mapped[str] = mapped_column(String(40))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owners.id"))
    promise: Mapped[int] = mapped_column(Integer)
    clock: Mapped[str] = mapped_column(String(20))
    radius_m: Mapped[int] = mapped_column(Integer)
    needs_after_photo: Mapped[bool] = mapped_column(Boolean, server_default=false())
    is_public: Mapped[bool] = mapped_column(Boolean, server_default=false())
    position: Mapped[int] = mapped_column(Integer)
    is_confirmed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    is_active: Mapped[bool] = mapped_column(Boolean, server_default="1")

    department: Mapped[Department] = relationship(lazy="joined")
    owner: Mapped[Owner | None] = relationship(lazy="joined")

    @property
    def is_confidential(self) -> bool:
        """Complaints about the town's own people are for the named few (product rule on `service`)."""
        return self.code == "service"
