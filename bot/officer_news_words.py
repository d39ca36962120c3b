"""The words of an officer's news: a list of tickets, a ticket's card with a sentence on it, or what the card tells."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import incident_words, officer_cards, officer_words, queries, rights, whole_words
from bot.line.menu_definitions import IN_CHAT
from bot.replies import Button, Carousel, Line, Reply, Say
from bot.wording import Wording
from models import Message, News, Officer, Resident, Ticket
from models.lifecycle import TicketStatus

Composed = tuple[list[Reply], set[str]]

#: Reminders of what is left undone.
REMINDERS = ("officer.due_soon", "officer.overdue", "officer.late", "officer.silent", "officer.follow_up")
#: Officers' news that say the same of every ticket they name: several make one list.
LISTED = ("officer.new", *REMINDERS)
#: News that makes sense without words.
_MAY_BE_WORDLESS = ("officer.reopened", "officer.returned")
#: News whose card is the ticket's with a sentence on it, and perhaps what somebody said.
_ON_THE_CARD = (
    *("officer.answer", "officer.comment", "officer.reopened", "officer.returned", "officer.assigned"),
    *("officer.approval", "officer.overdue", "officer.late", "officer.silent", "officer.follow_up"),
)
#: Of these somebody's words go before the facts.
_WITH_WORDS = ("officer.answer", "officer.comment", "officer.reopened", "officer.returned")


def compose_news(session: Session, person: Resident, items: Sequence[News]) -> Composed:
    """What an officer is told; nothing where it is old news, or no longer this person's to know."""
    officer = rights.officer_of(session, person.id)
    if officer is None:
        return [], set()
    items = [item for item in items if rights.may_work_on(session, officer, item.ticket)]
    if not items:
        return [], set()
    _, w = officer_words.town_and_wording(session, items[0].ticket, person)
    kind = items[0].kind
    tickets = [item.ticket for item in items if _is_still_news(item, officer)]
    if kind == "officer.new" or (kind in LISTED and len(tickets) > 1):
        return _list(session, officer, kind.removeprefix("officer."), tickets, w)
    return _one(session, officer, next((one for one in items if one.ticket in tickets), items[0]), w)


def told_by_the_card(
    session: Session, ticket: Ticket, officer: Officer, items: Sequence[News], w: Wording, quotes: set[str]
) -> tuple[list[News], str, list[Line]]:
    """Which of this officer's waiting news the ticket's own card tells, with what it says of them."""
    mine = [item for item in items if item.ticket_id == ticket.id and item.kind in _ON_THE_CARD]
    told = [item for item in mine if _is_true(session, item, officer)]
    notes = dict.fromkeys(_note_of(item, w) for item in told)
    first = [line for item in told if item.kind in _WITH_WORDS for line in _their_words(session, item, w, quotes)]
    return told, "\n".join(notes), first


def _is_true(session: Session, item: News, officer: Officer) -> bool:
    """Whether what goes with a ticket's card is still so."""
    if item.kind == "officer.assigned":
        return item.ticket.assignee_id == officer.id  # else it has gone on to somebody else
    if item.kind == "officer.approval":
        return rights.asked_to_end(session, item.ticket) is not None  # else somebody decided, or the ticket moved on
    return item.kind not in LISTED or _is_still_news(item, officer)


def _note_of(item: News, w: Wording) -> str:
    """The sentence that goes with a ticket's card."""
    ticket, kind = item.ticket, item.kind.removeprefix("officer.")
    owner = w.either(ticket.owner.short_th, ticket.owner.short_en) if ticket.owner else ""
    key = "review" if kind == "reopened" and _was_a_review(ticket) else kind
    if kind == "not_resolved":
        key = f"not_resolved_{(item.detail or {}).get('why', 'lost').partition('_')[0]}"
    return w(f"officer.news.{key}", number=ticket.number, owner=owner)


def _is_still_news(item: News, officer: Officer) -> bool:
    """Whether what points to a ticket is still true of it; what else is told is looked at one by one."""
    ticket = item.ticket
    match item.kind:
        case "officer.new":
            return _is_untouched(ticket)
        case "officer.due_soon":
            return ticket.status in queries.AT_WORK and ticket.overdue_told_at is None
        case "officer.late":
            return ticket.status in queries.AT_WORK and ticket.missed_at is not None
        case "officer.overdue" | "officer.silent":  # it may have waited for the morning, and the reporter heard since
            heard_at = ticket.progress_told_at
            return ticket.status in queries.AT_WORK and (heard_at is None or heard_at <= item.created_at)
        case "officer.follow_up":
            return ticket.status in queries.AT_WORK and ticket.moved_at <= item.created_at
        case _:
            return ticket.status in queries.AT_WORK


def _list(session: Session, officer: Officer, kind: str, tickets: Sequence[Ticket], w: Wording) -> Composed:
    """Several tickets of which the same is told, and a button to the rest."""
    if not tickets:
        return [], set()
    key = "new" if kind == "new" else f"{kind}_list"
    title = w(f"officer.news.{key}", n=len(tickets))
    reply, quotes = officer_cards.several(session, tickets, officer, title)
    left = len(tickets) - officer_cards.IN_A_LIST
    if kind != "new":
        more = [w("officer.list.more_due", n=left)] if left > 0 else []
        return [Say("\n".join([title, *more])), reply], quotes
    if left <= 0 or not isinstance(reply, Carousel):
        return [reply], quotes
    tab = Button(w("work_label.tab_new"), "tab.new", IN_CHAT)
    return [reply, Say(w("officer.list.more_new", n=left), (tab,))], quotes


def _is_untouched(ticket: Ticket) -> bool:
    """Nobody has it in hand: new, reopened, or handed over by another department."""
    if ticket.status in (TicketStatus.NEW, TicketStatus.REOPENED):
        return True
    return ticket.assignee_id is None and ticket.status in queries.AT_WORK


def _one(session: Session, officer: Officer, item: News, w: Wording) -> Composed:
    ticket, kind = item.ticket, item.kind.removeprefix("officer.")
    is_in_hand = ticket.assignee_id is not None or ticket.status not in queries.AT_WORK
    if (kind == "unaccepted" and is_in_hand) or (kind == "urgent" and not _is_untouched(ticket)):
        return [], set()
    if kind == "withdrawn":
        return [Say(w("officer.news.withdrawn", number=ticket.number))], set()
    if not _is_true(session, item, officer):
        return [], set()
    quotes: set[str] = set()
    if kind == "incident":
        incident = incident_words.held_by(session, ticket)
        if incident is None:
            return [], set()
        return [incident_words.officer_card(session, incident, ticket, officer, w, quotes)], quotes
    first = []
    if item.kind in _WITH_WORDS:
        first = _their_words(session, item, w, quotes)
    if kind == "not_resolved" and (item.detail or {}).get("is_open"):
        return [_ask_for_another_photo(item, w)], set()
    note = "" if kind == "state" else _note_of(item, w)
    card, quoted = officer_cards.officer_ticket_card(session, ticket, officer, note=note, first=first)
    return [card], quotes | quoted


def _ask_for_another_photo(item: News, w: Wording) -> Say:
    """Why the photo of finished work proves nothing; the next one is waited for."""
    detail = item.detail or {}
    text = w(f"work.photo_{detail['why']}", number=item.ticket.number, other=detail.get("other", ""))
    return Say(text, (Button(w("label.cancel"), "work.cancel"),))


def _was_a_review(ticket: Ticket) -> bool:
    """Whether it was last reopened from having been ended by the town."""
    reopened = [event for event in ticket.history if event.to_status == TicketStatus.REOPENED]
    return bool(reopened) and reopened[-1].from_status == TicketStatus.REJECTED


def _their_words(session: Session, item: News, w: Wording, quotes: set[str]) -> list[Line]:
    """What the resident has said since, message after message."""
    label = w(f"officer.news.{item.kind.removeprefix('officer.')}_label")
    ids = (item.detail or {}).get("messages", ())
    statement = select(Message).where(Message.id.in_(ids), officer_words.has_words()).order_by(Message.id)
    found = session.scalars(statement).all()
    most = whole_words.FULL // max(len(found), 1)
    words = "\n".join(officer_words.said(message, w, most, quotes) for message in found)
    if words:
        return [Line(label, words)]
    if any(event.kind == "content" and event.at == item.created_at for event in item.ticket.history):
        return [Line(label, w("officer.news.content"))]
    return [Line(label, w("officer.card.only_media"))] if item.kind not in _MAY_BE_WORDLESS else []
