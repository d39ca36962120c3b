"""The cards an officer sees of a ticket, with exactly the buttons that lifecycle and rights allow now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cards, clock, incident_words, joined, officer_calls, officer_words, queries, rights, whole_words
from bot.places.areas import map_url
from bot.replies import Button, ButtonKind, Card, Carousel, Line, Reply, Say, Style
from bot.wording import Wording
from models import Message, News, Officer, Resident, Ticket
from models.lifecycle import Actor, TicketStatus, moves_from

Composed = tuple[list[Reply], set[str]]

#: The moves that have a button today, in the order in which they stand on a card.
_VERBS: dict[TicketStatus, str] = {
    TicketStatus.ACCEPTED: "accept",
    TicketStatus.IN_PROGRESS: "start",
    TicketStatus.PLANNED: "plan",
    TicketStatus.RESOLVED: "resolve",
    TicketStatus.WAITING: "ask",
    TicketStatus.FORWARDED: "forward",
    TicketStatus.REJECTED: "reject",
    TicketStatus.MERGED: "merge",
}
#: Of these the next message is awaited, so the keyboard opens.
_WANTS_WORDS = ("reply", "ask", "resolve", "number", "note")
#: What may be put right while work goes on, without a change of status.
_CORRECTIONS = ("recategorise", "transfer")
#: A ticket that was taken back or merged has nobody left to write to.
_NOBODY_TO_WRITE_TO = (TicketStatus.CANCELLED, TicketStatus.MERGED)
#: Officers' news that say the same of every ticket they name: several make one list.
LISTED = (
    "officer.new",
    "officer.due_soon",
    "officer.overdue",
    "officer.late",
    "officer.silent",
    "officer.follow_up",
)
#: News that makes sense without words.
_MAY_BE_WORDLESS = ("officer.reopened", "officer.returned")
#: Cards in one list: LINE's twelve bubbles. They fit into its 50 KB because a card in a list has two buttons.
IN_A_LIST = 12


def officer_ticket_card(
    session: Session,
    ticket: Ticket,
    officer: Officer,
    *,
    now: datetime | None = None,
    note: str = "",
    first: Sequence[Line] = (),
    is_full: bool = True,
) -> tuple[Card, set[str]]:
    """A ticket as this officer sees it, and the LINE message ids whose words stand on it.

    `note` says why it is shown, `first` goes before all other facts; a card that is not full stands in a list.
    """
    now = now or clock.now()
    town, w = officer_words.town_and_wording(session, ticket, officer.resident)
    quoted = officer_words.what_was_said(session, ticket, w, is_full=is_full, has_their_word=bool(first))
    lines = [*first, *quoted.lines]
    notes = [note]
    if is_full:
        lines += officer_words.how_far(session, ticket, town, w)
        lines += officer_words.attachments(session, ticket, w)
        lines += officer_words.notes(session, ticket, w, quoted.quotes)
        lines += _asked_to_end(session, ticket, w)
        lines += officer_calls.lines(session, ticket, w)
        notes.append(officer_words.guess(session, ticket, w))
    lines += officer_words.standing(session, ticket, town, w, now, is_full=is_full)
    badge = " · ".join([*officer_words.marks(session, ticket, w, town, now), cards.badge(ticket, w)])
    title = cards.category_title(ticket.category, w)
    pressed = buttons(session, ticket, officer, w, now)
    if is_full and pressed:
        pressed = [*officer_calls.buttons(session, ticket, w), *pressed]
        pressed += officer_words.recordings(session, ticket, w)
        if whole_words.cut_short(session, ticket, officer_words.reports_of(session, ticket)):
            pressed.append(Button(w("work_label.words"), "work.words", {"ticket": ticket.id}, style="link"))
    elif pressed:
        pressed = [*pressed[:1], Button(w("work_label.show"), "work.show", {"ticket": ticket.id})]
    card = Card(
        title=title,
        alt=w("officer.card.alt", number=ticket.number, title=title, status=badge),
        badge=badge,
        tone=cards.tone(ticket),
        number=ticket.number,
        lines=tuple(lines),
        note="\n".join(text for text in notes if text),
        history=officer_words.history(session, ticket, town, w) if is_full else (),
        pictures=officer_words.pictures(session, ticket)[: None if is_full else 1],
        buttons=tuple(pressed),
    )
    return card, quoted.quotes


def buttons(session: Session, ticket: Ticket, officer: Officer, w: Wording, now: datetime) -> list[Button]:
    """What this officer may press now: the lifecycle's moves, then what changes no status."""
    if not rights.may_work_on(session, officer, ticket):
        return []
    status = TicketStatus(ticket.status)

    def press(verb: str, style: Style = "secondary") -> Button:
        kind: ButtonKind = "keyboard" if verb in _WANTS_WORDS else "press"
        return Button(w(f"work_label.{verb}"), f"work.{verb}", {"ticket": ticket.id}, kind, style)

    allowed = moves_from(status, Actor.OFFICER)
    verbs = [verb for end, verb in _VERBS.items() if end in allowed]
    if ticket.category.is_confidential:
        verbs = [verb for verb in verbs if verb != "merge"]  # nothing confidential is merged
    found = [press(verb, "primary" if place == 0 else "secondary") for place, verb in enumerate(verbs)]
    asked = rights.asked_to_end(session, ticket)
    if asked is not None and rights.may_decide(session, officer, ticket):
        args: dict[str, int | str] = {"ticket": ticket.id, "approval": asked.id}
        found = [replace(one, style="secondary") for one in found]  # one thing is asked first
        found = [Button(w("work_label.send_back"), "work.send_back", args), *found]
        found = [Button(w("work_label.approve"), "work.approve", args, style="primary"), *found]
    if status not in _NOBODY_TO_WRITE_TO:
        found.append(press("reply"))
    if status is TicketStatus.FORWARDED:
        found.append(press("number"))
    found += [press(verb) for verb in _CORRECTIONS if status in queries.AT_WORK]
    if status in queries.AT_WORK and rights.colleagues(session, ticket, officer):
        found.append(press("hand_over"))
    if joined.may_split(session, ticket):
        found.append(press("take_off"))
    if joined.may_put_back(session, ticket, now):
        found.append(press("put_back"))
    if status is not TicketStatus.MERGED:
        found.append(press("note"))
    if incident_words.held_by(session, ticket) is not None:
        found.append(Button(w("work_label.incident_show"), "work.incident", {"ticket": ticket.id}))
    if ticket.latitude is not None and ticket.longitude is not None:
        place = map_url(ticket.latitude, ticket.longitude)
        found.append(Button(w("work_label.map"), kind="uri", url=place, style="link"))
    return found


def _asked_to_end(session: Session, ticket: Ticket, w: Wording) -> list[Line]:
    """Who asks a supervisor to agree to the end, and why; words of the officer's own stand among the notes."""
    asked = rights.asked_to_end(session, ticket)
    if asked is None:
        return []
    name = officer_words.name_of(session.get(Officer, asked.asked_by_id), w)
    text = w("officer.card.approval_by", name=name, reason=w(f"work_label.reason_{asked.reason}"))
    return [Line(w("officer.card.approval"), text)]


def several(
    session: Session, tickets: Sequence[Ticket], officer: Officer, alt: str, *, now: datetime | None = None
) -> tuple[Reply, set[str]]:
    """One full card, or as many short ones side by side as fit (the caller says what is left)."""
    if len(tickets) == 1:
        return officer_ticket_card(session, tickets[0], officer, now=now, note=alt)
    made = [
        officer_ticket_card(session, ticket, officer, now=now, is_full=False) for ticket in tickets[:IN_A_LIST]
    ]
    quotes = set().union(*(quoted for _, quoted in made))
    return Carousel(tuple(card for card, _ in made), alt), quotes


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
        case _:
            return ticket.status in queries.AT_WORK


def _list(session: Session, officer: Officer, kind: str, tickets: Sequence[Ticket], w: Wording) -> Composed:
    """Several tickets of which the same is told, and a button to the rest."""
    if not tickets:
        return [], set()
    key = "new" if kind == "new" else f"{kind}_list"
    title = w(f"officer.news.{key}", n=len(tickets))
    reply, quotes = several(session, tickets, officer, title)
    left = len(tickets) - IN_A_LIST
    if kind != "new":
        more = [w("officer.list.more_due", n=left)] if left > 0 else []
        return [Say("\n".join([title, *more])), reply], quotes
    if left <= 0 or not isinstance(reply, Carousel):
        return [reply], quotes
    return [reply, Say(w("officer.list.more_new", n=left), (Button(w("work_label.tab_new"), "tab.new"),))], quotes


def _is_untouched(ticket: Ticket) -> bool:
    """Nobody has it in hand: new, reopened, or handed over by another department."""
    if ticket.status in (TicketStatus.NEW, TicketStatus.REOPENED):
        return True
    return ticket.assignee_id is None and ticket.status in queries.AT_WORK


def _one(session: Session, officer: Officer, item: News, w: Wording) -> Composed:
    ticket, kind = item.ticket, item.kind.removeprefix("officer.")
    if kind == "unaccepted" and (ticket.status != TicketStatus.NEW or ticket.assignee_id is not None):
        return [], set()
    if kind == "urgent" and ticket.status not in (TicketStatus.NEW, TicketStatus.REOPENED):
        return [], set()  # somebody has it in hand
    if kind == "withdrawn":
        return [Say(w("officer.news.withdrawn", number=ticket.number))], set()
    if kind == "assigned" and ticket.assignee_id != officer.id:
        return [], set()  # it has gone on to somebody else
    if item.kind in LISTED and not _is_still_news(item, officer):
        return [], set()
    quotes: set[str] = set()
    if kind == "incident":
        incident = incident_words.held_by(session, ticket)
        if incident is None:
            return [], set()
        return [incident_words.officer_card(session, incident, ticket, officer, w, quotes)], quotes
    first = []
    if kind == "approval" and rights.asked_to_end(session, ticket) is None:
        return [], set()  # somebody decided, or the ticket moved on
    if kind in ("answer", "comment", "reopened", "returned"):
        first = _their_words(session, item, w, quotes)
    if kind == "not_resolved" and (item.detail or {}).get("is_open"):
        return [_ask_for_another_photo(item, w)], set()
    if kind == "not_resolved":
        kind = f"not_resolved_{(item.detail or {}).get('why', 'lost').partition('_')[0]}"
    owner = w.either(ticket.owner.short_th, ticket.owner.short_en) if ticket.owner else ""
    key = "review" if kind == "reopened" and _was_a_review(ticket) else kind
    note = "" if kind == "state" else w(f"officer.news.{key}", number=ticket.number, owner=owner)
    card, quoted = officer_ticket_card(session, ticket, officer, note=note, first=first)
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
