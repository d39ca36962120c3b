"""What a move tells whom: one News row is one word to one person about one ticket, with the way it may travel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.news.calling import PUSHED, STANDING, ask_to_call, overtake_calls
from bot.news.carrying import push_waiting
from models import Follow, Media, Municipality, News, Report, Resident, Ticket, TicketEvent
from models.lifecycle import MOVES, OPEN, Hears, TicketStatus
from models.news import OVERTAKEN, URGENCY, WAITING

_URGENCY_OF_STATUS = {
    TicketStatus.RESOLVED: "resolved",
    TicketStatus.WAITING: "question",
    TicketStatus.REJECTED: "rejected",
    TicketStatus.FORWARDED: "forwarded",
    TicketStatus.PLANNED: "planned",
}
#: Kinds that a newer move makes pointless: they only say where the ticket stood.
_SAYS_WHERE_IT_STANDS = ("moved", "state", "overdue")
#: Of these, even an older one is worth hearing: the card of the ticket shows what was asked, done or decided.
_WORTH_HEARING = ("question", "resolved", "rejected")
#: The card of finished work waits so long for its photo, which is fetched meanwhile.
PHOTO_PATIENCE = timedelta(seconds=8)
_MERGE_SETTING = "news_merge_seconds"
MERGE_SECONDS = 600


def use_merge_seconds(session: Session, seconds: int) -> None:
    """How long news that may wait does wait for company (NEWS_MERGE_SECONDS), for this session."""
    session.info[_MERGE_SETTING] = seconds


def merge_time(session: Session) -> timedelta:
    """How long news that may wait does wait for company, in this session."""
    return timedelta(seconds=session.info.get(_MERGE_SETTING, MERGE_SECONDS))


def reporters(session: Session, ticket: Ticket) -> list[Resident]:
    """Everybody with LINE whose report stands on this ticket, once each."""
    statement = (
        select(Resident)
        .join(Report, Report.resident_id == Resident.id)
        .where(Report.ticket_id == ticket.id, Report.withdrawn_at.is_(None))
        .order_by(Resident.id)
    )
    return list(session.scalars(statement).unique())


def tell(
    session: Session,
    person: Resident,
    ticket: Ticket,
    kind: str,
    now: datetime,
    *,
    way: Hears,
    urgency: str = "other",
    detail: dict[str, Any] | None = None,
    is_for_officer: bool = False,
    push_at: datetime | None = None,
) -> News:
    """Remember one word to one person.

    PUSH_AT_ONCE leaves with this transaction (or, with a later `push_at`, then); the others wait for their time.
    """
    if push_at is None and way is Hears.PUSH_MAY_WAIT:
        push_at = now + merge_time(session)
    if push_at is None and way is Hears.PUSH_AT_ONCE:
        push_at = now
    item = News(
        municipality_id=ticket.municipality_id,
        resident_id=person.id,
        ticket_id=ticket.id,
        kind=kind,
        way=way,
        urgency=urgency,
        detail=detail,
        is_for_officer=is_for_officer,
        state=WAITING,
        created_at=now,
        push_at=push_at,
    )
    session.add(item)
    session.flush()
    if way is Hears.PUSH_AT_ONCE and push_at is not None and push_at <= now:
        push_waiting(session, person, now)
    return item


def tell_move(session: Session, ticket: Ticket, entry: TicketEvent, now: datetime) -> None:
    """Tell every reporter of a move, by the way the lifecycle names. What was the resident's own act is answered there.

    Older news of the same ticket that nobody has carried yet is overtaken: people hear where it stands, not every
    step. What was to be pushed by a time is still pushed by that time, as the news of now.
    """
    status = TicketStatus(entry.to_status or ticket.status)
    move = MOVES.get(status)
    if move is None or entry.actor == "system":
        return
    way = Hears.NEXT_REPLY if move.hears is Hears.ANSWER else move.hears
    overtake_calls(session, ticket, only=STANDING if status in OPEN else None)
    if way in PUSHED:
        ask_to_call(session, ticket, status, now)
    photo_at = _when_the_photo_is_there(session, ticket, now) if status is TicketStatus.RESOLVED else None
    for person in reporters(session, ticket):
        before = _overtake(session, person, ticket)
        if entry.resident_id == person.id:
            continue  # the handler answers it
        urgency = min(_URGENCY_OF_STATUS.get(status, "other"), before.urgency, key=URGENCY.index)
        tell(
            session,
            person,
            ticket,
            "moved",
            now,
            way=way,
            urgency=urgency,
            detail={"status": status.value, "event": entry.id},
            push_at=photo_at or (None if way is Hears.PUSH_AT_ONCE else before.push_at),
        )
    _tell_followers(session, ticket, status, now)


def _tell_followers(session: Session, ticket: Ticket, status: TicketStatus, now: datetime) -> None:
    """Whoever follows it without having reported hears of the status with the next answer, never by a push."""
    reported = select(Report.resident_id).where(
        Report.ticket_id == ticket.id, Report.resident_id.is_not(None), Report.withdrawn_at.is_(None)
    )
    wanted = select(Resident).join(Follow, Follow.resident_id == Resident.id).where(Follow.ticket_id == ticket.id)
    for person in session.scalars(wanted.where(Resident.id.not_in(reported)).order_by(Resident.id)).all():
        older = select(News).where(
            News.resident_id == person.id, News.ticket_id == ticket.id, News.kind == "followed", News.state == WAITING
        )
        for item in session.scalars(older.with_for_update(key_share=True, skip_locked=True)):
            item.state = OVERTAKEN
        tell(session, person, ticket, "followed", now, way=Hears.NEXT_REPLY, detail={"status": status.value})


@dataclass(frozen=True, slots=True)
class _Overtaken:
    """What overtaken news would have done: the time it would have been pushed at, and how pressing it was."""

    push_at: datetime | None = None
    urgency: str = "digest"


def _overtake(session: Session, person: Resident, ticket: Ticket) -> _Overtaken:
    waiting = (
        select(News)
        .where(
            News.resident_id == person.id,
            News.ticket_id == ticket.id,
            News.state == WAITING,
            News.is_for_officer.is_(False),
            News.kind.in_(_SAYS_WHERE_IT_STANDS),
            News.urgency.not_in(_WORTH_HEARING),
        )
        .with_for_update(key_share=True, skip_locked=True)  # what somebody carries at this moment is told
    )
    found = session.scalars(waiting).all()
    for item in found:
        item.state = OVERTAKEN
    times = [item.push_at for item in found if item.push_at is not None]
    urgencies = [item.urgency for item in found]
    return _Overtaken(min(times, default=None), min(urgencies, key=URGENCY.index, default="digest"))


def _when_the_photo_is_there(session: Session, ticket: Ticket, now: datetime) -> datetime | None:
    """When finished work is told at the latest, if its photo is still being fetched; None: now."""
    session.flush()
    fetched = select(Media.id).where(awaited_photo(ticket.id))
    return now + PHOTO_PATIENCE if session.scalars(fetched.limit(1)).first() is not None else None


def awaited_photo(ticket_id: Any) -> Any:
    """The condition that a medium is an after-photo of this ticket which is still to be fetched."""
    return (
        (Media.ticket_id == ticket_id)
        & (Media.purpose == "after")
        & (Media.kind == "image")
        & (Media.state == "wanted")
    )


def forget(session: Session, person: Resident, ticket: Ticket) -> None:
    """Whoever has nothing to do with a ticket any more is told nothing more of it."""
    session.flush()
    waiting = select(News).where(
        News.resident_id == person.id,
        News.ticket_id == ticket.id,
        News.state == WAITING,
        News.is_for_officer.is_(False),
    )
    for item in session.scalars(waiting):
        item.state = OVERTAKEN


def town_of(session: Session, ticket: Ticket) -> Municipality:
    """The municipality whose ticket it is."""
    return session.get_one(Municipality, ticket.municipality_id)
