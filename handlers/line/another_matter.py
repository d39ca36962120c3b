"""Whether words are about something else than the tickets in question, or the answer that somebody waits for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.drafts import UNKNOWN_CATEGORY
from bot.thai import normalise
from bot.understanding import Understanding
from handlers.line.plain import plain
from models import Ticket

#: What greetings and thanks are made of; what is left of them says something.
_KIND = re.compile(
    r"สวัสดี|หวัดดี|ดีจ้า|อรุณสวัสดิ์|ราตรีสวัสดิ์|ตอน(?:เช้า|บ่าย|เย็น)|ขอบพระคุณ|ขอบคุณ|ขอบใจ|เจ้าหน้าที่|แอดมิน|ทุก(?:คน|ท่าน)|มาก|เลย|นะ"
    r"|ครับผม|ครับ|คับ|ค่ะ|คะ|ค่า|จ้า|จ้ะ|ด้วย|ที่(?:ช่วย|แจ้ง|ตอบ)|ล่วงหน้า|ช่วย(?:เหลือ)?|ดูแล"
    r"|\b(?:hello|hi|hey|good|morning|afternoon|evening|night|thank(?:s| you)?|so|very|much|you|a lot|again|for|your)\b"
    r"|\b(?:the|help|sir|dear|officer)\b"
)
#: Nothing but that it was heard.
_AGREES = re.compile(
    r"โอเค|โอเช|(?:รับทราบ|ทราบ|ตกลง|เข้าใจ|ได้รับ)(?:แล้ว)?|\b(?:ok(?:ay)?|all ?right|got it|understood)\b"
)
#: เดี๋ยวบอกนะ: no answer yet to what an officer asked.
_LATER = re.compile(
    r"(?:(?:เดี๋ยว|เด๋ว|ขอ|รอ|สัก|ซัก|อีก) ?)+"
    r"(?:ก่อน|แป๊บ|แปบ|แป๊ป|ครู่|พัก|บอก|ตอบ|ส่ง|ดู|เช็ค|เช็ก|ถาม|ไปดู|มา|ให้|นึง|หนึ่ง|เดียว|นะ|ทีหลัง|ที่บ้าน| )+"
    r"|(?:one|just a) (?:moment|minute|second)(?: please)?"
    r"|i['’]?(?:ll| will) (?:tell|send|check|look)(?: you)?(?: it)?(?: later)?|later|wait|hold on"
)
_WHEN = re.compile(r"เมื่อไ|วันไหน|กี่โมง|กี่วัน|ตอนไหน|นานไหม|นานแค่ไหน|นานเท่าไ|\bwhen\b|\bhow long\b")
_IS_DONE = re.compile(
    r"มา(?!ตรการ)|ตอบ|ติดต่อ|โทร|เสร็จ|ซ่อม|แก้|เก็บ|ทำ|ไหล|ตัด|ลอก|\b(?:come|coming|fix(?:ed)?|done|repair(?:ed)?|collect(?:ed)?|finish(?:ed)?)\b"
)
_GOES_ON = re.compile(r"แล้ว|งั้น|(?:and|so|then) ")
#: Letters and digits. What is left of a kind word alone is shorter; ห้าวัน is as long.
_SAYS_SOMETHING = 4


def without_kind_words(text: str) -> str:
    """What is left of words without greetings and thanks, in one spelling."""
    return " ".join(_KIND.sub(" ", normalise(text)).split())


def says_something(text: str) -> bool:
    """Whether anything is left of words without greetings, thanks and a mere yes: ไฟดับแล้วค่ะ ขอบคุณ."""
    left = _AGREES.sub(" ", without_kind_words(text))
    return sum(letter.isalnum() for letter in left) >= _SAYS_SOMETHING


def is_put_off(text: str) -> bool:
    """Whether words only say that the answer comes later."""
    return _LATER.fullmatch(plain(text)) is not None


def asks_when_it_is_done(text: str) -> bool:
    """แล้วจะมาเก็บวันไหน, of somebody with a ticket: the date of the next word stands on its card."""
    said = normalise(text)
    return _WHEN.search(said) is not None and _IS_DONE.search(said) is not None


def goes_on(text: str) -> bool:
    """Whether a question goes on from what was just talked about: แล้วต้องทำอะไรอีกไหม."""
    return _GOES_ON.match(normalise(text)) is not None


def may_be_an_objection(understood: Understanding) -> bool:
    """ทำไมไม่ทำให้, after a ticket was ended: neither a clear report nor anything else that is clearly meant."""
    if understood.intent in ("greeting", "thanks", "human", "status_question"):
        return False
    return understood.unsure or understood.intent not in ("report", "question")


def likeliest_fits(understood: Understanding, ticket: Ticket) -> bool:
    """Whether the likeliest kind of problem, however unsure we are of it, is the ticket's, or none."""
    likeliest = understood.alternatives[0].code if understood.alternatives else UNKNOWN_CATEGORY
    return likeliest in (UNKNOWN_CATEGORY, ticket.category.code)


def is_another_matter(text: str, understood: Understanding, tickets: Sequence[Ticket]) -> bool:
    """A clear report of another kind, or something that is no report at all.

    A kind word that goes on ("สวัสดีค่ะ ห้าวันแล้ว") and what only looks like a wish to cancel are no other matter.
    """
    if understood.intent in ("greeting", "thanks"):
        left = _KIND.sub(" ", normalise(text))
        return sum(letter.isalnum() for letter in left) < _SAYS_SOMETHING
    if understood.intent == "cancel":
        return not understood.unsure
    if understood.intent != "report" or understood.unsure or not understood.categories:
        return understood.intent in ("status_question", "human")
    known = {ticket.category.code for ticket in tickets}
    return not known & {guess.code for guess in understood.categories}
