"""Somebody is in danger now: words that leave no time for statistics, and whom to call."""

import re

_NOW_WORDS = "|".join(
    (
        "ไฟไหม้|ไหม้บ้าน|เพลิงไหม้|ไฟกำลังไหม้|ไฟลุก(?!ท่วมใจ)|ไฟลาม|เปลวไฟ|(?<!เหมือน)(?<!จะ)ระเบิด(?!เวลา)|แก๊สรั่ว|"
        "แก๊สระเบิด|สารเคมีรั่ว|แอมโมเนียรั่ว|คลอรีนรั่ว",
        "สายไฟ(?:ฟ้า|แรงสูง)?ขาด|สายไฟ(?:ฟ้า)?(?:ตก|หล่น)|ประกายไฟ|ไฟแลบ|ไฟช็อต|ไฟดูด|โดนดูด|ไฟรั่ว|"
        "เสาไฟ(?:ฟ้า)?ล้ม|เสาไฟ(?:ฟ้า)?หัก",
        "จมน้ำ|ตกน้ำ|(?<!น้ำ)ตกคลอง|ตกท่อ|ตกลงไป|ตกตึก|ตกสะพาน|พัดไป|ลอยคอ|เรือล่ม|ติดอยู่ใน|ติดข้างใน|ติดในรถ|รถคว่ำ|พลิกคว่ำ",
        "หมดสติ|ไม่รู้สึกตัว|ไม่หายใจ|หายใจไม่ออก|หัวใจหยุด|เลือดออก|เลือดไหล|เลือดอาบ|เลือดเต็ม|คนเจ็บ|"
        "บาดเจ็บ|เจ็บหนัก|สลบ|ชักเกร็ง|ชัก(?:ตา|กระตุก)|ขาหัก|หัวแตก|น้ำเดิน|จะคลอด|เป็นลม",
        "โดนยิง|ถูกยิง|ถืกยิง|ยิงกัน|เสียงปืน|โดนแทง|ถูกแทง|โดนฟัน|ไล่ฟัน|ถือมีด|มีมีด|ถือปืน|ปืนจ่อ|"
        "กำลังปล้น|โดนปล้น|จี้ตัวประกัน|งัดบ้าน|กำลังงัด|โดนฉุด|ฉุดผู้หญิง|ลักพาตัว|ซ้อม(?!วง|ดนตรี|บอล|กีฬา|เต้น|มวย|รบ)|ทำร้าย|ตีกัน|"
        "รุมกัด|งู(?:เห่า)?กัด|ช่วยด้วย|กระทืบ|ชกต่อย|(?:โดน|ถูก)(?:รุม)?(?:ตบ|ต่อย|ทุบ|เตะ|ตี)|ทุบตี|บีบคอ|รุม(?:ตี|เตะ|ยำ|ทำร้าย)|ตบเมีย|ตีเมีย|"
        r"ชักมีด|ควักปืน|ไล่แทง|ไล่หวด|ไล่ฟาด|machete|\bknife\b",
        "ฆ่าตัวตาย|ผูกคอ|กระโดดตึก|จะกระโดด|จะโดด|นอกราวสะพาน|ลาตาย|ขอตาย|จดหมายลา|ไม่อยากตื่น|ไม่อยากหายใจ|จากโลกนี้|จบชีวิต|จะตายคืนนี้|อยากตาย|ไม่อยากอยู่|กรีดแขน|กินยาเกิน|กินยาไปเยอะ",
        "ถล่ม|ล้มทับ|หล่นทับ|พังทับ|โดนรถ.{0,10}ทับ|ตกใส่น้ำ|ท่อแก๊สแตก|สารเคมีคว่ำ",
        "เข้าบ้าน.{0,8}ตอนนี้|ปีนเข้าบ้าน|(?:โดน|ถูก)(?:จับ)?ขัง|ร้องให้ช่วย|คลุ้มคลั่ง|คลั่ง|อาละวาด|"
        "ถือ(?:ขวาน|ปืน|มีด|ไม้ไล่)|"
        "ไม่อยากมีชีวิต|จบทุกอย่าง|ขู่ฆ่า|จะฆ่า|ไล่ฆ่า|ข่มขืน|ลวนลาม.{0,12}(?:อยู่|ตอนนี้)",
        "(?:กิน|ดื่ม|ซด|กลืน)(?:ยาฆ่า|ยาเบื่อ|ยาพิษ|สารพิษ|น้ำยาล้าง|น้ำกรด|ถ่าน)|ช็อตคน|ช็อตเด็ก|ลุกไหม้|กำลังไหม้|"
        "ไม่รู้.{0,6}(?:เป็นหรือตาย|ตายหรือ|ยังหายใจ|มีชีวิต)|แน่นิ่ง|drank (?:pesticide|poison|bleach)",
        "ถึงคอ|ถึงอก|ติดอยู่|บนหลังคา(?:บ้าน)?|น้ำป่า|ทะลัก|หายไปแล้ว|จมหาย|ไม่โผล่|ปากเบี้ยว|สำลัก|"
        "หน้าเขียว|ตัวเขียว|ป่วยหนัก|รถพยาบาล|"
        "เจ็บหน้าอก|แน่นหน้าอก|เรียกไม่ตื่น|ไม่ยอมปล่อย|กัดคนแล้ว|กัดเด็ก|นอนตาย|ล้มเจ็บ|ชีพจร|"
        "หยุดหายใจ|ลมชัก|กำลังชัก",
        r"\bon fire\b|\bfire\b|unconscious|not breathing|bleeding|drown|stabbed|shot|live wire|gunshot|"
        r"kill (?:my|him|her)self|suicide|trapped|ambulance|gas leak|explo(?:ded|sion)|burning down|"
        r"to jump|robbery|robbed|"
        r"beating (?:me|her|him)|hit and run|lying on|seizure|snake bit|wire down|faint|collapsed|"
        r"heart attack|injured|help me|want to die|hitting me|beating up|kicking (?:me|him|her)|choking|"
        r"(?:stuck|still) inside|screaming for help",
        "မီးလောင်|ဒဏ်ရာ|ကူညီပါ|ភ្លើងឆេះ|ឆេះផ្ទះ|ជួយផង|របួស",
    )
)
DANGER_WORDS = re.compile(_NOW_WORDS)

# Fear of what has happened is no denial of it: a wire that lies on the ground, a tree on a car.
FALLEN = re.compile(
    "สายไฟ(?:ฟ้า|แรงสูง)?.{0,8}(?:ขาด|หล่น|ร่วง|ตก(?=ลง|หน้า|กลาง|อยู่|ใส่|บน|พาด|พื้น|ซอย|$))|"
    "(?:ต้นไม้|กิ่งไม้|กิ่ง|ต้น.{2,10}).{0,30}(?:ล้ม|โค่น|หัก).{0,25}(?:ทับ|พาด).{0,12}(?:รถ|สายไฟ|บ้าน|คน|มอเตอร์)|"
    "หม้อแปลง.{0,25}(?:ควันขึ้น|มีควัน|ไหม้|ระเบิด)|"
    r"(?:power line|electric wire|live wire|cable).{0,12}(?:fell|fallen|down|on the ground)"
)
_BEFORE = re.compile(
    "(?:กลัว|เกรง(?:ว่า)?|เดี๋ยว|อาจ|ใกล้|เกือบ|เสี่ยง|ระวัง)(?:จะ|ว่า|มัน|สาย|ไฟ|ต้นไม้|กิ่ง|ไม้){0,4}(?:ขาด|หล่น|ร่วง|ตก|ล้ม|หัก|โค่น|ระเบิด)|"
    "(?:จะ|ใกล้|เกือบ)(?:ขาด|หล่น|ร่วง|ตก|ล้ม|หัก|โค่น|ระเบิด|เกี่ยว|วิ่งเข้า)|กังวล|ถ้า|หาก|มักจะ|เป็นระยะ|เมื่อวาน|เดือนก่อน|อาทิตย์ก่อน|ปีก่อน|ปีที่แล้ว|เคย|บ่อย|หลายรอบ|"
    "เรียบร้อยแล้ว|ขอบคุณที่|ซ่อมแล้ว|ช่างมา.{0,8}แล้ว|สายไฟ(?:ประดับ|เบอร์)|internet|telephone"
)

# These ring by themselves when they are told as a fact of now: too few have been written to be learnt from.
_PLAIN = re.compile(
    "(?:คน|เด็ก|ไฟดับ|ผู้โดยสาร)(?:แล้ว)?ติดลิฟ|(?<!ป้าย)(?<!ประกาศ)(?<!ไม่มีคน)ติด(?:อยู่)?(?:ข้าง)?ในลิฟ|"
    "(?:เจอ|พบ|มี)ศพ(?:คน|ลอย|ใน(?!วัด|งาน)|อยู่|กลาง|ริม|ข้าง)|(?<!หมา)(?<!แมว)ศพลอย|"
    r"(?:stuck|trapped) in (?:(?:the|a|an|our) )?(?:lift|elevator)\b|"
    r"\b(?:house|home|building|shop|apartment|condo|factory) is burning"
    r"(?: (?:down|now|please|in|at|near|behind)\b|[^ \w]|$)|"
    r"\bdead bod(?:y|ies)\b(?! of (?:an? |the )?(?:dog|cat|fish|animal|bird|snake|rat))|"
    r"\bbit(?:ten)? (?:my|our|a|the|his|her) (?:son|daughter|child|kid|baby|boy|girl|mother|father|wife|husband)\b|"
    r"\bchest pain|"
    "งู[^ ]{0,8}กัด(?:คน|เด็ก|ลูก|พ่อ|แม่|ตา|ยาย|แฟน|เมีย|ขา|มือ|เท้า|แขน)|"
    "(?<!ชุม)(?<!ประชา)ชน(?:มี)?(?:คน|เด็ก)(?:เจ็บ|บาดเจ็บ)(?!ทุก|ประจำ)|"
    "(?:โดน|ถูก)(?:รุม)?(?:ซ้อม(?!ใหญ่)|กระทืบ|บีบคอ|ทุบตี)|(?:โดน|ถูก)รุม(?:ทำร้าย|ตี|เตะ|ต่อย|ยำ)"
)
_OTHER_TIMES = re.compile(r"\b(?:yesterday|ago|last (?:night|week|month|year)|sometimes|often|every|if|might|afraid)\b")

# Who says it of themselves is believed, unless they laugh or only say how much ("เหนื่อยจนอยากตาย").
_WANTS_TO_DIE = re.compile("(?:^|ฉัน|ผม|หนู|เรา|กู|แล้ว|ไม่ไหว)(?:ก็)?(?:อยากตาย(?!อร่อย|กับการบ้าน|ไหม)|ไม่อยากมีชีวิต)")

# The same words laughed at, and nothing beside them that is meant in earnest.
_DEATH_WISH = re.compile("อยาก(?:จะ)?ตาย")
_EARNEST = re.compile("จริง|พูดเล่น|ล้อเล่น|ไม่ไหว|ไม่อยู่|ลาก่อน|ลาทุกคน|ขอโทษ|คืนนี้|พรุ่งนี้|น้ำตา|(?:กิน|เตรียม|มี)ยา|really|serious")

# Whether the power is on, not a fire: a question and no more.
_ASKS_FOR_POWER = re.compile("มีไฟ(?:ฟ้า)?(?:ใช้)?(?:แล้ว)?ไหม(?:ตอนนี้|วันนี้|คืนนี้)?[ ?]*$")

# A light that is looked for. With one tone mark more it were a fire, so it must be the whole message.
_ASKS_FOR_LIGHT = re.compile("^(?:มีใคร|ใคร)?(?:มอง)?เห็น(?:แสง)?ไฟ(?:หน้าบ้าน|ถนน|ทาง)?ไหม[ ?]*$")

# What only has a name of danger: a station, a drill, a game, a song, a loud noise. It is no danger where nothing
# else in the message speaks of any.
_ONLY_NAMED = re.compile(
    r"\bfree ?fires?\b|(?<!not a )(?<!no )\bfire (?:drills?|extinguishers?|hydrants?|stations?|safety|insurance)\b|"
    "สถานีดับเพลิง|ถังดับเพลิง|หัว(?:จ่ายน้ำ)?ดับเพลิง|"
    "(?<!ไม่ใช่)(?<!ไม่ใช่การ)(?:ฝึก)?ซ้อม(?:แผน|การ|รับมือ|ป้องกัน)*(?:หนีไฟ|ดับเพลิง|ไฟไหม้|อพยพ|หนีภัย|ระงับอัคคีภัย)|"
    "(?:ขอ|ฟัง|ร้อง|ชื่อ|ชอบ|คาราโอเกะ|^)เพลงไฟไหม้(?=$|หน่อย|ของ|เพราะ|ดัง|นี้|ทั้ง|ทุก|วน|ซ้ำ|[ 0-9#?])|"
    "^(?:ถ้า|เวลา)?ไฟไหม้(?:ต้อง|ควร|ให้)?(?:แจ้ง|โทร)(?:หา)?(?:เบอร์)?(?:อะไร|ไหน|ใคร)(?:บ้าง)?[ ?]*$|"
    "เปิดเพลงไฟไหม้(?=ทั้ง|ทุก|วน|ซ้ำ|ดัง|เสียงดัง)|"
    "(?:ดัง|เพลง|ลำโพง|ดนตรี|คาราโอเกะ|แห่|^)(?:มาก|จน|แทบ|อย่างกับ)*ระเบิดหู"
    "(?!อื้อ|หนวก|ดับ|ขาด|ตึง|แตก|ซ้าย|ขวา|ข้าง|เขา|ผม|ฉัน|เรา|คน|ลูก|แม่|พ่อ|เด็ก|เลือด|ไม่ได้ยิน|เจ็บ)"
)
_STILL = re.compile(
    "ไหม้|เพลิง|ควัน|ลุก|ลาม|ช่วย|ด่วน|เจ็บ|ตาย|แก๊ส|ถัง|แปลง|ระเบิด|ไฟ(?!ดับ|ถนน|ทาง|ส่อง)|"
    r"burn|smoke|flame|help|hurt|hurry|urgent|emergency|\b(?:call|send|come|need|now|inside|spreading)\b"
)

# A fire told beside such a name, or seen, whatever else the message seems to be about.
_FIRE = re.compile(r"ไฟไหม้|เพลิงไหม้|ไหม้บ้าน|\bon fire\b|\bfire\b")
_FIRE_ALL_THE_SAME = re.compile(
    "(?:ร้าน|โรง|ห้อง|ปิด|หยุด)เพลง(?:อยู่)?ไฟไหม้|(?<!ฝัน)(?<!อยาก)เห็น(?:มี)?ไฟไหม้|"
    "^(?:ตอนนี้|เกิด|มี)?ไฟไหม้.{0,40}รถดับเพลิง(?!มาแล้ว|มาถึง|กลับ|ออก)|^(?:fire[! ]*)+$"
)

# Whose heart fails; without somebody whose it is, it only says how somebody was startled.
_HEART = re.compile(
    "(?:พ่อ|แม่|ตา|ยาย|ปู่|ย่า|ลุง|ป้า|น้า|แฟน|เมีย|สามี|ผัว|ลูก|เพื่อน|คน|คุณ)(?:ผม|หนู|เรา|ฉัน|แก|ข้างบ้าน)?(?:กำลัง|เป็น)?หัวใจ(?:วาย|หยุด)"
)

# Fear, habit, the past and its denial are no danger now.
NOT_NOW = re.compile(
    "กลัว|เกรง|เสี่ยง|เดี๋ยว|^ยังมี(?:ควัน|กลิ่น|เสียง|ฝุ่น)|เคย(?!มี.*อยู่)|บ่อย|ถ้า|หาก|เกือบ|เมื่อวาน|เมื่อคืน|เดือนก่อน|"
    "(?:อาทิตย์|สัปดาห์|วัน)ก่อน|(?:อาทิตย์|สัปดาห์|เดือน)ที่แล้ว|ปีก่อน|ปีที่แล้ว|"
    "ใน(?:หนัง|ละคร|ซีรีส์|เกม(?!เซ็นเตอร์)|ข่าว|ทีวี)|(?:ดู|อ่าน)ข่าว|ฝันว่า|"
    "ไม่มี(?:คน|ใคร|ผู้)?(?:เจ็บ|บาดเจ็บ|ได้รับบาดเจ็บ)|ไม่มีใครเป็น|ไม่มีผู้บาดเจ็บ|ขอบคุณ|"
    "เรียบร้อยแล้ว|แจ้งความแล้ว|no one (?:is )?(?:hurt|injured)|"
    "อาจ(?:จะ)?(?:พัง|ถล่ม|ตก|พลัด|ล้ม|คว่ำ)|(?:คว่ำ|ตกลงไป|พลัดตก)ได้|จะตกสะพาน|สามารถตก|"
    "รอให้(?:มี|เกิด|คนตาย|เด็กตก)|เสียก่อน|ซากรถ|(?:แมว|หมา|สุนัข).{0,10}คลอด|ไฟ.{0,12}(?<!คน)ติดอยู่(?!ใน|ข้างใน)"
)

# The first that fits is called. Codes are those of the town's owners.
_HOTLINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "fire",
        re.compile(
            "ไฟไหม|เพลิง|ไฟลุก|ไฟลาม|เปลวไฟ|ไหม้บ้าน|แก๊ส|ระเบิด|สารเคมี|แอมโมเนีย|คลอรีนรั่ว|ถล่ม|"
            "on fire|fire|burning|gas leak|explo"
        ),
    ),
    ("police", re.compile("จะโดด|กระโดด|jump")),
    (
        "mind",
        re.compile(
            "ฆ่าตัวตาย|อยากตาย|ลาตาย|ขอตาย|จดหมายลา|ไม่อยากอยู่|ไม่อยากมีชีวิต|ไม่อยากตื่น|ไม่อยากหายใจ|จบชีวิต|จากโลกนี้|กรีดแขน|"
            "kill myself|suicide|want to die"
        ),
    ),
    (
        "police",
        re.compile(
            "ยิง|ปืน|(?<!เหล็ก)(?<!ไม้)(?<!แก้ว)แทง|มีด(?!บาด)|ฟัน(?!หัก|น้ำ|ผุ|ปลอม)|ปล้น|จี้|โจร|ขโมย|งัด|ฉุด|ลักพาตัว|ซ้อม|ทำร้าย|ตีกัน|ข่มขืน|ลวนลาม|เด็กหาย|"
            "กระทืบ|ชกต่อย|(?:โดน|ถูก)(?:รุม)?(?:ตบ|ทุบ|เตะ|ตี)|ทุบตี|บีบคอ|รุม(?:ตี|เตะ|ยำ)|ตบเมีย|ตีเมีย|hitting me|"
            r"\b(?:knife|knives|gun(?:s|man|shots?)?|shot|shooting|rob(?:bed|bers?|bing|bery)?)\b|"
            "break(?:ing)? in|beating"
        ),
    ),
    (
        "ems",
        re.compile(
            "เจ็บ|เลือด|หมดสติ|สลบ|ไม่รู้สึกตัว|หายใจ|หัวใจ|ชัก|คลอด|จมน้ำ|ตกน้ำ|ตกคลอง|โดนดูด|ไฟดูด|"
            "(?<!จำ)(?<!พิ)กัด(?!เซาะ)|"
            "ตกท่อ|ขาหัก|หัวแตก|รถพยาบาล|กินยา|ดื่มยา|ยาฆ่า|ยาเบื่อ|น้ำยาล้าง|ช็อต|แน่นิ่ง|มีชีวิต|คว่ำ|เป็นลม|"
            "(?<!ชุม)(?<!ประชา)(?<!เอก)(?<!เยาว)ชน(?!บท|ิด|ะ)|"
            "bleed|unconscious|injur|ambulance|drown|breath|"
            r"accident|chest pain|\bbit(?:ten)?\b"
        ),
    ),
    ("pea", re.compile("สายไฟ|เสาไฟ|หม้อแปลง|ไฟรั่ว|ไฟช็อต|ประกายไฟ|wire|electric|transformer")),
    ("fire", re.compile(r"ลิฟ|ติดอยู่(?:ข้าง)?ใน|elevator|\blift\b")),
    ("ems", re.compile(r"^(?!.*\b(?:tree|branch|pole|sign)\b).*\b(?:fell|fall(?:en)?)\b")),
)
_BY_CATEGORY = {
    "cables": "pea",
    "safety": "police",
    "traffic": "ems",
    "transport": "ems",
    "welfare": "ems",
    "animals": "ems",
    "road": "ems",
    "sidewalk": "ems",
    "drainage": "ems",
    "flooding": "ddpm",
    "trees": "fire",
    "air": "fire",
}


def has_fallen(text: str) -> bool:
    """Whether something that kills has come down, told as a fact of now. Expects a reading's text."""
    return bool(FALLEN.search(text)) and not _BEFORE.search(text)


def is_plain(text: str) -> bool:
    """Whether a danger is told that needs no learnt judgement, as a fact of now. Expects a reading's text."""
    return bool(_PLAIN.search(text)) and not _OTHER_TIMES.search(text) and not is_taken_back(text)


def asks_for_power(text: str) -> bool:
    """Whether somebody only asks if the electricity is on. Expects a reading's text."""
    return bool(_ASKS_FOR_POWER.search(text)) and not DANGER_WORDS.search(text)


def is_only_named(text: str) -> bool:
    """Whether something is only called like a danger, or a light is looked for. Expects a reading's text."""
    if _ASKS_FOR_LIGHT.search(text):
        return True
    rest, named = _ONLY_NAMED.subn(" ", text)
    return bool(named) and not DANGER_WORDS.search(rest) and not _STILL.search(rest)


def tells_of_fire(text: str) -> bool:
    """Whether a fire is told beside what only is called like one, or is seen now. Expects a reading's text."""
    rest, named = _ONLY_NAMED.subn(" ", text)
    is_told = (named and _FIRE.search(rest)) or _FIRE_ALL_THE_SAME.search(text)
    return bool(is_told) and not is_taken_back(text)


def tells_of_a_heart(text: str) -> bool:
    """Whether somebody's heart fails now. Expects a reading's text; who laughs is in no earnest."""
    return bool(_HEART.search(text)) and not is_taken_back(text)


def wants_to_die(text: str) -> bool:
    """Whether somebody says that they do not want to live. Expects a reading's text; who laughs is in no earnest."""
    return bool(_WANTS_TO_DIE.search(text))


def laughs_it_off(text: str) -> bool:
    """Whether a laughing message says it would rather die, and nothing in earnest. Expects a reading's text."""
    rest, wished = _DEATH_WISH.subn(" ", text)
    return bool(wished) and not DANGER_WORDS.search(rest) and not _EARNEST.search(rest)


def is_taken_back(text: str) -> bool:
    """Whether the text speaks of fear, habit, the past, or says that nobody is hurt."""
    return bool(NOT_NOW.search(text))


def hotline_for(text: str, category: str) -> str:
    """The owner to call first: by what is said, else by the category of the problem."""
    for owner, words in _HOTLINES:
        if words.search(text):
            return owner
    return _BY_CATEGORY.get(category, "police")
