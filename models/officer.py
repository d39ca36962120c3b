"""Officer: a resident's LINE account with a role in the town; and how one becomes an officer."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, InMunicipality, Key, one_of
from models.municipality import Department
from models.resident import Resident


class Role(StrEnum):
    """What a person may do for the town; a supervisor and an administrator see every department."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class OfficerDepartment(Base):
    """An officer works for this department (several are possible)."""

    __tablename__ = "officer_departments"

    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), primary_key=True)


class Officer(Base):
    """A person of the town. Revoking takes effect on the next event."""

    __tablename__ = "officers"
    __table_args__ = (UniqueConstraint("municipality_id", "resident_id"), one_of("role", tuple(Role)))

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20), server_default=Role.OFFICER)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    on_duty_since: Mapped[datetime | None]
    is_named_for_conduct: Mapped[bool] = mapped_column(Boolean, server_default=false())  # may see `service` tickets

    resident: Mapped[Resident] = relationship(lazy="joined")
    departments: Mapped[list[Department]] = relationship(secondary="officer_departments", lazy="selectin")

    @property
    def is_active(self) -> bool:
        """Whether this person still works for the town."""
        return self.revoked_at is None

    @property
    def sees_everything(self) -> bool:
        """The desk, supervisors and administrators see every department's tickets."""
        return self.role in (Role.SUPERVISOR, Role.ADMIN) or any(d.is_desk for d in self.departments)


class DutyShift(Base):
    """A turn on the roster: this officer is on duty from `starts_at` until `ends_at`, without saying so that day."""

    __tablename__ = "duty_shifts"
    __table_args__ = (
        UniqueConstraint("officer_id", "starts_at"),
        Index("ix_duty_shifts_ends", "municipality_id", "ends_at"),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    entered_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship(foreign_keys=officer_id)


class Invitation(Base):
    """A code that makes one officer once. Only its hash is kept."""

    __tablename__ = "invitations"
    __table_args__ = (one_of("role", tuple(Role)),)

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    role: Mapped[str] = mapped_column(String(20), server_default=Role.OFFICER)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    voided_at: Mapped[datetime | None]
    made_by_id: Mapped[int | None] = mapped_column(Id)  # the administrator; NULL: the command line


class InvitationTry(Base):
    """How often a person typed a wrong code on a day (in the town's zone)."""

    __tablename__ = "invitation_tries"
    __table_args__ = (UniqueConstraint("resident_id", "day"), Index("ix_invitation_tries_day", "day"))

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    day: Mapped[date]
    wrong: Mapped[int] = mapped_column(Integer, server_default="0")
    told_at: Mapped[datetime | None]  # on one row of a day: when the administrators heard of that day's tries
