"""Words of somebody who was asked whether the work is done: yes, no, or more about the same problem."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import aftercare, news
from bot.aftercare import Said
from bot.line.events import TextSaid
from bot.places.words import place_in
from bot.replies import Button, Reply, Say
from bot.understanding import Understanding
from handlers.line import choosing, ending, mine
from handlers.line.another_matter import without_kind_words
from handlers.line.plain import plain
from handlers.line.talk import Talk
from models import Ticket
from models.lifecycle import OPEN, TicketStatus

#: What people answer instead of pressing, in Thai and English.
_YES = [
    "เรียบร้อย", "เรียบร้อยแล้ว", "เรียบร้อยดี", "โอเค", "โอเคแล้ว", "ดีแล้ว", "ปกติแล้ว", "ใช่", "ใช่แล้ว", "ok", "okay", "yes",
    "fixed", "👍",
]  # fmt: skip
_NO = [
    "ยัง", "ยังเลย", "ยังไม่หาย", "ยังไม่เรียบร้อย", "ยังไม่เรียบร้อยเลย", "ยังเหมือนเดิม", "เหมือนเดิม", "ไม่เรียบร้อย", "no", "not yet",
    "not fixed",
]  # fmt: skip
#: The water is back, the light burns: said of a ticket that is still worked on, with nothing that takes it back.
_DONE = re.compile(
    r"(?:หาย|มา|ติด|สว่าง|ใส|ไหล|เก็บ|ซ่อม|แก้|ตัด|ลอก|ล้าง|เสร็จ|แห้ง|ลด|ปกติ|เรียบร้อย|ใช้ได้|ดี)[ก-๎]{0,10}แล้ว"
    r"|\b(?:is|are) (?:back|fixed|gone|working|clean|clear|fine)\b|\b(?:came|come) back\b",
    re.IGNORECASE,
)
_NOT_QUITE = re.compile(
    r"ไม่(?!ต้อง(?:มา|ซ่อม|แล้ว|ส่ง))|ยัง|แต่|อีก|ไหม|มั้ย|หรือ|เมื่อไ|กี่|เหมือนเดิม|รอ|ส่ง|โทร|ติดต่อ|แจ้ง|เงียบ|รถติด|\?|\b(?:not|but|still|again)\b|n['’]t"
    r"|นาน|หลาย|ครั้ง|วัน|สัปดาห์|อาทิตย์|เดือน|ปี|ชั่วโมง|ชม",
    re.IGNORECASE,
)
#: The same again, whatever place is named.
_STILL = re.compile(r"ยัง(?!ไง)|เหมือนเดิม|เหมือนเก่า|ที่เดิม|\b(?:still|again|same)\b", re.IGNORECASE)
_MEANS_YES, _MEANS_NO = ({plain(word) for word in words} for words in (_YES, _NO))


def answered(
    talk: Talk, text: TextSaid, understood: Understanding, tickets: Sequence[Ticket]
) -> Sequence[Reply] | None:
    """A bare yes or no is the answer; more about the same problem is kept, and the question asked again.

    None: the words are about something else (the same kind of problem at another place, too), several tickets could
    be meant, or it is the answer to what an officer asked later.
    """
    resolved = [ticket for ticket in tickets if ticket.status == TicketStatus.RESOLVED]
    words = plain(text.text)
    words = words if is_bare(words) else without_kind_words(words)
    is_thanked = understood.intent == "thanks" and _says_done(text.text)
    if is_bare(words) or is_thanked:
        if is_bare(words) and _is_a_question_newer(tickets, resolved):
            return None
        asked = news.asked(talk.session, talk.person, resolved)  # to what nobody has heard yet nothing is a yes
        if is_thanked and len(asked) == 1:
            return _kept_and_fixed(talk, text, asked[0])
        if is_bare(words):
            return by_word(talk, asked, words) if asked else None
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


def _kept_and_fixed(talk: Talk, text: TextSaid, asked: Ticket) -> Sequence[Reply] | None:
    """น้ำมาแล้ว ขอบคุณมาก: kept for the officer to read, and the yes that it is."""
    ticket = mine.locked(talk, str(asked.id))
    if ticket is None or not mine.stands_on(talk, ticket):
        return None
    aftercare.add(talk.session, ticket, talk.person, Said(text.said, text.text), talk.now)
    return ending.fixed(talk, ticket)


def names_an_end(text: str) -> bool:
    """Whether words speak of the problem's end, be it there or not."""
    return _DONE.search(text) is not None


def _says_done(text: str) -> bool:
    """Whether the problem is said to be gone, with nothing that takes it back."""
    return _DONE.search(text) is not None and _NOT_QUITE.search(text) is None


def is_bare(words: str) -> bool:
    """Whether these words, as labels are compared, say no more than yes or no to *is it fixed*."""
    return words in _MEANS_YES | _MEANS_NO


def is_no(words: str) -> bool:
    """Whether these words, as labels are compared, say no more than that it is not fixed."""
    return words in _MEANS_NO


def by_word(talk: Talk, asked: Sequence[Ticket], words: str) -> Sequence[Reply] | None:
    """What a bare yes or no does to the ticket that was asked about; of several: which one is meant?"""
    is_yes = words in _MEANS_YES
    if len(asked) > 1:
        act = "mine.content" if is_yes else "mine.not_content"
        return choosing.which_of(talk, asked, act)
    ticket = mine.locked(talk, str(asked[0].id))
    if ticket is None or not mine.stands_on(talk, ticket):
        return None
    return ending.fixed(talk, ticket) if is_yes else ending.not_fixed(talk, ticket)


def is_it_still(text: str, understood: Understanding, ticket: Ticket) -> bool:
    """ขยะยังไม่มาเก็บเหมือนเดิม: a clear report of the ticket's kind that says that it is so still, at no other place."""
    if understood.unsure or understood.categories[0].code != ticket.category.code:
        return False
    place = place_in(text)
    return _STILL.search(text) is not None and (not place or place in (ticket.place_words or ""))


def is_elsewhere(text: str, ticket: Ticket) -> bool:
    """Whether a place is named that is not the ticket's, and nothing says that it is the same problem."""
    place = place_in(text)
    return bool(place) and place not in (ticket.place_words or "") and _STILL.search(text) is None


def sounds_done(talk: Talk, text: TextSaid, ticket: Ticket) -> Sequence[Reply] | None:
    """น้ำมาแล้ว, said of an own open ticket: kept for the officer, and หายแล้ว is one press away."""
    if ticket.status == TicketStatus.WAITING or not _says_done(text.text):
        return None
    added, *rest = mine.add_said(talk, ticket, Said(text.said, text.text))
    if ticket.status == TicketStatus.RESOLVED or ticket.status not in OPEN:
        return [added, *rest]  # its own card asks, or it ended meanwhile
    fixed = Button(talk.w("label.fixed"), "mine.fixed", {"ticket": ticket.id})
    return [Say(talk.w("mine.added_sounds_fixed", number=ticket.number), (fixed,)), *rest]
