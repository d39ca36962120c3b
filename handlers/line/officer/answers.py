"""What an officer is answered: the fresh card, a refusal, who was faster. And the unfinished act, begun and dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bot import (
    cards,
    casework,
    news,
    officer_cards,
    officer_news,
    officer_news_words,
    officer_tasks,
    officer_words,
    queries,
    rights,
)
from bot.officer_casework import trail
from bot.officer_tasks import Task, Verb
from bot.replies import Button, Card, Choices, Reply, Say
from handlers.line.talk import Talk
from models import Media, Officer, Ticket, TicketEvent

#: So many answers are read on one card; a longer list of choices goes on in a second one.
CHOICES = 15


def find(talk: Talk, args: dict[str, str]) -> Ticket | None:
    """The ticket of a button, fresh and locked, where the work on it goes on; None: none that this officer may see."""
    said = args.get("ticket", "")
    # A key that was signed by us is a number; anything else is a button of another release.
    ticket = casework.lock(talk.session, int(said)) if said.isascii() and said.isdigit() else None
    if ticket is not None and ticket.merged_into_id is not None:
        ticket = casework.lock(talk.session, queries.standing(ticket).id)
    if ticket is None or talk.officer is None or not rights.may_work_on(talk.session, talk.officer, ticket):
        return None
    return ticket


def card(talk: Talk, ticket: Ticket, note: str = "") -> Card:
    """The ticket as it stands now, with its buttons; what waits to be told about it is told by this very card."""
    assert talk.officer is not None
    waiting = [item for item in news.gather(talk.session, talk.person) if item not in talk.carried]
    told, also, first = officer_news_words.told_by_the_card(
        talk.session, ticket, talk.officer, waiting, talk.w, talk.quotes
    )
    talk.carried += told
    note = "\n".join(text for text in (note, also) if text)
    made, quotes = officer_cards.officer_ticket_card(
        talk.session, ticket, talk.officer, now=talk.now, note=note, first=first
    )
    talk.quotes |= quotes
    officer_news.seen(talk.session, talk.officer, [ticket])
    return made


def note_opened(talk: Talk, ticket: Ticket) -> None:
    """Who looked at a whole ticket stands in the trail."""
    trail.record(talk.session, talk.town.id, "opened", talk.officer, talk.now, ticket=ticket)


def done(talk: Talk, ticket: Ticket, text: str) -> Sequence[Reply]:
    """It is done: one sentence, and the fresh card while the ticket is still this officer's to see."""
    assert talk.officer is not None
    talk.session.flush()
    if not rights.may_work_on(talk.session, talk.officer, ticket):
        return [Say(text)]
    return [Say(text), card(talk, ticket)]


def too_late(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """The ticket has moved on since the card was made: who did it, and the card of now."""
    last = talk.session.scalars(
        select(TicketEvent)
        .where(TicketEvent.ticket_id == ticket.id, TicketEvent.kind == "move")
        .order_by(TicketEvent.id.desc())
        .limit(1)
    ).first()
    status = cards.badge(ticket, talk.w)
    if last is None or last.officer_id is None:
        return [Say(talk.w("work.moved_on", number=ticket.number, status=status)), card(talk, ticket)]
    officer = talk.session.get(Officer, last.officer_id)
    if talk.officer is not None and last.officer_id == talk.officer.id:
        text = talk.w("work.moved_by_you", number=ticket.number, status=status)
    elif last.to_status == "accepted":
        text = talk.w("work.accepted_by", name=officer_words.name_of(officer, talk.w), number=ticket.number)
    else:
        name = officer_words.name_of(officer, talk.w)
        text = talk.w("work.moved_by", name=name, number=ticket.number, status=status)
    return [Say(text), card(talk, ticket)]


def begin(talk: Talk, verb: Verb, ticket: Ticket, prompt: str, *more: Button, **kept: str) -> Sequence[Reply]:
    """Wait for the next message: say for what, and how to stop. An act that was unfinished before is put aside."""
    return [*wait_for(talk, verb, ticket, **kept), Say(prompt, (*more, cancel_button(talk)))]


def wait_for(talk: Talk, verb: Verb, ticket: Ticket, **kept: str) -> list[Reply]:
    """Wait for the next message; says only what is put aside for it. The caller asks."""
    before = drop(talk)
    step = talk.conversation.step
    task = Task(verb, ticket.id, talk.now.isoformat(), step)
    task = replace(task, **kept)  # type: ignore[arg-type]  # owner, way, department: all are str
    officer_tasks.keep(talk.conversation, task)
    return before


def is_waited_for(talk: Talk, ticket: Ticket) -> bool:
    """Whether something about this very ticket was asked for and is still to come."""
    task = officer_tasks.read(talk.conversation)
    if task is None or task.ticket != ticket.id or task.verb in ("after", "more"):
        return False
    return not task.is_over(talk.now, talk.conversation.step)


def cancel_button(talk: Talk) -> Button:
    """Stop the unfinished act."""
    return Button(talk.w("label.cancel"), "work.cancel")


def stopped(talk: Talk) -> Sequence[Reply]:
    """The unfinished act is stopped as asked; its ticket is one press away."""
    task = officer_tasks.read(talk.conversation)
    drop(talk)
    ticket = find(talk, {"ticket": str(task.ticket)}) if task is not None and task.ticket else None
    buttons = (Button(talk.w("work_label.show"), "work.show", {"ticket": ticket.id}),) if ticket is not None else ()
    return [Say(talk.w("work.cancelled"), buttons)]


def pages(talk: Talk, ticket: Ticket, key: str, buttons: Sequence[Button]) -> list[Reply]:
    """A question about a ticket with every answer in full, as many cards as it takes."""
    text = talk.w(key, number=ticket.number)
    parts = [tuple(buttons[start : start + CHOICES]) for start in range(0, len(buttons), CHOICES)]
    stop = (cancel_button(talk),)
    return [
        Choices(text if place == 0 else talk.w("work.more_choices"), part, quick=stop if part is parts[-1] else ())
        for place, part in enumerate(parts)
    ]


def drop(talk: Talk) -> list[Reply]:
    """Forget the unfinished act and its photos; says so where words or photos were already given."""
    task = officer_tasks.read(talk.conversation)
    officer_tasks.keep(talk.conversation, None)
    if task is None or task.verb in ("after", "more"):
        return []
    for photo in talk.session.scalars(select(Media).where(Media.id.in_(task.photos))):
        photo.state = "erased"  # nothing refers to it, so nobody needs its bytes
    ticket = queries.by_id(talk.session, talk.town, task.ticket)
    if ticket is None or not (task.words or task.photos) or task.is_over(talk.now, talk.conversation.step):
        return []
    return [Say(talk.w("work.put_aside", number=ticket.number))]


def not_any_more(talk: Talk) -> Sequence[Reply]:
    """Revoked: kindly, and whatever was begun is dropped."""
    drop(talk)
    return [Say(talk.w("officer.not_any_more"))]
