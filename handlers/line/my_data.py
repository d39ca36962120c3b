"""ข้อมูลของฉัน: see what the town holds of oneself, take a copy, have it erased."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sqlalchemy import func, select

from bot import dates
from bot.line.events import ButtonPressed
from bot.privacy.copying import copy_of
from bot.privacy.forgetting import forget
from bot.privacy.links import Links
from bot.privacy.owning import own_media
from bot.privacy.terms import terms_of
from bot.replies import Button, Card, Choices, Line, Reply, Say
from handlers.line import choosing
from handlers.line.talk import Talk
from models import Media, Report

#: Nothing brings back what this erases.
FOR_GOOD = "data.erase_yes"
#: Whose data: as people speak of themselves.
_ME = "(?:ฉัน|ดิฉัน|ผม|กระผม|หนู|เรา|ข้าพเจ้า|ตัวเอง|ลุง|ป้า|ยาย|ตา)"
_DATA = rf"(?:ข้อมูล|ประวัติ|บัญชี)(?:ส่วนตัว|ส่วนบุคคล)?(?:ทั้งหมด)?(?:ของ)?{_ME}?"
_ASKS = "(?:(?:ขอ|ช่วย|อยาก|ให้|ได้|ต้องการ|รบกวน|กรุณา|จะ|โปรด) ?)*"
_ENDS = "(?: ?(?:ทั้งหมด|ทุกอย่าง|ทิ้ง|ออก|ไว้|อยู่|บ้าง|ให้|หน่อย|ด้วย|ที|เลย|ได้ไหม|ได้มั้ย|ไหม))*"
_PLEASE = "(?:(?:please|pls|plz|kindly|hi|hello|hey|can|could|would|will|may|you|i|we|want|like|d|need|to|just|now) )*"
_THANKS = "(?: (?:please|pls|plz|now|thanks|thank you|immediately|completely|from (?:your|the) [a-z]+))*"
_MINE = (
    "(?:all )?(?:of )?(?:the )?my (?:own )?(?:personal |private )?"
    "(?:data|information|info|details|account|profile|history)"
)
_WHAT_IS_KEPT = (
    "(?:what|which)(?: personal)?(?: data| information| info| details)?"
    "(?: (?:do|did|have|has)(?: you| the town| the city| this bot)?| is)?"
    " (?:know|have|keep|kept|hold|held|store|stored|collect|collected|got|save|saved)(?: about| on| of| from) me"
)


def _sentence(thai: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"{_ASKS}(?:{thai}){_ENDS}|{_PLEASE}(?:{english}){_THANKS}")


def press(talk: Talk, pressed: ButtonPressed) -> Sequence[Reply]:
    """One of the buttons of the card."""
    acts = {"show": show, "copy": copy, "erase": ask_to_erase, "erase_yes": erase}
    return acts.get(pressed.press.action.removeprefix("data."), show)(talk)


def show(talk: Talk) -> Sequence[Reply]:
    """What is held, in numbers: everything else stands in the copy."""
    w, person, terms = talk.w, talk.person, terms_of(talk.town)
    reports = talk.session.scalar(select(func.count()).where(Report.resident_id == person.id)) or 0
    own = own_media(talk.session, person).where(Media.municipality_id == talk.town.id, Media.state == "stored")
    media = talk.session.scalar(select(func.count()).select_from(own.subquery()))
    held = copy_of(talk.session, person).said
    words = sum(len(report["messages"]) for report in held["reports"]) + len(held["other_messages"])
    since = dates.day(person.first_seen_at, talk.town.timezone, w.language)
    lines = (
        Line(w("data.name"), person.display_name or w("data.no_name")),
        Line(w("data.since"), since),
        Line(w("data.reports"), w("data.count", n=reports)),
        Line(w("data.words"), w("data.count", n=words)),
        Line(w("data.media"), w("data.count", n=media or 0)),
    )
    buttons = (
        Button(w("label.data_copy"), "data.copy", style="primary"),
        Button(w("label.data_erase"), "data.erase"),
        Button(w("label.read_notice"), "menu.notice", style="link"),
    )
    note = w("data.note", years=terms.words_years)
    return [Card(title=w("label.my_data"), alt=w("data.alt"), lines=lines, note=note, buttons=buttons)]


def copy(talk: Talk) -> Sequence[Reply]:
    """A file by a signed address; where we have no public address a person helps."""
    link = Links(talk.settings.secret_key, talk.settings.public_url).link(talk.person.id)
    if link is None:
        return [Say(talk.w("data.no_copy"), (Button(talk.w("menu.talk"), "menu.talk"),))]
    download = Button(talk.w("label.data_download"), kind="uri", url=link, style="primary")
    return [Choices(talk.w("data.copy"), (download,))]


def ask_to_erase(talk: Talk, *, is_yes: bool = False) -> Sequence[Reply]:
    """It cannot be taken back: say what goes and what stays, and ask once.

    `is_yes`: a bare yes was the answer, which is too little for that.
    """
    if talk.officer is not None:
        return [Say(talk.w("data.officer"))]
    at_work = choosing.open_tickets(talk)
    text = talk.w("data.ask_erase_open", n=len(at_work)) if at_work else talk.w("data.ask_erase")
    yes = Button(talk.w("label.data_erase_yes"), FOR_GOOD, style="primary")
    text = f"{text}\n{talk.w('data.say_so', label=yes.label)}" if is_yes else text
    return [Choices(text, (yes, Button(talk.w("label.data_keep"), "data.show")))]


def erase(talk: Talk) -> Sequence[Reply]:
    """Everything goes that may go."""
    if talk.officer is not None:
        return [Say(talk.w("data.officer"))]
    forget(talk.session, talk.person, talk.conversation, talk.now)
    return [Say(talk.w("data.erased"))]


Wish = Callable[[Talk], Sequence[Reply]]
#: What may be typed at any time.
TYPED: dict[str, Wish] = {"my_data": show, "data_copy": copy, "data_erase": ask_to_erase}
#: The same in people's own words.
_SAID: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    (
        ask_to_erase,
        _sentence(
            rf"(?:ลบ|ล้าง|ทำลาย){_DATA}|ลืม(?:ข้อมูล(?:ของ)?)?{_ME}",
            rf"(?:delete|erase|remove|wipe|clear) (?:{_MINE}|me|everything (?:you (?:know|have|keep) )?(?:about|on) me"
            r"|all (?:data|information|info) (?:you have )?(?:about|on) me)"
            r"|forget (?:(?:all|everything) )?(?:about )?me",
        ),
    ),
    (
        copy,
        _sentence(
            rf"(?:สำเนา|ไฟล์|ดาวน์โหลด|โหลด){_DATA}",
            rf"(?:(?:get|send|give|have|download|export)(?: me)? )?(?:a |the )?(?:copy|export) of {_MINE}"
            rf"|(?:download|export) {_MINE}",
        ),
    ),
    (
        show,
        _sentence(
            rf"(?:คุณ|เทศบาล|ที่นี่|ระบบ|บอท)?(?: ?(?:ได้)?(?:รู้|มี|เก็บ))(?:ข้อมูล|เรื่อง)?อะไร(?:ของ|เกี่ยวกับ|จาก|ไว้)*{_ME}"
            rf"|(?:เก็บ|มี|รู้){_DATA}(?:ไว้)?อะไร|(?:ดู|เช็ค|เช็ก|ตรวจ|ตรวจสอบ)(?:ข้อมูล)(?:ส่วนตัว|ส่วนบุคคล)?(?:ของ)?{_ME}"
            rf"|ข้อมูล(?:ส่วนตัว|ส่วนบุคคล)(?:ของ)?{_ME}"
            rf"|(?:คุณ|เทศบาล|จะ|เก็บ| )*{_DATA}(?:เก็บ)?(?:ไว้)? ?"
            "(?:นาน(?:แค่ไหน|เท่าไร|เท่าไหร่)|กี่(?:ปี|วัน|เดือน)|ถึงเมื่อไร|ถึงเมื่อไหร่)",
            rf"{_WHAT_IS_KEPT}|(?:for )?how long (?:do|will) you (?:keep|store|hold) {_MINE}"
            rf"|(?:show|see|view|access|get|give|tell)(?: me)? {_MINE}|{_MINE}",
        ),
    ),
)
#: Yes, do: near enough to be no comment on a ticket, and too little to erase everything.
_YES = re.compile(
    r"(?:ใช่|แน่ใจ|ยืนยัน|ตกลง|โอเค|ok|yes|sure|please|ช่วย|ขอ|ให้| )*(?:ลบ|ล้าง|erase|delete)"
    r"(?:ข้อมูล|ทั้งหมด|ทุกอย่าง|ให้|หมด|เลย|ทิ้ง|ได้|ไป|แล้ว|it|all|everything|please|now|ๆ| )*"
    r"|แน่ใจ(?:แล้ว)?|ยืนยัน|(?:i am |i'm )?sure|confirm"
)
_BETWEEN = re.compile(r"[^a-z0-9\u0e00-\u0e7f]+")


def is_yes_to_erasing(words: str) -> bool:
    """Whether words, where it was asked, say that everything is to go."""
    return _YES.fullmatch(words) is not None


def wish_in(words: str) -> Wish | None:
    """What words about one's own data ask for, in Thai or English; `words` as labels are compared."""
    said = _BETWEEN.sub(" ", words).strip()
    return next((wish for wish, pattern in _SAID if pattern.fullmatch(said)), None)
