"""ส่งเลย, โอเค, ใช่: what people type in a report instead of the label that stands on its card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bot.conversation import Step, step_of
from bot.drafts import Draft
from bot.line.events import ButtonPressed
from bot.line.postbacks import Press
from bot.replies import Reply
from handlers.line import another_place, on_offer, reporting
from handlers.line.asked_since import asked_since
from handlers.line.talk import Talk

Wish = Literal["send", "yes", "how"]

_YES_TH = "ใช่|ช่าย|ชั่ย|โอเค|โอเช|เค|ตกลง|ได้|ถูก|ถูกต้อง|อือ|อืม|เออ|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ"
_YES_EN = "ok|okay|yes|yep|yeah|yup|sure|correct|right"
#: Who asks for it to be sent may name whom it is sent for: ส่งให้ยายหน่อย.
_FOR_WHOM = "ให้(?:ผม|หนู|ฉัน|เรา|ยาย|ตา|ลุง|ป้า|น้า|แม่|พ่อ|เจ้าหน้าที่|เทศบาล)?"
_SEND = re.compile(
    rf"(?:(?:{_YES_TH}|งั้น|ก็|ช่วย|รบกวน|(?:กด|ทำ|พิมพ์|ส่ง)ไม่(?:เป็น|ได้)|หาปุ่มไม่(?:เจอ|เห็น)|กด) ?)*(?:ส่ง|สง|ยืนยัน)"
    rf"(?: ?(?:เรื่อง|เลย|ได้|โลด|ไป|หน่อย|ด้วย|ที|แหน่|สิ|ซิ|ดิ|วะ|เว้ย|โว้ย|เด้อ|ลูก|นะ|แล้วกัน|{_FOR_WHOM}))*"
    rf"|(?:(?:{_YES_EN}|please|just|now)[ ,]*)*(?:send|submit|confirm)(?: (?:it|this|that|the|my|report|please|now))*"
)
_YES = re.compile(rf"(?:{_YES_TH})(?: ?(?:เลย|แล้ว|ๆ|ตามนั้น|{_YES_TH}))*|(?:{_YES_EN})(?:[ ,]*(?:{_YES_EN}|it is))*")
_PLAIN_ANSWER = re.compile(
    rf"(?P<yes>(?:ใช่|yes|yep|yeah)(?: ?(?:เลย|แล้ว|ๆ|{_YES_TH}))*)|ไม่(?:ใช่|เอา|ต้อง|เป็นไร)?|no|nope"
)
#: How the labels of such answers begin.
_BEGINS = (("ใช่ ", "yes,", "yes "), ("ไม่", "no,", "no ", "do not", "don", "keep "))
#: What affirms, and is no mere politeness: only this says that another's report is the same problem.
_AFFIRMS = re.compile(r"(?:ใช่|ถูก|yes|yep|yeah|yup|correct|right)")
#: Two problems on one card: each for itself.
_SPLIT = re.compile(
    r"(?:ขอ|ช่วย|ส่ง|ให้)*แยก(?:ส่ง|กัน|เรื่อง|เป็น|เลย|ได้|หน่อย| ?(?:2|สอง) ?เรื่อง| )*"
    r"|(?:send )?(?:them |it )?(?:separately|as (?:two|2)|split)"
)
#: No to what a draft card asks: it is another problem, it is not there.
_NO = re.compile(r"ไม่(?:ใช่)?(?: ?(?:ที่|ตรง)(?:นี้|นั้น|นี่|นั่น))?(?: ?(?:เลย|ๆ))*|no|nope|not (?:here|there)")
_HOW = re.compile(
    r"(?:แล้ว|ต้อง|จะ|ให้)*(?:ส่ง|กด|ทำ)?(?:เรื่อง|ปุ่ม)?(?:ตรงไหน|ที่ไหน|ปุ่มไหน|ยังไง|อย่างไร|ไง)(?:ต่อ|ดี|ลูก|อ่ะ|หรอ|ละ|ล่ะ|นะ| )*"
    r"|ไม่รู้(?:จะ|ว่า|ต้อง)*(?:กด|ทำ)(?:อะไร|ยังไง|ตรงไหน|ปุ่มไหน)(?:ต่อ|ดี|นะ|เลย)*"
    r"|how (?:do i|to|can i) (?:send|submit)(?: it| this)?"
)


def wish_in(words: str) -> Wish | None:
    """What short words ask of an unfinished report; `words` as labels are compared. None: they are just words."""
    words = words.strip(" ๆ")
    if _SEND.fullmatch(words):
        return "send"
    if _YES.fullmatch(words):
        return "yes"
    return "how" if _HOW.fullmatch(words) else None


def is_yes_or_no(words: str) -> bool:
    """Whether these words, as labels are compared, say no more than yes or no."""
    return wish_in(words) == "yes" or _PLAIN_ANSWER.fullmatch(words) is not None


def meant(talk: Talk, words: str) -> ButtonPressed | Sequence[Reply] | None:
    """What these words do to the report that is being made: press a button, show what is missing, or nothing.

    A bare yes answers the one question of the draft card; without one it is a yes to the card itself. No such word
    is ever a place, or part of what goes to an officer.
    """
    draft = talk.reporting
    wish = wish_in(words) if draft is not None else None
    is_no, is_split = _NO.fullmatch(words) is not None, _SPLIT.fullmatch(words) is not None
    if draft is None or (wish is None and not is_no and not is_split):
        return None
    if wish == "yes" and talk.pause > on_offer.STANDS and asked_since(talk):
        return None  # a report that was left lying asks nothing any more
    offers = [offer for offer in talk.conversation.offers or () if offer["args"].get("draft") == draft.token]
    asked = {offer["action"]: offer["args"] for offer in offers}
    if is_no:
        return _no_to(talk, draft, asked)
    if is_split:
        return _press("draft.split", asked["draft.split"]) if "draft.split" in asked else None
    if talk.step is Step.ASKING_PLACE and wish == "yes" and "draft.here" in asked:
        return _press("draft.here", asked["draft.here"])  # the place of before, which was proposed
    if wish == "how" or step_of(draft) is not Step.READY:
        is_placing = wish == "how" and talk.step is Step.ASKING_PLACE
        return reporting.go_on(talk, draft, lead=talk.w("place.how") if is_placing else "")
    if wish == "send":
        return _press("draft.send", {"draft": draft.token})
    if "draft.same" in asked:
        is_same = _AFFIRMS.match(words) is not None
        return _press("draft.same", asked["draft.same"]) if is_same else reporting.go_on(talk, draft)
    places = {str(offer["args"].get("place")): offer["args"] for offer in offers if offer["action"] == "draft.here"}
    if len(places) == 1:
        return _press("draft.here", next(iter(places.values())))
    if places or "draft.ground" in asked:
        return reporting.go_on(talk, draft)  # a yes to which of them?
    return _press("draft.send", {"draft": draft.token})


def _no_to(talk: Talk, draft: Draft, asked: Mapping[str, dict[str, int | str]]) -> ButtonPressed | Sequence[Reply]:
    """Another problem than the known one; not at that point; else the card, or what is missing, once more."""
    if "draft.different" in asked:
        return _press("draft.different", asked["draft.different"])
    if talk.step is not Step.READY or "draft.here" not in asked:
        return reporting.go_on(talk, draft)
    return another_place.ask_for_draft(talk, draft, "place.not_here")


def answer_on_offer(words: str, offers: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The offer that a bare ใช่ or ไม่ chooses: the only one that begins with it, where a yes is asked for.

    What belongs to a draft is left to `meant`.
    """
    found = _PLAIN_ANSWER.fullmatch(words)
    if found is None:
        return None
    asked = [offer for offer in offers if not str(offer["action"]).startswith("draft.")]
    yes, no = (
        {str(offer["args"]): offer for offer in asked if str(offer["label"]).lower().startswith(begins)}
        for begins in _BEGINS
    )
    fitting = yes if found["yes"] else no
    return next(iter(fitting.values())) if yes and len(fitting) == 1 else None


def _press(action: str, args: dict[str, int | str]) -> ButtonPressed:
    return ButtonPressed(Press(action, {name: str(value) for name, value in args.items()}, True), {})
