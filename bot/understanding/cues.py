"""Signs a careful reader goes by whatever the words around them: asking, waiting, thanking, danger.

Each cue is one more feature to the model, which learns what it is worth; none decides alone. They
carry what a few thousand sentences cannot: all the ways to ask where a matter stands.
"""

import re
from collections.abc import Iterator
from operator import add

from bot.understanding.danger import DANGER_WORDS, NOT_NOW, is_only_named
from bot.understanding.reading import Reading
from bot.understanding.topics import TOPICS

_CUES = {
    "where it stands": "ถึงไหน|ไปถึง|คืบหน้า|สถานะ|อัพเดท|อัปเดต|ตามเรื่อง|ตามงาน|ติดตาม|ว่าไง(?:บ้าง)?|เป็นไง(?:บ้าง|"
    "ต่อ)|ขั้นไหน|"
    "ฮอดใส|ฮอดไส|ฮอดไหน|ผลเป็น|ผลการ|status|update|progress",
    "yet": "หรือยัง|รึยัง|ยัง$|ยังอะ$|แล้วยัง|แล้วใช่ไหม|ใช่ไหม$|ไปยัง|หรือเปล่า$|already\\?",
    "reported before": "ที่แจ้ง|แจ้งไว้|แจ้งไป|เคยแจ้ง|ที่ร้อง|ร้องเรียนไว้|ร้องเรียนไป|เรื่องที่|เคสที่|เรื่องเดิม|"
    "เรื่องของ|เรื่องผม|เรื่องเรา|เรื่องหนู|"
    "my report|my case|my complaint|i reported",
    "ticket number": "เลขเรื่อง|เลขที่เรื่อง|เคส|ticket",
    "handled": "รับเรื่อง|ส่งเรื่อง|ส่งต่อ|ดำเนินการ|ปิดเรื่อง|ปิดเคส|ลงพื้นที่|อนุมัติ|ได้เรื่อง|คนดูแล|เสร็จ",
    "still": "^(?:ก็)?ยัง|ยังไม่|ยังบ่|ยังเหมือน|ยังเป็น|เหมือนเดิม|ไม่เห็นมี|ไม่เห็นใคร|เงียบ|ไม่มีใครมา|"
    "ไม่มีใครติดต่อ|บ่มีไผ|รอมา|still|nobody came|no one came",
    "came": "มาแล้ว|มาดูแล้ว|มาซ่อมแล้ว|มาทำแล้ว|มาเก็บแล้ว|มาตัดแล้ว|เข้ามาแล้ว|เขามา|ช่างมา|เจ้าหน้าที่มา|"
    "เจ้าหน้าที่โทรมา|โทรมาแล้ว|นัดมา|นัดไว้|they came",
    "over": "หายแล้ว|ปกติแล้ว|ใช้ได้แล้ว|เรียบร้อย|เสร็จแล้ว|ไหลแล้ว|ติดแล้ว|ใสแล้ว|ลดแล้ว|ไม่ต้องมา|ย้ายออก|fixed|working now",
    "adds": "เพิ่มเติม|ขอเพิ่ม|ลืมบอก|ลืมแจ้ง|พิมพ์ผิด|แก้ไขนะ|ไม่ใช่.{1,12}แต่|รูป(?:เพิ่ม|นี้|ครับ|ค่ะ|$)|"
    "แนบรูป|ส่งรูป|ตามรูป|คลิป|พิกัด|โลเคชั่น|แผนที่|forgot|another photo",
    "a place only": "^(?:อยู่|แถว|ใกล้|หน้า|หลัง|ข้าง|ตรงข้าม|เยื้อง|บ้าน|ซอย|หมู่บ้าน|ถนน|ตึก|ชั้น|ห้อง|บริเวณ|ตรง|ที่อยู่)[^?]{0,40}$",
    "house number": "เลขที่ ?#|#/#|บ้านเลขที่|หมายเลข|เบอร์ ?#|ทะเบียน|house number",
    "a time only": "^(?:ตั้งแต่|ประมาณ|เมื่อ|ทุก|วัน|เป็นมา|มา|ได้)?.{0,8}(?:#+ ?(?:วัน|ชั่วโมง|เดือน|อาทิตย์|ปี|"
    "ทุ่ม|โมง)|วันก่อน|เมื่อวาน|เมื่อเช้า|เมื่อคืน).{0,6}$",
    "yes or no": "^(?:ใช่|ไม่ใช่|ถูกต้อง|ไม่แน่ใจ|ไม่ทราบ|ไม่รู้|ได้|สะดวก|ไม่มี|มี|แม่น|บ่แม่น|yes|no)(?:.{0,12})$",
    "what or when": "เท่าไหร่|เท่าไร|กี่|ที่ไหน|ตรงไหน|อยู่ไหน|ยังไง|อย่างไร|ทำไง|อะไร|เมื่อไหร่|เมื่อไร|วันไหน|"
    "ตอนไหน|ไผ|จักโมง|ใส(?:$|บ่)|หยัง|"
    "ใคร|เบอร์ไหน|ได้ไหม|มีไหม|ไหม$|ไหมบ้าง|ป่าว|ปะ$|ป่ะ|มั่ง|บ่$|กา$|ก่อ$",
    "english question": r"^(?:what|where|when|how|who|which|why|can|do|does|is|are|could)\b",
    "asks": "สอบถาม|ขอถาม|อยากทราบ|อยากรู้|ใคร่ขอทราบ|ถามหน่อย|ต้องทำ|ต้องใช้|ขอเบอร์|วิธี|ขั้นตอน|เอกสาร|"
    "ลงทะเบียน|สมัคร|ค่าธรรมเนียม|เปิด(?:กี่|วัน|ทำการ)|"
    "ปิดกี่|จ่าย.{0,14}(?:ที่ไหน|ได้)|ติดต่อใคร|ขออนุญาต|phone number|opening|office hours",
    "of the town": "เทศบาล|ภาษี|เบี้ย|ทะเบียนบ้าน|บัตรประชาชน|ใบอนุญาต|วัคซีน|ค่าขยะ|ค่าน้ำ|ธรรมเนียม|นายก|กองช่าง|"
    "สำนักงาน|office|city hall",
    "greets": "^(?:เรียน.{0,14})?(?:สวัสดี|หวัดดี|ดี$|ดีจ้า|ดีครับ|ฮัลโหล|โหล|ฮาย|ไฮ|ทัก|อรุณ|มอนิ่ง|hi\\b|"
    "hello|hey|good (?:morning|afternoon|evening)|sawas|sawat)|^(?:น้อง|พี่|คุณ)?"
    "(?:แอดมิน|บอท|เจ้าหน้าที่)$|สุขสันต์|(?:มี(?:ใคร|คน)|แอดมิน)?อยู่ไหม$|สบายดี",
    "will report": "^.{0,14}(?:(?:ขอ|จะ|อยาก|มีเรื่อง)(?:แจ้ง|ร้องเรียน)(?:ปัญหา|เรื่อง|เรื่องร้องเรียน)?(?:หน่อย)?)$",
    "thanks": "ขอบคุณ|ขอบใจ|ขอบพระคุณ|ขอบน้ำใจ|แต้งกิ้ว|แต๊งก?กิ้ว|แท้งกิ้ว|แต๊ง|ชื่นชม|ประทับใจ|เยี่ยม|"
    "สุดยอด|เก่งมาก|บริการดี|ทำงาน(?:ดี|ไว|เร็ว)|ซาบซึ้ง|เป็นกำลังใจ|"
    r"thank|thx|\bty\b|tks|appreciate|great job|well done",
    "a person": "คุยกับ|คุยกะ|อู้กับ|เว้ากับ|แหลงกับ|ติดต่อเจ้าหน้าที่|ต่อสาย|ขอสาย|โอนสาย|โทรกลับ|ติดต่อกลับ|"
    "โทรหา|คุยโทรศัพท์|คุยสาย|โทรคุย|พูดคุย|ปรึกษา|ขอพบ|เรียกแอดมิน|เรียกเจ้าหน้าที่|"
    r"talk to|speak (?:to|with)|human|real person|operator|live chat|call me",
    "man or machine": "คนจริง|ตัวเป็น|หุ่นยนต์|ไม่เอาบอท|ไม่คุยกับบอท|บอท|แอดมิน|เจ้าหน้าที่|พนักงาน|หัวหน้า|bot|staff|officer",
    "swears": "ควาย|เหี้ย|สัส|สัด|เย็ด|ควย|หี(?:$|[^บก-ฮ])|แม่ง|มึง|กู(?:$|[^้ก-ฮ])|ไอ้(?!แดง)|อี(?:ดอก|บ้า|"
    "ควาย|เวร|สัตว์|หมา)|ห่า|ระยำ|เวร|โง่|ปัญญาอ่อน|กาก|ห่วย|เฮงซวย|ไปตาย|"
    r"พ่อง|เสือก|หุบปาก|ไสหัว|ง่าว|หน้าด้าน|สวะ|เลว|ชาติ(?:หมา|ชั่ว)|fuck|shit|idiot|stupid|asshole|"
    r"useless|bitch|damn|crap",
    "cancels": "ยกเลิก|ไม่แจ้ง|บ่แจ้ง|ไม่ส่ง|ไม่เอาแล้ว|ไม่เอาละ|บ่เอาแล้ว|ไม่ต้องแล้ว|ไม่ต้องแจ้ง|ถอนเรื่อง|"
    "ถอนคำร้อง|ถอนแจ้ง|ช่างมัน|ช่างเถอะ|เปลี่ยนใจ|พอแล้ว|เลิก(?:แจ้ง|$)|ลบ.{0,14}(?:ให้|ออก|ทิ้ง)|"
    "ยุติ|แจ้งผิด|แจ้งซ้ำ|cancel|never ?mind|forget it|withdraw|stop$",
    "laughs": "555|ฮ่า|อิอิ|คริคริ|lol|haha|😂|🤣",
    "small talk": "รักนะ|คิดถึง|ฝันดี|กินข้าว|กินอะไร|หิว|ง่วง|เหงา|หวย|เลขเด็ด|แฟน|ดูหนัง|ซีรีส์|ละคร|บอล|"
    "เพลงนี้|เที่ยว|อากาศ|วันเกิด|สาธุ|อร่อย|เกม|ตลก|ร้านนี้|เธอ|นอน(?:ละ|ก่อน|ไม่หลับ)|สนใจทัก|"
    "ฝากร้าน|"
    "ให้เช่า|กู้เงิน|สินเชื่อ|เครดิต|พนัน|การบ้าน|love you|joke|weather|hungry|birthday|good night",
    "a slip": "กดผิด|ส่งผิด|ผิดกลุ่ม|ผิดห้อง|ผิดแชท|ทดสอบ|เทส|ลองพิมพ์|ลองเล่น|test|wrong chat",
    "asks to act": "ช่วย|รบกวน|ขอให้|อยากให้|ฝาก|มาดู|มาเก็บ|มาซ่อม|มาตัด|แก้ไข|ตรวจสอบ|please|need",
    "broken": "พัง|เสีย|ดับ|แตก|รั่ว|ตัน|หาย|ชำรุด|ทรุด|ล้ม|ขาด|หัก|ผุ|ไม่ติด|ไม่ไหล|ไม่ทำงาน|broken|leak|blocked|missing",
    "bothers": "เหม็น|กลิ่น|ขุ่น|เสียงดัง|ดังมาก|ท่วม|ขัง|เต็ม|ล้น|รก|เกะกะ|ขวาง|เดือดร้อน|รำคาญ|อันตราย|มืด|"
    "สกปรก|เน่า|ควัน|ฝุ่น|smell|noise|dirty|flood",
    "my place": "หน้าบ้าน|ในซอย|หมู่บ้าน|ปากซอย|แถวนี้|แถวบ้าน|ข้างบ้าน|หน้าโรงเรียน|หน้าวัด|หน้าตลาด|ที่บ้าน",
}

_DANGER = "danger"
_LENGTHS = ((1, "one word"), (3, "few words"), (7, "a phrase"), (15, "a sentence"))
_KEYS = (2, 4)  # letters of a literal under which it is looked up: as many as it has, so that few are tried


def cues_of(reading: Reading) -> tuple[str, ...]:
    """The names of the cues and topics in a reading, the topic named first, and how long it is."""
    text = reading.text
    places: dict[str, int] = {}
    for place, key in _keys_in(text):
        for literal, name in _LITERALS[key]:
            if places.get(name, place) >= place and text.startswith(literal, place):
                places[name] = place
    found = list(places)
    found += [name for name, pattern in _PATTERNS if name not in places and pattern.search(text)]
    topics = [(place, name) for name, place in places.items() if name in TOPICS]
    found += [f"first {name}" for place, name in topics if place == min(topics)[0]]
    if _DANGER in found:
        found[found.index(_DANGER)] = _kind_of_danger(text)
    found.append(next((name for most, name in _LENGTHS if len(reading.words) <= most), "long"))
    if not any(letter.isalpha() for letter in text):
        found.append("no letters")
    return tuple(found)


def _kind_of_danger(text: str) -> str:
    if is_only_named(text):
        return "danger only named"
    return "danger taken back" if NOT_NOW.search(text) else _DANGER


def _keys_in(text: str) -> Iterator[tuple[int, str]]:
    """Every place of a text where the first letters of a literal stand, with these."""
    pairs = list(map(add, text, text[1:]))
    for pieces in (pairs, map(add, pairs, pairs[2:])):
        yield from [(place, piece) for place, piece in enumerate(pieces) if piece in _LITERALS]


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the bars that stand outside every bracket."""
    parts, depth = [""], 0
    for letter in pattern:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _split(cues: dict[str, str]) -> tuple[dict[str, list[tuple[str, str]]], list[tuple[str, re.Pattern[str]]]]:
    """Literals by their first letters, which a dictionary finds fast, and what needs a real pattern."""
    literals: dict[str, list[tuple[str, str]]] = {}
    patterns = []
    for name, pattern in cues.items():
        parts = _alternatives(pattern)
        plain = [part for part in parts if len(part) >= _KEYS[0] and not set(part) & set("^$.*+?()[]{}\\")]
        for part in plain:
            literals.setdefault(_key(part), []).append((part, name))
        if rest := [part for part in parts if part not in plain]:
            patterns.append((name, re.compile("|".join(rest))))
    return literals, patterns


def _key(literal: str) -> str:
    return literal[: max(key for key in _KEYS if key <= len(literal))]


_LITERALS, _PATTERNS = _split({**_CUES, _DANGER: DANGER_WORDS.pattern})
for _topic, _words in TOPICS.items():
    for _word in _words.split("|"):
        _LITERALS.setdefault(_key(_word), []).append((_word, _topic))
