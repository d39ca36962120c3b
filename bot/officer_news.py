"""Who of the town is told what about a ticket, and when. Other new tickets come with an officer's next tap.

At once: urgent, new or opened again, to those on duty; with nobody on duty, to everybody of the department and the
desk; and what nobody accepted, to those above. Merged in ten minutes and kept for the morning in quiet hours: the first
new ticket of a department that had none open, a resident's answer, a reopening, reminders. Reminders cost each officer
one push a day: what comes up later that day waits for a tap, else for the next morning. A comment or a withdrawal comes
with the officer's next tap, or with a push that leaves anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bot import clock, limits, news, promises, queries, rights
from bot.officer_news_words import REMINDERS
from bot.rights import People
from models import Municipality, News, Officer, OutboxMessage, Ticket
from models.lifecycle import Hears
from models.news import CARRIED, OVERTAKEN, TOLD, WAITING
from models.outbox import PUSH

_URGENCY = {
    "officer.urgent": "urgent",
    "officer.answer": "answer",
    "officer.overdue": "overdue",
    "officer.follow_up": "overdue",
    "officer.due_soon": "overdue",
    "officer.late": "overdue",
    "officer.silent": "overdue",
}
#: No push of their own.
_WITH_THE_NEXT_TAP = ("officer.comment", "officer.withdrawn")
#: Of these, several about one ticket become one: what was said since is told together.
_GATHERED = ("officer.answer", "officer.comment")
#: Of these, a newer one says no more than the one that still waits.
_ONCE = (
    "officer.reopened",
    "officer.overdue",
    "officer.follow_up",
    "officer.urgent",
    "officer.new",
    "officer.due_soon",
    "officer.late",
    "officer.silent",
    "officer.approval",
)
#: What only says that there is something to look at, which an officer who looks at it has seen.
_POINTERS = ("officer.new", "officer.urgent", "officer.unaccepted", "officer.due_soon", "state")

#: Whom a thing left undone reaches.
Above = Literal["supervisors", "administrators"]


def tell_officers(
    session: Session,
    ticket: Ticket,
    kind: str,
    now: datetime,
    *,
    message_id: int | None = None,
    urgent: bool = False,
    to: Above | None = None,
    at_once: bool = True,
    this_morning: bool = False,
) -> list[News]:
    """Tell the right people of the town; the news that were written.

    `kind` is one of officer.new, .urgent, .unaccepted, .answer, .comment, .reopened, .withdrawn, .due_soon, .overdue,
    .late, .silent, .follow_up, .approval. A new ticket is told only where its department had none open. `message_id` is
    what the resident said; `urgent` pushes at once, whatever the hour; `to` is for what was left undone, or may not be
    done without them. Where one person raises alarm after alarm, `at_once` is False or the officer was pushed often
    enough: then it waits its ten minutes. `this_morning` is for the morning round: its reminders are the day's push.
    """
    if kind == "officer.new" and queries.has_other_open(session, ticket):
        return []
    people = rights.people_for(session, ticket)
    chosen = _chosen(session, ticket, kind, people, now, urgent=urgent, to=to)
    told = []
    for officer in _once_each(chosen):
        waiting = _still_waiting(session, officer, ticket, kind)
        if waiting is not None and kind in _ONCE:
            continue
        is_pressing = urgent and at_once and not limits.was_alarmed_enough(session, officer.resident, ticket, now)
        if waiting is not None and kind in _GATHERED and not is_pressing:
            item = waiting
            _gather(item, message_id)
        else:
            item = _tell(session, officer, ticket, kind, now, message_id, urgent=is_pressing)
            told.append(item)
        if urgent and not is_pressing:  # an alarm after too many: not at once, but it waits for no tap and no morning
            soon = now + news.merge_time(session)
            item.push_at = min(item.push_at or soon, soon)
        if kind in REMINDERS and not this_morning and item.push_at is not None:
            item.push_at = _with_the_days_reminders(session, officer, ticket, item.push_at, now)
    return told


def tell_one(
    session: Session, ticket: Ticket, officer: Officer, kind: str, now: datetime, *, message_id: int | None = None
) -> None:
    """Tell one officer, if the ticket is still his or hers to see."""
    if rights.may_work_on(session, officer, ticket):
        _tell(session, officer, ticket, kind, now, message_id, urgent=False)


def _chosen(
    session: Session, ticket: Ticket, kind: str, people: People, now: datetime, *, urgent: bool, to: Above | None
) -> list[Officer]:
    above = _reached(people.supervisors) or people.administrators
    if to is not None:
        return above if to == "supervisors" else people.administrators
    holder = _holder(session, ticket, ticket.assignee_id)
    if urgent:
        everybody = people.team + people.desk + people.supervisors + people.administrators
        awake = rights.on_duty(session, everybody, now) or _reached(people.team + people.desk)
        awake = awake or people.supervisors + people.administrators
        return [*awake, *above, *holder] if kind == "officer.reopened" else awake
    others = _reached(people.team) or _reached(people.desk) or above
    if kind == "officer.new":
        return others
    if kind == "officer.reopened":
        return above + holder
    if kind == "officer.answer":
        return _holder(session, ticket, ticket.asked_by_id) or holder or others
    if kind == "officer.silent":
        return (holder or people.team or people.desk) + people.supervisors + people.administrators
    if kind in ("officer.overdue", "officer.follow_up", "officer.due_soon"):
        return holder or others
    return holder  # a comment or a withdrawal of what nobody has in hand is seen in the list


def _holder(session: Session, ticket: Ticket, officer_id: int | None) -> list[Officer]:
    """That officer, if the ticket is still his or hers to work on and a push can arrive."""
    officer = session.get(Officer, officer_id) if officer_id else None
    return _reached([officer]) if officer is not None and rights.may_work_on(session, officer, ticket) else []


def _reached(officers: Sequence[Officer]) -> list[Officer]:
    """Those who do not block us: what only the others were told, nobody would know."""
    return [one for one in officers if one.resident.blocked_at is None]


def _once_each(officers: Iterable[Officer]) -> list[Officer]:
    return list({officer.id: officer for officer in officers}.values())


def _still_waiting(session: Session, officer: Officer, ticket: Ticket, kind: str) -> News | None:
    """That news, if it waits, locked; one that somebody is telling at this moment counts as told."""
    return session.scalars(_waiting(officer, [ticket.id], [kind]).limit(1)).first()


def _waiting(officer: Officer, ticket_ids: Sequence[int], kinds: Sequence[str]) -> Select[News]:
    wanted = select(News).where(
        News.resident_id == officer.resident_id,
        News.ticket_id.in_(ticket_ids),
        News.kind.in_(kinds),
        News.state == WAITING,
        News.is_for_officer,
    )
    return wanted.with_for_update(key_share=True, skip_locked=True).execution_options(populate_existing=True)


def _gather(item: News, message_id: int | None) -> None:
    if message_id is not None:
        # A new value, because the database's JSON does not notice a list that grows.
        item.detail = {"messages": [*(item.detail or {}).get("messages", ()), message_id]}


def _tell(
    session: Session,
    officer: Officer,
    ticket: Ticket,
    kind: str,
    now: datetime,
    message_id: int | None,
    *,
    urgent: bool,
) -> News:
    item = news.tell(
        session,
        officer.resident,
        ticket,
        kind,
        now,
        way=_way(kind, urgent=urgent),
        urgency="urgent" if urgent else _URGENCY.get(kind, "other"),
        detail={"messages": [message_id]} if message_id is not None else None,
        is_for_officer=True,
    )
    if not urgent and item.push_at is not None:
        item.push_at = after_quiet_hours(news.town_of(session, ticket), item.push_at)
    return item


def _way(kind: str, *, urgent: bool) -> Hears:
    if urgent:
        return Hears.PUSH_AT_ONCE
    return Hears.NEXT_REPLY if kind in _WITH_THE_NEXT_TAP else Hears.PUSH_MAY_WAIT


def after_quiet_hours(town: Municipality, moment: datetime) -> datetime:
    """`moment`, or the end of the town's quiet hours when it falls into them, in UTC."""
    quiet = town.settings.get("quiet_hours")
    if not quiet:
        return moment
    starts, ends = time.fromisoformat(quiet["starts"]), time.fromisoformat(quiet["ends"])
    return clock.after_hours(starts, ends, town.timezone, moment)


def _with_the_days_reminders(
    session: Session, officer: Officer, ticket: Ticket, push_at: datetime, now: datetime
) -> datetime:
    """When a reminder that would be pushed at `push_at` is pushed, so that the day's reminders cost one push.

    After the day's push, and from the night until the town opens, it waits for what the next morning round tells.
    """
    town = news.town_of(session, ticket)
    calendar, zone = promises.calendar_of(town), ZoneInfo(town.timezone)
    day = push_at.astimezone(zone).date()
    if _was_reminded_since(session, officer, datetime.combine(day, time.min, zone).astimezone(UTC)):
        return calendar.opens_after(calendar.closing_of(day)) + news.merge_time(session)
    opens = datetime.combine(day, calendar.opens, zone).astimezone(UTC)
    is_before_the_round = calendar.is_working_day(day) and push_at < opens
    return opens + news.merge_time(session) if is_before_the_round else push_at


def _was_reminded_since(session: Session, officer: Officer, since: datetime) -> bool:
    pushed = (
        select(News.id)
        .join(OutboxMessage, OutboxMessage.id == News.outbox_message_id)
        .where(
            News.resident_id == officer.resident_id,
            News.state.in_((CARRIED, TOLD)),
            News.kind.in_(REMINDERS),
            func.coalesce(News.told_at, News.created_at) >= since,
            OutboxMessage.way == PUSH,
        )
    )
    return session.scalars(pushed.limit(1)).first() is not None


def seen(session: Session, officer: Officer, tickets: Iterable[Ticket]) -> None:
    """The officer has these tickets on the screen: what only pointed to them need not be told any more."""
    session.flush()
    pointed = _waiting(officer, [ticket.id for ticket in tickets], _POINTERS)
    for item in session.scalars(pointed):
        item.state = OVERTAKEN
