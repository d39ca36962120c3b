"""What the town does with a ticket: every change of its status goes through move_ticket()."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot import news, promises
from models import Approval, Media, Message, Municipality, Officer, Owner, Ticket, TicketEvent
from models.approval import ASKED, OVERTAKEN
from models.lifecycle import Actor, Need, TicketStatus

#: The kind of message that the words of a move become.
_WORDS_ARE = {
    TicketStatus.WAITING: "question",
    TicketStatus.RESOLVED: "resolution",
    TicketStatus.REJECTED: "rejection",
    TicketStatus.REOPENED: "comment",
    TicketStatus.CLOSED: "comment",
    TicketStatus.CANCELLED: "comment",
}


@dataclass(frozen=True, slots=True)
class By:
    """In whose name something is done."""

    actor: Actor
    officer: Officer | None = None
    resident_id: int | None = None


SYSTEM = By(Actor.SYSTEM)
TIME = By(Actor.TIME)


@dataclass(frozen=True, slots=True)
class Given:
    """What came with a move. `words` and `said` (LINE's message id) become a Message."""

    words: str | None = None
    said: str | None = None
    reason: str | None = None
    owner: Owner | None = None
    way: str | None = None
    number: str | None = None
    number_said: str | None = None  # LINE's id of the message with the number
    planned_until: date | None = None
    after_photos: Sequence[Media] = ()
    other: Ticket | None = None
    said_by: By | None = None  # whose words they are, where somebody else moves the ticket
    reports: Sequence[int] = ()  # ids of the reports that go to the other ticket

    def needs(self) -> set[Need]:
        """Which of the lifecycle's needs are met."""
        met = {
            Need.WORDS: self.words,
            Need.QUESTION: self.words,
            # "Other" says nothing by itself: the words are the reason then.
            Need.REASON: self.words or (self.reason if self.reason != "other" else None),
            Need.OWNER: self.owner,
            Need.WAY: self.way,
            Need.DATE: self.planned_until,
            Need.AFTER_PHOTO: self.after_photos,
            Need.OTHER_TICKET: self.other,
        }
        return {need for need, value in met.items() if value}


def lock(session: Session, ticket_id: int) -> Ticket | None:
    """The ticket, fresh and locked until the end of the transaction: two officers at once become one after another.

    The lock lets others refer to the ticket (news, messages): only whoever wants to change it waits.
    """
    statement = select(Ticket).where(Ticket.id == ticket_id).with_for_update(of=Ticket, key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).unique().one_or_none()


def say_on_ticket(
    session: Session, ticket: Ticket, kind: str, by: By, text: str | None, said: str | None, at: datetime
) -> Message | None:
    """Keep words that belong to a ticket; None when there are none."""
    if not text and said is None:
        return None
    message = Message(
        municipality_id=ticket.municipality_id,
        ticket_id=ticket.id,
        resident_id=by.resident_id or (by.officer.resident_id if by.officer else None),
        officer_id=by.officer.id if by.officer else None,
        kind=kind,
        said=said,
        text=text,
        said_at=at,
    )
    session.add(message)
    session.flush()
    return message


def move_ticket(
    session: Session, ticket: Ticket, end: TicketStatus, by: By, now: datetime, given: Given | None = None
) -> TicketEvent:
    """Move a locked ticket, write its history, set its promise, and decide who hears of it by which way.

    :raises RuleBroken: (MoveRefused, NotAllowed, ReasonMissing, PhotoMissing) when the lifecycle says no.
    """
    given = given or Given()
    town = session.get_one(Municipality, ticket.municipality_id)
    start = TicketStatus(ticket.status)
    overtake_approvals(session, ticket, now)
    said_by, kind = given.said_by or by, _WORDS_ARE.get(end, "comment")
    message = say_on_ticket(session, ticket, kind, said_by, given.words, given.said, now)
    _set_what_the_status_needs(town, ticket, end, given, now)
    detail: dict[str, Any] | None = {"way": given.way, "owner": given.owner.code} if given.owner else None
    if given.other is not None:
        detail = {"into": given.other.number, "reports": list(given.reports)}
    entry = ticket.move_to(
        end,
        by.actor,
        now,
        given=given.needs(),
        officer=by.officer,
        resident_id=by.resident_id,
        message_id=message.id if message else None,
        reason=given.reason,
        detail=detail,
    )
    for photo in given.after_photos:
        photo.ticket_id, photo.purpose = ticket.id, "after"
        photo.message_id = message.id if message else None
    _keep_the_clock(town, ticket, start, end, now)
    # Whoever asks, or merges, has not taken it in hand: a merge that is undone leaves it with whoever had it.
    takes_it = end not in (TicketStatus.WAITING, TicketStatus.MERGED)
    if by.officer is not None and by.actor is Actor.OFFICER and takes_it:
        ticket.assignee_id = by.officer.id
    if by.officer is not None and end is TicketStatus.WAITING:
        ticket.asked_by_id = by.officer.id
        ticket.assignee_id = ticket.assignee_id or by.officer.id
    session.flush()
    news.tell_move(session, ticket, entry, now)
    return entry


def overtake_approvals(session: Session, ticket: Ticket, now: datetime) -> None:
    """The ticket moves: what a supervisor was asked before is pointless now."""
    session.execute(
        update(Approval)
        .where(Approval.ticket_id == ticket.id, Approval.state == ASKED)
        .values(state=OVERTAKEN, decided_at=now)
    )


def _set_what_the_status_needs(
    town: Municipality, ticket: Ticket, end: TicketStatus, given: Given, now: datetime
) -> None:
    if end is TicketStatus.FORWARDED and given.owner is not None:
        ticket.owner, ticket.owner_id = given.owner, given.owner.id
        ticket.forward_way, ticket.forwarded_at = given.way, now
        ticket.forward_number, ticket.forward_said = given.number, given.number_said
        days = max(given.owner.follow_up_days, 1)
        ticket.follow_up_at = promises.calendar_of(town).due_at(now, days, "working")
    if end is TicketStatus.PLANNED and given.planned_until is not None:  # a restored plan keeps its date
        ticket.planned_until = given.planned_until
    if end is TicketStatus.MERGED and given.other is not None:
        ticket.merged_into_id = given.other.id


def _keep_the_clock(
    town: Municipality, ticket: Ticket, start: TicketStatus, end: TicketStatus, now: datetime
) -> None:
    if start is TicketStatus.WAITING and end is not TicketStatus.WAITING:
        promises.resume(town, ticket, now)
    if end is TicketStatus.WAITING:
        promises.pause(ticket, now)
    elif end is TicketStatus.REOPENED:
        ticket.due_at, ticket.overdue_told_at = promises.next_word_at(town, ticket, now), None
        promises.forgive(ticket)
    elif end in (TicketStatus.RESOLVED, TicketStatus.CLOSED, TicketStatus.REJECTED) or ticket.ended_at is not None:
        ticket.due_at, ticket.paused_at, ticket.follow_up_at = None, None, None
    elif ticket.due_at is None:
        ticket.due_at = promises.next_word_at(town, ticket, now)


def restore(session: Session, ticket: Ticket, now: datetime, *, mark: str | None = None) -> TicketEvent:
    """Take a waiting ticket back to the status before (the resident answered, or never did: mark *unanswered*)."""
    before = TicketStatus(ticket.status_before or TicketStatus.ACCEPTED)
    entry = move_ticket(session, ticket, before, SYSTEM, now)
    ticket.mark = mark
    ticket.status_before = None
    return entry
