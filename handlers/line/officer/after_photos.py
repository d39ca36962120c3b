"""Photos of the finished work: one that was sent before is refused, and the officer is told why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from bot import officer_casework, rights
from bot.officer_tasks import Task
from bot.replies import Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Media, Ticket


def only_new(talk: Talk, ticket: Ticket, task: Task) -> tuple[Task, Sequence[Reply]]:
    """The task with its new photos only; and, where one was left out, the reason, so that another can be sent.

    A photo that is still being fetched is looked at when it is there.
    """
    kept, refused = [], []
    for photo in talk.session.scalars(select(Media).where(Media.id.in_(task.photos)).order_by(Media.id)):
        why = refusal(talk, ticket, photo)
        if why:
            refused = why
        else:
            kept.append(photo.id)
    return replace(task, photos=tuple(kept)), refused


def refusal(talk: Talk, ticket: Ticket, photo: Media) -> list[Reply]:
    """Why this photo proves nothing: it repeats an earlier picture, and is erased. [] for a new one."""
    earlier = officer_casework.repeats(talk.session, photo, ticket)
    if earlier is None:
        return []
    photo.state = "erased"
    return [Say(why(talk, ticket, earlier), (answers.cancel_button(talk),))]


def why(talk: Talk, ticket: Ticket, earlier: Media) -> str:
    """Which picture it repeats; of a ticket that this officer may not see only that it is another."""
    other = officer_casework.ticket_of(talk.session, earlier)
    if other is not None and other.id == ticket.id:
        kind = "before" if earlier.purpose == "before" else "own"
        return talk.w(f"work.photo_repeats_{kind}", number=ticket.number)
    assert talk.officer is not None
    may_name = other is not None and rights.may_work_on(talk.session, talk.officer, other)
    if other is not None and may_name:
        return talk.w("work.photo_repeats_other", number=ticket.number, other=other.number)
    return talk.w("work.photo_repeats_some", number=ticket.number)
