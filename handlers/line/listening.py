"""Somebody in distress goes on talking: whatever it is reaches a person, and is answered as by one."""

from __future__ import annotations

from collections.abc import Sequence

from bot import queries
from bot.aftercare import Said
from bot.conversation import Step
from bot.line.events import TextSaid
from bot.places.words import is_unknown, place_in
from bot.replies import Reply, Say
from bot.understanding import Understanding
from handlers.line import another_matter, danger, mine, placing
from handlers.line.talk import Talk
from models import Ticket

#: What somebody in distress may tell of: another kind of problem, clearly told, is a report of its own.
_OF_THE_PERSON = ("safety", "welfare", "other")


def first(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """Words of danger, and those of somebody who was in distress a while ago; None: they are neither."""
    if understood.emergency:
        return danger.heard(talk, text, understood)
    ticket = danger.in_distress(talk) if talk.step in (Step.IDLE, Step.PLACING) else None
    if ticket is None or queries.number_in(text.text) or _is_something_else(understood, ticket):
        return None
    if place_in(text.text) or talk.gazetteer.find(text.text).is_exact:
        talk.turn_to(Step.PLACING, ticket.id)
        return placing.of_urgent_ticket(talk, text, understood)
    if talk.step is Step.PLACING and (is_unknown(text.text) or not another_matter.says_something(text.text)):
        return None  # to the question where they are
    if not another_matter.says_something(text.text):
        return [Say(talk.w("danger.distress_here"))]
    is_at_once = danger.recent(talk) is not None
    return mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=is_at_once)


def _is_something_else(understood: Understanding, ticket: Ticket) -> bool:
    if understood.intent != "report" or understood.unsure:
        return False
    return understood.categories[0].code not in (*_OF_THE_PERSON, ticket.category.code)
