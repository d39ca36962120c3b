"""A report that was sent for its reporter, who never pressed: corrected while nobody works on it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import cards, conversation, officer_casework, queries
from bot.replies import Button, Reply
from handlers.line import ending
from handlers.line.talk import Talk
from models import Ticket


def ask_category(talk: Talk, ticket: Ticket) -> Sequence[Reply]:
    """เปลี่ยนประเภท of a report that was sent for its reporter: which one is it?"""
    report = cards.own_report(talk.session, ticket, talk.person)
    if report is None or not cards.is_unsent(ticket, report):
        return [talk.shows(ticket)]
    buttons = [
        Button(cards.category_title(one, talk.w), "mine.category", {"ticket": ticket.id, "code": one.code})
        for one in queries.categories_of(talk.session, talk.town)
        if one.id != ticket.category_id
    ]
    return conversation.pages(talk.w, buttons, (ending.stop_button(talk),))


def correct_category(talk: Talk, ticket: Ticket, args: dict[str, str]) -> Sequence[Reply]:
    """The reporter's own correction, while nobody works on it."""
    report = cards.own_report(talk.session, ticket, talk.person)
    chosen = next((one for one in queries.categories_of(talk.session, talk.town) if one.code == args.get("code")), None)
    is_correction = chosen is not None and chosen.id != ticket.category_id
    if chosen is not None and is_correction and report is not None and cards.is_unsent(ticket, report):
        officer_casework.recategorise(talk.session, ticket, chosen, talk.as_resident, talk.now)
    return [talk.shows(ticket)]
