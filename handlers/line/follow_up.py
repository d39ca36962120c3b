"""Asks, after the ticket card, what the owner needs to know: one short question at a time, with ข้าม beside it."""

from __future__ import annotations

from bot import cards, follow_ups
from bot.replies import Button, Reply, Say
from handlers.line.talk import Talk
from models import FollowUp, Ticket

SKIP, CHOICE = "ask.skip", "ask.choice"


def ask_first(talk: Talk, *tickets: Ticket) -> list[Reply]:
    """The first question of the first of these tickets that has one; none about what lies outside the town."""
    for ticket in tickets:
        report = cards.own_report(talk.session, ticket, talk.person)
        if report is not None and report.is_outside:
            continue
        asked = follow_ups.of(talk.session, ticket)
        if asked:
            return [ask(talk, ticket, asked[0])]
    return []


def ask(talk: Talk, ticket: Ticket, follow_up: FollowUp, lead: str = "") -> Say:
    """One question, with its choices (which are read out too: a PC shows no quick replies) and ข้าม."""
    args: dict[str, int | str] = {"ticket": ticket.id, "ask": follow_up.code}
    choices = follow_up.choices_th if talk.w.language == "th" else follow_up.choices_en
    buttons = tuple(Button(choice, CHOICE, {**args, "n": place}) for place, choice in enumerate(choices))
    question = talk.w.either(follow_up.ask_th, follow_up.ask_en)
    key = "follow_up.ask_choices" if choices else "follow_up.ask"
    text = talk.w(key, ask=question, choices=" · ".join(choices))
    skip = Button(talk.w("label.skip"), SKIP, args)
    return Say("\n".join(part for part in (lead, text) if part), (*buttons, skip))
