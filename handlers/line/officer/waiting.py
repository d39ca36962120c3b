"""What an officer sends while something is waited for. Another command, or nothing that fits, is never swallowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import cards, casework, officer_casework, officer_tasks, queries
from bot.casework import Given
from bot.line.events import Input, PhotoSent, TextSaid, Unfollowed, Unsent, VideoSent, VoiceSent
from bot.officer_casework import checking
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from bot.wording import key_of_label
from handlers.line import media
from handlers.line.officer import (
    after_photos,
    answers,
    calling,
    canned,
    ending,
    entering,
    finding,
    handing,
    incidents,
    merging,
    planning,
    showing,
)
from handlers.line.talk import Talk
from models import Media, Ticket
from models.lifecycle import Actor, TicketStatus, may_move

#: Where the words of an unfinished act lead; the others change no status.
_LEADS_TO = {
    "ask": TicketStatus.WAITING,
    "resolve": TicketStatus.RESOLVED,
    "reject": TicketStatus.REJECTED,
    "forward": TicketStatus.FORWARDED,
}
#: Nothing is asked for any more; what belongs to the act may still follow it.
_FOLLOWS = ("after", "more")
#: Words that only colleagues read.
_STAYS_INSIDE = ("note", "transfer", "return", "their_words")


def take_input(talk: Talk, said: Input) -> Sequence[Reply] | None:
    """What was asked for, or a reminder of what is waited for; None when this is for somebody else to answer."""
    task = officer_tasks.read(talk.conversation)
    if task is None or isinstance(said, Unfollowed):
        return None
    if isinstance(said, Unsent):
        officer_tasks.erase(talk.conversation, said.said)
        return None
    if talk.officer is None:
        return answers.not_any_more(talk)
    if task.is_over(talk.now, talk.conversation.step):
        answers.drop(talk)
        return None
    if isinstance(said, TextSaid):
        return _words(talk, task, said)
    if task.verb in ("reply", "more") and isinstance(said, PhotoSent | VoiceSent | VideoSent):
        return showing.sent(talk, task, said)
    if isinstance(said, PhotoSent):
        return _photo(talk, task, said)
    if task.verb in _FOLLOWS or not task.ticket:
        return None
    return _remind(talk, task, "work.not_that")


def _remind(talk: Talk, task: Task, key: str) -> Sequence[Reply]:
    ticket = queries.by_id(talk.session, talk.town, task.ticket)
    number = ticket.number if ticket else ""
    return [Say(talk.w(key, number=number), (answers.cancel_button(talk),))]


def _words(talk: Talk, task: Task, said: TextSaid) -> Sequence[Reply] | None:
    if task.verb in _FOLLOWS:
        answers.drop(talk)
        return None
    text = said.text.strip()
    label = key_of_label(text, "label.")
    if label == "cancel":
        return answers.stopped(talk)
    if task.verb == "find":
        answers.drop(talk)
        return finding.find(talk, text)
    if task.verb == "contact":
        return entering.contact(talk, task, *(("", "") if label == "skip" else (text, said.said)))
    if task.verb in ("forward", "return") and label == "skip":
        return _finish(talk, task)
    if task.verb in ("forward", "number"):
        return _number(talk, task, text, said.said)
    if task.verb == "canned":
        return canned.typed(talk, task, said)
    if task.verb == "plan":
        return planning.typed(talk, task, text)
    if task.verb == "merge":
        return merging.typed(talk, task, text)
    if key_of_label(text, "work_label.") is not None:
        return _doubt(talk, task, said)
    return _finish(talk, task.with_words(text, said.said))


def _doubt(talk: Talk, task: Task, said: TextSaid) -> Sequence[Reply]:
    """The words are a button's label: to be sent to the resident (or kept), or meant as a command?"""
    ticket = queries.by_id(talk.session, talk.town, task.ticket)
    officer_tasks.keep(talk.conversation, replace(task, doubt=said.text.strip(), doubt_said=said.said))
    is_inside = task.verb in _STAYS_INSIDE
    label = talk.w("work_label.keep_it" if is_inside else "work_label.send_it")
    yes = Button(label, "work.send_it", {"ticket": task.ticket}, style="primary")
    no = answers.cancel_button(talk) if is_inside else Button(talk.w("work_label.do_not_send"), "work.cancel")
    if said.said:  # a canned reply is nobody's message
        talk.quotes.add(said.said)
    number = ticket.number if ticket else ""
    key = "work.is_that_a_note" if is_inside else "work.is_that_meant"
    return [Choices(talk.w(key, number=number, text=said.text.strip()), (yes, no))]


def quoted(talk: Talk, said: TextSaid, ticket: Ticket) -> Sequence[Reply] | None:
    """Words that quote a ticket's card or news: for its reporters, after a yes; an act on another ticket is put aside.

    None: they are what was asked for on this very ticket.
    """
    task = officer_tasks.read(talk.conversation)
    is_over = task is None or task.is_over(talk.now, talk.conversation.step)
    is_waited_for = task is not None and task.verb not in _FOLLOWS and not is_over
    if task is not None and is_waited_for and task.ticket == ticket.id:
        return None
    aside = answers.drop(talk)
    return [*aside, *_doubt(talk, Task("reply", ticket.id, talk.now.isoformat(), talk.conversation.step), said)]


def pick_canned(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """A canned reply is chosen: shown once more, and sent after a yes."""
    one = canned.picked(talk, ticket, args.get("code", ""))
    if one is None:
        return [Say(talk.w("officer.old_button"))]
    aside = answers.drop(talk)
    task = Task("reply", ticket.id, talk.now.isoformat(), talk.conversation.step)
    return [*aside, *_doubt(talk, task, TextSaid("", one.text))]


def send_it(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """Yes, those words were meant as words."""
    task = officer_tasks.read(talk.conversation)
    if task is None or task.ticket != ticket.id or not task.doubt:
        return [Say(talk.w("officer.old_button"))]
    return _finish(talk, task.with_words(task.doubt, task.doubt_said))


def skip(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """ข้าม: forwarded now, the number may come later; or sent back without a word why."""
    task = officer_tasks.read(talk.conversation)
    if task is None or task.verb not in ("forward", "return") or task.ticket != ticket.id:
        return [Say(talk.w("officer.old_button"))]
    return _finish(talk, task)


def _number(talk: Talk, task: Task, text: str, said: str) -> Sequence[Reply]:
    """A letter or case number; a sentence is something else."""
    if not _looks_like_a_number(text):
        return _remind(talk, task, "work.no_number" if task.verb == "forward" else "work.no_later_number")
    return _finish(talk, task.with_words(text, said))


def _looks_like_a_number(text: str) -> bool:
    """One short line with digits in it; Thai has few spaces, so that a sentence is known by its many letters."""
    digits = sum(letter.isdigit() for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    is_short = len(text) <= officer_casework.LONGEST_NUMBER and "\n" not in text
    return is_short and digits > 0 and letters <= 4 * digits + 12


def _photo(talk: Talk, task: Task, sent: PhotoSent) -> Sequence[Reply] | None:
    """A photo of the finished work, before, with or after the words; for anything else there is no place yet."""
    if not task.ticket:
        return None  # what was waited for belongs to no ticket, so this is for somebody else to answer
    if task.verb not in ("resolve", "after"):
        return _remind(talk, task, "work.not_that")
    if sent.is_external:
        return [Say(talk.w("media.external"))]
    photo = media.keep(talk, sent)
    if task.verb == "after":
        return _photo_after(talk, task, sent, photo)
    task = task.with_photo(photo.id)
    officer_tasks.keep(talk.conversation, task)
    if not sent.is_last_of_set:
        return ()
    return _finish(talk, task) if task.words else _remind(talk, task, "work.got_photo")


def _photo_after(talk: Talk, task: Task, sent: PhotoSent, photo: Media) -> Sequence[Reply]:
    ticket = answers.find(talk, {"ticket": str(task.ticket)})
    if ticket is None:
        answers.drop(talk)
        return [Say(talk.w("officer.no_rights"))]
    refused = after_photos.refusal(talk, ticket, photo)
    if refused:
        return refused
    waits = after_photos.one_more(talk, ticket, photo)
    if waits is not None:
        return waits if sent.is_last_of_set else ()
    officer_casework.add_after_photo(talk.session, ticket, photo, talk.as_officer, talk.now)
    return [Say(talk.w("work.photo_added", number=ticket.number))] if sent.is_last_of_set else ()


def _finish(talk: Talk, task: Task) -> Sequence[Reply]:
    """Do it, if the ticket is still where it was; what is missing yet is asked for."""
    ticket = answers.find(talk, {"ticket": str(task.ticket)})
    if ticket is None:
        answers.drop(talk)
        return [Say(talk.w("work.no_rights_any_more"))]
    if task.verb == "resolve":
        task, refused = after_photos.only_new(talk, ticket, task)
        if refused:
            officer_tasks.keep(talk.conversation, task)
            return refused
    end = _LEADS_TO.get(task.verb)
    moved_on = end is not None and not may_move(TicketStatus(ticket.status), end, Actor.OFFICER)
    if moved_on or (task.verb == "number" and ticket.status != TicketStatus.FORWARDED):
        officer_tasks.keep(talk.conversation, None)
        return [Say(talk.w("work.not_sent")), *answers.too_late(talk, ticket)]
    if task.verb == "resolve" and ticket.category.needs_after_photo and not task.photos:
        officer_tasks.keep(talk.conversation, task)
        return _remind(talk, task, "work.ask_photo")
    waits = after_photos.wait(talk, ticket, task) if task.verb == "resolve" else None
    if waits is not None:
        return waits
    officer_tasks.keep(talk.conversation, None)
    return _DO[task.verb](talk, ticket, task)


def _reply(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    by = talk.as_officer
    officer_casework.reply_to_reporters(talk.session, ticket, by, task.words, task.said or None, talk.now)
    return answers.done(talk, ticket, talk.w("work.replied", number=ticket.number))


def _note(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    officer_casework.note(talk.session, ticket, talk.as_officer, task.words, task.said or None, talk.now)
    return answers.done(talk, ticket, talk.w("work.noted", number=ticket.number))


def _move(talk: Talk, ticket: Ticket, task: Task, end: TicketStatus, given: Given) -> None:
    casework.move_ticket(talk.session, ticket, end, talk.as_officer, talk.now, given)


def _ask(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    _move(talk, ticket, task, TicketStatus.WAITING, Given(words=task.words, said=task.said or None))
    return answers.done(talk, ticket, talk.w("work.asked", number=ticket.number))


def _resolve(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    photos = checking.photos_of(talk.session, task)
    given = Given(words=task.words, said=task.said or None, after_photos=photos)
    officer_tasks.keep_checking(talk.conversation, ticket.id, None)
    _move(talk, ticket, task, TicketStatus.RESOLVED, given)
    after = Task("after", ticket.id, talk.now.isoformat(), talk.conversation.step)
    officer_tasks.keep(talk.conversation, after)
    return answers.done(talk, ticket, talk.w("work.resolved", number=ticket.number))


def _forward(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    owner = next((one for one in queries.owners_for(talk.session, ticket) if one.code == task.owner), None)
    if owner is None:
        return [Say(talk.w("officer.old_button")), answers.card(talk, ticket)]
    given = Given(owner=owner, way=task.way, number=task.words or None, number_said=task.said or None)
    _move(talk, ticket, task, TicketStatus.FORWARDED, given)
    name = cards.owner_name(owner, talk.w)
    return answers.done(talk, ticket, talk.w("work.forwarded", number=ticket.number, owner=name))


def _later_number(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    officer_casework.set_forward_number(talk.session, ticket, talk.as_officer, task.words, talk.now, said=task.said)
    talk.quotes |= {task.said} if task.said else set()
    return answers.done(talk, ticket, talk.w("work.numbered", number=ticket.number, theirs=task.words))


_DO = {
    "reply": _reply,
    "ask": _ask,
    "resolve": _resolve,
    "reject": ending.with_words,
    "forward": _forward,
    "number": _later_number,
    "note": _note,
    "incident": incidents.said,
    "transfer": handing.transferred,
    "return": ending.sent_back,
    "their_words": calling.their_words,
}
