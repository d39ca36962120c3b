"""รวมเรื่อง in the chat: the other ticket is picked or typed by its number, seen, and then confirmed. And its undoing."""

from __future__ import annotations

from collections.abc import Sequence

from bot import casework, joined, officer_casework, queries, rights, whole_words
from bot.officer_tasks import Task
from bot.replies import Button, Choices, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import Actor, TicketStatus, may_move

Args = dict[str, str]


def merge(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """รวมเรื่อง: with which; likely ones to pick, any other by its number."""
    assert talk.officer is not None
    if ticket.category.is_confidential:
        return [Say(talk.w("work.no_merge_confidential", number=ticket.number))]
    aside = answers.wait_for(talk, "merge", ticket)
    likely = queries.likely_same(talk.session, talk.officer, ticket)
    buttons = tuple(Button(one.number, "work.with", {"ticket": ticket.id, "into": one.id}) for one in likely)
    lines = [talk.w("work.ask_other", number=ticket.number), *(_with_place(talk, one) for one in likely)]
    text, stop = "\n".join(lines), (answers.cancel_button(talk),)
    return [*aside, Choices(text, buttons, quick=stop) if buttons else Say(text, stop)]


def _with_place(talk: Talk, ticket: Ticket) -> str:
    """A ticket with its place, as words of whoever wrote them: on a button they would be kept as what is on offer."""
    talk.quotes |= {one.place_said for one in joined.standing_reports(talk.session, ticket) if one.place_said}
    place = whole_words.shortened(ticket.place_words or "", whole_words.SHORT_PLACE)
    return " · ".join(part for part in (ticket.number, place) if part)


def typed(talk: Talk, task: Task, text: str) -> Sequence[Reply]:
    """The number of the other ticket."""
    ticket = answers.find(talk, {"ticket": str(task.ticket)})
    if ticket is None:
        answers.drop(talk)
        return [Say(talk.w("work.no_rights_any_more"))]
    if not may_move(TicketStatus(ticket.status), TicketStatus.MERGED, Actor.OFFICER):
        answers.drop(talk)
        return answers.too_late(talk, ticket)
    number = queries.number_in(text)
    return _ask(talk, ticket, queries.by_number(talk.session, talk.town, number) if number else None)


def picked(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """One of the likely ones."""
    return _ask(talk, ticket, _by_id(talk, args))


def _ask(talk: Talk, ticket: Ticket, other: Ticket | None) -> Sequence[Reply]:
    """Both are there and may be merged: show the other one, and ask."""
    refused = _refused(talk, ticket, other)
    if refused is not None or other is None:
        return [refused or Say("")]
    other = queries.standing(other)
    yes = Button(
        talk.w("work_label.merge_it"), "work.join", {"ticket": ticket.id, "into": other.id}, style="primary"
    )
    text = talk.w("work.ask_merge", number=ticket.number, other=other.number)
    return [answers.card(talk, other), Choices(text, (yes, answers.cancel_button(talk)))]


def _refused(talk: Talk, ticket: Ticket, other: Ticket | None) -> Say | None:
    """Why these two cannot be merged, in words; what this officer may not see is not there."""
    assert talk.officer is not None
    stop = (answers.cancel_button(talk),)
    target = queries.standing(other) if other is not None else None
    if target is None or not rights.may_work_on(talk.session, talk.officer, target):
        return Say(talk.w("work.no_other", number=ticket.number), stop)
    problem = joined.why_not(ticket, target)
    if problem is None:
        return None
    return Say(talk.w(f"work.no_merge_{problem}", number=target.number), stop)


def join(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """Yes, they are the same: merge."""
    other = _by_id(talk, args)
    target = casework.lock(talk.session, queries.standing(other).id) if other is not None else None
    refused = _refused(talk, ticket, target)
    if refused is not None or target is None:
        return [refused or Say("")]
    aside = answers.drop(talk)
    officer_casework.merge(talk.session, ticket, target, talk.as_officer, talk.now)
    undo = Button(talk.w("work_label.unmerge"), "work.unmerge", {"ticket": ticket.id})
    text = talk.w("work.merged", number=ticket.number, other=target.number)
    return [*aside, Choices(text, (undo,)), answers.card(talk, target)]


def where_it_went(talk: Talk, ticket: Ticket) -> list[Reply]:
    """That a ticket was merged, into which, and the undoing while it can be undone."""
    undo = Button(talk.w("work_label.unmerge"), "work.unmerge", {"ticket": ticket.id})
    text = talk.w("work.is_merged", number=ticket.number, other=queries.standing(ticket).number)
    return [Choices(text, (undo,)) if officer_casework.may_unmerge(talk.session, ticket, talk.now) else Say(text)]


def unmerge(talk: Talk, args: Args) -> Sequence[Reply]:
    """แยกเรื่องออก: the reports come back."""
    assert talk.officer is not None
    said = args.get("ticket", "")
    ticket = casework.lock(talk.session, int(said)) if said.isascii() and said.isdigit() else None
    if ticket is None or not rights.may_work_on(talk.session, talk.officer, ticket):
        return [Say(talk.w("officer.no_rights"))]
    if not officer_casework.may_unmerge(talk.session, ticket, talk.now):
        return [Say(talk.w("work.no_unmerge", number=ticket.number))]
    casework.lock(talk.session, queries.standing(ticket).id)
    aside = answers.drop(talk)
    officer_casework.unmerge(talk.session, ticket, talk.as_officer, talk.now)
    return [*aside, *answers.done(talk, ticket, talk.w("work.unmerged", number=ticket.number))]


def _by_id(talk: Talk, args: Args) -> Ticket | None:
    said = args.get("into", "")
    return queries.by_id(talk.session, talk.town, int(said)) if said.isascii() and said.isdigit() else None
