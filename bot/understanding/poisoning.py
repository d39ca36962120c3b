"""Somebody has swallowed far too many tablets, or smells gas and feels it.

Too few have been written to be learnt from; and who writes so is often afraid, which is no denial of it.
"""

import re

# Numbers are masked in a reading: two signs are ten and more.
_MANY = "(?:#{2,}(?:กว่า)?|(?:หลาย|ยี่|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|เป็น)?สิบ(?:กว่า)?|ร้อย)"
_DRUG = "(?:ยา(?!ง|ย|ว|ม(?!า)|สีฟัน|เส้น|คุม|ดอง|คูลท์)|พารา|ไทลินอล|ไทลีนอล|ซาร่า)"
_TOOK = r"\b(?:took|taken|swallowed|ate)\b"
_PILLS = r"(?:pills?|tablets?|capsules?|paracetamols?|panadols?|tylenols?)\b"
_TOO_MUCH = re.compile(
    f"(?:กิน|ทาน|แดก|กลืน|ซัด|กรอก)[^#]{{0,6}}{_DRUG}[^#]{{0,25}}?"
    f"(?:{_MANY} ?เม็ด|ทั้ง ?(?:แผง|ขวด|กระปุก|กำ)|(?:สอง|สาม|สี่|ห้า|หลาย) ?(?:แผง|ขวด|กระปุก))|"
    f"(?:กิน|ทาน|แดก|กลืน|ซัด)(?:ไป|เข้าไป)? ?{_MANY} ?เม็ด[^#]{{0,6}}{_DRUG}|"
    rf"{_TOOK}[a-z ]{{0,24}}(?:#{{2,}}|twenty|thirty|forty|fifty|hundred) ?(?:[a-z]+ ){{0,2}}{_PILLS}|"
    rf"{_TOOK}[a-z ]{{0,16}}\bwhole (?:bottle|pack|packet|box|strip) of [a-z ]{{0,16}}{_PILLS}|"
    r"\b(?:i|she|he|friend|mother|father|son|daughter)(?: has| have|['’]s|['’]ve)?(?: just)? overdosed\b"
)
# What is taken day by day, was prescribed, is only supposed, or was taken by nobody.
_AS_USUAL = re.compile(
    "วันละ|ต่อวัน|ครั้งละ|ต่อครั้ง|ทุก(?:วัน|มื้อ|เช้า|คืน)|ครบ|(?:เดือน|อาทิตย์|สัปดาห์|ปี)(?:นี้|ที่แล้ว|ละ|ก่อน)|"
    "(?:หมอ|แพทย์|เภสัช(?:กร)?)(?:ก็)?(?:ให้|สั่ง|จ่าย|บอกให้)|วิตามิน|อาหารเสริม|"
    "(?:ไม่ได้|ไม่เคย|เคย|อย่า|ห้าม|ไม่ควร|ถ้า|หาก|ฝันว่า|หมา|แมว|สุนัข)(?:มี(?:คน|ใคร))?(?:กิน|ทาน|กลืน)|"
    "ใน(?:หนัง|ละคร|ซีรีส์|ข่าว|เกม)|"
    r"\b(?:a day|per day|daily|every (?:day|night|morning)|prescribed|doctor (?:gave|told|said)|vitamins?|if|never|"
    r"did not|didn['’]?t|(?:last|this|past) (?:week|month|year)|(?:weeks?|months?|years?) ago|dog|cat)\b"
)

_GAS = r"\b(?:gas (?:smells?|odou?r|fumes)|smells?(?: \w+){0,3} gas|smelling gas|smell of(?: \w+)? gas)\b"
_FEELS_IT = (
    r"\b(?:dizz\w*|faint\w*|light ?headed|nause\w*|vomit\w*|headaches?|passed out|feel(?:s|ing)? (?:sick|ill)|"
    r"(?:can(?:not|['’]?t)|hard to|difficult to|trouble) breath\w*)\b"
)
_GAS_TH = "(?:กลิ่น|ดม|สูด)(?:ของ)?(?:แก[๊้็]?ส|ก๊าซ)"
_FEELS_IT_TH = (
    "(?:เวียน|มึน|ปวด)(?:หัว|ศีรษะ)|มึนไปหมด|หน้ามืด|ตาลาย|คลื่นไส้|อาเจียน|อ้วก|จะเป็นลม|จะวูบ|"
    "หายใจ(?:ไม่(?:ออก|ทัน|สะดวก|ค่อย)|ลำบาก)"
)
_FELT = re.compile(
    f"{_GAS}.{{0,60}}?{_FEELS_IT}|{_FEELS_IT}.{{0,60}}?{_GAS}|"
    f"{_GAS_TH}.{{0,60}}?(?:{_FEELS_IT_TH})|(?:{_FEELS_IT_TH}).{{0,60}}?{_GAS_TH}"
)
# No gas, another one, or another time.
_NO_GAS = re.compile(
    r"\b(?:no|not|without|isn['’]?t|nobody|never)(?: \w+){0,2} (?:gas|smell\w*|dizz\w*|sick|faint)\b|"
    r"\b(?:garbage|trash|rubbish|sew(?:er|age)|drain|exhaust|biogas|tear) ?(?:gas|smell)|"
    r"\b(?:from|of) (?:\w+ ){0,2}(?:garbage|trash|rubbish|sew(?:er|age)|drains?|exhaust)\b|"
    r"\b(?:yesterday|(?:days?|weeks?|months?|years?) ago|last (?:night|week|month|year)|used to|sometimes|often|"
    r"every (?:day|night|morning|evening)|if|gone)\b|"
    "(?:ไม่|บ่)(?:มี|ได้|เห็นมี)?กลิ่น|(?:กลิ่น|แก[๊้็]?ส|เวียนหัว)(?:ก็)?หาย|แก[๊้็]?ส(?:จาก|ของ)?(?:กอง|บ่อ|ถัง)?(?:ขยะ|ท่อ|ส้วม|น้ำเสีย)|"
    "เมื่อวาน|เมื่อคืน|เคย(?:ได้)?กลิ่น|(?:ถ้า|หาก)(?:ได้|มี|เจอ)|บ่อย|ทุก(?:วัน|คืน|เช้า|เย็น)|ประจำ"
)


def has_swallowed_too_much(text: str) -> bool:
    """Whether somebody has swallowed ten tablets or more. Expects a reading's text."""
    return bool(_TOO_MUCH.search(text)) and not _AS_USUAL.search(text)


def breathes_gas(text: str) -> bool:
    """Whether it smells of gas and somebody feels it. Expects a reading's text."""
    return bool(_FELT.search(text)) and not _NO_GAS.search(text)


def is_poisoning(text: str) -> bool:
    """Whether it is one of the two. Expects a reading's text."""
    return has_swallowed_too_much(text) or breathes_gas(text)
