"""ตอบกลับ with a photo, a recording or a video: it goes to the ticket's reporters once it is fetched."""

from __future__ import annotations

from collections.abc import Sequence

from bot import news, officer_casework, officer_tasks
from bot.line.events import PhotoSent, VideoSent, VoiceSent
from bot.officer_tasks import Task
from bot.replies import Reply, Say
from handlers.line import media
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models.lifecycle import TicketStatus

Shown = PhotoSent | VoiceSent | VideoSent


def sent(talk: Talk, task: Task, said: Shown) -> Sequence[Reply] | None:
    """Keep it for the reporters. The other photos of the same set follow it, in whatever order LINE brings them."""
    image_set = said.image_set if isinstance(said, PhotoSent) else ""
    if task.verb == "more" and (not image_set or image_set != task.way):
        return None
    ticket = answers.find(talk, {"ticket": str(task.ticket)})
    if ticket is None:
        answers.drop(talk)
        return [Say(talk.w("work.no_rights_any_more"))]
    if ticket.status == TicketStatus.CANCELLED:
        answers.drop(talk)
        return [Say(talk.w("work.not_sent")), *answers.too_late(talk, ticket)]
    why_not = _why_not(talk, said, bool(news.reporters(talk.session, ticket)))
    if why_not:
        return [Say(talk.w(why_not, number=ticket.number), (answers.cancel_button(talk),))]
    kept = media.keep(talk, said)
    officer_casework.show_to_reporters(talk.session, ticket, talk.as_officer, kept, talk.now)
    more = Task("more", ticket.id, talk.now.isoformat(), talk.conversation.step, way=image_set)
    officer_tasks.keep(talk.conversation, more if image_set else None)
    if isinstance(said, PhotoSent) and not said.is_last_of_set:
        return ()
    return answers.done(talk, ticket, talk.w(f"work.shows_{kept.kind}", number=ticket.number))


def _why_not(talk: Talk, said: Shown, has_reader: bool) -> str:
    """The sentence that says why it cannot be shown to anybody, or nothing."""
    if said.is_external:
        return "media.external"
    if not has_reader:
        return "work.nobody_to_show"
    return "" if talk.settings.public_url else "work.cannot_show"
