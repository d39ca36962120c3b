"""A town after years: residents, tickets, their history, events and messages, made inside PostgreSQL.

What is open stays the same however long the past is, because that is what a town has to do. Nothing here is anybody's
words; rows are such as the engine writes them, and the foreign keys hold, though they are not checked while filling.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot import profiles, towns
from bot.database import Database
from models import Department, Municipality, Officer, Resident
from models.officer import Role

#: Tickets that are not ended, whatever the past.
OPEN_TICKETS = 400
#: Of each ticket.
EVENTS, MESSAGES = 3, 2
#: Residents for each hundred tickets.
RESIDENTS = 25
NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)

_STATEMENTS = (
    # People and their chats.
    """insert into residents (municipality_id, line_user_id, first_seen_at)
       select :town, 'U' || lpad(to_hex(i), 32, '0'), :now - i % 700 * interval '1 day'
       from generate_series(1, :people) i""",
    """insert into lanes (key, municipality_id, fence)
       select :town || ':' || line_user_id, :town, 3 from residents where line_user_id is not null""",
    """insert into conversations (resident_id, municipality_id, step, version, touched_at)
       select id, :town, 'idle', 1, first_seen_at from residents""",
    # Tickets all over the town, in every public category; the newest are open.
    """insert into tickets (municipality_id, number, status, category_id, department_id, latitude, longitude,
         created_at, moved_at, due_at, ended_at, last_word_at, version)
       select :town, 'RS-6911-' || lpad(i::text, 7, '0'),
         case when i <= :tickets - :open then 'closed'
           else (array['new', 'accepted', 'in_progress', 'new'])[1 + i % 4] end,
         c.id, c.department_id, 13.95 + (i::bigint * 7919 % 70000) / 1000000.0,
         100.58 + (i::bigint * 104729 % 90000) / 1000000.0,
         :now - (:tickets - i) * interval '40 seconds', :now - (:tickets - i) * interval '40 seconds',
         case when i > :tickets - :open then :now + (i % 200 - 20) * interval '1 hour' end,
         case when i <= :tickets - :open then :now - (:tickets - i) * interval '35 seconds' end,
         :now - (:tickets - i) * interval '39 seconds', 2
       from generate_series(1, :tickets) i
       join (select id, department_id, row_number() over (order by id) - 1 as place, count(*) over () as many
             from categories where municipality_id = :town) c on c.place = i % c.many""",
    """insert into reports (municipality_id, ticket_id, resident_id, latitude, longitude, created_at)
       select :town, t.id, r.first + t.id * 31 % :people, t.latitude, t.longitude, t.created_at
       from tickets t cross join (select min(id) as first from residents) r""",
    """insert into ticket_events (municipality_id, ticket_id, at, kind, actor)
       select :town, id, created_at, 'created', 'resident' from tickets""",
    """insert into news (municipality_id, resident_id, ticket_id, kind, way, urgency, state, created_at, told_at)
       select :town, resident_id, ticket_id, 'moved', 'answer', 'answer', 'told', created_at, created_at
       from reports""",
    # What LINE told, and what was said: all handled, all settled.
    """insert into inbox_events (municipality_id, event_id, lane_key, said, occurred_at_ms, received_at, state,
         handled_at)
       select :town, '01OLD' || lpad((p.id * :events + e)::text, 21, '0'), :town || ':' || r.line_user_id,
         (p.id * :events + e)::text, extract(epoch from p.created_at) * 1000 + e, p.created_at, 'done', p.created_at
       from reports p join residents r on r.id = p.resident_id cross join generate_series(1, :events) e""",
    """insert into outbox_messages (municipality_id, resident_id, lane_key, chat_id, way, retry_key, state, attempts,
         created_at, next_at, first_attempt_at, settled_at)
       select :town, r.id, :town || ':' || r.line_user_id, r.line_user_id, 'reply', p.id || '-' || e, 'accepted', 1,
         p.created_at, p.created_at, p.created_at, p.created_at
       from reports p join residents r on r.id = p.resident_id cross join generate_series(1, :messages) e""",
    """insert into effects (municipality_id, key, kind, payload, resident_id, state, attempts, created_at, next_at,
         settled_at)
       select :town, 'profile:' || id, 'fetch_profile', '{}', id, 'done', 1, :now, :now, :now from residents""",
)


@dataclass(frozen=True)
class Masses:
    """A filled town: what the hot queries are asked about."""

    town_id: int
    officer_id: int
    resident_id: int


def fill(database: Database, tickets: int) -> Masses:
    """Fill an empty PostgreSQL database with a town of so many tickets, and let it learn what it holds."""
    people = max(tickets * RESIDENTS // 100, 50)
    with database.transaction() as session:
        town = towns.import_profile(session, profiles.load("rangsit"), NOW).municipality
        town_id = town.id
        session.execute(text("set local statement_timeout = 0"))
        session.execute(text("set local session_replication_role = replica"))  # foreign keys hold by how it is made
        values = {"town": town_id, "now": NOW, "tickets": tickets, "open": OPEN_TICKETS, "people": people}
        values |= {"events": EVENTS, "messages": MESSAGES}
        for statement in _STATEMENTS:
            session.execute(text(statement), values)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("set statement_timeout = 0"))
        connection.execute(text("vacuum analyze"))
    with database.transaction() as session:
        return _people(session, session.get_one(Municipality, town_id))


def _people(session: Session, town: Municipality) -> Masses:
    resident = session.query(Resident).order_by(Resident.id).first()
    person = Resident(municipality_id=town.id, line_user_id="U" + "f" * 32, first_seen_at=NOW)
    session.add(person)
    session.flush()
    officer = Officer(municipality_id=town.id, resident_id=person.id, name="สมชาย", role=Role.OFFICER, created_at=NOW)
    officer.departments = session.query(Department).filter_by(municipality_id=town.id).limit(2).all()
    session.add(officer)
    session.flush()
    return Masses(town.id, officer.id, resident.id)
