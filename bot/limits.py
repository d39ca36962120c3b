"""How much one person may send before we ask for patience. What is really reported is never lost by it.

Towns have no limit of their own: on the day of a flood everybody writes, and that is what the bot is for.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models import Media, News, OutboxMessage, Report, Resident, Ticket
from models.outbox import EXPIRED, REFUSED

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
#: Reports of one person in 24 hours; what is more stays a draft, which is kept and can be sent later.
REPORTS_A_DAY = 30
#: Photos, recordings and files of one person in 24 hours; what is more is refused, the words are not.
MEDIA_A_DAY = 100
#: Places of one person's drafts that are compared with known tickets in 24 hours. With more of them, and with several
#: accounts, one might find out where another reporter stood; what is more is sent without the question.
PLACES_A_DAY = 20
#: Urgent tickets of one person in an hour that wake people; what is more is told in ten minutes, all together.
URGENT_AN_HOUR = 3
#: Urgent tickets from one village group in 24 hours; what is more becomes a draft of whoever wrote it.
URGENT_A_DAY_OF_A_GROUP = 10
#: What an answer in a group did about danger, as its row in the outbox says it.
FILED_URGENT, HOTLINE_ALONE = "urgent", "hotline"
#: Pushes about one urgent ticket to one officer in ten minutes; what is said besides is on its card.
ALARMS_IN_TEN_MINUTES = 3


def has_reported_enough(session: Session, person: Resident, now: datetime) -> bool:
    """Whether this person's reports of the last day are as many as one day takes."""
    mine = select(Report.id).where(Report.resident_id == person.id, Report.created_at > now - _DAY)
    return _count(session, mine) >= REPORTS_A_DAY


def has_sent_enough_media(session: Session, person: Resident, now: datetime) -> bool:
    """Whether this person's photos and recordings of the last day are as many as one day takes."""
    mine = select(Media.id).where(
        Media.resident_id == person.id,
        Media.municipality_id == person.municipality_id,  # a copy that was handed to another town is no second one
        Media.received_at > now - _DAY,
    )
    return _count(session, mine) >= MEDIA_A_DAY


def may_compare(person: Resident, now: datetime, *, is_another_place: bool) -> bool:
    """Whether a draft of this person is still compared with known tickets; another place than before is counted."""
    since = person.places_compared_since
    if since is None or not timedelta() <= now - since < _DAY:
        person.places_compared, person.places_compared_since = 0, now
    person.places_compared += is_another_place
    return person.places_compared <= PLACES_A_DAY


def may_wake_people(session: Session, person: Resident, now: datetime) -> bool:
    """Whether an urgent ticket of this person (the newest counts) is still to be pushed at once."""
    mine = (
        select(Report.id)
        .join(Ticket, Ticket.id == Report.ticket_id)
        .where(Report.resident_id == person.id, Report.created_at > now - _HOUR, Ticket.is_urgent)
    )
    return _count(session, mine) <= URGENT_AN_HOUR


def has_group_alarmed_enough(session: Session, lane_key: str, now: datetime) -> bool:
    """Whether this group's urgent tickets of the last day are as many as one day takes. `now` is the real time.

    A ticket was made even where LINE did not take the answer.
    """
    filed = _said_in(lane_key, now - _DAY).where(OutboxMessage.urgency == FILED_URGENT)
    return _count(session, filed) >= URGENT_A_DAY_OF_A_GROUP


def was_filed_in_group(session: Session, lane_key: str, number: str, now: datetime) -> bool:
    """Whether an urgent ticket's number was told to this group when it was made. `now` is the real time."""
    told = select(OutboxMessage.content).where(
        OutboxMessage.id.in_(_said_in(lane_key, now - _DAY)), OutboxMessage.urgency == FILED_URGENT
    )
    session.flush()
    return any(number in json.dumps(content) for content in session.scalars(told))


def has_seen_whom_to_call(session: Session, lane_key: str, now: datetime) -> bool:
    """Whether the hotline card stands in this group since less than an hour. `now` is the real time."""
    shown = _said_in(lane_key, now - _HOUR).where(
        OutboxMessage.urgency.in_((FILED_URGENT, HOTLINE_ALONE)), OutboxMessage.state.not_in((EXPIRED, REFUSED))
    )
    return _count(session, shown) > 0


def _said_in(lane_key: str, since: datetime) -> Select[int]:
    """What was answered in a group since then."""
    return select(OutboxMessage.id).where(OutboxMessage.lane_key == lane_key, OutboxMessage.created_at > since)


def was_alarmed_enough(session: Session, officer: Resident, ticket: Ticket, now: datetime) -> bool:
    """Whether this officer was pushed about this urgent ticket as often as ten minutes take."""
    pushed = select(News.id).where(
        News.ticket_id == ticket.id,
        News.resident_id == officer.id,
        News.is_for_officer,
        News.urgency == "urgent",
        News.created_at > now - timedelta(minutes=10),
    )
    return _count(session, pushed) >= ALARMS_IN_TEN_MINUTES


def _count(session: Session, statement: Select[int]) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(statement.subquery())) or 0
