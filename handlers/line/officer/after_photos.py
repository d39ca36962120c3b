"""Photos of the finished work: one that was sent before is refused, one that is not there yet is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import officer_casework, officer_tasks
from bot.officer_casework import checking
from bot.officer_tasks import Task
from bot.replies import Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Media, Ticket


def only_new(talk: Talk, ticket: Ticket, task: Task) -> tuple[Task, Sequence[Reply]]:
    """The task with its new photos only; and, where one was left out, the reason, so that another can be sent.

    A photo that is still being fetched is looked at when it is there (`wait`).
    """
    kept, refused = [], []
    for photo in checking.photos_of(talk.session, task):
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
    assert talk.officer is not None
    photo.state = "erased"
    repeated = officer_casework.which(talk.session, talk.officer, ticket, earlier)
    text = talk.w(f"work.photo_{repeated['why']}", number=ticket.number, other=repeated.get("other", ""))
    return [Say(text, (answers.cancel_button(talk),))]


def wait(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply] | None:
    """Words and photos are there, but a photo is still being fetched: the work is done when it proves good. None: now.

    Other photos of it may follow, and other work may be begun.
    """
    if not any(photo.state == "wanted" for photo in checking.photos_of(talk.session, task)):
        return None
    officer_tasks.keep_checking(talk.conversation, ticket.id, replace(task, ticket=ticket.id))
    after = Task("after", ticket.id, talk.now.isoformat(), talk.conversation.step)
    officer_tasks.keep(talk.conversation, after)
    talk.awaits_photos = True
    return [checking.being_checked(ticket, talk.w)]


def one_more(talk: Talk, ticket: Ticket, photo: Media) -> Sequence[Reply] | None:
    """A photo that followed: looked at with the others where they are still waited for. None: they are not."""
    task = officer_tasks.checked_for(talk.conversation, ticket.id)
    return wait(talk, ticket, task.with_photo(photo.id)) if task is not None else None


def stop(talk: Talk, args: dict[str, str]) -> Sequence[Reply]:
    """ยกเลิก while the photos are looked at; or the ticket, which was done meanwhile."""
    said = args.get("ticket", "")
    if said.isascii() and said.isdigit() and checking.stop(talk.session, talk.conversation, int(said)):
        answers.drop(talk)
        return [Say(talk.w("work.cancelled"))]
    ticket = answers.find(talk, args)
    return answers.too_late(talk, ticket) if ticket is not None else [Say(talk.w("officer.old_button"))]
