"""What it costs to find out whether a problem is known, and whether it is an outbreak, in a town of many reports."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from bot import incidents, known, profiles, towns
from bot.database import Database, migrate
from bot.drafts import Draft, Place, Words
from models import Category, Message, Municipality, Report, Resident, Ticket
from tests import databases
from tests.benchmarks.bench import percentile, table

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
#: Reports in all; of their tickets so many are open, however long the past is.
SIZES = (100_000, int(os.environ.get("BENCH_REPORTS", "1_000_000")))
OPEN_TICKETS = 100_000
ROUNDS = 200
#: Times as long as the bare questions: the words of sixteen tickets are compared, and five things are asked.
MOST_FLOORS = {"duplicate search": 10, "outbreak update": 18}
#: What is wrong, and where: put together they make sentences of the length that residents write.
_WHAT = ("ถนนเป็นหลุมลึกมาก", "ไฟถนนดับทั้งซอย", "ขยะไม่มาเก็บหลายวันแล้ว", "น้ำประปาเป็นสีแดง", "ท่อระบายน้ำตัน น้ำท่วมขัง")
_WHERE = ("หน้าตลาดเก่า", "ปากซอยข้างวัด", "ใกล้โรงเรียนอนุบาล", "หลังหมู่บ้านริมคลอง", "ตรงข้ามธนาคารสี่แยก", "เชิงสะพานแดง")
_END = ("อันตรายมาก รบกวนมาดูให้หน่อยครับ", "แจ้งไปหลายครั้งแล้ว", "เด็กนักเรียนเดินผ่านทุกวันค่ะ", "รถล้มไปสองคันเมื่อคืนนี้")
SENTENCES = [f"{what} {where} {end}" for what in _WHAT for where in _WHERE for end in _END]

_STATEMENTS = (
    """insert into residents (municipality_id, line_user_id, first_seen_at)
       select :town, 'U' || lpad(to_hex(i), 32, '0'), :now from generate_series(1, :reports / 4) i""",
    # All over twenty square kilometres, in every category that is shown to all; the newest are open. Two minutes lie
    # between two reports, as in a town that gets 700 a day.
    """insert into tickets (municipality_id, number, status, category_id, department_id, latitude, longitude,
         created_at, moved_at, ended_at, version)
       select :town, 'RS-6911-' || lpad(i::text, 7, '0'),
         case when i <= :reports - :open then 'closed'
           else (array['new', 'accepted', 'in_progress', 'new'])[1 + i % 4] end,
         c.id, c.department_id, 13.965 + (i::bigint * 7919 % 40000) / 1000000.0,
         100.59 + (i::bigint * 104729 % 50000) / 1000000.0,
         :now - (:reports - i) * interval '2 minutes', :now,
         case when i <= :reports - :open then :now - (:reports - i) * interval '110 seconds' end, 1
       from generate_series(1, :reports) i
       join (select id, department_id, row_number() over (order by id) - 1 as place, count(*) over () as many
             from categories where municipality_id = :town and is_public) c on c.place = i % c.many""",
    """insert into reports (municipality_id, ticket_id, resident_id, latitude, longitude, created_at)
       select :town, t.id, r.first + t.id * 31 % (:reports / 4), t.latitude, t.longitude, t.created_at
       from tickets t cross join (select min(id) as first from residents) r""",
    """insert into messages (municipality_id, ticket_id, report_id, resident_id, kind, text, said_at)
       select :town, ticket_id, id, resident_id, 'report',
         (cast(:sentences as text[]))[1 + id * 7 % cardinality(cast(:sentences as text[]))], created_at from reports""",
    """insert into report_counts (municipality_id, category_id, key, month, count, first_at)
       select :town, c.id, k.key, to_char(:now - m * interval '1 month', 'YYYY-MM'), 400, :now - interval '1 year'
       from (select id from categories where municipality_id = :town) c
       cross join (select 'all' as key union all select 'h' || lpad(i::text, 2, '0') from generate_series(0, 23) i
         union all select 'c' || n || ':' || e
         from generate_series(1390, 1404) n cross join generate_series(10055, 10070) e) k
       cross join generate_series(0, 11) m""",
)


@pytest.fixture
def server(postgresql: str) -> Iterator[databases.PostgresServer]:
    """A server with the memory a million reports deserve; filling it need not survive a power cut."""
    programs = databases.server_programs()
    assert programs is not None
    made = databases.PostgresServer(programs, shared_buffers="512MB", max_wal_size="4GB", maintenance_work_mem="256MB")
    try:
        made.start()
        yield made
    finally:
        made.remove()


def _fill(database: Database, reports: int) -> None:
    with database.transaction() as session:
        town = towns.import_profile(session, profiles.load("rangsit"), NOW).municipality
        session.execute(text("set local statement_timeout = 0"))
        session.execute(text("set local session_replication_role = replica"))  # foreign keys hold by how it is made
        values = {"town": town.id, "now": NOW, "reports": reports, "open": OPEN_TICKETS, "sentences": SENTENCES}
        for statement in _STATEMENTS:
            session.execute(text(statement), values)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        connection.execute(text("vacuum analyze"))


def _fill_by_hand(database: Database, reports: int) -> None:
    """The same town without PostgreSQL's own words: all of it open, and no past year of counts."""
    with database.transaction() as session:
        town = towns.import_profile(session, profiles.load("rangsit"), NOW).municipality
        session.flush()
        wanted = select(Category).where(Category.municipality_id == town.id, Category.is_public).order_by(Category.id)
        kinds = [(one.id, one.department_id) for one in session.scalars(wanted).unique()]
        every = {"municipality_id": town.id}
        people = range(1, reports // 4 + 1)
        session.execute(
            insert(Resident), [{**every, "line_user_id": f"U{i:032x}", "first_seen_at": NOW} for i in people]
        )
        for first in range(1, reports + 1, 10_000):
            ids = range(first, min(first + 10_000, reports + 1))
            at = {i: NOW - (reports - i) * timedelta(minutes=2) for i in ids}
            where = {
                i: {"latitude": 13.965 + i * 7919 % 40_000 / 1e6, "longitude": 100.59 + i * 104_729 % 50_000 / 1e6}
                for i in ids
            }
            tickets = [
                {
                    **every, **where[i], "id": i, "number": f"RS-6911-{i:07}", "status": "new", "version": 1,
                    "category_id": kinds[i % len(kinds)][0], "department_id": kinds[i % len(kinds)][1],
                    "created_at": at[i], "moved_at": NOW,
                }
                for i in ids
            ]  # fmt: skip
            mine = {i: {**every, "ticket_id": i, "resident_id": people[i * 31 % len(people)]} for i in ids}
            said = [
                {**mine[i], "report_id": i, "kind": "report", "text": SENTENCES[i * 7 % len(SENTENCES)],
                 "said_at": at[i]}
                for i in ids
            ]  # fmt: skip
            session.execute(insert(Ticket), tickets)
            session.execute(
                insert(Report), [{**mine[i], **where[i], "id": i, "created_at": at[i]} for i in ids]
            )
            session.execute(insert(Message), said)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze"))


#: p10, p50 and p99 in milliseconds.
Times = tuple[float, float, float]


class _Measured:
    """Draws places and kinds, and times one use-case in a transaction of its own.

    It is committed, as it is in the bot: one that is taken back makes the driver forget every prepared statement.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.dice = Random(6)

    def run(self, ask: Callable[[Session, Municipality, Category, tuple[float, float]], Callable[[], object]]) -> float:
        """Milliseconds of what `ask` prepares."""
        with self.database.transaction() as session:
            town = session.scalars(select(Municipality)).one()
            public = select(Category).where(Category.municipality_id == town.id, Category.is_public)
            category = self.dice.choice(list(session.scalars(public.order_by(Category.id)).unique()))
            here = (13.965 + self.dice.random() * 0.04, 100.59 + self.dice.random() * 0.05)
            act = ask(session, town, category, here)
            began = time.perf_counter()
            act()
            return (time.perf_counter() - began) * 1000


def _floor(
    session: Session, town: Municipality, category: Category, here: tuple[float, float]
) -> Callable[[], object]:
    """What the database and its driver take for saying nothing, as often as the search asks."""
    nothing = text("select 1")
    return lambda: [session.execute(nothing).scalar() for _ in range(4)]


def _search(
    session: Session, town: Municipality, category: Category, here: tuple[float, float]
) -> Callable[[], object]:
    # Everybody in turn: one person asked about two hundred tickets would be measured by what they were asked before.
    first = session.scalars(select(func.min(Resident.id))).one()
    person = session.get_one(Resident, first + int(here[1] * 1e7) % (OPEN_TICKETS // 4))
    sentence = SENTENCES[int(here[0] * 1e7) % len(SENTENCES)]
    draft = Draft("t", (Words("said", sentence),), place=Place(*here), category=category.code)
    return lambda: known.most_alike(session, town, person, draft, NOW)


def _update(
    session: Session, town: Municipality, category: Category, here: tuple[float, float]
) -> Callable[[], object]:
    person = session.scalars(select(Resident).limit(1)).one()
    ticket = Ticket(
        municipality_id=town.id, number=uuid4().hex, status="new", category=category, department=category.department,
        latitude=here[0], longitude=here[1], created_at=NOW, moved_at=NOW,
    )  # fmt: skip
    session.add(ticket)
    session.flush()
    report = Report(
        municipality_id=town.id, ticket_id=ticket.id, resident_id=person.id, latitude=here[0], longitude=here[1],
        is_outside=False, created_at=NOW,
    )  # fmt: skip
    session.add(report)
    session.flush()
    return lambda: incidents.notice_report(session, town, report, ticket, NOW)


ASKED = (("four bare questions", _floor), ("duplicate search", _search), ("outbreak update", _update))


def _measure(database: Database) -> dict[str, Times]:
    """p10, p50 and p99 of each, taken in turns, so that what else the machine does falls on all of them."""
    measured, taken = _Measured(database), {name: list[float]() for name, _ in ASKED}
    for turn in range(ROUNDS + 20):
        for name, ask in ASKED:
            took = measured.run(ask)
            if turn >= 20:  # plans, caches
                taken[name].append(took)
    return {
        name: (percentile(times, 10), percentile(times, 50), percentile(times, 99)) for name, times in taken.items()
    }


def _floors(found: dict[str, Times], name: str) -> float:
    """How many times as long as the bare questions of the same run; by the tenth that the machine disturbed least."""
    return found[name][0] / found["four bare questions"][0]


def _check(found: dict[str, Times]) -> None:
    for name, most in MOST_FLOORS.items():
        assert _floors(found, name) < most


@pytest.mark.timeout(1200)
def test_duplicate_search_and_outbreak_update_among_many_reports(server: databases.PostgresServer) -> None:
    rows, found = [], {}
    for reports in SIZES:
        with databases.connect(server.url()) as connection:
            connection.execute(f"create database town_{reports}")
        url = server.url(f"town_{reports}")
        migrate(url)
        database = Database(url)
        _fill(database, reports)
        found[reports] = _measure(database)
        rows += [(name, f"{reports:,}", *times) for name, times in found[reports].items()]
        database.close()
    title = f"PostgreSQL, {OPEN_TICKETS:,} open tickets in 20 km²"
    table(title, ("what", "reports", "p10 ms", "p50 ms", "p99 ms"), rows)
    for measured in found.values():
        _check(measured)
    for name, _ in ASKED:  # a long past costs nearly nothing
        assert _floors(found[SIZES[1]], name) < 2 * _floors(found[SIZES[0]], name)


@pytest.mark.timeout(600)
def test_the_same_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bench.db"
    migrate(url)
    database = Database(url)
    _fill_by_hand(database, OPEN_TICKETS)
    found = _measure(database)
    rows = [(name, f"{OPEN_TICKETS:,}", *times) for name, times in found.items()]
    table(f"SQLite, {OPEN_TICKETS:,} open tickets in 20 km²", ("what", "reports", "p10 ms", "p50 ms", "p99 ms"), rows)
    database.close()
    _check(found)
