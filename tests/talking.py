"""Talking with the town as residents do: LINE's events through the dispatcher, each in a transaction of its own.

`Rangsit` is the town on a real database with a clock that the test moves; `nok = town.person("nok")` is somebody with
LINE. What the outbox holds is judged by LINE's rules and then accepted, unless `town.line` says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import app, casework, clock, profiles, towns
from bot.casework import By, Given
from bot.config import Settings
from bot.database import Database
from bot.delivery import parts
from bot.delivery.settling import finish
from bot.line import messages
from bot.line.actions import Speaker
from bot.line.events import message_id
from bot.replies import from_json
from handlers.line.dispatch import Dispatcher
from models import Conversation, Department, InboxEvent, Media, Municipality, Officer, Owner, Report, Resident, Ticket
from models.inbox import DONE
from models.lifecycle import Actor, TicketStatus
from models.officer import Role
from models.outbox import (
    ACCEPTED,
    EXPIRED,
    PUSH,
    QUEUED,
    REFUSED,
    REPLY,
    UNCERTAIN,
    WAITING_QUOTA,
    WITHDRAWN,
    OutboxMessage,
)
from tests import arriving
from tests.groups import Group
from tests.people import FAR_OUTSIDE, INSIDE, KEY, Person, Saw, ids, read
from tests.rounds import run_due
from tests.unit.line_accepts import accepted

SETTINGS = Settings({"SECRET_KEY": KEY, "LINE_API_URL": "http://127.0.0.1:1"})
SPEAKER = Speaker("rangsit", KEY.encode(), lambda picture, rendition: f"https://bot.test/media/{picture.media_id}")
#: Tuesday, 24 November 2026, 11:00 in Bangkok: an ordinary working day.
MORNING = datetime(2026, 11, 24, 4, tzinfo=UTC)

End = Literal["accepts", "lets the token die", "is silent", "refuses", "has no quota left", "is blocked", "is away"]
_STATES = {
    "accepts": ACCEPTED,
    "lets the token die": EXPIRED,
    "is silent": UNCERTAIN,
    "refuses": REFUSED,
    "has no quota left": WAITING_QUOTA,
    "is blocked": WITHDRAWN,
}


@dataclass
class Line:
    """What LINE does with what is sent. "is away" leaves everything queued."""

    replies: End = "accepts"
    pushes: End = "accepts"


@dataclass
class Rangsit:
    """The town: its database, its clock, its people."""

    database: Database
    code: str = "rangsit"
    now: datetime = MORNING
    line: Line = field(default_factory=Line)
    people: dict[str, Person] = field(default_factory=dict)
    photos_arrive: bool = True  # an officer's photo of finished work is stored at once

    def __post_init__(self) -> None:
        self.dispatch = Dispatcher(SETTINGS)
        with self.database.transaction() as session:
            if towns.find(session, self.code) is None:
                towns.import_profile(session, profiles.load(self.code), self.now)

    def person(self, name: str) -> Person:
        """Somebody of this name, met on the first call."""
        if name not in self.people:
            self.people[name] = Person(self, name, f"U{next(ids):032x}")
        return self.people[name]

    def group(self) -> Group:
        """A village's group chat with the account in it."""
        return Group(self)

    def passes(self, **time: float) -> None:
        """Let time pass, and do what has become due: `passes(minutes=15)`."""
        self.now += timedelta(**time)
        run_due(self.database, self.now)
        self.delivers()

    def receives(self, body: bytes, user_id: str) -> InboxEvent:
        """One event is handled as the engine does it, and what it said is delivered."""
        with self.database.transaction() as session:
            told = json.loads(body)
            event = InboxEvent(
                municipality_id=self.row(session).id,
                event_id=f"id-{next(ids)}",
                lane_key=f"{self.row(session).id}:{user_id}",
                said=message_id(told),
                body=body,
                occurred_at_ms=next(ids),
                received_at=clock.real_now(),
            )
            session.add(event)
            session.flush()
            self.dispatch(session, event)
            event.state = DONE
        if self.photos_arrive:
            with self.database.transaction() as session:
                arriving.photos_arrive(session, self.now)
        self.delivers()
        return event

    def delivers(self) -> None:
        """Send everything that is queued, and settle it the way LINE ends it."""
        while self.delivers_one():
            pass

    def delivers_one(self) -> bool:
        """Send the oldest queued message that LINE takes just now; False when there is none."""
        with self.database.transaction() as session:
            for message in session.scalars(
                select(OutboxMessage).where(OutboxMessage.state == QUEUED).order_by(OutboxMessage.id)
            ):
                end = self.line.replies if message.way == REPLY else self.line.pushes
                if end == "is away":
                    continue
                content = list(message.content or [])
                replies = from_json(content)
                built = accepted(messages.build(replies, SPEAKER))
                message.attempts += 1
                finish(session, message, _STATES[end], clock.real_now(), "Asia/Bangkok", app.hooks())
                if end == "accepts":
                    numbers = [f"sent-{next(ids)}" for _ in built]
                    parts.remember(session, message, built, numbers)
                    for person in self.people.values():
                        if person.user_id == message.chat_id:
                            person.seen.append(Saw(message.way, replies, read(built), content, numbers))
                return True
        return False

    # ---- what the town does

    def row(self, session: Session) -> Municipality:
        """The municipality."""
        return session.scalars(select(Municipality).where(Municipality.code == self.code)).one()

    def language_of(self, person: Person) -> str:
        """The language this person has now."""
        with self.database.reading() as session:
            found = session.scalars(select(Resident).where(Resident.line_user_id == person.user_id)).one_or_none()
            return found.language if found else "th"

    def officer(self, name: str, *departments: str, role: Role = Role.OFFICER) -> Person:
        """Somebody who works for these departments."""
        person = self.person(name)
        with self.database.transaction() as session:
            town = self.row(session)
            resident = session.scalars(
                select(Resident).where(Resident.line_user_id == person.user_id)
            ).one_or_none() or Resident(
                municipality_id=town.id, line_user_id=person.user_id, display_name=name, first_seen_at=self.now
            )
            found = session.scalars(
                select(Department).where(Department.municipality_id == town.id, Department.code.in_(departments))
            ).all()
            session.add(
                Officer(
                    municipality_id=town.id,
                    resident=resident,
                    name=name,
                    role=role,
                    created_at=self.now,
                    departments=list(found),
                )
            )
        return person

    def moves(
        self, number: str, end: str, /, *, by: str = "somchai", owner: str | None = None, photos: int = 0, **given: Any
    ) -> None:
        """An officer moves a ticket; `by` is made an officer of the desk on the first call."""
        if by not in self.people:
            self.officer(by, "clerk")
        with self.database.transaction() as session:
            ticket = self.ticket(session, number)
            officer = session.scalars(select(Officer).where(Officer.name == by)).one()
            if owner:
                given["owner"] = session.scalars(
                    select(Owner).where(Owner.municipality_id == ticket.municipality_id, Owner.code == owner)
                ).one()
            given["after_photos"] = [self._photo(session, officer) for _ in range(photos)]
            locked = casework.lock(session, ticket.id)
            assert locked is not None
            status = TicketStatus(end)
            casework.move_ticket(session, locked, status, By(Actor.OFFICER, officer=officer), self.now, Given(**given))
        self.delivers()

    def joins(self, person: Person, number: str) -> None:
        """This person's report stands on that ticket too."""
        person.adds_the_account()
        with self.database.transaction() as session:
            ticket = self.ticket(session, number)
            resident = session.scalars(select(Resident).where(Resident.line_user_id == person.user_id)).one()
            report = Report(
                municipality_id=ticket.municipality_id, ticket_id=ticket.id, resident_id=resident.id,
                place_words="บ้านตรงข้าม", created_at=self.now,
            )  # fmt: skip
            session.add(report)
        person.reads_on()

    def _photo(self, session: Session, officer: Officer) -> Media:
        photo = Media(
            municipality_id=officer.municipality_id,
            resident_id=officer.resident_id,
            kind="image",
            said=f"photo-{next(ids)}",
            state="stored" if self.photos_arrive else "wanted",
            received_at=self.now,
        )
        session.add(photo)
        session.flush()
        return photo

    def ticket(self, session: Session, number: str) -> Ticket:
        """The ticket with this number."""
        return session.scalars(select(Ticket).where(Ticket.number == number)).unique().one()

    def tickets(self) -> list[str]:
        """The numbers of all tickets, oldest first."""
        with self.database.reading() as session:
            return list(session.scalars(select(Ticket.number).order_by(Ticket.id)))

    def standing(self, number: str, *names: str) -> Any:
        """One value of a ticket by its attribute's name, or several."""
        with self.database.reading() as session:
            ticket = self.ticket(session, number)
            values = [getattr(ticket, name) for name in names or ("status",)]
            session.expunge_all()
            return values[0] if len(values) == 1 else tuple(values)

    def every(self, model: Any, **where: Any) -> list[Any]:
        """Every row of a table with these values, oldest first, to be read only."""
        with self.database.reading() as session:
            found = list(session.scalars(select(model).filter_by(**where).order_by(model.id)).unique())
            session.expunge_all()
            return found

    def every_conversation(self) -> list[Conversation]:
        """Every dialogue, to be read only."""
        with self.database.reading() as session:
            found = list(session.scalars(select(Conversation).order_by(Conversation.resident_id)))
            session.expunge_all()
            return found

    def said_to(self, person: Person, way: str | None = None) -> list[OutboxMessage]:
        """Everything the outbox holds for a person, whatever became of it."""
        found = self.every(OutboxMessage, chat_id=person.user_id)
        return [message for message in found if way in (None, message.way)]


def rangsit(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rangsit]:
    """Rangsit on this database, with a clock that stands still until the test moves it."""
    town = Rangsit(database)
    monkeypatch.setattr(clock, "now", lambda: town.now)
    yield town


__all__ = ["FAR_OUTSIDE", "INSIDE", "MORNING", "PUSH", "REPLY", "Person", "Rangsit", "rangsit"]
