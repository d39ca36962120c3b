"""A message put into the one form that is learnt from and understood."""

import re
from dataclasses import dataclass

from bot.thai import normalise, words
from bot.understanding.language import language_of, with_the_right_keyboard
from bot.understanding.latin import as_meant

# LINE allows 5,000; what is wrong is said in the beginning or summed up at the end.
_HEAD, _TAIL = 1500, 500

_LAO_LETTERS = re.compile("[\u0e81-\u0edd]")
_LAO_WITHOUT_TWIN = {"\u0edc": "หน", "\u0edd": "หม", "\u0ebc": "ล", "\u0ebb": "", "\u0ebd": "ย"}
_SPACE_IN_THAI = re.compile("(?<=[\u0e01-\u0e5b]) +(?=[\u0e01-\u0e5b])")
_NUMBER = re.compile(r"\d+")
_LINK = re.compile(r"https?://\S+|www\.\S+")
_TICKET_NUMBER = re.compile(r"\b[a-z]{2,4}[- ]?\d{4}[- ]?\d{3,6}\b")

# Call centres fill in forms: the problem stands after this word, whatever stands before it.
_THE_PROBLEM = re.compile("^(.{1,200}?)ปัญหา(?:ที่แจ้ง)? ?: ?(.*)$")

# Only spellings that are no other word. The left side is looked for inside normalised text.
_MISSPELT = (
    (re.compile("น้าม|นํ้า|น่ำ|น้ม(?=ประปา|ปะปา|ท่วม|แดง)"), "น้ำ"),
    (re.compile("(?<![ก-ฮะาแ])นำ(?=ประปา|ปะปา|ท่วม|ไม่ไหล|แดง|ขุ่น|เหลือง|เสีย|ก๊อก)"), "น้ำ"),
    (re.compile("ปะปา|ประปราา?|ปรปา|ประป่า|ปป(?=แดง|ขุ่น|เหลือง|ไม่ไหล)"), "ประปา"),
    (re.compile("มอไซด์|มอไซต์|มอไซค์|มอเตอไซ(?:ค์|ต์|ด์)?|มอเตอร์ไซด์|มอเตอร์ไซต์|มอไซ(?![ก-ฮ])|จักรยานยนต์"), "มอเตอร์ไซค์"),
    (re.compile("ฟุตบาต|ฟุทบาท|ฟุตปาท|ฟุตพาท|บาทวิถี|ฟุตบาธ"), "ฟุตบาท"),
    (re.compile("แท[้็]?ง[กค]์|แท้ง(?=น้ำ)"), "แท็งก์"),
    (re.compile("ก้อก|ก๊อค|ก็อก"), "ก๊อก"),
    (re.compile("ขี้เหยื้อ|ขี้เหยื่อ|ขี้เหญื้อ"), "ขยะ"),
    (re.compile("สะพานรอย"), "สะพานลอย"),
    (re.compile("กลิ้น|กิ่น"), "กลิ่น"),
    (re.compile("เหม๋น|เหม้น|เม็น(?=มาก|ขยะ)"), "เหม็น"),
    (re.compile("ขอบคุน|ขอบคุง|ขอบคุณณ"), "ขอบคุณ"),
    (re.compile("สวัดดี|สวัสดิ์ดี|หวัดดี|สวัดี"), "สวัสดี"),
    (re.compile("แล้วว"), "แล้ว"),
    (re.compile("กระโด(?!ด)|กะโดด?"), "กระโดด"),  # the one word that does end in a letter twice
    (re.compile("(?<=จะ)โด(?![ก-ฮ])"), "โดด"),
    (re.compile("มั้ย|มัย(?![ก-ฮ])|ไหมม"), "ไหม"),
    (re.compile("อ่ะ|อ้ะ"), "อะ"),
    (re.compile("เทสบาล|เทศบาน"), "เทศบาล"),
    (re.compile("(?<!เสา)ไฟไม้(?!ขีด|อัด)|ไฟใหม้|ไฟม้าย|ไฟไหม่|ไฟไหม(?=บ้าน|หลัง|ห้อง|ตึก|ร้าน|ตลาด|หญ้า)"), "ไฟไหม้"),
    (re.compile("(?<=ไม่)ใหล|(?<=บ่)ใหล"), "ไหล"),
    (re.compile("(?<![ก-ฮเ])สาไฟ"), "เสาไฟ"),
    (re.compile("สายไห(?![ก-ฮ])|สายไฟ้า"), "สายไฟ"),
    (re.compile("ช[๊้]อ[ตทค]|ช็อ[ทค]|ซ็อต"), "ช็อต"),
    (re.compile("จนท\\.?"), "เจ้าหน้าที่"),
    (re.compile("จยย\\.?"), "มอเตอร์ไซค์"),
    (re.compile("(?<![ก-ฮ.])รร\\."), "โรงเรียน"),
    (re.compile("(?<![ก-ฮ.])รพ\\."), "โรงพยาบาล"),
)

# Numbers are masked afterwards: a house, a soi or a telephone with these digits laughs at nothing.
_LAUGHS = re.compile("(?<![\\d/-])(?<!เลขที่)(?<!เลขที่ )555(?![\\d/-])|ฮ่าฮ่า|ฮ่า ?ๆ|ฮ่า$|อิอิ|ขำ(?!ไม่)|😂|🤣|\\blol\\b|haha")

# Words that only colour the voice. Compared with whole words, so คะน้า and บังคับ are safe.
_PARTICLES = """
ครับ คับ ค้าบ คร้าบ ครัช ครับผม ขอรับ ค่ะ คะ ค่า ค้า ขา ฮะ ฮับ จ้ะ จ้า จ๊ะ จร้า เจ้า เจ้าค่ะ เด้อ เด้อค่ะ เน้อ
นะ น่ะ น้า นะครับ นะคะ นะจ๊ะ นะจ้ะ นะคับ อะ อ่า ง่ะ งับ งิ จ้าา จ๋า วะ ว่ะ โว้ย เว้ย เลยครับ เลยค่ะ ด้วยครับ
ด้วยค่ะ คร่า ค๊ะ ฮ่ะ
"""
PARTICLES = frozenset(_PARTICLES.split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says, free of the ways of typing it."""

    language: str
    text: str  # the words joined again, without politeness, with one space only where letters need it
    words: tuple[str, ...]
    laughs: bool = False


def read(message: str) -> Reading:
    """Put any string into its Reading; never fails, and looks at no more than 2,000 characters."""
    if len(message) > _HEAD + _TAIL:
        message = f"{message[:_HEAD]} {message[-_TAIL:]}"
    message = as_meant(with_the_right_keyboard(message))
    language = language_of(message)
    text = normalise(_lao_in_thai_letters(message))[: _HEAD + _TAIL]
    text = _LINK.sub(" ", text)
    text = _TICKET_NUMBER.sub(" เลขเรื่อง ", text)
    text = _SPACE_IN_THAI.sub("", text)
    text = _THE_PROBLEM.sub(r"\2 \1", text)
    for pattern, right in _MISSPELT:
        text = pattern.sub(right, text)
    found = words(text)
    meant = [word for word in found if word not in PARTICLES] or found
    if _NUMBER.search(text):
        meant = [_NUMBER.sub(lambda number: "#" * min(len(number[0]), 4), word) for word in meant]
    return Reading(language, _joined(meant), tuple(meant), bool(_LAUGHS.search(text)))


def _lao_in_thai_letters(text: str) -> str:
    # The two blocks are laid out alike, and the words are near enough to be understood.
    return _LAO_LETTERS.sub(lambda found: _LAO_WITHOUT_TWIN.get(found[0], chr(ord(found[0]) - 0x80)), text)


def _joined(found: list[str]) -> str:
    pieces: list[str] = []
    for word in found:
        if pieces and not (_is_thai(pieces[-1][-1]) and _is_thai(word[0])):
            pieces.append(" ")
        pieces.append(word)
    return "".join(pieces)


def _is_thai(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e4e"
