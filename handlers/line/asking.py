"""Questions: the town's own answer where one fits for sure, else a person, and the bot says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot import answers
from bot.conversation import Step
from bot.line.events import TextSaid
from bot.replies import Button, Reply, Say
from bot.understanding import Understanding
from handlers.line import menu, reporting
from handlers.line.plain import tells_a_telephone
from handlers.line.talk import Talk

#: Shorter words are a piece of a sentence, unless one of these is in them.
_SHORT = 16
#: Characters, and what is said aside of being named.
_ASIDE = 60
_SECRECY = re.compile(
    r"ใครแจ้ง|ชื่อ(?:คน|ผู้)แจ้ง|(?:ไม่|อย่า|ห้าม)(?:บอก|ออก|เปิดเผย|เอ่ย|ลง|ใส่)?ชื่อ|ไม่บอกได้|เป็นความลับ"
    r"|anonymous|keep (?:it|this) secret",
    re.IGNORECASE,
)
_ASKS = re.compile(r"ไหน|ไหม|มั้ย|ไง|อย่างไร|เท่าไ|เมื่อไ|กี่|อะไร|ใคร|เปล่า|ขอ|อยาก|ทำไม|ต้อง|เบอร์|จอง|สมัคร|ติดต่อ|\?|[a-zA-Z]")
#: What is never taken for a question, however near it is to one.
_NO_QUESTION = ("greeting", "thanks", "abuse", "cancel")


def answered(talk: Talk, text: TextSaid, understood: Understanding) -> Sequence[Reply] | None:
    """The town's answer, with a way to a person for whom it does not help; None: it has none."""
    said = words(talk, text, understood)
    if said is None:
        return None
    draft = reporting.draft_of(talk, text)
    talk.stand(Step.OFFERED, draft=draft)
    person = Button(talk.w("label.to_officer"), "draft.desk", {"draft": draft.token})
    return [Say(talk.w("question.answer", answer=said), (person, reporting.menu_button(talk)))]


def words(talk: Talk, text: TextSaid, understood: Understanding) -> str | None:
    """The answer to a question; what is clearly a report, or is only said kindly or unkindly, asks nothing."""
    is_a_report = understood.intent == "report" and not understood.unsure
    if is_a_report or understood.intent in _NO_QUESTION or tells_a_telephone(text.text):
        return None
    if understood.intent != "question" and len(text.text) <= _SHORT and not _ASKS.search(text.text):
        return None  # a piece of a sentence is near to much
    found = answers.find(talk.session, talk.town, text.text, talk.now)
    return talk.w.either(found.answer_th, found.answer_en) if found is not None else None


def who_sees(talk: Talk, text: TextSaid) -> list[Reply]:
    """Whoever reports and does not want to be named is told, at once, who reads it."""
    asks = len(text.text) <= _ASIDE and _SECRECY.search(text.text) is not None
    return [Say(talk.w("report.who_sees"))] if asks else []


def hand_on(talk: Talk, text: TextSaid) -> Sequence[Reply]:
    """No answer is sure: the question goes to the desk, as a ticket without a place."""
    draft = reporting.draft_of(talk, text)
    return menu.ask_the_desk(talk, draft, talk.w("question.handed_on"))
