"""Typing a label while it is on offer does what pressing it does (LINE on a PC has neither menus nor quick replies)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from bot import queries
from bot.conversation import REPORT_STEPS, Step
from bot.line.events import ButtonPressed, TextSaid
from bot.line.menu_definitions import TAB_ALIASES
from bot.line.postbacks import Press
from bot.replies import Button, Choices, Reply, Say
from bot.wording import languages, sentences
from handlers.line import (
    agreeing,
    another_place,
    choosing,
    ending,
    menu,
    mine,
    my_data,
    newest_question,
    on_offer,
    reporting,
    stars,
)
from handlers.line.plain import plain
from handlers.line.talk import Talk
from models import Ticket

#: Labels of the draft card, understood while there is a draft, whatever was offered last.
_OF_A_DRAFT = {"send": "draft.send", "place_unknown": "draft.place_unknown", "change_category": "draft.change"}
#: Typed alone, these are a wish for the other language, or for the choice of one.
_LANGUAGES = {"english": "en", "eng": "en", "ไทย": "th", "ภาษาไทย": "th", "thai": "th"}
_LANGUAGES |= dict.fromkeys(("ภาษา", "language", "เปลี่ยนภาษา"), "language")
_SPEAKS_ENGLISH = re.compile(
    r"(?:(?:sorry|hello|hi|please|but),? )*"
    r"(?:(?:i |we )?(?:don['’]?t|do not|can['’]?t|cannot) (?:speak|read|understand|write) (?:any )?thai"
    r"|(?:do|can|could) you (?:speak|write|use|answer in) english"
    r"|(?:(?:in|use|speak|write) )?english,? please|in english"
    r"|(?:i |we )(?:only )?speak (?:only )?english(?: only)?)(?:,? (?:sorry|please))?"
)
#: The same in a sentence; whoever pressed English by mistake writes it in Thai.
_WANTS_THAI = re.compile(
    r"(?:ขอ|อยาก|ได้|เปลี่ยน|ใช้|พูด|ตอบ|เอา|ช่วย|กลับ|เป็น|คน| )*(?:ภาษา)?ไทย"
    r"(?: ?(?:ได้|ไหม|มั้ย|หน่อย|ด้วย|เท่านั้น|ดีกว่า|สิ|ซิ|เถอะ|นะ))*"
    r"|(?:ทำไม|เป็น|ส่ง|ตอบ|พูด|อ่าน|ฟัง|ไม่รู้|ไม่เข้าใจ|ไม่เอา|แปล| )+(?:ภาษา)?(?:อังกฤษ|ฝรั่ง)"
    r"(?: ?(?:ไม่(?:เป็น|ได้|ออก|รู้เรื่อง)|ทำไม|อะไร|ล่ะ|นะ))*"
    r"|(?:please |in |speak |use |write )*thai(?: please)?"
)
_STARS = re.compile(r"([1-5]) ?(?:ดาว|stars?)")
#: Characters of a wish not to cancel; what is longer tells more, and is read.
_KEEPS = 30
#: Asked before anything was said: how does this work, and who is it that answers?
_HOW_TO_REPORT = re.compile(
    r"(?:อยาก|จะ|ต้อง)*(?:แจ้ง|ร้องเรียน|ใช้|ใช้งาน|เริ่ม)?(?:ปัญหา|เรื่อง)?(?:ยังไง|อย่างไร|ทำยังไง|ต้องทำยังไง|ตรงไหน|ทางไหน)(?:บ้าง|ดี|อ่ะ|หรอ)?"
    r"|วิธี(?:การ)?(?:แจ้ง|ร้องเรียน|ใช้|ใช้งาน)(?:ปัญหา|เรื่อง)?|help|how (?:does (?:this|it) work|do i (?:report|use this))"
)
#: A wish to report that says nothing of the problem yet.
_WANTS_TO_REPORT = re.compile(
    r"(?:(?:ขอ|อยาก|จะ|ต้องการ|มี|เรื่อง) ?)*(?:แจ้ง|ร้องเรียน|ร้องทุกข์)(?: ?(?:เรื่อง|ปัญหา|เหตุ|ใหม่|หน่อย|อีก|ด้วย|ความ))*"
    r"|(?:i (?:want|would like|need) to )?(?:report|complain)"
    r"(?: (?:a|an|another|new|problem|issue|something|about something))*"
)
#: Not meant for us.
_NEVER_MIND = re.compile(
    r"(?:ขอโทษ|โทษที|ขออภัย|sorry| )*(?:ที่)?(?:ส่ง|พิมพ์|กด|ทัก)ผิด(?:แชท|แชต|กลุ่ม|ห้อง|คน)?(?:ค่ะ|ครับ| )*|ไม่มีอะไร(?:แล้ว|ค่ะ|ครับ)?"
    r"|(?:sorry,? )?wrong (?:chat|person|group|number)|nothing"
)
_WHO_ARE_YOU = re.compile(
    r"(?:นี่|ที่นี่|นี้|ตอบ)?(?:คือ|เป็น|คุยกับ)?(?:บอท|บอต|bot|ai|หุ่นยนต์|ระบบ)(?:รึ|หรือ|ใช่|ตอบ)?(?:เปล่า|ป่าว|ไหม|มั้ย|คน|ใช่ไหม)*"
    r"|(?:นี่|ที่นี่)?(?:คือ|เป็น|คุยกับ)?คน(?:จริง)?(?:รึ|หรือ)?(?:เปล่า|ป่าว|ไหม|มั้ย|บอท|บอต|ใช่ไหม)+"
    r"|(?:are you|is this) (?:a |an )?(?:bot|robot|ai|human|real person|person)(?: or .{1,20})?"
)
#: The picture in front of a category's name.
_SIGN = re.compile(r"^\W+")
#: ค้นหา is an officer's tab; a resident's tickets stand under ติดตามเรื่อง, or are named by their whole number.
_SEARCH = re.compile(r"(?:ค้นหา|search)(?: ?(?:เรื่อง|เลข|ที่|number|no))* ?[0-9]{0,9}")


def meant(talk: Talk, said: TextSaid) -> ButtonPressed | Sequence[Reply] | None:
    """The button these words name: on offer, in the menu, or one that a ticket of theirs allows. None: just words."""
    words = plain(said.text)
    if not words:
        return None
    fitting = _offered(talk, words)
    if len(fitting) == 1:
        return _pressed(fitting[0])
    if len(fitting) > 1:
        return [_which(talk, fitting)]
    newest = newest_question.answered(talk, said, words)
    if newest is not None:
        return newest
    rated = stars.typed(talk, said.text, words)
    if rated is not None:
        return _as_offered(rated) if isinstance(rated, Mapping) else rated
    draft = talk.draft  # what waits for the choice, or pictures that may belong to a ticket
    chosen = choosing.typed(talk, draft, words) if draft is not None else None
    if chosen is not None:
        return ButtonPressed(chosen, {})
    if my_data.is_yes_to_erasing(words) and on_offer.stands(talk, my_data.FOR_GOOD):
        return my_data.ask_to_erase(talk, is_yes=True)
    answered = agreeing.answer_on_offer(words, talk.conversation.offers or ())
    if answered is not None and on_offer.is_asked_now(talk, answered):
        if answered["action"] == my_data.FOR_GOOD:
            return my_data.ask_to_erase(talk, is_yes=True)
        return _as_offered(answered)
    item = _labels("menu.").get(words)
    if item in menu.ITEMS:
        return menu.chosen(talk, item)
    if talk.conversation.task is not None:
        return None  # an officer's unfinished act decides about its own words
    return _standing_label(talk, words, said)


def _is_waited_for(talk: Talk) -> bool:
    """Whether somebody waits for these words: ไม่ต้องยกเลิก may answer what an officer asked."""
    if talk.step is not Step.IDLE or on_offer.stands(talk, "mine.cancel_yes"):
        return talk.step in (Step.ADDING, Step.TALKING)
    return bool(talk.asked_tickets)


def _standing_label(talk: Talk, words: str, said: TextSaid) -> ButtonPressed | Sequence[Reply] | None:
    label = _labels("label.").get(words)
    if label in mine.TYPED:
        return mine.typed(talk, label)
    if label == "cancel":
        return ending.choose_to_cancel(talk)
    if label == "keep" or (len(words) <= _KEEPS and ending.keeps(words) and not _is_waited_for(talk)):
        return ending.keep(talk)
    if label == "acknowledge":
        return menu.chosen(talk, label)
    wish = my_data.TYPED.get(label or "") or my_data.wish_in(words)
    if wish is not None:
        return wish(talk)
    if label == "read_notice":
        return menu.chosen(talk, "notice")
    if label == "skip":
        return _skipped(talk)
    if label in ("send_place", "camera", "camera_roll"):
        return [Say(talk.w("place.how"))]
    if _is_of_a_draft(talk, label, words):
        draft = talk.unfinished
        return _pressed(Button(words, _OF_A_DRAFT[label or ""], {"draft": draft.token if draft else ""}))
    if words in _LANGUAGES:
        return menu.chosen(talk, _LANGUAGES[words])
    if talk.w.language != "th" and _WANTS_THAI.fullmatch(words):  # คนไทย answers, where Thai is spoken already
        return menu.chosen(talk, "th")
    if _SPEAKS_ENGLISH.fullmatch(words):
        return menu.chosen(talk, "en")
    if talk.step is Step.IDLE and _HOW_TO_REPORT.fullmatch(words):
        return menu.chosen(talk, "help")
    if talk.step is Step.IDLE and _WANTS_TO_REPORT.fullmatch(words):
        return menu.chosen(talk, "report")
    if talk.step is Step.IDLE and _NEVER_MIND.fullmatch(words):
        return ending.stop(talk)
    if talk.step not in REPORT_STEPS and _WHO_ARE_YOU.fullmatch(words):
        return [Say(talk.w("idle.who_we_are"), (Button(talk.w("menu.talk"), "menu.talk"),))]
    elsewhere = another_place.ask(talk) if another_place.is_wanted(words) else None
    if elsewhere is not None:
        return elsewhere
    agreed = agreeing.meant(talk, words)
    if agreed is not None:
        return agreed
    if talk.step is Step.IDLE and agreeing.wish_in(words) == "send":
        return _pressed(Button(words, "draft.send", {"draft": ""}))  # it is sent already, or says that nothing is there
    stars = _STARS.fullmatch(words)
    if stars is not None:
        return ending.typed_stars(talk, stars[1])
    if talk.officer is None and _SEARCH.fullmatch(words):
        return [Say(talk.w("mine.search"), (Button(talk.w("menu.track"), "menu.track"),))]
    # An officer sees more of a ticket, and who was asked which ticket is meant has answered.
    is_a_question = talk.officer is None and talk.step is not Step.CHOOSING
    number = queries.number_in(said.text) if is_a_question else None
    if number is not None and len(words.replace(" ", "")) <= len(number):
        return mine.look_up(talk, number)
    return None


def _is_of_a_draft(talk: Talk, label: str | None, words: str) -> bool:
    """Whether a draft card's label is typed. An officer at work who makes no report means the button of a ticket."""
    if label not in _OF_A_DRAFT or (label == "place_unknown" and talk.step not in REPORT_STEPS):
        return False
    is_at_work = talk.officer is not None and talk.person.menu != TAB_ALIASES["resident"]
    return not (is_at_work and talk.unfinished is None and words in _labels("work_label."))


def _skipped(talk: Talk) -> ButtonPressed | Sequence[Reply]:
    """ข้าม where it is not on offer: the place of a report may be left out; else there is nothing to skip."""
    draft = talk.reporting
    if draft is not None and talk.step is Step.ASKING_PLACE:
        return _pressed(Button("", "draft.place_unknown", {"draft": draft.token}))
    return reporting.go_on(talk, draft) if draft is not None else ending.stop(talk)


def on_ticket(talk: Talk, text: str, ticket: Ticket) -> Sequence[Reply] | None:
    """A standing label or stars, typed about this very ticket; None: just words."""
    words = plain(text)
    label = _labels("label.").get(words)
    act = mine.TYPED[label][0] if label in mine.TYPED else "cancel" if label == "cancel" else None
    stars = _STARS.fullmatch(words)
    if act is not None:
        return mine.act(talk, ticket, act)
    return mine.act(talk, ticket, "stars", n=stars[1]) if stars is not None else None


def label_in(text: str) -> str | None:
    """The name of the label that these words are, in whatever language; None: just words."""
    return _labels("label.").get(plain(text))


@cache
def _labels(prefix: str) -> dict[str, str]:
    """Every label of a kind in every language, as typed, with its name."""
    return {
        plain(value): key.removeprefix(prefix)
        for language in languages()
        for key, value in sentences(language).items()
        if key.startswith(prefix)
    }


def _offered(talk: Talk, words: str) -> list[Button]:
    """The buttons on offer with this label. ยกเลิก stops what was asked just now; later it may mean a whole report."""
    means_more = _labels("label.").get(words) == "cancel"
    found = {
        (offer["action"], tuple(sorted(offer["args"].items()))): Button(
            offer["label"], offer["action"], dict(offer["args"])
        )
        for offer in talk.conversation.offers or ()
        if words in (plain(offer["label"]), _without_sign(offer["label"]))
        and not (means_more and offer["action"] == "menu.stop" and not on_offer.is_asked_now(talk, offer))
    }
    return list(found.values())


def _without_sign(label: str) -> str:
    """A label as people type it: without its picture, and of "other / let …" what stands before the stroke."""
    return _SIGN.sub("", plain(label.split(" / ")[0]))


def _pressed(button: Button) -> ButtonPressed:
    args = {name: str(value) for name, value in button.args.items()}
    return ButtonPressed(Press(button.action, args, True), {})


def _as_offered(offer: on_offer.Offer) -> ButtonPressed:
    return _pressed(Button(offer["label"], offer["action"], dict(offer["args"])))


def _which(talk: Talk, buttons: list[Button]) -> Choices:
    """The same label stands on several cards: ask which, by number."""
    named = []
    for button in buttons[:12]:
        ticket = queries.by_id(talk.session, talk.town, int(button.args.get("ticket", 0)))
        name = ticket.number if ticket else talk.w("draft.unsent")
        named.append(Button(f"{button.label} {name}"[:40], button.action, button.args))
    return Choices(talk.w("mine.which"), tuple(named))
