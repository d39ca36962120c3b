"""Words of somebody who was asked whether the work is done: yes, no, or more about the same problem."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.aftercare import Said
from bot.line.events import TextSaid
from bot.places.words import place_in
from bot.replies import Button, Reply, Say
from bot.understanding import Understanding
from handlers.line import ending, mine, typing
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN, TicketStatus

#: What people answer instead of pressing, in Thai and English.
_YES = ["เรียบร้อย", "เรียบร้อยดี", "โอเค", "โอเคแล้ว", "ดีแล้ว", "ปกติแล้ว", "ใช่", "ใช่แล้ว", "ok", "okay", "yes", "fixed", "👍"]
_NO = ["ยัง", "ยังเลย", "ยังไม่หาย", "ยังไม่เรียบร้อยเลย", "ยังเหมือนเดิม", "เหมือนเดิม", "ไม่เรียบร้อย", "no", "not yet", "not fixed"]
#: The water is back, the light burns: said of a ticket that is still worked on, with nothing that takes it back.
_DONE = re.compile(
    r"(?:หาย|มา|ติด|สว่าง|ใส|ไหล|เก็บ|ซ่อม|แก้|ตัด|ลอก|ล้าง|เสร็จ|แห้ง|ลด|ปกติ|เรียบร้อย|ใช้ได้|ดี)[ก-๎]{0,10}แล้ว"
    r"|\b(?:is|are) (?:back|fixed|gone|working|clean|clear|fine)\b|\b(?:came|come) back\b",
    re.IGNORECASE,
)
_NOT_QUITE = re.compile(
    r"ไม่|ยัง|แต่|อีก|ไหม|มั้ย|หรือ|เมื่อไ|กี่|เหมือนเดิม|รอ|ส่ง|โทร|ติดต่อ|แจ้ง|เงียบ|รถติด|\?|\b(?:not|but|still|again)\b|n['’]t"
    r"|นาน|หลาย|ครั้ง|วัน|สัปดาห์|อาทิตย์|เดือน|ปี|ชั่วโมง|ชม",
    re.IGNORECASE,
)
#: The same again, whatever place is named.
_STILL = re.compile(r"ยัง|เหมือนเดิม|เหมือนเก่า|ที่เดิม|\b(?:still|again|same)\b", re.IGNORECASE)
_MEANS_YES, _MEANS_NO = ({typing.plain(word) for word in words} for words in (_YES, _NO))


def answered(
    talk: Talk, text: TextSaid, understood: Understanding, tickets: Sequence[Ticket]
) -> Sequence[Reply] | None:
    """A bare yes or no is the answer; more about the same problem is kept, and the question asked again.

    None: the words are about something else (the same kind of problem at another place, too), several tickets could
    be meant, or it is the answer to what an officer asked later.
    """
    resolved = [ticket for ticket in tickets if ticket.status == TicketStatus.RESOLVED]
    words = typing.plain(text.text)
    if words in _MEANS_YES | _MEANS_NO and _is_a_question_newer(tickets, resolved):
        return None
    if len(resolved) == 1 and words in _MEANS_YES | _MEANS_NO:
        ticket = mine.locked(talk, str(resolved[0].id))
        if ticket is None or not mine.stands_on(talk, ticket):
            return None
        return ending.fixed(talk, ticket) if words in _MEANS_YES else ending.not_fixed(talk, ticket)
    if understood.intent != "report" or understood.unsure:
        return None
    said_of = [ticket for ticket in resolved if ticket.category.code == understood.categories[0].code]
    if len(said_of) != 1 or is_elsewhere(text.text, said_of[0]):
        return None
    return mine.add_said(talk, said_of[0], Said(text.said, text.text))


def _is_a_question_newer(tickets: Sequence[Ticket], resolved: Sequence[Ticket]) -> bool:
    """Whether an officer asked something after the last of the work was said to be done."""
    done_at = max((ticket.moved_at for ticket in resolved), default=None)
    return done_at is not None and any(
        ticket.status == TicketStatus.WAITING and ticket.moved_at > done_at for ticket in tickets
    )


def is_elsewhere(text: str, ticket: Ticket) -> bool:
    """Whether a place is named that is not the ticket's, and nothing says that it is the same problem."""
    place = place_in(text)
    return bool(place) and place not in (ticket.place_words or "") and _STILL.search(text) is None


def sounds_done(talk: Talk, text: TextSaid, ticket: Ticket) -> Sequence[Reply] | None:
    """น้ำมาแล้ว, said of an own open ticket: kept for the officer, and หายแล้ว is one press away."""
    if ticket.status == TicketStatus.WAITING or not _DONE.search(text.text) or _NOT_QUITE.search(text.text):
        return None
    added, *rest = mine.add_said(talk, ticket, Said(text.said, text.text))
    if ticket.status == TicketStatus.RESOLVED or ticket.status not in OPEN:
        return [added, *rest]  # its own card asks, or it ended meanwhile
    fixed = Button(talk.w("label.fixed"), "mine.fixed", {"ticket": ticket.id})
    return [Say(talk.w("mine.added_sounds_fixed", number=ticket.number), (fixed,)), *rest]
