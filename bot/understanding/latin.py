"""Latin letters as they were meant: Thai spelt with them, and English words with one letter wrong."""

import re
from collections.abc import Iterator

_NO_LATIN_ALONE = re.compile("[^\x00-\x7f]")
_WORD = re.compile("[a-z]+")

# Thai words, each with the ways people spell it; where one spelling means two words, the likelier one in a report.
_SPELT = """
น้ำ nam naam nahm|ประปา prapa prapha|แดง daeng deang dang|เหลือง lueang leuang lueng|ดำ dam|ไหล lai|ไม่ mai may|มา ma maa|
เก็บ kep keb gep geb|ขยะ kaya khaya kayah|เหม็น men mhen|ท่วม tuam thuam tuem|ถนน tanon thanon|ไฟ fai|ดับ dap dub dab|
เสีย sia sear siah|ติด tid dtid|รถ rot rod|จอด jot jod jord chot|ขวาง kwang khwang|ซอย soi soy|บ้าน ban baan bann|
หน้า naa|นะ na|กัด kat gad kad|หลุม lum loom|ท่อ tor toh|ตัน tan|แตก taek daek|คลอง klong khlong|สาย sai|ห้อย hoi|ขาด khat|
เสียง siang seang|ดัง dung|มาก mak maak|แล้ว laew leaw leo laeo lew|วัน wan|ครับ krub krap krab khrap khrub kub krup|
ค่ะ ka kha kaa khaa|ที่ tee thi ti|ทุก tuk took thuk|เดือน duean deuan|อาทิตย์ athit artit|
ขอบคุณ khopkhun kobkun kopkun kobkhun khobkhun|ขอบ khop kop khob kob|คุณ khun kun|
สวัสดี sawasdee sawatdee sawaddee sawatdi sawasdi swasdee|เมื่อไหร่ muarai meurai muerai|เรื่อง ruang rueang reuang|
แจ้ง jaeng chaeng|ถึง tueng thueng tung|ไหน nai|ยัง yang|ใคร krai khrai|ซ่อม som sorm|มืด mued muet meud|ฝุ่น foon|
ควัน kwan khwan|เผา pao phao|ยุง yung|งู ngoo ngu|เยอะ yer yoe yuh|ตาย tai dtai|คน kon khon|เจ็บ jep jeb chep|ชน chon|
ต้นไม้ tonmai|ต้น ton|ล้ม lom|สะพาน sapan saphan|ตลาด talad talat|โรงเรียน rongrian rongrien|ตำรวจ tamruat|
เทศบาล tessaban tesaban thetsaban|ช่วย chuay chuai|ด้วย duay duai|หน่อย noi noy|ได้ dai|อยู่ yoo yu|ตรง trong|มี mee mi|
ทาง tang thang|เท้า tao|กลิ่น klin glin|ล้น lon|พัง pang phang|ฝา fa|เปิด perd poed|ปิด pit pid|ยกเลิก yoklerk yokloek|
กี่ kee ki|โมง mong|ที่ไหน teenai thinai|อะไร arai|ทำไม tammai thammai|นาน nan|รอ ror|ใหญ่ yai|สี see si|อาบ arb aab|
คัน kan khan|ข้าง kang khang|หมู่บ้าน mooban muban|เพลง pleng phleng|หมา mha mah|แมว maew meow|เจ้าหน้าที่ jaonatee chaonathi
"""
_IN_THAI = {
    latin: thai for entry in _SPELT.replace("\n", "").split("|") for thai, *ways in (entry.split(),) for latin in ways
}
_PHRASES = (
    (re.compile(r"\bfai mai(?= (?:baan?n?|rot|raan|tuek|laew|leaw|leo|soi|lew)\b|$)"), "ไฟไหม้"),
    (re.compile(r"\bs(?:ia|ea)ng dang\b"), "เสียงดัง"),
    (re.compile(r"\btang (?:kaya|khaya)\b"), "ถังขยะ"),
    (re.compile(r"\btang tao\b"), "ทางเท้า"),
    (re.compile(r"\bton mai\b"), "ต้นไม้"),
)
# English words that are spelt like Thai ones: alone they prove nothing.
_ALSO = "men may fun see son tan ban dam dab pit rot rod lung pang van nan ton lens gad kit fa yoo si"
_ALSO_ENGLISH = frozenset(_ALSO.split())

# What English reports turn on, long enough for a wrong letter to leave them recognisable.
_ENGLISH = """
water garbage rubbish trash collect collected street light streetlight broken flood flooded flooding traffic
signal parking parked blocked blocking manhole cover drain clogged smell smelly canal sidewalk footpath pothole
bridge cable electric electricity power outage branch smoke burning noise noisy music neighbor neighbour
mosquito mosquitoes snake stray barking crime drugs drug playground toilet public elderly hospital officer office
staff report status update cancel thanks thank please hello dirty yellow brown cloudy leaking pressure working dangerous
accident ambulance bleeding unconscious people house child children motorbike motorcycle construction question
"""
_MEANT = frozenset(_ENGLISH.split())
# Right as they are, though they differ from the above as a slip does.
_OTHERS = """
backing baking banking barging baring barring basking blending bride bridle brunch burping burying constriction
floored flooring garage leading leafing leaning leaping leasing leaving outrage packed packing pared paring
parsed parsing parted parting powder repost resort retort states stats statues thinks thunks waiter waster
wording
"""
_RIGHT = frozenset(_OTHERS.split())
_SHORT_SLIPS = {"durty": "dirty", "watr": "water", "smel": "smell", "flod": "flood"}  # too short to be guessed
_LONG = 6  # letters, of what was typed or meant: shorter words have too many neighbours that are right themselves


def as_meant(text: str) -> str:
    """The text with Thai words in Thai letters where it is Thai, or with its English put right; else as it is.

    Only what holds nothing but ASCII is looked at; small letters come back where anything was changed.
    """
    if _NO_LATIN_ALONE.search(text):
        return text
    small = text.lower()
    found = _WORD.findall(small)
    if not found:
        return text
    if _is_thai_in_latin(found):
        for pattern, thai in _PHRASES:
            small = pattern.sub(thai, small)
        return _WORD.sub(lambda word: _IN_THAI.get(word[0], word[0]), small)
    meant = _WORD.sub(lambda word: _nearest(word[0]), small)
    return text if meant == small else meant


def _is_thai_in_latin(found: list[str]) -> bool:
    """Whether most words are Thai ones, and two or more of them cannot be English (of one or two words: all are)."""
    thai = [word for word in found if word in _IN_THAI]
    proofs = [word for word in thai if word not in _ALSO_ENGLISH]
    return len(proofs) >= min(2, len(found)) and 2 * len(thai) > len(found)


def _nearest(word: str) -> str:
    """The word of a report that was meant, where only a slip lies between; else the word itself."""
    if word in _SHORT_SLIPS:
        return _SHORT_SLIPS[word]
    if len(word) < 5 or word in _MEANT or word in _RIGHT or word.rstrip("s") in _MEANT:
        return word
    near = (meant for piece in _with_one_letter_less(word) for meant in _NEAR.get(piece, ()))
    return next((meant for meant in near if _is_a_slip(word, meant)), word)


def _is_a_slip(word: str, meant: str) -> bool:
    """Whether two neighbours changed places, or one letter inside a long word is wrong, too many or too few."""
    pairs = list(zip(word, meant, strict=False))
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), len(pairs))
    typed, right = word[same:], meant[same:]
    if same and len(typed) == len(right) and typed[:2] == right[1::-1] and typed[2:] == right[2:]:
        return True
    if same < 2 or max(len(word), len(meant)) < _LONG or word[-1] != meant[-1]:
        return False
    return typed[1:] in (right, right[1:]) or typed == right[1:]


def _with_one_letter_less(word: str) -> Iterator[str]:
    yield word
    yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


_NEAR: dict[str, list[str]] = {}
for _meant in sorted(_MEANT):
    for _piece in _with_one_letter_less(_meant):
        _NEAR.setdefault(_piece, []).append(_meant)
