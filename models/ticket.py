"""Ticket: the work a report became, its number, and the one door to its status."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from models.base import Base, Id, InMunicipality, Key, one_of
from models.category import Category
from models.lifecycle import OPEN, REOPEN_DAYS, Actor, Need, TicketStatus, check_move
from models.municipality import Department, Owner
from models.officer import Officer
from models.report import Report
from models.ticket_event import TicketEvent

MARKS = ("unanswered", "unconfirmed", "unreachable", "unsent_draft")
WAYS = ("phone", "letter", "system")  # โทร, หนังสือ, ระบบ
#: What is open has not ended; of what ended, and there is ever more of it, only the latest is looked for.
_IS_OPEN, _HAS_ENDED = text("ended_at IS NULL"), text("ended_at IS NOT NULL")
_HAS_NUMBER = text("forward_said IS NOT NULL")


class Ticket(Base):
    """Work for the town. Its status changes only through `move_to`, with the row locked by the caller."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("municipality_id", "number"),
        one_of("status", tuple(TicketStatus)),
        one_of("mark", MARKS, optional=True),
        one_of("forward_way", WAYS, optional=True),
        CheckConstraint(
            "status <> 'forwarded' OR (owner_id IS NOT NULL AND forward_way IS NOT NULL)", name="forwarded_to_somebody"
        ),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"),
        CheckConstraint("status <> 'planned' OR planned_until IS NOT NULL", name="planned_until_when"),
        CheckConstraint("status <> 'waiting' OR status_before IS NOT NULL", name="waiting_came_from"),
        CheckConstraint("stars IS NULL OR stars BETWEEN 1 AND 5", name="stars_one_to_five"),
        Index("ix_tickets_queue", "municipality_id", "status", "department_id", "is_urgent", "due_at"),
        Index("ix_tickets_due", "status", "due_at"),
        Index("ix_tickets_urgent", "status", "is_urgent", "urgent_step"),
        Index("ix_tickets_assignee", "assignee_id", "status"),
        Index("ix_tickets_handed_as", "handed_as"),
        Index("ix_tickets_forward_said", "forward_said", sqlite_where=_HAS_NUMBER, postgresql_where=_HAS_NUMBER),
        Index("ix_tickets_split_from", "split_from_id"),
        Index("ix_tickets_merged_into", "merged_into_id"),
        Index(
            "ix_tickets_open_place",
            "municipality_id",
            "category_id",
            "latitude",
            "longitude",
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(
            "ix_tickets_ended_place",
            "municipality_id",
            "category_id",
            "ended_at",
            "latitude",
            "longitude",
            sqlite_where=_HAS_ENDED,
            postgresql_where=_HAS_ENDED,
        ),
    )

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    number: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20), server_default=TicketStatus.NEW)
    status_before: Mapped[str | None] = mapped_column(String(20))  # what waiting or merged restores
    mark: Mapped[str | None] = mapped_column(String(20))
    is_urgent: Mapped[bool] = mapped_column(Boolean, server_default=false())
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owners.id"))
    forward_way: Mapped[str | None] = mapped_column(String(20))
    forward_number: Mapped[str | None] = mapped_column(String(80))  # the owner's letter or case number
    forward_said: Mapped[str | None] = mapped_column(String(80))  # the officer's LINE message it came with
    forwarded_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    split_from_id: Mapped[int | None] = mapped_column(Id)  # the ticket on which its report stood before
    handed_as: Mapped[str | None] = mapped_column(String(40))  # its number in the town on whose ground it lies
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    place_words: Mapped[str | None] = mapped_column(Text)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # the promise: the date of the next word to the resident
    paused_at: Mapped[datetime | None]  # the promise stands still since then (only while waiting)
    planned_until: Mapped[date | None]
    last_word_at: Mapped[datetime | None]  # last word accepted by LINE (or a finished call)
    overdue_told_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]  # a date passed with nothing to tell; until there is news
    escalated_at: Mapped[datetime | None]  # when the supervisor heard of it
    progress_told_at: Mapped[datetime | None]  # last news (not that there is none) accepted by LINE
    silence_told_at: Mapped[datetime | None]  # when fifteen days without news were raised
    urgent_at: Mapped[datetime | None]  # since when its ten minutes run, where not from the start
    urgent_step: Mapped[int] = mapped_column(Integer, server_default="0")  # who was told that nobody took it
    resolved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]  # words, photos and the exact place went, because their time was over
    reopened_count: Mapped[int] = mapped_column(Integer, server_default="0")
    was_reviewed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    stars: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)

    category: Mapped[Category] = relationship(lazy="joined", innerjoin=True)
    department: Mapped[Department] = relationship(lazy="joined", innerjoin=True)
    owner: Mapped[Owner | None] = relationship(lazy="joined")
    assignee: Mapped[Officer | None] = relationship(foreign_keys=assignee_id)
    reports: Mapped[list[Report]] = relationship(order_by=Report.id)
    history: Mapped[list[TicketEvent]] = relationship(order_by=TicketEvent.id, back_populates="ticket")
    merged_into: Mapped[Ticket | None] = relationship(remote_side="Ticket.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_open(self) -> bool:
        """Whether the town still owes this ticket something."""
        return self.status in OPEN

    def become_urgent(self, at: datetime) -> bool:
        """From now on it counts as urgent, and its ten minutes begin; whether it did not before."""
        if self.is_urgent:
            return False
        self.is_urgent, self.urgent_at = True, at
        return True

    def move_to(
        self,
        end: TicketStatus,
        actor: Actor,
        at: datetime,
        *,
        given: Collection[Need] = (),
        officer: Officer | None = None,
        resident_id: int | None = None,
        message_id: int | None = None,
        reason: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> TicketEvent:
        """Change the status if the lifecycle allows it, and append that to the history.

        What the status itself needs (owner and way, the other ticket, the planned date) is set by the
        use-case before; the database's CHECKs refuse what it forgot.

        :raises MoveRefused: (and its kin) with the reason, the ticket untouched.
        """
        start = TicketStatus(self.status)
        since = self.ended_at or at
        check_move(
            start,
            end,
            actor,
            given,
            needs_after_photo=self.category.needs_after_photo,
            is_within_reopen_days=at - since <= timedelta(days=REOPEN_DAYS),
            was_reviewed=self.was_reviewed,
        )
        if end in (TicketStatus.WAITING, TicketStatus.MERGED):
            self.status_before = start
        if end is TicketStatus.REOPENED:
            self.reopened_count += 1
            self.was_reviewed = self.was_reviewed or start is TicketStatus.REJECTED
            self.mark = None
        self.status = end
        self.moved_at = at
        self.resolved_at = at if end is TicketStatus.RESOLVED else self.resolved_at
        self.ended_at = None if end in OPEN else at
        entry = self.remember(
            "move",
            actor,
            at,
            officer=officer,
            resident_id=resident_id,
            message_id=message_id,
            reason=reason,
            detail=detail,
        )
        entry.from_status, entry.to_status = start, end
        return entry

    def remember(
        self,
        kind: str,
        actor: Actor,
        at: datetime,
        *,
        officer: Officer | None = None,
        resident_id: int | None = None,
        message_id: int | None = None,
        reason: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> TicketEvent:
        """Append to the history; `detail` holds codes and numbers, never words."""
        entry = TicketEvent(
            municipality_id=self.municipality_id,
            at=at,
            kind=kind,
            actor=actor,
            officer_id=officer.id if officer else None,
            resident_id=resident_id,
            message_id=message_id,
            reason=reason,
            detail=detail,
        )
        session = object_session(self)
        if session is None:
            self.history.append(entry)
        else:  # whoever appends need not read what happened before
            entry.ticket = self
            session.add(entry)
        return entry


class TicketCounter(Base):
    """The running number of a month; the row is locked while a ticket takes its number."""

    __tablename__ = "ticket_counters"

    municipality_id: Mapped[InMunicipality] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(String(4), primary_key=True)  # Buddhist year and month: 6911
    last: Mapped[int] = mapped_column(Integer)


class Correction(Base):
    """A person said that the guessed category was wrong: kept to learn from."""

    __tablename__ = "corrections"

    id: Mapped[Key]
    municipality_id: Mapped[InMunicipality]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(20))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    from_category: Mapped[str] = mapped_column(String(40))
    to_category: Mapped[str] = mapped_column(String(40))
    model_version: Mapped[str | None] = mapped_column(String(60))


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """The Buddhist year and month of a ticket's number: 6911 for November 2026."""
    local = at.astimezone(zone)
    return f"{(local.year + 543) % 100:02d}{local.month:02d}"


def ticket_number(prefix: str, month: str, running: int) -> str:
    """RS-6911-00042; the running number widens beyond 99999."""
    return f"{prefix}-{month}-{running:05d}"
