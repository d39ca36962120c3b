"""Whether words are about something else than the tickets in question, or the answer that somebody waits for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.thai import normalise
from bot.understanding import Understanding
from models import Ticket

#: What greetings and thanks are made of; what is left of them says something.
_KIND = re.compile(
    r"สวัสดี|หวัดดี|ดีจ้า|อรุณสวัสดิ์|ราตรีสวัสดิ์|ตอน(?:เช้า|บ่าย|เย็น)|ขอบพระคุณ|ขอบคุณ|ขอบใจ|เจ้าหน้าที่|แอดมิน|ทุก(?:คน|ท่าน)|มาก|เลย|นะ"
    r"|ครับผม|ครับ|คับ|ค่ะ|คะ|ค่า|จ้า|จ้ะ|ด้วย|ที่(?:ช่วย|แจ้ง|ตอบ)|ล่วงหน้า|ช่วย(?:เหลือ)?|ดูแล"
    r"|\b(?:hello|hi|hey|good|morning|afternoon|evening|night|thank(?:s| you)?|so|very|much|you|a lot|again|for|your)\b"
    r"|\b(?:the|help|sir|dear|officer)\b"
)
#: Letters and digits. What is left of a kind word alone is shorter; ห้าวัน is as long.
_SAYS_SOMETHING = 4


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
