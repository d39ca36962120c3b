"""People write a thing in several messages: what says nothing by itself belongs to what was just talked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot import queries
from bot.aftercare import Said
from bot.drafts import UNKNOWN_CATEGORY
from bot.line.events import TextSaid
from bot.places.words import tells_where
from bot.replies import Reply
from bot.understanding import Understanding
from handlers.line import another_matter, choosing, is_it_fixed, mine, on_offer, rated, reporting
from handlers.line.talk import Talk
from models import Ticket

#: What is typed so soon after something was added to a ticket goes on from it.
_ONE_BREATH = timedelta(minutes=5)

#: Who waits for the town, not: what the matter is like.
_WAITS = re.compile(
    r"ยัง(?!ไง)|ไม่เห็น|ไม่มีใคร|เมื่อไ|รอ(?:มา|นาน|อยู่|แล้ว|ตั้ง)|[สซ]ักที|เหมือนเดิม|\b(?:still|yet|waiting|nobody|no one|when)\b",
    re.IGNORECASE,
)

#: Characters. What is longer, and follows a card, says enough to be a report.
_LONGEST = 40


def answered(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """Added to the ticket that something was just added to; asked, where its card was shown; None: it stands alone."""
    comment = rated.before_the_stars(talk, text, understood)
    if comment is not None:
        return comment
    if queries.number_in(text.text) or not _is_vague(text.text, understood):
        return None
    ticket = just_added_to(talk)
    if len(talk.open_tickets) > 1 and _WAITS.search(text.text):
        return None  # ยังไม่มาเลย may be said of any of them: it is asked, however lately one was talked about
    if ticket is not None and _fits(understood, ticket):
        done = is_it_fixed.sounds_done(talk, text, ticket)
        return done or mine.add_said(talk, ticket, Said(text.said, text.text))
    shown = ticket or _just_shown(talk)
    if shown is None or understood.intent == "follow_up" or not _fits(understood, shown):
        return None
    if len(text.text) > _LONGEST or is_it_fixed.is_elsewhere(text.text, shown):
        return None  # a sentence that tells a problem of its own, though we cannot name it
    draft = reporting.new_draft(talk.waiting).with_words(text.said, text.text, talk.hear(text.text).as_report())
    return choosing.ask(talk, draft, [shown])


def _is_vague(text: str, understood: Understanding) -> bool:
    """No problem that can be named, no question and nothing kind: แม่ชื่อสมศรี, อยู่หน้าร้านก๋วยเตี๋ยว, อันนี้อีกมุมนึง."""
    match understood.intent:
        case "report":
            return understood.unsure
        case "follow_up":
            return True
        case "chitchat":
            return tells_where(text)
    return False


def _fits(understood: Understanding, ticket: Ticket) -> bool:
    """Whether nothing speaks for another kind of problem than the ticket's, if it is of any."""
    is_of_any = ticket.category.code != UNKNOWN_CATEGORY
    return understood.intent != "report" or not is_of_any or another_matter.likeliest_fits(understood, ticket)


def just_added_to(talk: Talk) -> Ticket | None:
    """The open ticket that this person has added something to a moment ago."""
    about = talk.conversation.about_id
    if about is None or talk.pause > _ONE_BREATH:
        return None
    return next((ticket for ticket in talk.open_tickets if ticket.id == about), None)


def _just_shown(talk: Talk) -> Ticket | None:
    """The one open ticket that the newest answer was about."""
    named = [one for one in talk.conversation.offers or () if str(one["args"].get("ticket", "")).isdecimal()]
    ids = {int(one["args"]["ticket"]) for one in named}
    if len(ids) != 1 or not on_offer.is_asked_now(talk, named[0]):
        return None
    return next((ticket for ticket in talk.open_tickets if ticket.id in ids), None)
