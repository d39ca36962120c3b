"""The words of news: one News row (or several that belong together) as replies in its reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot import cards, clock, officer_cards
from bot.replies import Reply, Say
from bot.wording import Wording
from models import Conversation, Message, Municipality, News, Resident, Ticket
from models.lifecycle import TicketStatus

Composed = tuple[list[Reply], set[str]]


def conversation_of(session: Session, person: Resident) -> Conversation:
    """The dialogue with this person, begun now if there was none."""
    found = session.get(Conversation, person.id)
    if found is None:
        found = Conversation(
            resident_id=person.id, municipality_id=person.municipality_id, step="idle", touched_at=clock.now()
        )
        session.add(found)
        session.flush()
    return found


def bundles(items: Sequence[News]) -> list[list[News]]:
    """News that make one message together: an officer's new tickets; everything else stands alone."""
    found: list[list[News]] = []
    new_tickets: list[News] = []
    for item in items:
        if item.is_for_officer and item.kind == "officer.new":
            if not new_tickets:
                found.append(new_tickets)
            new_tickets.append(item)
        else:
            found.append([item])
    return found


def compose(session: Session, person: Resident, items: Sequence[News]) -> Composed:
    """What to say for this news, and the ids of the LINE messages whose words stand in it."""
    first = items[0]
    if first.is_for_officer:
        return officer_cards.compose_news(session, person, items)
    ticket = first.ticket
    w = cards.wording_for(person, session.get_one(Municipality, ticket.municipality_id))
    detail = first.detail or {}
    if first.kind == "moved":
        return _moved(session, person, ticket, TicketStatus(detail["status"]), detail, w)
    if first.kind == "reply":
        text, quotes = words_of(session, detail.get("message"), w)
        department = w.either(ticket.department.name_th, ticket.department.name_en)
        say = w("news.reply", department=department, number=ticket.number, text=text)
        return [Say(say)], quotes
    if first.kind == "overdue":
        sentence = cards.promise_sentence(ticket, session.get_one(Municipality, ticket.municipality_id), w)
        return [cards.ticket_card(session, ticket, person, note=w("news.overdue", promise=sentence))], set()
    return [cards.ticket_card(session, ticket, person)], _place(session, ticket, person)


def _place(session: Session, ticket: Ticket, person: Resident) -> set[str]:
    report = cards.own_report(session, ticket, person)
    return {report.place_said} if report is not None and report.place_said else set()


def words_of(session: Session, message_id: int | None, w: Wording) -> tuple[str, set[str]]:
    """The words of a message, and the LINE id they came with; what was unsent says so."""
    message = session.get(Message, message_id) if message_id else None
    if message is None:
        return "", set()
    if message.text is None:
        return w("news.unsent"), set()
    return message.text, {message.said} if message.said else set()


def _moved(
    session: Session, person: Resident, ticket: Ticket, status: TicketStatus, detail: dict[str, object], w: Wording
) -> Composed:
    message_id = detail.get("message")
    text, quotes = words_of(session, message_id if isinstance(message_id, int) else None, w)
    quotes |= _place(session, ticket, person)
    if status is TicketStatus.RESOLVED and ticket.status == TicketStatus.RESOLVED:
        return [cards.fixed_card(session, ticket, person, text)], quotes
    if status is TicketStatus.WAITING:
        if ticket.status != TicketStatus.WAITING:
            return [], set()  # answered or overtaken meanwhile
        note = w("news.question", text=text)
    elif status is TicketStatus.REJECTED:
        reason = str(detail.get("reason") or "other")
        note = w("news.rejected", reason=w(f"reason.{reason}"), text=text).strip()
    elif status is TicketStatus.CLOSED and ticket.mark:
        note = w(f"news.closed_{ticket.mark}")
    else:
        note = w(f"news.{status}") if w.has(f"news.{status}") else ""
    return [cards.ticket_card(session, ticket, person, note=note)], quotes
