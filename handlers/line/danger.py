"""Danger in somebody's words: a ticket of its own at once, or more about the one that was made a moment ago."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot import conversation, intake
from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import UNKNOWN_CATEGORY, Draft
from bot.line.events import TextSaid
from bot.replies import Reply, Say
from bot.understanding import Understanding
from handlers.line import another_matter, mine, reporting
from handlers.line.hotlines import DISTRESS, hotline_card, is_of_distress
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN, TicketStatus

#: What asks for something of its own, however soon it comes.
_SOMETHING_ELSE = ("question", "status_question", "thanks", "human", "cancel", "abuse")
#: โอเค, สวัสดี: about nothing, unless they press.
_SMALL_TALK = ("greeting", "chitchat")
#: Words of danger within this time are about the same danger.
SAME_DANGER = timedelta(hours=1)
#: Somebody in distress goes on talking for longer.
DISTRESS_LASTS = timedelta(hours=24)
_HURRY = re.compile(r"ด่วน|รีบ|เร็ว|ช่วย(?:ด้วย|ที)|\b(?:hurry|quick(?:ly)?|help)\b", re.IGNORECASE)


def heard(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply]:
    """Words of danger (`understood` alone): whom to call, and an urgent ticket, without a tap.

    People in danger write several messages: they belong to the ticket that the first one made. A report that was
    being made of something else is left for later.
    """
    ticket = recent(talk)
    if ticket is not None:
        card = hotline_card(talk, understood.hotline)
        added = list(mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=True))
        if understood.hotline == DISTRESS:
            added = [Say(talk.w("danger.distress_more")), *added[1:]]
        here = reporting.named_in(talk, ticket, text.text)
        if not here:
            return [card, *added]
        talk.turn_to(Step.PLACING, ticket.id)
        return [card, added[0], conversation.urgent_place_question(talk.w, ticket.id, talk.spots(here))]
    draft = talk.unfinished
    if draft is None or (not draft.is_empty and _is_something_else(draft, understood)):
        draft = reporting.new_draft(talk.waiting)
    return reporting.add_words(talk, text.said, text.text, understood, to=draft)


def more_of_it(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """Words soon after a danger was told that name no other problem (รีบมาเลย) are about it; None: they are not."""
    ticket = recent(talk)
    presses = _HURRY.search(text.text) is not None
    if ticket is not None and understood.intent == "thanks" and another_matter.says_something(text.text):
        return mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=True)  # เจอแล้ว ปลอดภัย ขอบคุณ
    if ticket is None or understood.intent in _SOMETHING_ELSE or (understood.intent in _SMALL_TALK and not presses):
        return None
    is_report = understood.intent == "report"
    problem = understood.categories[0].code if is_report and not understood.unsure else None
    if problem not in (None, UNKNOWN_CATEGORY):
        return None  # a report of its own, though it be of the same kind
    likeliest = understood.alternatives[0].code if understood.alternatives else None
    others = {one.category.code for one in talk.own_tickets if one.id != ticket.id and one.status in OPEN}
    if not is_report and likeliest != ticket.category.code and likeliest in others:
        return None  # ยังไม่มาเลย of something else
    return mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=is_report or presses)


def recent(talk: Talk) -> Ticket | None:
    """The own ticket that further words of danger belong to; never a confidential one, which few can see.

    Nor one that became urgent otherwise: an incident of tap water makes the report urgent that it was noticed by, and
    a fire at that house is no more about it.
    """
    return next(_young(talk, SAME_DANGER), None)


def in_distress(talk: Talk) -> Ticket | None:
    """The own ticket of somebody who does not want to live, while nobody has said that it is over.

    None just after another danger was told: what follows is about that fire, and so is the place.
    """
    newest = recent(talk)
    if newest is not None and not is_of_distress(talk, newest):
        return None
    found = (ticket for ticket in _young(talk, DISTRESS_LASTS) if ticket.status != TicketStatus.RESOLVED)
    return next((ticket for ticket in found if is_of_distress(talk, ticket)), None)


def _young(talk: Talk, lasts: timedelta) -> Iterator[Ticket]:
    for ticket in talk.own_tickets:
        is_young = ticket.is_urgent and ticket.status in OPEN and talk.now - ticket.created_at <= lasts
        if is_young and not ticket.category.is_confidential and intake.was_danger(talk.session, ticket):
            yield ticket


def _is_something_else(draft: Draft, understood: Understanding) -> bool:
    """Whether the words are clearly about another kind of problem than the unfinished report."""
    return not understood.unsure and draft.category not in (None, understood.categories[0].code)
