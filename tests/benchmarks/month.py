"""A month of a town, played under a clock that jumps: tickets with their moves, residents' messages, officers' taps.

Nothing is sent and no words are understood; everything between is the bot's own: intake, casework, news, timers, the
outbox and its ledger. Moves and messages come from a seed, so that the same month is played every time.

"Push everything" is the same run: each word that was written to a person, other than an answer, as a paid message of
its own. A digest is no such word; it counts on our side alone.

No figures of a real town were at hand. How people behave is assumed, and the result hangs on it: of a hundred tickets
22 go to an owner and 7 are planned, 13 of these stay open for two to five weeks, the others take days (COURSES); in 35
of 100 cases a reporter writes once more within two days, in 20 within six; a resident has 1.4 tickets. Two officers of
each department, a supervisor and an administrator look four times on a working day, first between nine and ten, which
is after the morning's push; once a day when the month of reports is over. Nobody works on weekends, although five
categories promise a word within 24 hours on any day.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot import app, clock, profiles, towns
from bot.delivery.quota import may_push, this_month
from bot.delivery.settling import finish
from models import (
    Category,
    Department,
    LedgerEntry,
    Municipality,
    News,
    Officer,
    OutboxMessage,
    QuotaMonth,
    Resident,
    Ticket,
)
from models.lifecycle import Hears, TicketStatus
from models.news import CARRIED, OVERTAKEN, TOLD, WAITING
from models.officer import Role
from models.outbox import ACCEPTED, PUSH, QUEUED, REPLY, WAITING_QUOTA
from tests.benchmarks.month_acts import BEGINS, DAYS, HOURS, Acts
from tests.benchmarks.month_reasons import Reason, reasons
from tests.rounds import run_due

S = TicketStatus
#: How tickets go, of a hundred: what town halls with such a system tell of roughly.
COURSES = {
    "resolved": 52,
    "asked and resolved": 8,
    "forwarded": 10,
    "forwarded and resolved": 12,
    "planned": 3,
    "planned and resolved": 4,
    "rejected": 6,
    "cancelled": 3,
    "left until late": 2,
}


@dataclass
class Paid:
    """What the month cost and whether everything was heard."""

    tickets: int
    words: int  # news written, other than answers: what "push everything" pushes, one by one
    words_to_residents: int
    pushes: int
    pushes_to_officers: int
    replies: int
    unheard: int  # neither told nor overtaken by a newer word
    waiting_for_quota: int
    reasons: list[Reason]  # the dearest first

    @property
    def ratio(self) -> float:
        """Ours as a part of pushing everything."""
        return self.pushes / self.words

    @property
    def per_ticket(self) -> float:
        """Paid messages for each ticket."""
        return self.pushes / self.tickets


class Month(Acts):
    """The month from its first report to the last news of its tickets."""

    def play(self) -> Paid:
        """The month, the weeks in which its tickets end, and one last message of everybody."""
        real_now, clock.now = clock.now, lambda: self.now
        try:
            self._set_up()
            self._fill()
            self._run()
            self._everybody_writes_once_more()
            return self._count()
        finally:
            clock.now = real_now

    # -- who and what

    def _set_up(self) -> None:
        with self.database.transaction() as session:
            if towns.find(session, "rangsit") is None:
                towns.import_profile(session, profiles.load("rangsit"), self.now)
            town = session.scalars(select(Municipality)).one()
            self.town_id = town.id
            for month in ("2026-11", "2026-12", "2027-01", "2027-02"):
                plan = QuotaMonth(municipality_id=town.id, month=month, allowed=self.plan, read_at=self.now)
                session.add(plan)
            departments = list(session.scalars(select(Department)))
            for department in departments:
                for number in range(self.team):
                    self._officer(session, f"{department.code} {number}", department, Role.OFFICER)
            for name, role in (("head", Role.SUPERVISOR), ("admin", Role.ADMIN)):
                self._officer(session, name, departments[0], role)
            people = [self._person(session, f"resident {number}") for number in range(max(self.tickets * 7 // 10, 1))]
            session.flush()
            self.people = [person.id for person in people]
            self.officers = list(session.scalars(select(Officer.id)))
            active = select(Category).where(Category.is_active)
            self.categories = [one.code for one in session.scalars(active).unique() if not one.is_confidential]

    def _person(self, session: Session, name: str) -> Resident:
        number = next(self._said)
        person = Resident(
            municipality_id=self.town_id, line_user_id=f"U{number:032x}", display_name=name, first_seen_at=self.now
        )
        session.add(person)
        return person

    def _officer(self, session: Session, name: str, department: Department, role: Role) -> None:
        person = self._person(session, name)
        officer = Officer(
            municipality_id=self.town_id, resident=person, name=name, role=role, created_at=self.now,
            departments=[department],
        )  # fmt: skip
        session.add(officer)

    def _fill(self) -> None:
        for _ in range(self.tickets):
            day, hour = (
                self.chance.randrange(self.days),
                self.chance.choice((7, 8, 9, 10, 11, 12, 13, 15, 17, 18, 19, 20, 21)),
            )
            self._at(BEGINS + day * DAYS + (hour + self.chance.random()) * HOURS, self._begin)
        for day in range(self.days + self.tail.days):  # officers look at their lists on working days
            if (BEGINS + day * DAYS + 12 * HOURS).weekday() < 5:
                for officer in self.officers:
                    for hour in (9, 11, 14, 16) if day < self.days else (9,):
                        when = BEGINS + day * DAYS + (hour + self.chance.random()) * HOURS
                        self._at(when, partial(self._taps, officer))

    def _working(self, after: timedelta) -> datetime:
        """So much later, moved into the hours in which officers work."""
        when = self.now + after
        local = when + 7 * HOURS
        if local.hour >= 16 or local.hour < 9:
            when += ((24 + 9 - local.hour) % 24) * HOURS
        while (when + 7 * HOURS).weekday() > 4:
            when += DAYS
        return when

    def _run(self) -> None:
        ends = BEGINS + self.days * DAYS + self.tail
        while self.now < ends:
            until = self.now + self._step()
            while self._queue and self._queue[0][0] <= until:
                self.now, _, act = heapq.heappop(self._queue)
                act()
                self._deliver()
            self.now = until
            local = self.now + 7 * HOURS
            is_hour = local.minute == 0
            run_due(self.database, self.now, with_hourly=is_hour, with_daily=is_hour and local.hour == 0)
            self._deliver()

    def _step(self) -> timedelta:
        """How far the clock goes on: never past the ten minutes in which somebody's tap could save a push."""
        hour = (self.now + 7 * HOURS).hour
        if self.now < BEGINS + self.days * DAYS:
            return self.tick if 6 <= hour < 23 else max(self.tick, HOURS)
        if 8 <= hour < 12:
            return self.tick if hour < 11 else max(self.tick, HOURS)
        return 4 * HOURS

    def _deliver(self) -> None:
        with self.database.transaction() as session:
            queued = select(OutboxMessage).where(OutboxMessage.state == QUEUED).order_by(OutboxMessage.id)
            for message in session.scalars(queued).all():
                month = this_month("Asia/Bangkok")
                may = message.way == REPLY or may_push(
                    session, self.town_id, month, message.urgency, is_for_officer=message.is_for_officer
                )
                finish(session, message, ACCEPTED if may else WAITING_QUOTA, self.now, "Asia/Bangkok", app.hooks())

    # -- the courses

    def _begin(self) -> None:
        """A report, and what will become of it."""
        ticket_id, is_urgent = self._report()
        course = self.chance.choices(list(COURSES), list(COURSES.values()))[0]
        late = 4 * DAYS if course == "left until late" else timedelta()
        taken = self.now + 6 / 60 * HOURS if is_urgent else self._working(late + self.chance.expovariate(1 / 5) * HOURS)
        if course == "cancelled":
            self._at(self.now + self.chance.uniform(1, 20) * HOURS, lambda: self._does(ticket_id, "cancels"))
            return
        self._at(taken, lambda: self._move(ticket_id, S.ACCEPTED))
        if course == "rejected":
            self._at(taken + self.chance.uniform(2, 30) * HOURS, lambda: self._move(ticket_id, S.REJECTED))
            return
        moment = taken
        if course.startswith("asked"):
            self._at(taken + HOURS / 2, lambda: self._move(ticket_id, S.WAITING))
            answered = taken + self.chance.uniform(0.7, 24) * HOURS
            self._at(answered, lambda: self._does(ticket_id, "answers"))
            moment = answered
        elif course.startswith("forwarded"):
            moment = taken + self.chance.uniform(0.5, 6) * HOURS
            self._at(moment, lambda: self._move(ticket_id, S.FORWARDED))
        elif course.startswith("planned"):
            moment = taken + self.chance.uniform(0.5, 24) * HOURS
            self._at(moment, lambda: self._move(ticket_id, S.PLANNED))
        elif self.chance.random() < 0.6:
            self._at(taken + self.chance.uniform(1, 20) * HOURS, lambda: self._move(ticket_id, S.IN_PROGRESS))
        if self.chance.random() < 0.08:
            self._at(moment + self.chance.uniform(1, 20) * HOURS, lambda: self._officer_replies(ticket_id))
        slow = course in ("forwarded", "planned")  # these take weeks
        wait = self.chance.uniform(15, 32) * DAYS if slow else (0.3 + self.chance.expovariate(1 / 2)) * DAYS
        self._at(moment + wait, lambda: self._resolve(ticket_id))

    def _resolve(self, ticket_id: int) -> None:
        when = self._working(timedelta())
        if when > self.now:
            self._at(when, lambda: self._resolve(ticket_id))
            return
        self._move(ticket_id, S.RESOLVED)
        chance = self.chance.random()
        if chance < 0.06:
            self._at(self.now + self.chance.uniform(0.1, 30) * HOURS, lambda: self._does(ticket_id, "reopens"))
        elif chance < 0.6:
            self._at(self.now + self.chance.expovariate(1 / 8) * HOURS, lambda: self._does(ticket_id, "is content"))

    def _does(self, ticket_id: int, what: str) -> None:
        if self._resident(ticket_id, what) and what == "reopens":
            self._at(self._working(self.chance.uniform(3, 30) * HOURS), lambda: self._resolve(ticket_id))

    # -- the end

    def _everybody_writes_once_more(self) -> None:
        """What only a next reply carries is heard when somebody writes, however long after."""
        for _ in range(3):  # what one answer has no room for comes with the next
            with self.database.reading() as session:
                waiting = set(session.scalars(select(News.resident_id).where(News.state.in_((WAITING, CARRIED)))))
            for person_id in sorted(waiting):
                self._writes(person_id)
                self._deliver()

    def _count(self) -> Paid:
        with self.database.reading() as session:

            def number(*conditions: ColumnElement[bool]) -> int:
                wanted = select(func.count()).select_from(News).where(*conditions)
                return session.scalar(wanted) or 0

            def sent(*conditions: ColumnElement[bool]) -> int:
                wanted = select(func.count()).select_from(LedgerEntry).where(*conditions)
                return session.scalar(wanted) or 0

            told = News.way != Hears.ANSWER
            quota = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == WAITING_QUOTA)
            return Paid(
                tickets=session.scalar(select(func.count()).select_from(Ticket)) or 0,
                words=number(told),
                words_to_residents=number(told, News.is_for_officer.is_(False)),
                pushes=sent(LedgerEntry.way == PUSH),
                pushes_to_officers=sent(LedgerEntry.way == PUSH, LedgerEntry.is_for_officer),
                replies=sent(LedgerEntry.way == REPLY),
                unheard=number(News.state.not_in((TOLD, OVERTAKEN))),
                waiting_for_quota=session.scalar(quota) or 0,
                reasons=reasons(session),
            )
