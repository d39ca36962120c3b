"""A bare yes or no answers what the town has asked last, whatever was asked or begun before that.

People answer the newest message on their screen. A draft card, or the question which ticket was meant, waits.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.aftercare import Said
from bot.line.events import TextSaid
from bot.replies import Reply
from handlers.line import agreeing, is_it_fixed, mine
from handlers.line.asked_since import asked_since
from handlers.line.talk import Talk
from models.lifecycle import TicketStatus


def answered(talk: Talk, text: TextSaid, words: str) -> Sequence[Reply] | None:
    """What a bare yes or no (`words` as labels are compared) does; None: nothing was asked since, or not so plainly.

    An officer's unfinished act decides about its own words.
    """
    is_bare = is_it_fixed.is_bare(words) or agreeing.is_yes_or_no(words)
    tickets = asked_since(talk) if is_bare and talk.conversation.task is None else []
    newest = max(tickets, key=lambda one: one.moved_at, default=None)
    if newest is None:
        return None
    if newest.status == TicketStatus.WAITING:
        return mine.add_said(talk, newest, Said(text.said, text.text))
    done = [one for one in tickets if one.status == TicketStatus.RESOLVED]
    return is_it_fixed.by_word(talk, done, words) if is_it_fixed.is_bare(words) else None
