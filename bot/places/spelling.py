"""One spelling for a place's name however it is typed: what is compared, never what is shown.

ซ.รังสิต-นครนายก ๔๖, ซอย รังสิตนครนายก 46 and ซอยรังสิตนครนายก46 have the same skeleton.
"""

from __future__ import annotations

from collections.abc import Callable

import regex

from bot.thai import normalise

_NUMBERS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_DIGIT_OF = {word: number for number, word in enumerate(_NUMBERS, 1)} | {"เอ็ด": 1, "ยี่": 2, "": 0}
#: The word ends there and begins no other: สามัคคี, ห้ามจอด and เก้าอี้ are no numbers, but ห้ามืด is five, and dark.
_ENDS = "(?![ะ-ฺ็-๎])"
_NO_NUMBER = {
    "สอง": "(?!พี่น้อง|ข้าง|ฝั่ง)",
    "สาม": "(?!วา|โคก|แยก|พราน|พี่น้อง)",
    "สี่": "(?!แยก)",
    "ห้า": f"(?![มงว]{_ENDS})",
    "หก": "(?!ล้ม)",
    "แปด": "(?!ริ้ว)",
    "เก้า": "(?!อี้)",
}
_ONE = "|".join(f"{word}{_ENDS}{_NO_NUMBER.get(word, '')}" for word in _NUMBERS)
#: สิบ, สี่สิบหก, ร้อยยี่สิบเอ็ด: a number of more than one digit, as it is spoken. ร้อยเอ็ด alone is a province.
_ONES = rf"(?P<ones>{_ONE}|เอ็ด)?"
_TENS = rf"(?P<tens>{_ONE}|ยี่)?(?P<ten>สิบ)"
_HUNDREDS = rf"(?P<hundreds>{_ONE})?(?P<hundred>ร้อย)(?=(?:{_ONE}|ยี่)?สิบ|{_ONE}|(?<=(?:{_ONE})ร้อย))"
_SPOKEN = regex.compile(rf"{_HUNDREDS}(?:{_TENS})?{_ONES}|{_TENS}{_ONES}")


def _as_digit(match: regex.Match[str]) -> str:
    return f"{match[1]}{_DIGIT_OF[match[2]]}"


def _as_number(match: regex.Match[str]) -> str:
    hundreds = (_DIGIT_OF[match["hundreds"] or ""] or 1) * bool(match["hundred"])
    tens = (_DIGIT_OF[match["tens"] or ""] or 1) * bool(match["ten"])
    return str(100 * hundreds + 10 * tens + _DIGIT_OF[match["ones"] or ""])


#: What people shorten, written out; the word for a village says nothing that its name does not say.
_WRITTEN_OUT: tuple[tuple[regex.Pattern[str], str | Callable[[regex.Match[str]], str]], ...] = (
    (regex.compile(r"(?<![ก-๎])ซ\s?\.\s?|(?<![ก-๎])ซ\s?(?=\d)"), "ซอย"),
    (regex.compile(r"(?<![ก-๎])ถ\s?\.\s?"), "ถนน"),
    (regex.compile(r"(?<![ก-๎])ร\s?พ\s?\.\s?|(?<![ก-๎])รพ\s"), "โรงพยาบาล"),
    (regex.compile(r"(?<![ก-๎])ร\s?ร\s?\.\s?|(?<![ก-๎])รร\s"), "โรงเรียน"),
    (regex.compile(r"(?<![ก-๎])ส\s?ภ\s?\.\s?|(?<![ก-๎])สภ\s"), "สถานีตำรวจภูธร"),
    (regex.compile(r"ก\s?ม\s?\.|(?:หลัก)?กิโล(?:เมตร)?(?:ที่)?"), "กม"),
    (regex.compile(r"(?<![ก-๎])(?:ม|ห?มบ)\s?\.\s?|หมู่บ้าน"), ""),
    (regex.compile(r"\b(?:klong|klhong)\b"), "khlong"),
    (regex.compile(r"\bsoi\b"), "ซอย"),
    (_SPOKEN, _as_number),
    (regex.compile(rf"((?:คลอง(?:ซอย)?|ซอย)(?:ที่)?)\s?({_ONE})"), _as_digit),
)
_SILENT = regex.compile("[ก-ฮ][ุิ]?์")
_TONES = regex.compile("[่-๋็ๆ]")
_SOUNDS = str.maketrans("ณศษฏฎฐฑฒธภฆญฬใ", "นสสตดถทททพคยลไ")
_APART = regex.compile(r"(?<=\d)[^0-9a-zก-๎/]+(?=\d)|(?<=[a-z])[^0-9a-zก-๎/]+(?=[a-z])")
_NO_LETTER = regex.compile(r"[^0-9a-zก-๎/_]+")


def skeleton(text: str) -> str:
    """The text as names are compared: shortenings written out, letters of one sound as one, no blanks.

    Numbers, and Latin words, that stood apart stay apart, with _ between them.
    """
    text = normalise(text)
    for pattern, written in _WRITTEN_OUT:
        text = pattern.sub(written, text)
    text = _TONES.sub("", _SILENT.sub("", text)).translate(_SOUNDS)
    return str(_NO_LETTER.sub("", _APART.sub("_", text)))


#: A house's number: after the word for it, or as it stands in an address. A soi's number is none.
_NUMBER = r"[\d๐-๙]{1,5}\s?/\s?[\d๐-๙]{1,5}(?![\d๐-๙/])"
_HOUSE = regex.compile(
    r"(?:บ้าน\s?เลข\s?ที่|เลข\s?ที่(?:\s?บ้าน)?|บ้าน\s?เลข|บลท\.?|house\s+(?:no\.?|number)?)\s*[\d๐-๙]+(?:\s?[/\-]\s?[\d๐-๙]+)*"
    rf"|(?:^|(?<=[\n,])|(?<=บ้าน|ที่|อยู่|[\d๐-๙])\s)\s*{_NUMBER}"
    rf"|(?<![\d๐-๙/]){_NUMBER}(?=\s*(?:ม\.|หมู่|มบ|ซอย|ซ\.|ถนน|ถ\.|soi|moo|village))",
    regex.IGNORECASE | regex.MULTILINE,
)


def without_house_number(text: str) -> str:
    """The words without the number of anybody's house, so that they may be compared with other people's."""
    return " ".join(_HOUSE.sub(" ", text).split())
