"""ยุติเรื่อง in the chat: the reason, a supervisor's อนุมัติ or ส่งกลับ where the town asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import casework, rights
from bot.casework import Given
from bot.officer_casework import approvals
from bot.officer_tasks import Task
from bot.replies import Button, Reply, Say
from handlers.line.officer import answers
from handlers.line.talk import Talk
from models import Approval, Ticket
from models.approval import ASKED
from models.lifecycle import REJECTION_REASONS, TicketStatus

Args = dict[str, str]


def reject(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ยุติเรื่อง: why."""
    aside = answers.drop(talk)
    buttons = tuple(
        Button(
            talk.w(f"work_label.reason_{reason}"),
            "work.reason",
            {"ticket": ticket.id, "reason": reason},
            kind="keyboard" if reason == "other" else "press",
        )
        for reason in REJECTION_REASONS
    )
    return [*aside, *answers.pages(talk, ticket, "work.choose_reason", buttons)]


def reason(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """A listed reason ends the ticket at once, or asks a supervisor; อื่น ๆ waits for words."""
    why = args.get("reason")
    if why not in REJECTION_REASONS:
        return reject(talk, ticket, args)
    if why == "other":
        return answers.begin(talk, "reject", ticket, talk.w("work.ask_reason", number=ticket.number))
    return [*answers.drop(talk), *_end(talk, ticket, Given(reason=why))]


def with_words(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    """The reason in the officer's own words."""
    return _end(talk, ticket, Given(words=task.words, said=task.said or None, reason="other"))


def _end(talk: Talk, ticket: Ticket, given: Given) -> Sequence[Reply]:
    assert talk.officer is not None
    if rights.needs_approval(talk.session, talk.officer, ticket):
        approvals.ask(talk.session, ticket, talk.officer, given, talk.now)
        return answers.done(talk, ticket, talk.w("work.approval_asked", number=ticket.number))
    casework.move_ticket(talk.session, ticket, TicketStatus.REJECTED, talk.as_officer, talk.now, given)
    return answers.done(talk, ticket, talk.w("work.rejected", number=ticket.number))


def approve(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """อนุมัติ: the ticket ends now."""
    assert talk.officer is not None
    asked = _asked(talk, ticket, args)
    if asked is None:
        return [Say(talk.w("work.approval_late", number=ticket.number)), *answers.too_late(talk, ticket)]
    aside = answers.drop(talk)
    approvals.approve(talk.session, ticket, asked, talk.officer, talk.now)
    return [*aside, *answers.done(talk, ticket, talk.w("work.rejected", number=ticket.number))]


def send_back(talk: Talk, ticket: Ticket, args: Args) -> Sequence[Reply]:
    """ส่งกลับ: wait for a word why, which may be skipped."""
    asked = _asked(talk, ticket, args)
    if asked is None:
        return [Say(talk.w("work.approval_late", number=ticket.number)), *answers.too_late(talk, ticket)]
    skip = Button(talk.w("label.skip"), "work.skip", {"ticket": ticket.id})
    prompt = talk.w("work.ask_why_back", number=ticket.number)
    return answers.begin(talk, "return", ticket, prompt, skip)


def sent_back(talk: Talk, ticket: Ticket, task: Task) -> Sequence[Reply]:
    """Why is known, or skipped."""
    assert talk.officer is not None
    asked = rights.asked_to_end(talk.session, ticket)
    if asked is None:
        return [Say(talk.w("work.approval_late", number=ticket.number)), *answers.too_late(talk, ticket)]
    words, said = task.words or None, task.said or None
    approvals.send_back(talk.session, ticket, asked, talk.officer, words, said, talk.now)
    return answers.done(talk, ticket, talk.w("work.sent_back", number=ticket.number))


def _asked(talk: Talk, ticket: Ticket, args: Args) -> Approval | None:
    """The question that this button answers, if nobody has decided and the ticket has not moved since."""
    said = args.get("approval", "")
    found = talk.session.get(Approval, int(said)) if said.isascii() and said.isdigit() else None
    return found if found is not None and found.ticket_id == ticket.id and found.state == ASKED else None
