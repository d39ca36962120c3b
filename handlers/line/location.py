"""A location: the place of the draft, of an urgent ticket, an officer's answer, or the beginning of a report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Step
from bot.drafts import Place
from bot.line.events import PlaceBroken, PlaceSent
from bot.places import thailand
from bot.replies import Button, Reply, Say
from handlers.line import mine, near, reporting, said_about
from handlers.line.placing import LONGEST_PLACE
from handlers.line.talk import Talk


def received(talk: Talk, sent: PlaceSent) -> Sequence[Reply]:
    """A pin on the map, with the address LINE gave it; without a fix, the address alone."""
    words = " ".join(sent.address.split())[:LONGEST_PLACE]
    is_fixed = not thailand.is_no_fix(sent.latitude, sent.longitude)
    if not is_fixed and (not words or talk.step is Step.NEARBY):
        return [Say(talk.w("place.no_fix"), (Button(talk.w("label.send_place"), kind="location"),))]
    place = Place(words=words, said=sent.said)
    if is_fixed:
        place = talk.pin(sent.latitude, sent.longitude, words, sent.said)
    if talk.step is Step.NEARBY:
        return near.around(talk, sent)
    if talk.step is Step.CHOOSING and talk.draft is not None:
        return reporting.ask_which(talk, talk.draft.with_place(place))
    ticket = said_about.ticket_of_step(talk)
    in_danger = said_about.ticket_of_danger(talk) if ticket is None else None
    if in_danger is not None and in_danger.latitude is None:
        ticket = in_danger
    if ticket is not None:
        return mine.place(talk, ticket, place)
    return reporting.set_place(talk, place)


def broken(talk: Talk, sent: PlaceBroken) -> Sequence[Reply]:
    """Coordinates that are not on this earth: ask again."""
    return [Say(talk.w("place.broken"))]
