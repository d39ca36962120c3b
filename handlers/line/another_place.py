"""It is not there: another place is wanted, for the report that is being made or for a ticket that was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation import Step
from bot.drafts import Draft
from bot.replies import Button, Reply, Say
from handlers.line import choosing, ending
from handlers.line.talk import Talk

_WISH = re.compile(
    r"(?:(?:ขอ|อยาก|จะ|ต้องการ|ช่วย|รบกวน) ?)*(?:เปลี่ยน|แก้ไข|แก้|ย้าย)(?:ตำแหน่ง|สถานที่|ที่อยู่|จุด|หมุด|โลเคชั่น)"
    r"(?: ?(?:ใหม่|หน่อย|ด้วย|ได้|ไหม|มั้ย|ยังไง|ตรงไหน|อย่างไร|เรื่องนี้))*"
    r"|(?:(?:ปักหมุด|ส่งตำแหน่ง|ส่งหมุด|ส่งจุด|ปัก|ตำแหน่ง|หมุด|จุด)ผิด(?:ที่|จุด|ตำแหน่ง)?"
    r"|ส่งผิด(?:ที่|จุด|ตำแหน่ง|(?= ?ไม่ใช่))|ผิดที่|ผิดจุด)"
    r"(?:แล้ว)?(?: ?ไม่ใช่(?:ที่|ตรง)นี้)?"
    r"|(?:(?:please|can i|could you|i want to|how do i|how can i) )*"
    r"(?:change|correct|move) (?:the |my )?(?:place|location|pin)"
    r"|(?:no,? )?(?:it is |it's |that is |that's )?(?:the |in the |at the )?wrong (?:place|location|pin)"
)


def is_wanted(words: str) -> bool:
    """Whether somebody says that the place is wrong, or asks to change it; `words` as labels are compared."""
    return _WISH.fullmatch(words) is not None


def ask(talk: Talk) -> Sequence[Reply] | None:
    """Where is it then? None where there is nothing whose place could be changed."""
    draft = talk.reporting
    if draft is not None:
        return ask_for_draft(talk, draft, "place.another") if draft.place is not None else None
    tickets = talk.open_tickets if talk.step in (Step.IDLE, Step.ADDING) else []
    if len(tickets) > 1:
        return choosing.which_of(talk, tickets, "mine.add")
    if not tickets:
        return None
    talk.turn_to(Step.ADDING, tickets[0].id)
    picker = Button(talk.w("label.send_place"), kind="location")
    return [Say(talk.w("mine.ask_place", number=tickets[0].number), (picker, ending.stop_button(talk)))]


def ask_for_draft(talk: Talk, draft: Draft, key: str) -> Sequence[Reply]:
    """What is said next is its place; until then it keeps the one that it has, and may be sent with it."""
    talk.stand(Step.ASKING_PLACE, draft=draft)
    send = Button(talk.w("label.send"), "draft.send", {"draft": draft.token})
    return [Say(talk.w(key), (Button(talk.w("label.send_place"), kind="location"), send))]
