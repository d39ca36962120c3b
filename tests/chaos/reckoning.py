"""The count afterwards: what LINE was promised and people were shown, against what the database remembers."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from bot import clock, stuck
from bot.database import Database
from models import (
    Effect,
    InboxEvent,
    LedgerEntry,
    Media,
    Message,
    News,
    OutboxMessage,
    Report,
    Ticket,
    effect,
    inbox,
    news,
    outbox,
)
from tests.chaos.crowd import Crowd
from tests.chaos.plant import Plant


@dataclass
class Count:
    """What was counted. Everything after `listed` must be nothing."""

    acknowledged: int
    handled: int
    tickets: int
    accepted: int
    pushes: int
    effects: int
    uncertain: int
    listed: int
    events_lost: int
    events_left: int
    tickets_lost: int
    tickets_doubled: int
    pushes_lost: int
    pushes_seen_twice: int
    replies_lost: int
    replies_seen_twice: int
    news_lost: int
    effects_lost: int
    order_inversions: int
    stuck_unlisted: int
    stops_too_late: int  # a SIGTERM that was not obeyed within ten seconds

    @property
    def wrong(self) -> dict[str, int]:
        """What should be nothing and is not."""
        names = [field.name for field in fields(self)]
        promised = names[names.index("listed") + 1 :]
        return {name: number for name, number in asdict(self).items() if name in promised and number}


def settle(database: Database, plant: Plant, within_seconds: float) -> None:
    """Wait until nothing is under way. Waits that the schedule put off are cut short: they change no outcome.

    :raises TimeoutError: with what is left.
    """
    looked_too_soon = threading.Event()
    left: dict[str, int] = {}
    until = time.monotonic() + within_seconds
    while time.monotonic() < until:
        with database.transaction() as session:
            left = under_way(session)
            _hurry(session)
        if not any(left.values()):
            return
        if left["waiting for room"] == sum(left.values()):
            _read_the_plan(plant)
        looked_too_soon.wait(0.25)
    raise TimeoutError(f"still under way after {within_seconds} s: {left}")


def _read_the_plan(plant: Plant) -> None:
    """Whoever begins to work reads the month's plan at LINE: what waited for room goes out."""
    worker = plant.working[0]
    worker.kill()
    worker.start()
    plant.wait_until_ready()


def under_way(session: Session) -> dict[str, int]:
    """What is not over yet. News on a message that waits for the month's plan is counted with the message."""

    def number(table: Any, *where: Any) -> int:
        return int(session.execute(select(func.count()).select_from(table).where(*where)).scalar_one())

    now = clock.real_now()
    waits = select(OutboxMessage.id).where(OutboxMessage.state == outbox.WAITING_QUOTA)
    carried = (News.state == news.CARRIED) & func.coalesce(News.outbox_message_id, 0).not_in(waits)
    return {
        "events": number(InboxEvent, InboxEvent.state == inbox.NEW),
        "messages": number(OutboxMessage, OutboxMessage.state.in_(outbox.UNSETTLED)),
        "waiting for room": number(OutboxMessage, OutboxMessage.state == outbox.WAITING_QUOTA),
        "effects": number(Effect, Effect.state == effect.WANTED),
        "news": number(News, or_(carried, (News.state == news.WAITING) & (News.push_at < now))),
    }


def _hurry(session: Session) -> None:
    """Bring everything that waits for its next attempt a second nearer than a schedule of minutes would."""
    soon = clock.real_now() + timedelta(seconds=1)
    for table in (InboxEvent, OutboxMessage, Effect):
        session.execute(update(table).where(table.next_at > soon).values(next_at=soon))


def count(plant: Plant, crowd: Crowd, database: Database) -> Count:
    """Everything, from the database and from what people saw."""
    with database.reading() as session:
        listed = {one.id for one in stuck.listed(session)}
        events = list(session.scalars(select(InboxEvent)))
        messages = list(session.scalars(select(OutboxMessage)))
        kept = {event.event_id: event for event in events}
        lost, twice = _seen_against_said(messages, crowd)
        tags_lost, tags_doubled = _tickets(session, crowd)
        return Count(
            acknowledged=len(crowd.acknowledged.events),
            handled=sum(event.state == inbox.DONE for event in events),
            tickets=session.query(Ticket).count(),
            accepted=sum(message.state == outbox.ACCEPTED for message in messages),
            pushes=sum(message.state == outbox.ACCEPTED and message.way == outbox.PUSH for message in messages),
            effects=session.query(Effect).count(),
            uncertain=sum(message.state == outbox.UNCERTAIN for message in messages),
            listed=len(listed),
            events_lost=len(crowd.acknowledged.events - kept.keys()),
            events_left=sum(event.state == inbox.NEW for event in events),
            tickets_lost=tags_lost,
            tickets_doubled=tags_doubled,
            pushes_lost=lost["push"],
            pushes_seen_twice=twice["push"],
            replies_lost=lost["reply"],
            replies_seen_twice=twice["reply"],
            news_lost=_news_lost(session),
            effects_lost=_effects_lost(session, crowd, plant),
            order_inversions=len(_told(inversions(events))),
            stuck_unlisted=_unlisted(events, messages, listed),
            stops_too_late=sum(one.late_stops for one in plant.working),
        )


def _tickets(session: Session, crowd: Crowd) -> tuple[int, int]:
    """Reports that a patient resident made and that are not there, and what is there more than once."""
    said = session.scalars(select(Message.text).where(Message.kind == "report")).all()
    found = Counter(text.rpartition(" ")[2] for text in said if text)
    doubled = sum(max(found[tag] - 1, 0) for tag in crowd.tags | crowd.impatient_tags)
    reports = session.query(Report).count()
    tickets = session.query(Ticket).count()
    return sum(found[tag] == 0 for tag in crowd.tags), doubled + max(tickets - reports, 0)


def _seen_against_said(messages: list[OutboxMessage], crowd: Crowd) -> tuple[Counter[str], Counter[str]]:
    """Requests that LINE accepted and nobody saw, and requests that were seen more often than they were said."""
    lost: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    said: dict[str, list[OutboxMessage]] = defaultdict(list)
    for message in messages:
        said[message.chat_id].append(message)
    for person in crowd.people.values():
        for way in ("reply", "push"):
            seen = _requests_seen(person, way)
            mine = [message for message in said[person.id] if message.way == way]
            accepted = Counter(_written(one.body or []) for one in mine if one.state == outbox.ACCEPTED)
            unknown = Counter(_written(one.body or []) for one in mine if one.state == outbox.UNCERTAIN)
            lost[way] += (accepted - seen).total()
            twice[way] += (seen - accepted - unknown).total()
    return lost, twice


def _requests_seen(person: Any, way: str) -> Counter[str]:
    requests: dict[str, list[Any]] = defaultdict(list)
    for said in person.chat:
        if said["by"] == "bot" and said["how"] == way:
            requests[said["request_id"]].append({**said["message"], "id": None})
    return Counter(_written(messages) for messages in requests.values())


def _written(messages: list[Any]) -> str:
    return json.dumps([{**message, "id": None} for message in messages], sort_keys=True)


def _news_lost(session: Session) -> int:
    """News that somebody was to hear at once or soon, and that is neither told nor on its way nor a person's task."""
    pushed = select(News).where(News.push_at.is_not(None))
    ended = (news.TOLD, news.OVERTAKEN, news.UNCERTAIN)
    accounted = {
        message.id: message.state
        for message in session.scalars(select(OutboxMessage).where(OutboxMessage.state != outbox.ACCEPTED))
    }
    a_persons = (outbox.REFUSED, outbox.UNCERTAIN)
    left = [one for one in session.scalars(pushed) if one.state not in ended]
    lost = [one for one in left if accounted.get(one.outbox_message_id or 0) not in a_persons]
    for one in lost:
        sys.stdout.write(f"lost: {one.state} news {one.kind} by {one.way}, told {one.created_at}, due {one.push_at}\n")
    return len(lost)


def _effects_lost(session: Session, crowd: Crowd, plant: Plant) -> int:
    """Photos that were sent and are not stored, files that are missing, profiles and menus never asked for."""
    folder = Path(plant.settings()["MEDIA_URL"].removeprefix("file:"))
    files = {path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_size}
    stored = {one.said: one for one in session.scalars(select(Media).where(Media.state == "stored"))}
    missing = sum(
        photo not in stored or not any(str(stored[photo].stored_as).rpartition("/")[2] in name for name in files)
        for photo, event_id in crowd.photos.items()
        if event_id in crowd.acknowledged.events
    )
    undone = session.query(Effect).filter(Effect.state == effect.WANTED).count()
    return missing + undone


def inversions(events: list[InboxEvent]) -> list[tuple[InboxEvent, InboxEvent]]:
    """Events of one chat that happened and were kept before another one, and were handled after it.

    `received_at` is when the door took it, the id when it was written: of two deliveries at the door within a
    millisecond the first may be written last, and whoever works in between knows nothing of it.
    """
    lanes: dict[str, list[InboxEvent]] = defaultdict(list)
    for event in events:
        if event.state == inbox.DONE:
            lanes[event.lane_key].append(event)
    wrong = []
    for lane in lanes.values():
        lane.sort(key=lambda event: (event.occurred_at_ms, event.id))
        for number, earlier in enumerate(lane):
            wrong += [
                (earlier, later)
                for later in lane[number + 1 :]
                if earlier.handled_at is not None
                and later.handled_at is not None
                and earlier.received_at <= later.received_at
                and earlier.id < later.id
                and earlier.handled_at > later.handled_at
            ]
    return wrong


def _told(inverted: list[tuple[InboxEvent, InboxEvent]]) -> list[tuple[InboxEvent, InboxEvent]]:
    for pair in inverted:
        arrived = [f"event {one.id} arrived {one.received_at}, was handled {one.handled_at}" for one in pair]
        sys.stdout.write(f"inverted: {'; '.join(arrived)}\n")
    return inverted


def _unlisted(events: list[InboxEvent], messages: list[OutboxMessage], listed: set[str]) -> int:
    """What will not get on by itself and is shown to nobody; and what LINE took more of than the ledger knows."""
    rows = [f"event-{one.id}" for one in events if one.state == inbox.PARKED]
    rows += [f"message-{one.id}" for one in messages if one.state in (outbox.UNCERTAIN, outbox.REFUSED)]
    return sum(row not in listed for row in rows)


def unledgered(database: Database) -> int:
    """Accepted messages that the ledger does not hold."""
    with database.reading() as session:
        entered = select(LedgerEntry.outbox_message_id)
        return int(
            session.execute(
                select(func.count())
                .select_from(OutboxMessage)
                .where(OutboxMessage.state == outbox.ACCEPTED, OutboxMessage.id.not_in(entered))
            ).scalar_one()
        )
