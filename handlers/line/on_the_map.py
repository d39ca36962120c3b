"""A point that was typed, or stands in a map's link, is as good as a pin; a link that says no point is no place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.aftercare import Said
from bot.conversation import Step
from bot.drafts import Words
from bot.line.events import PlaceSent, TextSaid
from bot.places import typed
from bot.replies import Button, Reply, Say
from handlers.line import location, mine, reporting, said_about, text as words
from handlers.line.talk import Talk
from models.lifecycle import OPEN

#: Here words are for somebody to read, whatever they are.
_FOR_SOMEBODY = (Step.ADDING, Step.TALKING, Step.RATING, Step.CHOOSING)


def said(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """Words of a resident, after it was looked whether they are a place on the map."""
    point = typed.point_in(text.text)
    if point is not None and point.is_alone and talk.step not in (Step.TALKING, Step.RATING):
        return location.received(talk, PlaceSent(text.said, point.latitude, point.longitude))
    if point is not None or not typed.has_unread_link(text.text) or talk.step in _FOR_SOMEBODY:
        return words.said(talk, text)
    if typed.is_link_alone(text.text):
        return _alone(talk, text)
    replies = words.said(talk, text)
    return [Say(talk.w("place.link_unread")), *replies] if talk.step is Step.ASKING_PLACE else replies


def _alone(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """Officers can open it: it stands with the words of a report, or goes to the ticket; but where it is, is asked."""
    if talk.step is Step.IDLE and talk.asked_tickets:
        return words.said(talk, text)  # the answer to what an officer asked
    ticket = said_about.ticket_of_step(talk) or said_about.ticket_of_danger(talk)
    if ticket is not None:
        is_danger = ticket.is_urgent and ticket.status in OPEN
        added = mine.add_said(talk, ticket, Said(text.said, text.text), is_danger=is_danger)
        return [*added, _ask(talk)] if ticket.latitude is None else added
    draft = talk.reporting
    if draft is None or not draft.words:  # it tells no problem, either
        is_placed = draft is not None and not reporting.lacks_a_place(talk, draft)
        return reporting.go_on(talk, draft) if draft is not None and is_placed else [_ask(talk)]
    replies = reporting.go_on(talk, replace(draft, words=(*draft.words, Words(text.said, text.text))))
    return [Say(talk.w("place.link_unread")), *replies] if talk.step is Step.ASKING_PLACE else replies


def _ask(talk: Talk) -> Say:
    return Say(talk.w("place.link_ask"), (Button(talk.w("label.send_place"), kind="location"),))
