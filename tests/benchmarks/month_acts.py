"""What people do in a played month: they report, write, answer and reopen; officers tap, move and reply."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import aftercare, casework, clock, intake, news, news_words, officer_casework, officer_news, outbox, queries
from bot.casework import By, Given
from bot.database import Database
from bot.drafts import Draft, Place, Words
from bot.replies import Say
from models import Department, Media, Municipality, Officer, Owner, Report, Resident, Ticket
from models.errors import RuleBroken
from models.lifecycle import Actor, TicketStatus

S = TicketStatus
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
#: Sunday, 1 November 2026, midnight in Bangkok.
BEGINS = datetime(2026, 10, 31, 17, tzinfo=UTC)


@dataclass
class Acts:
    """A town on a database, its queue of things that will happen, and its clock."""

    database: Database
    tickets: int
    seed: int = 1
    plan: int | None = 15_000
    days: int = 30  # on which reports come
    tail: timedelta = 46 * DAYS  # after the last report: the slowest ticket ends, and is closed when nobody answers
    tick: timedelta = timedelta(minutes=10)  # the clock goes on by so much; afterwards by three hours
    team: int = 2  # officers of each department
    now: datetime = BEGINS
    town_id: int = 0
    people: list[int] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    _queue: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    _order: count[int] = field(default_factory=count)
    _said: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def _at(self, when: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._queue, (when, next(self._order), act))

    def _hears(self, session: Session, person: Resident) -> None:
        """Whoever writes or taps is answered, for free, with what waits: as the doors do it."""
        also, items, quotes = news.ride_along(session, person, outbox.MOST - 1)
        message = outbox.reply(
            session, person, [*also, Say("…")], municipality_id=self.town_id, chat_id=person.line_user_id,
            token=f"token-{next(self._said)}", heard_at=clock.real_now(), inbox_event_id=None, quotes=quotes,
        )  # fmt: skip
        news.carry(session, message, items)

    def _writes(self, person_id: int) -> None:
        with self.database.transaction() as session:
            self._hears(session, session.get_one(Resident, person_id))

    def _taps(self, officer_id: int) -> None:
        with self.database.transaction() as session:
            officer = session.get_one(Officer, officer_id)
            news_words.conversation_of(session, officer.resident).touched_at = self.now
            officer_news.seen(session, officer, queries.new_work(session, officer, 5).tickets)
            self._hears(session, officer.resident)

    def _report(self) -> tuple[int, bool]:
        """Somebody reports something; the ticket's key, and whether it is urgent."""
        person_id, code = self.chance.choice(self.people), self.chance.choice(self.categories)
        with self.database.transaction() as session:
            town, person = session.get_one(Municipality, self.town_id), session.get_one(Resident, person_id)
            number = next(self._said)
            draft = Draft(
                token=f"draft-{number}", words=(Words(f"said-{number}", "…"),), place=Place(13.985, 100.625, "ซอย 46"),
                category=code, guessed=code,
            )  # fmt: skip
            is_urgent = self.chance.random() < 0.01
            ticket = intake.report_problem(session, town, person, draft, self.now, is_urgent=is_urgent).ticket
            self._hears(session, person)
            ticket_id = ticket.id
        if self.chance.random() < 0.08:
            self._at(self.now + self.chance.uniform(1, 30) * HOURS, lambda: self._joins(ticket_id))
        for likely, within in ((0.35, 2 * DAYS), (0.2, 6 * DAYS)):  # "ถึงไหนแล้ว", or something else altogether
            if self.chance.random() < likely:
                self._at(self.now + self.chance.random() * within, lambda: self._writes(person_id))
        return ticket_id, is_urgent

    def _joins(self, ticket_id: int) -> None:
        with self.database.transaction() as session:
            ticket = session.get_one(Ticket, ticket_id)
            person = session.get_one(Resident, self.chance.choice(self.people))
            if ticket.is_open:
                session.add(
                    Report(
                        municipality_id=self.town_id, ticket_id=ticket.id, resident_id=person.id, created_at=self.now
                    )
                )

    def _move(self, ticket_id: int, end: TicketStatus) -> None:
        with self.database.transaction() as session:
            ticket = casework.lock(session, ticket_id)
            assert ticket is not None
            officer = self._who(session, ticket)
            given = self._given(session, ticket, officer, end)
            done = self._unless_refused(
                session,
                lambda: casework.move_ticket(session, ticket, end, By(Actor.OFFICER, officer=officer), self.now, given),
            )
            if done:
                officer_news.seen(session, officer, [ticket])
            self._hears(session, officer.resident)

    def _who(self, session: Session, ticket: Ticket) -> Officer:
        if ticket.assignee_id is not None:
            return session.get_one(Officer, ticket.assignee_id)
        team = select(Officer).where(Officer.departments.any(Department.id == ticket.department_id))
        found = session.scalars(team.order_by(Officer.id)).unique().all()
        return found[ticket.id % len(found)]

    def _given(self, session: Session, ticket: Ticket, officer: Officer, end: TicketStatus) -> Given:
        said = f"said-{next(self._said)}"
        match end:
            case S.FORWARDED:
                owner = ticket.owner or session.scalars(select(Owner).order_by(Owner.position)).first()
                return Given(owner=owner, way="system")
            case S.PLANNED:
                return Given(planned_until=(self.now + self.chance.uniform(4, 25) * DAYS).date())
            case S.REJECTED:
                return Given(reason="not_found")
            case S.WAITING | S.RESOLVED:
                photo = Media(
                    municipality_id=self.town_id, resident_id=officer.resident_id, kind="image", said=said + "-p",
                    state="stored", received_at=self.now,
                )  # fmt: skip
                session.add(photo)
                session.flush()
                return Given(words="…", said=said, after_photos=[photo] if end is S.RESOLVED else ())
            case _:
                return Given()

    def _officer_replies(self, ticket_id: int) -> None:
        with self.database.transaction() as session:
            ticket = casework.lock(session, ticket_id)
            assert ticket is not None
            if ticket.is_open:
                officer = self._who(session, ticket)
                by = By(Actor.OFFICER, officer=officer)
                officer_casework.reply_to_reporters(session, ticket, by, "…", f"said-{next(self._said)}", self.now)
                self._hears(session, officer.resident)

    def _resident(self, ticket_id: int, does: str) -> bool:
        """Its first reporter does something with the ticket; whether the rules let it."""
        with self.database.transaction() as session:
            ticket = casework.lock(session, ticket_id)
            assert ticket is not None
            reports = select(Report).where(Report.ticket_id == ticket_id, Report.resident_id.is_not(None))
            report = session.scalars(reports.order_by(Report.id)).first()
            assert report is not None
            assert report.resident is not None
            person = report.resident
            acts: dict[str, Callable[[], object]] = {
                "cancels": lambda: aftercare.withdraw(session, ticket, person, self.now),
                "answers": lambda: aftercare.add(
                    session, ticket, person, aftercare.Said(f"said-{next(self._said)}", "…"), self.now
                ),
                "reopens": lambda: aftercare.reopen(session, ticket, person, self.now),
                "is content": lambda: aftercare.say_fixed(session, ticket, person, self.now),
            }
            done = self._unless_refused(session, acts[does])
            self._hears(session, person)
        return done

    def _unless_refused(self, session: Session, act: Callable[[], object]) -> bool:
        """Whether the rules let it: the ticket may have gone on meanwhile, as in life."""
        savepoint = session.begin_nested()
        try:
            act()
            savepoint.commit()
        except RuleBroken:
            savepoint.rollback()
            return False
        return True
