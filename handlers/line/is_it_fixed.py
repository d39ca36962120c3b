"""Words of somebody who was asked whether the work is done: yes, no, or more about the same problem."""

from __future__ import annotations

from collections.abc import Sequence

from bot.aftercare import Said
from bot.line.events import TextSaid
from bot.replies import Reply
from bot.understanding import Understanding
from handlers.line import ending, mine, typing
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import TicketStatus

#: What people answer instead of pressing, in Thai and English.
_YES = ["เรียบร้อย", "เรียบร้อยดี", "โอเค", "โอเคแล้ว", "ดีแล้ว", "ปกติแล้ว", "ใช่", "ใช่แล้ว", "ok", "okay", "yes", "fixed", "👍"]
_NO = ["ยัง", "ยังเลย", "ยังไม่หาย", "ยังไม่เรียบร้อยเลย", "ยังเหมือนเดิม", "เหมือนเดิม", "ไม่เรียบร้อย", "no", "not yet", "not fixed"]
_MEANS_YES, _MEANS_NO = ({typing.plain(word) for word in words} for words in (_YES, _NO))


def answered(
    talk: Talk, text: TextSaid, understood: Understanding, tickets: Sequence[Ticket]
) -> Sequence[Reply] | None:
    """A bare yes or no is the answer; more about the same problem is kept, and the question asked again.

    None: the words are about something else, or several tickets could be meant.
    """
    resolved = [ticket for ticket in tickets if ticket.status == TicketStatus.RESOLVED]
    words = typing.plain(text.text)
    if len(resolved) == 1 and words in _MEANS_YES | _MEANS_NO:
        ticket = mine.locked(talk, str(resolved[0].id))
        if ticket is None or not mine.stands_on(talk, ticket):
            return None
        return ending.fixed(talk, ticket) if words in _MEANS_YES else ending.not_fixed(talk, ticket)
    if understood.intent != "report" or understood.unsure:
        return None
    said_of = [ticket for ticket in resolved if ticket.category.code == understood.categories[0].code]
    return mine.add_said(talk, said_of[0], Said(text.said, text.text)) if len(said_of) == 1 else None
