"""A draft becomes a report and a ticket with its number, its promise and its acknowledgement, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot import incidents, limits, news, officer_news, promises, rights
from bot.drafts import UNKNOWN_CATEGORY, Draft, Place
from bot.places import remembered
from models import Category, Department, Media, Message, Municipality, Officer, Report, Resident, Ticket, TicketCounter
from models.lifecycle import Actor, Hears, TicketStatus
from models.ticket import month_of, ticket_number


@dataclass(frozen=True, slots=True)
class Filed:
    """What a draft became."""

    ticket: Ticket
    report: Report


def take_number(session: Session, town: Municipality, now: datetime) -> str:
    """The next number of this month; the counter's row stays locked until the caller's commit, so none is lost."""
    month = month_of(now, ZoneInfo(town.timezone))
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(TicketCounter)
        .values(municipality_id=town.id, month=month, last=1)
        .on_conflict_do_update(
            index_elements=[TicketCounter.municipality_id, TicketCounter.month],
            set_={"last": TicketCounter.last + 1},
        )
        .returning(TicketCounter.last)
    )
    return ticket_number(town.ticket_prefix, month, session.execute(statement).scalar_one())


def category_of(session: Session, town: Municipality, code: str | None) -> Category:
    """The town's category; an unknown code is the desk's."""
    wanted = (code, UNKNOWN_CATEGORY)
    found = session.scalars(
        select(Category).where(Category.municipality_id == town.id, Category.code.in_([c for c in wanted if c]))
    ).all()
    by_code = {category.code: category for category in found}
    return by_code.get(code or "") or by_code[UNKNOWN_CATEGORY]


def desk_of(session: Session, town: Municipality) -> Department:
    """The complaint desk."""
    return session.scalars(
        select(Department).where(Department.municipality_id == town.id, Department.is_desk).limit(1)
    ).one()


def report_problem(
    session: Session,
    town: Municipality,
    person: Resident,
    draft: Draft,
    now: datetime,
    *,
    is_urgent: bool = False,
    is_unsent: bool = False,
) -> Filed:
    """Make the ticket. Its number is news to the resident: in the answer, or (unsent draft) with the next reply."""
    category = category_of(session, town, draft.category or draft.guessed)
    place = draft.place or Place()
    department = desk_of(session, town) if place.is_outside else category.department
    ticket = Ticket(
        municipality_id=town.id,
        number=take_number(session, town, now),
        status=TicketStatus.NEW,
        mark="unsent_draft" if is_unsent else None,
        is_urgent=is_urgent,
        category=category,
        department=department,
        owner=category.owner,
        latitude=place.latitude,
        longitude=place.longitude,
        place_words=place.words or None,
        created_at=now,
        moved_at=now,
    )
    session.add(ticket)
    session.flush()
    ticket.due_at = promises.next_word_at(town, ticket, now)
    report = keep_report(session, ticket, person, draft, now, is_unsent=is_unsent)
    if place.latitude is not None and place.longitude is not None and not place.named:
        texts = [(words.said, words.text) for words in draft.words]
        remembered.learn(session, town, person.id, texts, (place.latitude, place.longitude), place.said, now)
    if report.resident_id is not None:
        ticket.remember("created", Actor.RESIDENT, now, resident_id=person.id)
        session.flush()
        _tell(session, ticket, person, now, is_urgent=is_urgent, is_unsent=is_unsent)
    else:  # whoever reported it was told the number on the telephone or at the counter
        officer = _entered_by(session, person, draft)
        ticket.remember("created", Actor.OFFICER, now, officer=officer, detail={"channel": draft.channel})
        ticket.last_word_at = now
        session.flush()
        kind = "officer.urgent" if is_urgent else "officer.new"
        officer_news.tell_officers(session, ticket, kind, now, urgent=is_urgent)
    incidents.notice_report(session, town, report, ticket, now)
    return Filed(ticket, report)


def keep_report(
    session: Session, ticket: Ticket, person: Resident, draft: Draft, now: datetime, *, is_unsent: bool = False
) -> Report:
    """What this person said, on this ticket: words, media and place stay this report's own."""
    place = draft.place or Place()
    report = Report(
        municipality_id=ticket.municipality_id,
        ticket_id=ticket.id,
        resident_id=person.id if draft.channel == "line" else None,
        channel=draft.channel,
        contact_name=draft.contact_name or None,
        contact=draft.contact or None,
        latitude=place.latitude,
        longitude=place.longitude,
        place_words=place.words or None,
        place_said=place.said or None,
        place_accuracy_m=place.accuracy_m,
        is_outside=place.is_outside,
        guessed_category=draft.guessed,
        guess_confidence=draft.confidence or None,
        model_version=draft.model_version or None,
        is_unsent_draft=is_unsent,
        draft_token=draft.token,
        created_at=now,
    )
    session.add(report)
    session.flush()
    officer = _entered_by(session, person, draft)
    for words in draft.words:
        session.add(
            Message(
                municipality_id=ticket.municipality_id,
                ticket_id=ticket.id,
                report_id=report.id,
                resident_id=person.id,
                officer_id=officer.id if officer else None,
                kind="report",
                said=words.said,
                text=words.text,
                said_at=now,
            )
        )
    if draft.media:
        session.execute(
            update(Media)
            .where(Media.id.in_(draft.media), Media.resident_id == person.id)
            .values(report_id=report.id, ticket_id=ticket.id)
        )
    return report


def _entered_by(session: Session, person: Resident, draft: Draft) -> Officer | None:
    """The officer who enters it for somebody without LINE."""
    return rights.officer_of(session, person.id) if draft.channel != "line" else None


def _tell(
    session: Session, ticket: Ticket, person: Resident, now: datetime, *, is_urgent: bool, is_unsent: bool
) -> None:
    # An unsent draft's card waits for the next reply, at the latest for the promise's date.
    way = Hears.NEXT_REPLY if is_unsent else Hears.ANSWER
    news.tell(
        session,
        person,
        ticket,
        "ticket",
        now,
        way=way,
        urgency="urgent" if is_urgent else "answer",
        push_at=ticket.due_at if is_unsent else None,
    )
    if not is_urgent:
        officer_news.tell_officers(session, ticket, "officer.new", now)
        return
    wakes = limits.may_wake_people(session, person, now)
    officer_news.tell_officers(session, ticket, "officer.urgent", now, urgent=True, at_once=wakes)
