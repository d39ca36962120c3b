"""A location: the place of the draft, of an urgent ticket, or the beginning of a report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import Step
from bot.drafts import Place
from bot.line.events import PlaceBroken, PlaceSent
from bot.replies import Reply, Say
from handlers.line import mine, reporting
from handlers.line.talk import Talk
from models import Ticket


def received(talk: Talk, sent: PlaceSent) -> Sequence[Reply]:
    """A pin on the map, with the address LINE gave it."""
    place = Place(
        latitude=sent.latitude,
        longitude=sent.longitude,
        words=" ".join(sent.address.split())[:300],
        said=sent.said,
        is_outside=talk.is_outside(sent.latitude, sent.longitude),
    )
    if talk.step in (Step.PLACING, Step.ADDING) and talk.conversation.about_id is not None:
        ticket = talk.session.get(Ticket, talk.conversation.about_id)
        if ticket is not None:
            return mine.place(talk, ticket, place)
    return reporting.set_place(talk, place)


def broken(talk: Talk, sent: PlaceBroken) -> Sequence[Reply]:
    """Coordinates that are not on this earth: ask again."""
    return [Say(talk.w("place.broken"))]
