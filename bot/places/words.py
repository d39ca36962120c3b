"""A place named in a resident's words: the phrase as written, never coordinates, never a guess of which one.

Careful rather than clever: what is missed is asked for with one question; what is wrongly taken for a place would
skip that question.
"""

from __future__ import annotations

import regex

from bot.thai import normalise

_DIGITS = r"[\d๐-๙][\d๐-๙/\-]*+"
#: What a number counts is no name: หมู่บ้านเสียงดัง 24 ชม. Beginnings of other words are kept apart: ซอย 5 ฟุตบาทพัง.
_COUNTED = (
    r"(?!\s*(?:วัน|ชั่วโมง|ชม|เดือน|ปี|คน|ครั้ง|นาที|ต้น|หลุม|คัน|เมตร|ฟุต(?![บปพซ])|ซม|ซ\.ม|เซน(?!ทรัล|เตอร์|ต์)"
    r"|จุด(?!กลับ|จอด|ตรวจ|ที่|รับ|ทิ้ง)|แห่ง|ทุ่ม|โมง|ชั้น(?!\s*[\d๐-๙])))"
)
#: No road is called so: ไฟถนนดับทั้งซอย 5, ถนนเป็นหลุมหน้าซอย 8.
_NO_ROAD = (
    r"เป็น|พัง|ดับ|เสีย|มืด|ไม่|ทรุด|ชำรุด|ทั้ง|กะพริบ|กระพริบ|มี(?:หลุม|น้ำ|รถ|ขยะ)|(?:หน้า|ใน|ปาก|ข้าง)(?:ซอย|หมู่บ้าน|บ้าน|วัด|โรง|ชุมชน)"
)
#: A road, soi, village or canal counts when a number follows within its name: ซอยรังสิต-นครนายก 46.
_NUMBERED = (
    rf"(?:ถนน(?!\s*(?:{_NO_ROAD}))|ถ\.|ซอย|ซ\.|หมู่บ้าน|ม\.|หมู่ที่|หมู่|คลอง|สะพาน)\s*"
    rf"(?:(?!ซอย|ถนน|หมู่บ้าน)[ก-๎A-Za-z][^\s,;!?\n\d๐-๙]{{0,40}}\s?)?{_DIGITS}{_COUNTED}"
)
#: What is wrong there, or a new sentence: no name goes on so. Short words that names are made of need more: มี is in
#: ธูปะเตมีย์ and บารมี, เขา is a hill, เด็ก may be whom a hospital is for, วาง is in บางขวาง.
_GOES_ON = (
    r"ไม่|แล้ว|ยัง|เป็น|มี(?:ใคร|คน|ขยะ|น้ำ|หมา|แมว|รถ|กลิ่น|หลุม|กอง|เศษ)|น้ำ(?:ท่วม|ขัง|เน่า|แดง|รั่ว|ไหล)|ไฟ(?:ดับ|ถนนดับ|เสีย|กะพริบ|กระพริบ)"
    r"|รถ(?:ติด|จอด|ชน)|ขยะ|เหม็น|ดับ(?!เพลิง)|พัง(?!งา)|ท่วม|ชำรุด|เยอะ|มาก|ทุก(?:วัน|คืน)|ช่วย|ท่อ(?:แตก|ตัน)|ค่ะ|ครับ|คับ"
    r"|เสียง|มืด|ควร|เขา(?=เปิด|เผา|จอด|ทำ|ทิ้ง|เอา|มา|จะ|ว่า)|(?<!ถนน)คน|(?<!พยาบาล|รพ\.)เด็ก|ยุง|ฝุ่น|ควัน|กลิ่น|จอด|เผา"
    r"|(?<![กขบ])วาง|เปิดเพลง|ตอน(?:เช้า|เย็น|กลาง|ดึก)|(?<!าร|[ศษ]|สา)มี(?!นบุรี|ชัย|สุข|โชค|ย์|ทรัพย์|บุญ)"
)
_NAME = rf"(?:(?!{_GOES_ON})[^\s,;!?\n])"
#: A landmark counts with a word of position before it: หน้าวัดเขียนเขต, ตรงข้ามโรงเรียนธัญบุรี; a chain without its name.
_LANDMARK = (
    r"(?:หน้า|หลัง|ข้าง|ตรงข้าม|เยื้อง|แถว|ใกล้)\s?"
    r"(?:(?:วัด|ตลาด|ห้าง|โรงเรียน|โรงพยาบาล|รพ\.|สถานี|ปั๊ม|สวนสาธารณะ|สนามกีฬา|ธนาคาร|คอนโด|สี่แยก|วงเวียน)"
    rf"{_NAME}{{2,40}}|(?:โลตัส|บิ๊กซี|แมคโคร|เซเว่น){_NAME}{{0,40}})"
)
_ENGLISH = (
    rf"(?<![A-Za-z])(?i:soi|moo|village|khlong)\s+(?:[A-Z][\w\-]*\s+){{0,3}}{_DIGITS}"
    r"|(?<![A-Za-z])(?i:near|opposite|in front of|behind)\s+(?:the\s+)?[A-Z0-9][\w\-]*(?:\s+[A-Z0-9][\w\-]*){0,3}"
    rf"|(?<![A-Za-z])[A-Z][a-z]+-[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?\s+(?:[Ss]oi\s+)?{_DIGITS}"
)
_PLACE = regex.compile(f"{_NUMBERED}|{_LANDMARK}|{_ENGLISH}")
#: The time one text may take; residents' words are no reason to stand still.
_SECONDS = 0.05
_MOST = 120
#: Characters beside the name of a place that still tell nothing: รังสิต, อยู่, แถว.
_BESIDES = 8

#: Words that places are told with; beginnings of a correction, a wish or a report; words of sentences.
_TELLS_WHERE = regex.compile(
    r"ซ\.|ถ\.|ม\.|ซอย|ถนน|หมู่|บ้าน|ชุมชน|ตำบล|ต\.|คลอง|สะพาน|แยก|ไฟแดง|วัด|ตลาด|โรงเรียน|รร\.|โรง|ร้าน|ห้าง|ปั๊ม|เซเว่น|คอนโด|หอ|ตึก|อาคาร"
    r"|สวน|สนาม|ป้าย|ท่าเรือ|สถานี|หน้า|หลัง|ข้าง|ตรงข้าม|เยื้อง|แถว|ใกล้|ปาก|ท้าย|ต้นซอย|กลาง|ริม|ใต้|ฝั่ง|(?<!ไม่)ติด|เลขที่|ประตู|ระหว่าง|ก่อนถึง|เลย(?:จาก|ไป)|ตรง"
)
_SETS_RIGHT = regex.compile(r"^\s*(?:มี(?:คน|รถ|น้ำ|หมา|แมว|ขยะ|หลุม)|ไม่ใช่)|หมายถึง|ห้าม|อย่า|ไม่ใช่(?:ตรง|ที่)นี้|(?:ส่ง|พิมพ์|กด)ผิด")
_TELLS_MORE = regex.compile(
    r"ไม่|ไหม|มั้ย|ใคร|ทำไม|เมื่อไ|มาก|แล้ว|ช่วย|กลัว|ทุกวัน|ทุกคืน|หลายวัน|เดือดร้อน"
    r"|\b(?:not|please|very|every|already|why|who|when|i|it|we|is|are|was|do|does)\b",
    regex.IGNORECASE,
)

#: What stands before a place that is wrong, and before the one in its stead.
_NOT_THERE = regex.compile(
    r"(?:ไม่ใช่|ไม่ได้อยู่)\s*+(?:อยู่|ที่|ตรง|แถว)*+\s*+$|\bnot\s++(?:in|at|on)?+\s*+$", regex.IGNORECASE
)
_INSTEAD = regex.compile(
    r"ไม่ใช่(?:\s|,|ค่ะ|คะ|ครับ|คับ|นะ|จ้า|เป็น|อยู่|ที่|ตรง|แต่|คือ|มัน|ของ|บ้าน|แถว|นั้น|นี้)*$"
    r"|(?:(?:แก้(?:ไข)?|เปลี่ยน)เป็น|หมายถึง|ที่ถูก(?:ต้อง)?|(?:พิมพ์|ส่ง|บอก|กด)ผิด|ผิด(?:ซอย|ที่)|โทษที|ขอโทษ|เอ้ย|เอ๊ย"
    r"|\b(?:sorry|i mean|actually|wrong))[^\d๐-๙]{0,15}$",
    regex.IGNORECASE,
)
#: What a state, a time or a number of things may end with.
_ENDING = r"มาก|ๆ|สุด|เลย|จริง|อ่ะ|อะ|นะ|ค่ะ|คะ|ครับ|คับ|จ้า| "
#: How it is, since when and how many, and nowhere: เหม็น, มืดมาก, สองดวง, ตั้งแต่เมื่อวาน.
_IS_A_STATE = regex.compile(
    r"(?:มัน|ก็|กลิ่น|ทั้ง|น่า| )*(?:เหม็น(?:เน่า)?|สกปรก|เละ(?:เทะ)?|ล้น|แย่|เยอะ|หนัก|อันตราย|มืด|ดัง|ลึก|พัง|รก"
    r"|แฉะ|ลื่น|กลัว|รำคาญ|เดือดร้อน|ดับ(?:หมด|สนิท)?|ไม่ติด|เสีย|ด่วน|รีบ)"
    rf"(?:{_ENDING})*"
    r"|(?:ตั้งแต่|เป็นมา|ประมาณ|ราว|เกือบ|ได้|มา|มี|แค่| )*"
    r"(?:เมื่อ(?:คืน|วาน|เช้า|กี้|ตะกี้)|(?:วัน|เช้า|คืน)นี้"
    r"|(?:[\d๐-๙]+|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|หลาย)\s?"
    r"(?:ชั่วโมง|ชม\.?|วัน|คืน|อาทิตย์|สัปดาห์|เดือน|ปี|ดวง|ต้น|หลุม|คัน|ตัว|ถุง|ถัง|ครั้ง)"
    r"|(?:ดวง|ต้น|หลุม|คัน|ตัว)เดียว)"
    rf"(?:นี้|แล้ว|ก่อน|กว่า|ได้|{_ENDING})*"
)
_A_STATE_IS_SHORTER = 60
#: As if we saw where somebody stands.
_HERE = regex.compile(
    r"(?:ก็|อยู่|แถว|ๆ|ตรง|ที่|แถบ|บริเวณ| )*(?:นี้|นี่)(?:แหละ|ล่ะ|เลย|ไง|เอง|น่ะ|นะ|ค่ะ|คะ|ครับ|คับ|จ้า|จ้ะ| )*"
    r"|(?:it is |it's |right |just |over )*here|where i am(?: now)?|my (?:current )?location",
    regex.IGNORECASE,
)
#: ส่งโลเคชั่นไม่เป็น: how is a location sent?
_CANNOT_SEND = regex.compile(
    r"(?:ยาย|ตา|ป้า|ลุง|ผม|หนู|เรา|จะ|ต้อง|ให้|มัน|แล้ว| )*(?:ส่ง|กด|ปัก|แชร์|หา|ทำ|ใช้)"
    r"(?:ตำแหน่ง|โลเค(?:ชั่น|ชัน|ชั้น)|หมุด|พิกัด|แผนที่|gps|location| )*"
    r"(?:ไม่(?:เป็น|ได้|เจอ|ถูก)|ยังไง|อย่างไร|ตรงไหน|ที่ไหน)(?:แล้ว|อ่ะ|อะ|ล่ะ|ละ|เลย|นะ|ค่ะ|คะ|ครับ|คับ|จ้า|จ้ะ|ลูก| )*"
    r"|(?:how (?:do i|to|can i)|i (?:can['’]?t|cannot|don['’]?t know how to)) (?:send|share)"
    r"(?: (?:it|a|the|my|location|place|pin))*",
    regex.IGNORECASE,
)
_OWN_HOME = regex.compile(
    r"(?:อยู่|ตรง|ที่|แถว|แถวๆ|หน้า|หลัง|ข้าง|ใน)*(?:บ้าน|ซอยบ้าน)(?:ของ)?(?:ผม|หนู|เรา|ฉัน|ตัวเอง|พี่|ยาย|ลุง|ป้า)?(?:เอง|เลย)*(?:ค่ะ|ครับ|คับ|จ้า|จ้ะ)?"
    r"|(?:ก็|อยู่|ตรง|แถว|ๆ|ใน|ปาก|ท้าย|ต้น|กลาง|หน้า|ทั้ง|ทุก)*(?:ซอย|ถนน|หมู่บ้าน|ชุมชน)"
    r"(?:นี้|นี่|เรา|แหละ|เลย|หมด|ค่ะ|คะ|ครับ|คับ|จ้า|จ้ะ| )*"
    r"|(?:at |in front of |near )?(?:my|our) (?:house|home)",
    regex.IGNORECASE,
)

#: ที่เดิม: where it was before, in words that name no place.
_BEFORE = r"(?:เมื่อ(?:วาน|กี้|ก่อน)|(?:ครั้ง|คราว|รอบ|วัน|เรื่อง|อัน)(?:ก่อน|ที่แล้ว|เดิม|เก่า)|ที่แล้ว|เดิม|เก่า)"
_SAME_PLACE = regex.compile(
    r"(?:ก็|อยู่|ยัง|คือ|เป็น|เอา|ใช้|เหมือน(?:เดิม)?| )*"
    r"(?:(?:ที่|ตรง|จุด|แถว|ซอย|บ้าน|หน้าบ้าน|ตำแหน่ง|สถานที่|บริเวณ)+(?:เดิม|เก่า|เดียวกัน|เดียว(?=กับ))"
    rf"|เหมือน{_BEFORE})"
    rf"(?: |กับ|ที่|เคย|แจ้ง|ส่ง|บอก|ไป|ไว้|{_BEFORE}|เลย|นั่น|แหละ|ไง|นะ|ๆ|ค่ะ|คะ|ครับ|คับ|จ้า)*"
    r"|(?:(?:it is|it's|its|still|at|in|the|exactly|again) )*same (?:place|spot|location|address|area|point|one)"
    r"(?:,? (?:please|again|as (?:before|yesterday|last time|earlier|(?:my |the )?last (?:one|report))))*"
    r"|(?:(?:it is|it's|its|the) )*same as (?:before|yesterday|last time|earlier|(?:my |the )?last (?:one|report))"
)
_SAME_PLACE_IS_SHORTER = 60
_MENTIONS_SAME_PLACE = regex.compile(
    rf"(?:ที่|ตรง|จุด|ตำแหน่ง)(?:เดิม|เดียว(?:กัน)?กับ(?:ที่แจ้ง)?{_BEFORE})"
    r"|\bsame (?:place|spot|location)\b"
)

#: Nobody's place: it is not known, with what people put around that and nothing more. ไม่รู้ใครเอามาทิ้ง tells something.
_NOT_KNOWN = (
    r"(?:(?:ไม่|มิ)(?:ค่อย)?\s?(?:รู้|ทราบ|แน่ใจ|ชัวร์)|จำไม่ได้|บอกไม่ถูก|(?:do\s?n['’]?o?t|not)\s+(?:(?:really|quite|even)\s+)?(?:know|sure)"
    r"|no idea|dunno|unknown)"
)
_WHERE = (
    r"ที่ไหน|ตรงไหน|แถวไหน|ตำแหน่ง|สถานที่|ที่อยู่|พิกัด|ชื่อ|ซอย|ถนน|หมู่บ้าน|เลขที่|บ้านเลขที่|เลข|หมายเลข|จุด|ตัวไหน|อันไหน|เรียกว่า|อะไร|ไหน|เท่าไ(?:ร|หร่)"
    r"|ผู้ใช้น้ำ|ผู้ใช้ไฟ|เสา|มิเตอร์|มาตร|อยู่|ว่า|คือ|ของ|ที่"
)
_AROUND_NOT_KNOWN = (
    rf"(?:{_WHERE}|เหมือนกัน|เช่นกัน|แน่ชัด|แน่นอน|จริง|เลย|อีก|ก็|ยัง|นี่|นะ|น่ะ|สิ|ซิ|แฮะ|ละ|ล่ะ|อ่ะ|อะ|เอ่อ|อืม|คือ|ขอโทษ|ตอนนี้|แล้ว|หรอก|ลูก|หลาน|จ๊ะ|จ้ะ"
    r"|ผม|หนู|ฉัน|เรา|พี่|ลุง|ป้า|ยาย|ตา|ค่ะ|คะ|ค่า|ครับ|คับ|จ้า|จ้ะ|ๆ"
    r"|\b(?:sorry|i|m|we|am|im|really|exactly|exact|where|it|is|that|this|the|my|of|which|what|about|name|place|location|address|street|road|soi"
    r"|number|meter|pole|at|all|yet|either|here|now|have)\b|['’.,!?…\s])*+"
)
_UNKNOWN = regex.compile(rf"{_AROUND_NOT_KNOWN}(?:{_NOT_KNOWN}{_AROUND_NOT_KNOWN}){{1,3}}", regex.IGNORECASE)
#: Not knowing who, why or how it will end tells no place, though it may speak of a house.
_WONDERS = regex.compile(
    r"(?:ไม่|มิ)\s?(?:รู้|ทราบ|แน่ใจ)\s?(?:ว่า|เป็น|คือ|บ้าน|รถ|หมา|แมว|ของ|เพราะ)*(?:ใคร|จะ|ทำไม|เมื่อไ|เพราะ|ทำยังไง)",
    regex.IGNORECASE,
)
_UNKNOWN_IS_SHORTER = 40


def is_unknown(text: str) -> bool:
    """Whether somebody who was asked for something says that it is not known, and no more."""
    text = text.strip()
    return len(text) < _UNKNOWN_IS_SHORTER and _UNKNOWN.fullmatch(text) is not None and not place_in(text)


def says_no_place(text: str) -> bool:
    """Whether words are a sentence that tells no place: ลึกมาก รถล้มไปสองคันแล้ว. A bare name, พฤกษา 3, is none."""
    is_a_state = len(text) < _A_STATE_IS_SHORTER and _IS_A_STATE.fullmatch(text.strip()) is not None
    if is_a_state or _SETS_RIGHT.search(text) or _WONDERS.search(text):
        return True
    return tells_more(text) and not _TELLS_WHERE.search(text)


def is_here(text: str) -> bool:
    """Whether somebody says no more than that it is here: we do not see where."""
    return _HERE.fullmatch(text.strip()) is not None


def cannot_send(text: str) -> bool:
    """Whether somebody does not know how a location is sent, and says no more."""
    return _CANNOT_SEND.fullmatch(text.strip()) is not None


def says_same_place(text: str) -> bool:
    """Whether words say no more than that it is where it was before: ที่เดิม, ตรงเดิม, same place."""
    if len(text) > _SAME_PLACE_IS_SHORTER:
        return False
    return _SAME_PLACE.fullmatch(normalise(text).strip(" .,!")) is not None


def mentions_same_place(text: str) -> bool:
    """Whether words that tell a problem say that it is where it was before, and name no other place."""
    return _MENTIONS_SAME_PLACE.search(normalise(text)) is not None


def tells_where(text: str) -> bool:
    """Whether places are told with such words; it need be no place that anybody else would find."""
    return _TELLS_WHERE.search(text) is not None


def is_own_home(text: str) -> bool:
    """Whether somebody says no more than that it is at home: that is a place for its neighbours only."""
    return _OWN_HOME.fullmatch(text.strip()) is not None


def tells_more(text: str) -> bool:
    """Whether words are more than the name of a place, though they may tell one too."""
    return bool(_TELLS_MORE.search(text) or _SETS_RIGHT.search(text))


def is_place_alone(text: str) -> bool:
    """Whether the words name a place and say next to nothing else: รังสิต ซอย 8, ซอยข้างวัดเขียนเขต."""
    rest = place_in(text)
    for named in rest.split():
        text = text.replace(named, "", 1)
    return bool(rest) and len(text.strip()) <= _BESIDES and not tells_more(text)


def place_in(text: str) -> str:
    """The places that the words name, joined, as written; "" when they name none."""
    return " ".join(dict.fromkeys(place for place, _ in _named(text)))[:_MOST].strip()


def put_right(text: str, before: str) -> str:
    """The place that the words put in the stead of `before`: ไม่ใช่ เป็นซอย 5, ซอย 16 ไม่ใช่ซอย 15; "" where they
    put none right."""
    named = _named(text)
    wrong = {place for place, start in named if _NOT_THERE.search(text[:start])}
    is_said_wrong = bool(wrong) or any(_INSTEAD.search(text[:start]) for _, start in named)
    right = [place for place, _ in named if place not in wrong and place not in before]
    return " ".join(dict.fromkeys(right))[:_MOST].strip() if is_said_wrong else ""


def _named(text: str) -> list[tuple[str, int]]:
    """Every place that the words name, as written, and where it begins."""
    try:
        found = _PLACE.finditer(text[:2000], timeout=_SECONDS)
        return [(match.group(0).strip(" .:"), match.start()) for match in found]
    except TimeoutError:
        return []
