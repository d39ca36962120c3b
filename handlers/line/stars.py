"""Stars in people's own words, where they were just asked for: 3, ⭐⭐⭐, ห้าคะแนน, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.replies import Reply, Say
from handlers.line import on_offer
from handlers.line.on_offer import Offer
from handlers.line.talk import Talk

_SIGN = "⭐"
_IN_WORDS = {"หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5}
_COUNT = re.compile(
    rf"(?:ให้ ?)?(?P<count>[1-5]|{'|'.join(_IN_WORDS)})"
    r"(?: ?(?:ดาว|คะแนน|แต้ม|เต็ม|stars?|points?|/ ?5|out of 5))*(?: ?(?:เลย|ไป|นะ))*"
)
#: Ten of ten is all of them.
_FULL = re.compile(
    r"(?:ให้ ?)?(?:เต็ม(?: ?(?:10|สิบ|100|ร้อย))?"
    r"|(?:10|สิบ|100|ร้อย)(?: ?(?:เต็ม|คะแนน|ดาว|/) ?(?:10|สิบ|100|ร้อย)?| out of 10)*)"
    r"(?: ?(?:เลย|ไป|นะ))*"
)
_NONE = re.compile(r"ไม่(?:ให้|เอา|สะดวก|เป็นไร|ต้อง)?(?:คะแนน|ดาว|แล้ว)?|no|nope|no thanks|no thank you")


def typed(talk: Talk, text: str, words: str) -> Offer | Sequence[Reply] | None:
    """The stars on offer that were meant, or a friendly word to who gives none; None: none are asked for now, or these
    are other words (`words`: as labels are compared)."""
    stars = {str(one["args"].get("n")): one for one in talk.conversation.offers or () if one["action"] == "mine.stars"}
    if not stars or not on_offer.is_asked_now(talk, next(iter(stars.values()))):
        return None
    if _NONE.fullmatch(words):
        return [Say(talk.w("idle.stopped"))]
    found = _COUNT.fullmatch(words)
    count = _IN_WORDS.get(found["count"], found["count"]) if found is not None else None
    if _FULL.fullmatch(words):
        count = 5
    if not text.replace(_SIGN, "").strip(" \ufe0f"):
        count = text.count(_SIGN)
    return stars.get(str(count))
