"""In whose hands a ticket is: its department, and the officer who has it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bot import casework, news, officer_news, queries, rights
from bot.casework import By
from models import Department, Officer, Ticket
from models.errors import MoveRefused, ReasonMissing
from models.lifecycle import Hears, TicketStatus


def transfer(
    session: Session, ticket: Ticket, to: Department, by: By, words: str, said: str | None, now: datetime
) -> None:
    """โอนหน่วยงานภายใน: another department works on it. No news to anybody outside, and the clock runs on.

    Whoever had it in hand gives it up unless he or she works there too.

    :raises MoveRefused: work on the ticket has ended, or it is with that department already.
    :raises ReasonMissing: no words why.
    """
    if ticket.status not in queries.AT_WORK:
        raise MoveRefused("finished work stays where it was done")
    if to.id == ticket.department_id or to.municipality_id != ticket.municipality_id or not to.is_active:
        raise MoveRefused("that is no other department of this town")
    message = casework.say_on_ticket(session, ticket, "note", by, words, said, now) if words.strip() else None
    if message is None:
        raise ReasonMissing("a transfer needs a reason")
    detail = {"from": ticket.department.code, "to": to.code}
    ticket.department = to
    ticket.remember("transferred", by.actor, now, officer=by.officer, message_id=message.id, detail=detail)
    holder = session.get(Officer, ticket.assignee_id) if ticket.assignee_id else None
    if holder is not None and all(own.id != to.id for own in holder.departments):
        ticket.assignee_id = None
    session.flush()
    offer_to_department(session, ticket, now)


def hand_over(session: Session, ticket: Ticket, to: Officer, by: By, now: datetime) -> None:
    """มอบงานให้: a colleague of the department has it in hand from now on, and hears of it with the next tap.

    Of what is urgent at once: nobody else is asked to accept it any more.

    :raises MoveRefused: work on the ticket has ended, or this is no colleague who could take it.
    """
    if ticket.status not in queries.AT_WORK:
        raise MoveRefused("finished work is handed to nobody")
    if to not in rights.colleagues(session, ticket, by.officer):
        raise MoveRefused("that is no colleague who could take it")
    ticket.assignee_id = to.id
    ticket.remember("assigned", by.actor, now, officer=by.officer, detail={"to": to.id})
    session.flush()
    if by.officer is None or by.officer.id != to.id:
        way, urgency = (Hears.PUSH_AT_ONCE, "urgent") if ticket.is_urgent else (Hears.NEXT_REPLY, "other")
        news.tell(
            session, to.resident, ticket, "officer.assigned", now, way=way, urgency=urgency, is_for_officer=True
        )


def offer_to_department(session: Session, ticket: Ticket, now: datetime) -> None:
    """Whoever had it in hand and does not work there gives it up; the new department finds it in its list.

    What is urgent and now in nobody's hands is told at once, and has its ten minutes to be taken up.
    """
    holder = session.get(Officer, ticket.assignee_id) if ticket.assignee_id else None
    if holder is not None and not rights.may_work_on(session, holder, ticket):
        ticket.assignee_id = None
    session.flush()
    is_new = ticket.status == TicketStatus.NEW
    if ticket.is_urgent and ticket.assignee_id is None and not is_new:  # it had been accepted
        ticket.urgent_at, ticket.urgent_step = now, 0
    if ticket.is_urgent and (is_new or ticket.assignee_id is None):
        officer_news.tell_officers(session, ticket, "officer.urgent", now, urgent=True)
    elif ticket.assignee_id is None:
        officer_news.tell_officers(session, ticket, "officer.new", now)


def let_go(session: Session, municipality_id: int, whose: ColumnElement[bool], now: datetime) -> None:
    """Rights have changed: what somebody has in hand and may not see any more stands under งานใหม่ again.

    Else it would be in nobody's list. `whose`: which tickets of the town are looked at.
    """
    held = select(Ticket).where(
        Ticket.municipality_id == municipality_id,
        Ticket.status.in_(queries.AT_WORK | {TicketStatus.MERGED}),  # a merge may be undone
        Ticket.assignee_id.is_not(None),
        whose,
    )
    locked = held.order_by(Ticket.id).with_for_update(of=Ticket, key_share=True)
    for ticket in session.scalars(locked.execution_options(populate_existing=True)).unique().all():
        holder = session.get(Officer, ticket.assignee_id)
        if holder is None or not holder.is_active or rights.may_work_on(session, holder, ticket):
            continue
        if ticket.status == TicketStatus.MERGED:
            ticket.assignee_id = None
        else:
            offer_to_department(session, ticket, now)
