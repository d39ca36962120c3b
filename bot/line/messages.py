"""THE place that builds LINE messages: replies become message objects that LINE accepts, whatever they say.

All of LINE's limits are kept here by shortening, never by an error: a
resident's words must not be able to stop an answer. Broken code (a button
without a label, an address that is none) is logged and left out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from bot.line import cards_parts as parts, cards_shapes as shapes
from bot.line.actions import Json, Speaker, quick_reply
from bot.line.counting import cut_units, split, visible
from bot.replies import BeforeAfter, Button, Card, Carousel, Choices, HotlineCard, Picture, Play, Reply, Say, Show

log = logging.getLogger(__name__)

MESSAGES = 5  # LINE's limit in one request
ALT_UNITS = 400  # LINE: 1,500, but older texts say 400, and a chat list shows far less


def build(replies: Sequence[Reply], speaker: Speaker) -> list[Json]:
    """One to five LINE message objects for one to five replies, in their order.

    A text too long for one message takes what places are left of the five.
    LINE shows the quick replies of the last message only, so all stand there.
    """
    kept = list(replies[:MESSAGES])
    if len(kept) < len(replies):
        log.error("%d replies are more than LINE takes", len(replies))
    messages: list[Json] = []
    for index, reply in enumerate(kept):
        room = MESSAGES - len(messages) - (len(kept) - index - 1)
        messages += _messages(reply, speaker, room)
    quick = quick_reply(_quick(kept), speaker)
    if quick is not None and messages:
        messages[-1]["quickReply"] = quick
    return messages


def _quick(replies: Iterable[Reply]) -> list[Button]:
    """All quick replies, those of the last reply first: they belong to the question that stands."""
    found: list[Button] = []
    for reply in reversed(list(replies)):
        found += reply.quick
    return found


def _messages(reply: Reply, speaker: Speaker, room: int) -> list[Json]:
    """The messages of one reply: one, or up to `room` for a long text."""
    if isinstance(reply, Say):
        return [_text(piece) for piece in split(reply.text, room)]
    if isinstance(reply, Choices):
        alt = f"{reply.title} {reply.text}" if reply.title else reply.text
        return [_flex(lambda limit: shapes.choices(reply, speaker, limit), alt)]
    if isinstance(reply, Card):
        return [_flex(lambda limit: shapes.card(reply, speaker, limit), reply.alt or reply.title)]
    if isinstance(reply, BeforeAfter):
        return [_flex(lambda limit: shapes.before_after(reply, speaker, limit), reply.alt or reply.title)]
    if isinstance(reply, HotlineCard):
        return [_flex(lambda limit: shapes.hotline(reply, speaker, limit), shapes.hotline_alt(reply))]
    if isinstance(reply, Carousel):
        return [_carousel(reply, speaker)]
    return [_recording(reply, speaker) if isinstance(reply, Play) else _picture(reply, speaker)]


def _text(words: str) -> Json:
    return {"type": "text", "text": words}


def _flex(make: Callable[[int], Json], alt: str) -> Json:
    """The card with as much of its texts as LINE's size allows; as a last resort only its alternative text."""
    for limit in parts.LIMITS:
        made = make(limit)
        if shapes.fits(made):
            return {"type": "flex", "altText": visible(cut_units(alt, ALT_UNITS)), "contents": made}
    log.error("a card is too large even with its shortest texts")
    return _text(visible(cut_units(alt, ALT_UNITS)))


def _carousel(reply: Carousel, speaker: Speaker) -> Json:
    alt = visible(cut_units(reply.alt, ALT_UNITS))
    if not reply.cards:
        return _text(alt)
    if len(reply.cards) == 1:
        return _flex(lambda limit: shapes.card(reply.cards[0], speaker, limit), reply.alt)
    made = shapes.carousel(reply.cards, speaker)
    if parts.size(made) > parts.CAROUSEL_BYTES:
        log.error("a carousel is too large even with one card")
        return _text(alt)
    return {"type": "flex", "altText": alt, "contents": made}


def _picture(reply: Show, speaker: Speaker) -> Json:
    """The picture by itself, or its description where it cannot be shown."""
    full = speaker.picture_address(reply.picture, "full")
    preview = speaker.picture_address(reply.picture, "card")
    if full is None or preview is None:
        return _text(visible(cut_units(reply.picture.alt, ALT_UNITS)))
    return {"type": "image", "originalContentUrl": full, "previewImageUrl": preview}


def _recording(reply: Play, speaker: Speaker) -> Json:
    """The recording or video, or its description where it cannot be played."""
    media = Picture(reply.media_id, "reporter")
    address = speaker.picture_address(media, "file")
    if address is not None and reply.kind == "audio":
        return {"type": "audio", "originalContentUrl": address, "duration": max(reply.milliseconds, 1)}
    preview = speaker.picture_address(media, "card")
    if address is None or preview is None:
        return _text(visible(cut_units(reply.alt, ALT_UNITS)))
    return {"type": "video", "originalContentUrl": address, "previewImageUrl": preview}
