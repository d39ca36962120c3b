"""The words of news: one News row (or several that belong together) as replies in its reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cards, clock, incident_words, officer_news_words
from bot.replies import Button, Picture, Play, Reply, Say, Show
from bot.wording import Wording
from models import Conversation, Media, Message, Municipality, News, Resident, Ticket
from models.lifecycle import TicketStatus

Composed = tuple[list[Reply], set[str]]
#: Pictures and recordings under one sentence: together the five objects of a request.
_MOST_SHOWN = 4


def conversation_of(session: Session, person: Resident, *, lock: bool = False) -> Conversation:
    """The dialogue with this person, begun now if there was none; `lock` keeps others from changing it meanwhile."""
    found = session.get(
        Conversation, person.id, with_for_update={"key_share": True} if lock else None, populate_existing=lock
    )
    if found is None:
        found = Conversation(
            resident_id=person.id, municipality_id=person.municipality_id, step="idle", touched_at=clock.now()
        )
        session.add(found)
        session.flush()
    return found


def bundles(items: Sequence[News]) -> list[list[News]]:
    """News that make one message together: an officer's lists of tickets, and for a resident what one card shows.

    A reporter hears where a ticket stands, so all that says so about one ticket is told by its one card; an officer's
    words stand alone.
    """
    found: dict[object, list[News]] = {}
    pictures: Counter[int] = Counter()
    for item in items:
        if item.is_for_officer:
            key: object = item.kind if item.kind in officer_news_words.LISTED else item.id
        else:
            key = item.id if item.kind in ("reply", "incident", "followed") else ("ticket", item.ticket_id)
            if "shows" in (item.detail or {}):  # several side by side under one sentence, as many as a request holds
                key = ("shows", item.ticket_id, pictures[item.ticket_id] // _MOST_SHOWN)
                pictures[item.ticket_id] += 1
        found.setdefault(key, []).append(item)
    return list(found.values())


def compose(session: Session, person: Resident, items: Sequence[News]) -> Composed:
    """What to say for this news, and the ids of the LINE messages whose words stand in it; nothing for old news."""
    first = items[0]
    if first.is_for_officer:
        return officer_news_words.compose_news(session, person, items)
    ticket = first.ticket
    w = cards.wording_for(person, session.get_one(Municipality, ticket.municipality_id))
    if first.kind == "reply" and "shows" in (first.detail or {}):
        return _shown(session, ticket, items, w)
    if first.kind == "reply":
        return _reply(session, ticket, first, w)
    if first.kind == "incident":
        quoted: set[str] = set()
        title = cards.category_title(ticket.category, w)
        text = incident_words.notice(session, (first.detail or {}).get("words") or -1, title, w, quoted)
        return ([Say(text)] if text else []), quoted
    if first.kind == "followed":
        return _followed(ticket, w)
    current = [item for item in items if not _is_old(item, ticket)]
    if not current:
        return [], set()
    quotes: set[str] = set()
    moved = [item for item in current if item.kind == "moved"]
    card = cards.standing_card(
        session,
        ticket,
        person,
        quotes,
        note="\n".join(line for line in (_came_off(current, w), _note(moved, ticket, w)) if line),
        told_at=clock.now(),
        is_overdue=not moved and any(item.kind == "overdue" for item in current),
    )
    return [card], quotes


def _reply(session: Session, ticket: Ticket, item: News, w: Wording) -> Composed:
    message = session.get(Message, (item.detail or {}).get("message") or -1)
    if message is None:
        return [], set()
    department = w.either(ticket.department.name_th, ticket.department.name_en)
    text = w("news.unsent") if message.text is None else message.text
    quotes = {message.said} if message.said and message.text is not None else set()
    return [Say(w("news.reply", department=department, number=ticket.number, text=text))], quotes


def _shown(session: Session, ticket: Ticket, items: Sequence[News], w: Wording) -> Composed:
    """What an officer sent to be seen or heard, in the department's name; nothing of what was taken back."""
    ids = [(item.detail or {}).get("shows") for item in items]
    stored = select(Media).where(Media.id.in_(ids), Media.state == "stored").order_by(Media.id)
    found = session.scalars(stored).all()
    department = w.either(ticket.department.name_th, ticket.department.name_en)
    said: list[Reply] = [Say(w("news.shows", department=department, number=ticket.number))] if found else []
    for media in found:
        alt = w(f"news.shows_{media.kind}", department=department, number=ticket.number)
        if media.kind == "image":
            said.append(Show(Picture(media.id, "reporter", alt)))
        else:
            said.append(Play(media.id, "audio" if media.kind == "audio" else "video", media.milliseconds or 0, alt))
    return said, {media.said for media in found}


def _followed(ticket: Ticket, w: Wording) -> Composed:
    """Kind and status of a ticket that somebody follows, as everybody may know them."""
    if not ticket.category.is_public:
        return [], set()
    stop = Button(w("label.unfollow"), "near.unfollow", {"ticket": ticket.id})
    title, status = cards.category_title(ticket.category, w), cards.badge(ticket, w)
    return [Say(w("near.news", category=title, status=status), (stop,))], set()


def _is_old(item: News, ticket: Ticket) -> bool:
    """A question that was answered, or finished work that was opened again: whoever changed it is told in its place."""
    if item.kind != "moved":
        return False
    status = (item.detail or {}).get("status")
    return status in (TicketStatus.WAITING, TicketStatus.RESOLVED) and status != ticket.status


def _came_off(current: Sequence[News], w: Wording) -> str:
    """That it has a number of its own from now on."""
    return w("news.split") if any(item.kind == "split" for item in current) else ""


def _note(moved: Sequence[News], ticket: Ticket, w: Wording) -> str:
    """A sentence for the move that brought the ticket where it stands, if there is one to say."""
    if not any((item.detail or {}).get("status") == ticket.status for item in moved):
        return ""
    if ticket.status == TicketStatus.CLOSED and ticket.mark in ("unconfirmed", "unreachable"):
        return ""  # the card itself says why
    return w(f"news.{ticket.status}") if w.has(f"news.{ticket.status}") else ""
