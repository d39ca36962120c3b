"""Read-only questions: my tickets, a number, an officer's lists, everything for the outside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from bot import promises, rights
from bot.thai import normalise
from models import Category, Department, Message, Municipality, Officer, Owner, Report, Resident, SameQuestion, Ticket
from models.lifecycle import OPEN, TicketStatus
from models.same_question import DIFFERENT

#: A ticket number, wherever it stands: prefix (close to it its dash may be missing), Buddhist year and month, number.
_NUMBER = re.compile(r"(?<![a-z0-9])([a-z]{1,8})(?: ?[-‐-―−] ?|(?=\d\d[01]\d))(\d{4}) ?[-‐-―−] ?(\d{5,9})(?!\d)")
#: What is still to be worked on: open, and not waiting for the resident's last word.
AT_WORK = OPEN - {TicketStatus.RESOLVED}
#: Merges are followed this far; a longer chain does not come from the lifecycle.
_MERGES = 50


def number_in(text: str) -> str | None:
    """The first ticket number in a text, as it is written on cards; Thai digits and small letters do as well."""
    found = _NUMBER.search(normalise(text))
    return f"{found[1].upper()}-{found[2]}-{found[3]}" if found else None


def by_number(session: Session, town: Municipality, number: str) -> Ticket | None:
    """The town's ticket with this number."""
    statement = select(Ticket).where(Ticket.municipality_id == town.id, Ticket.number == number.strip().upper())
    return session.scalars(statement).unique().one_or_none()


def by_id(session: Session, town: Municipality, ticket_id: int) -> Ticket | None:
    """The town's ticket with this key; another town's is none of ours."""
    statement = select(Ticket).where(Ticket.municipality_id == town.id, Ticket.id == ticket_id)
    return session.scalars(statement).unique().one_or_none()


def standing(ticket: Ticket) -> Ticket:
    """Where the work goes on: the ticket itself, or the one it was merged into (and so on)."""
    for _ in range(_MERGES):
        if ticket.merged_into is None:
            break
        ticket = ticket.merged_into
    return ticket


#: Built once: it is asked for most of what residents say.
_OWN = (
    select(Ticket)
    .join(Report, Report.ticket_id == Ticket.id)
    .where(Report.resident_id == bindparam("resident"), Report.withdrawn_at.is_(None))
    .order_by(Ticket.created_at.desc(), Ticket.id.desc())
)


def own_tickets(session: Session, person: Resident, *, open_only: bool = False) -> list[Ticket]:
    """The tickets on which this person's reports stand (not those taken back), newest first, each once.

    A merged ticket is seen as the one it went into.
    """
    told = session.scalars(_OWN, {"resident": person.id})
    found = {ticket.id: ticket for ticket in map(standing, told.unique())}
    return [ticket for ticket in found.values() if ticket.is_open or not open_only]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an officer's list: its tickets, how many come after them, how many the whole list has."""

    tickets: list[Ticket]
    left: int
    total: int


def new_work(session: Session, officer: Officer, size: int, after: Ticket | None = None) -> Page:
    """งานใหม่: what nobody has in hand in this officer's departments, urgent first, then by due date.

    New and reopened tickets, and whatever is being worked on by nobody (its officer left, its category changed).
    """
    return _page(session, unheld(session, officer), size, after)


def unheld(session: Session, officer: Officer) -> Select[Ticket]:
    """What nobody has in hand in this officer's departments, as a question."""
    holder = aliased(Officer)
    nobody = or_(Ticket.assignee_id.is_(None), holder.revoked_at.is_not(None))
    fresh = Ticket.status.in_((TicketStatus.NEW, TicketStatus.REOPENED))
    return (
        select(Ticket)
        .outerjoin(holder, holder.id == Ticket.assignee_id)
        .where(rights.may_see(session, officer), Ticket.status.in_(AT_WORK), fresh | nobody)
    )


def my_work(session: Session, officer: Officer, size: int, after: Ticket | None = None) -> Page:
    """งานของฉัน: what this officer has in hand and is not waiting for the resident's last word."""
    return _page(session, mine(session, officer).where(Ticket.status.in_(AT_WORK)), size, after)


def due_soon(
    session: Session, officer: Officer, town: Municipality, until: datetime, now: datetime, size: int,
    after: Ticket | None = None,
) -> Page:
    """ใกล้ครบกำหนด: what is overdue or due by `until` in this officer's departments, and what is silent for long.

    A paused promise is not due.
    """
    is_due = Ticket.paused_at.is_(None) & (Ticket.due_at <= until)
    statement = select(Ticket).where(
        rights.may_see(session, officer), Ticket.status.in_(AT_WORK), is_due | promises.is_silent(town, now)
    )
    return _page(session, statement, size, after)


def search(session: Session, officer: Officer, words: str, size: int, before: int | None = None) -> Page:
    """ค้นหา: every word stands in number, category, place or a report's own words; newest first, none but this
    officer's to see. `before` is the key of the last ticket that was shown."""
    statement = select(Ticket).join(Category, Category.id == Ticket.category_id).where(rights.may_see(session, officer))
    for word in words.split():
        said = Message.text.icontains(word, autoescape=True)
        reported = select(Report.ticket_id).join(Message, Message.report_id == Report.id)
        reported = reported.where(Message.kind == "report", said)  # where the report stands now, merged or not
        places = select(Report.ticket_id).where(Report.place_words.icontains(word, autoescape=True))
        fields = (
            Ticket.number, Ticket.place_words, Category.name_th, Category.name_en, Category.label_th, Category.label_en,
        )  # fmt: skip
        found = [one.icontains(word, autoescape=True) for one in fields]
        statement = statement.where(or_(*found, Ticket.id.in_(reported), Ticket.id.in_(places)))
    total = _count(session, statement)
    rest = statement.where(Ticket.id < before) if before is not None else statement
    count = _count(session, rest)
    tickets = list(session.scalars(rest.order_by(Ticket.id.desc()).limit(size)).unique())
    return Page(tickets, max(count - len(tickets), 0), total)


def my_resolved_count(session: Session, officer: Officer) -> int:
    """How many of this officer's tickets wait for the resident to say that all is well."""
    return _count(session, mine(session, officer).where(Ticket.status == TicketStatus.RESOLVED))


def mine(session: Session, officer: Officer) -> Select[Ticket]:
    """What this officer has in hand, as a question."""
    return select(Ticket).where(rights.may_see(session, officer), Ticket.assignee_id == officer.id)


def _count(session: Session, statement: Select[Ticket]) -> int:
    return session.scalar(select(func.count()).select_from(statement.with_only_columns(Ticket.id).subquery())) or 0


def _page(session: Session, statement: Select[Ticket], size: int, after: Ticket | None) -> Page:
    """The next `size` tickets behind `after`, which may have left the list since; from the top when none follow."""
    order = (case((Ticket.is_urgent, 0), else_=1), func.coalesce(Ticket.due_at, Ticket.created_at), Ticket.id)
    total = _count(session, statement)
    rest = statement
    if after is not None:
        place = (0 if after.is_urgent else 1, after.due_at or after.created_at, after.id)
        rest = statement.where(tuple_(*order) > place)
    count = _count(session, rest) or total
    tickets = list(session.scalars((rest if count < total else statement).order_by(*order).limit(size)).unique())
    return Page(tickets, max(count - len(tickets), 0), total)


def has_other_open(session: Session, ticket: Ticket) -> bool:
    """Whether the ticket's department has another open ticket."""
    statement = select(Ticket.id).where(
        Ticket.municipality_id == ticket.municipality_id,
        Ticket.department_id == ticket.department_id,
        Ticket.status.in_(OPEN),
        Ticket.id != ticket.id,
    )
    return session.scalars(statement.limit(1)).first() is not None


def owners_for(session: Session, ticket: Ticket) -> list[Owner]:
    """Every owner of the town: the ticket's own first, then the category's, then the rest in the town's order."""
    statement = select(Owner).where(Owner.municipality_id == ticket.municipality_id, Owner.is_active)
    likely = (ticket.owner_id, ticket.category.owner_id)
    found = session.scalars(statement.order_by(Owner.position)).all()
    return sorted(found, key=lambda owner: likely.index(owner.id) if owner.id in likely else len(likely))


def categories_of(session: Session, town: Municipality) -> Sequence[Category]:
    """The town's kinds of problem, in its own order."""
    statement = select(Category).where(Category.municipality_id == town.id, Category.is_active)
    return session.scalars(statement.order_by(Category.position)).unique().all()


def likely_same(session: Session, officer: Officer, ticket: Ticket, most: int = 5) -> list[Ticket]:
    """Open tickets of the same category that this officer may see, nearest first (newest first without a point).

    Not those of which a reporter of this ticket said that they are another problem.
    """
    said_no = (
        select(SameQuestion.ticket_id)
        .join(Report, Report.id == SameQuestion.report_id)
        .where(Report.ticket_id == ticket.id, SameQuestion.answer == DIFFERENT)
    )
    statement = select(Ticket).where(
        rights.may_see(session, officer),
        Ticket.category_id == ticket.category_id,
        Ticket.status.in_(OPEN),
        Ticket.ended_at.is_(None),  # says no more than the line before, and has an index of its own
        Ticket.id != ticket.id,
        Ticket.id.not_in(said_no),
    )
    latitude, longitude = ticket.latitude, ticket.longitude
    order: list[ColumnElement[Any]] = [Ticket.id.desc()]
    if latitude is not None and longitude is not None:
        # Degrees are near enough for an order of neighbours; whoever has no point stands last.
        away = func.abs(Ticket.latitude - latitude) + func.abs(Ticket.longitude - longitude)
        order.insert(0, func.coalesce(away, 1_000.0))
    return list(session.scalars(statement.order_by(*order).limit(most)).unique())


def departments_of(session: Session, town: Municipality) -> Sequence[Department]:
    """The town's departments, in its own order."""
    statement = select(Department).where(Department.municipality_id == town.id, Department.is_active)
    return session.scalars(statement.order_by(Department.position)).all()


@dataclass(frozen=True, slots=True)
class Listed:
    """One ticket for the town's own programs: no words, but exact points and confidential ones; times in its zone."""

    number: str
    category: str
    status: str
    urgent: bool
    department: str
    owner: str | None
    point: dict[str, float] | None
    reports: int
    channel: str
    created: str
    due: str | None
    mark: str | None
    merged_into: str | None


def listed_tickets(session: Session, town: Municipality) -> list[Listed]:
    """Every ticket of the town, oldest first. `reports` counts those not taken back; `channel` is the first one's."""
    other = aliased(Ticket)
    count = func.count(Report.id).filter(Report.withdrawn_at.is_(None))
    first = func.min(Report.id)
    reports = (
        select(Report.ticket_id, count.label("standing"), first.label("first_id"))
        .where(Report.municipality_id == town.id)
        .group_by(Report.ticket_id)
        .subquery()
    )
    statement = (
        select(
            Ticket.number, Ticket.status, Ticket.is_urgent, Ticket.latitude, Ticket.longitude, Ticket.created_at,
            Ticket.due_at, Ticket.mark, Category.code.label("category"), Department.code.label("department"),
            Owner.code.label("owner"), other.number.label("merged_into"), Report.channel,
            func.coalesce(reports.c.standing, 0).label("reports"),
        )
        .join(Category, Category.id == Ticket.category_id)
        .join(Department, Department.id == Ticket.department_id)
        .outerjoin(Owner, Owner.id == Ticket.owner_id)
        .outerjoin(other, other.id == Ticket.merged_into_id)
        .outerjoin(reports, reports.c.ticket_id == Ticket.id)
        .outerjoin(Report, Report.id == reports.c.first_id)
        .where(Ticket.municipality_id == town.id)
        .order_by(Ticket.created_at, Ticket.id)
    )  # fmt: skip
    zone = ZoneInfo(town.timezone)
    return [_listed(row, zone) for row in session.execute(statement)]


def _listed(row: Any, zone: ZoneInfo) -> Listed:
    def local(moment: datetime | None) -> str | None:
        return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None

    has_point = row.latitude is not None and row.longitude is not None
    return Listed(
        number=row.number,
        category=row.category,
        status=row.status,
        urgent=row.is_urgent,
        department=row.department,
        owner=row.owner,
        point={"lat": row.latitude, "lon": row.longitude} if has_point else None,
        reports=row.reports,
        channel=row.channel or "other",
        created=local(row.created_at) or "",
        due=local(row.due_at),
        mark=row.mark,
        merged_into=row.merged_into,
    )
