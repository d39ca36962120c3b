"""Which of the own tickets is meant? What was said meanwhile waits for the answer, whatever else is done before it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import queries
from bot.conversation import Step
from bot.drafts import Draft
from bot.replies import Button, Choices, Reply
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN

#: Tickets among which one may be chosen by a button; the newest stand first.
MOST_CHOICES = 8


def short_name(talk: Talk, ticket: Ticket) -> str:
    """A ticket on a button: its label and running number (≤ 40 graphemes)."""
    label = talk.w.either(ticket.category.label_th, ticket.category.label_en)
    return f"{label} {ticket.number}"


def open_tickets(talk: Talk) -> list[Ticket]:
    """This person's, as they stand now, newest first."""
    return [ticket for ticket in queries.own_tickets(talk.session, talk.person) if ticket.status in OPEN]


def ask(talk: Talk, draft: Draft, tickets: Sequence[Ticket], *, question: str = "mine.which") -> Sequence[Reply]:
    """Which of the tickets is it about, or is it new: a report, or a question where it was said to the desk?"""
    talk.stand(Step.CHOOSING, draft=draft)
    buttons = [
        Button(short_name(talk, ticket), "mine.attach", {"ticket": ticket.id, "draft": draft.token})
        for ticket in tickets[:MOST_CHOICES]
    ]
    label, act = ("label.new_question", "draft.desk") if draft.is_for_desk else ("label.new_report", "draft.new")
    buttons.append(Button(talk.w(label), act, {"draft": draft.token}))
    return [Choices(talk.w(question), tuple(buttons))]
