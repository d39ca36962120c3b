"""One spelling for what looks the same on a screen."""

import re
import unicodedata

# Tone marks and thanthakhat stand above; vowels and nikhahit above or below a consonant.
_TONES = "\u0e48-\u0e4b"
_VOWEL_MARKS = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]"
)
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ue000-\uf8ff]+")
_SPACES = re.compile(r"\s+")
_SPLIT_AM = re.compile(f"\u0e4d([{_TONES}]*)\u0e32")
_TONE_AFTER_AM = re.compile(f"\u0e33([{_TONES}]+)")
_TONE_AFTER_A = re.compile(f"([\u0e01-\u0e2e])\u0e32([{_TONES}]+)")
_TONE_BEFORE_VOWEL = re.compile(f"([{_TONES}\u0e4c]+)([{_VOWEL_MARKS}]+)")
_SAME_MARK_AGAIN = re.compile(f"([{_MARKS}])\\1+")
_TWO_TONES = re.compile(f"([{_TONES}])[{_TONES}]+")
_MARK_WITHOUT_LETTER = re.compile(f"(?<![\u0e01-\u0e2e{_MARKS}])[{_MARKS}]+")
_STRETCHED_THAI = re.compile("([\u0e01-\u0e2e\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e2f])\\1{2,}")
_TWICE_AT_THE_END = re.compile(
    "([\u0e01-\u0e18\u0e1a-\u0e22\u0e24-\u0e2e\u0e30\u0e32\u0e33\u0e46])\\1(?![\u0e00-\u0e7f])"
)
_VOWEL_TWICE = re.compile("([\u0e30\u0e32\u0e33\u0e41-\u0e46])\\1+")
_STRETCHED_LATIN = re.compile(r"([a-z])\1{2,}")
_STRETCHED_SIGN = re.compile(r"([^\w\s\u0e00-\u0e7f])\1{2,}")
_LAUGHTER = re.compile(r"5{4,}\+*|5{3}\++")
_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}


def normalise(text: str) -> str:
    """The same words in one spelling: for reading and comparing, not for showing.

    Puts marks into dictionary order, drops doubled and orphaned ones, joins split vowels (เเ, ํ+า),
    shortens stretched letters, turns Thai digits into Arabic ones, Latin letters into small ones,
    and every kind of space, control or invisible character into one space or nothing. Never fails;
    doing it twice changes nothing more.
    """
    before = None
    for _ in range(3):
        if text == before:
            break
        before = text
        text = _once(text)
    return text


def _once(text: str) -> str:
    text = _UNSPEAKABLE.sub(" ", text)
    text = unicodedata.normalize("NFKC", text).lower().translate(_THAI_DIGITS)
    text = _INVISIBLE.sub("", text)
    text = text.replace("\u0e40\u0e40", "\u0e41")
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    text = _SPLIT_AM.sub("\\1\u0e33", text)
    text = _TONE_AFTER_AM.sub("\\1\u0e33", text)
    text = _TONE_AFTER_A.sub("\\1\\2\u0e32", text)
    text = _SAME_MARK_AGAIN.sub(r"\1", text)
    text = _TWO_TONES.sub(r"\1", text)
    text = _MARK_WITHOUT_LETTER.sub("", text)
    text = _STRETCHED_THAI.sub(r"\1", text)
    text = _VOWEL_TWICE.sub(r"\1", text)
    text = _TWICE_AT_THE_END.sub(r"\1", text)
    text = _STRETCHED_LATIN.sub(r"\1\1", text)
    text = _STRETCHED_SIGN.sub(r"\1", text)
    text = _LAUGHTER.sub("555", text)
    return _SPACES.sub(" ", text).strip()
