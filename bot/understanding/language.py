"""Which language a message is in, by its script; and a keyboard left in the wrong one."""

import re

from bot.thai import normalise, typed_in_english_layout, typed_in_thai_layout, words

LANGUAGES = ("th", "en", "my", "lo", "km", "other")

_SCRIPTS = {
    "th": re.compile("[\u0e01-\u0e4e]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
    "my": re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]"),
    "km": re.compile("[\u1780-\u17ff\u19e0-\u19ff]"),
    "en": re.compile("[A-Za-z]"),
}
_LETTER_OF_ANOTHER_SCRIPT = re.compile(r"[^\W\d_A-Za-z\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_PLAIN = ("th", "en")
_NEITHER_THAI_NOR_LATIN = re.compile("[^\x00-\x7f\u0e00-\u0e7f]")
_LATIN_WORD = re.compile(r"[a-z]+")
_PLAIN_KEYS = re.compile(r"[\x20-\x7e]+")

# What English reports and greetings are made of; enough to tell English from keys pressed at random.
_ENGLISH = """
a about after afternoon again all am an and any are ask at bad be because been before big bin black blocked
broken brown bus but by call can cancel cannot cant car cars cat city clean come condo could dark day days
dead dirty do dog dogs done dont drain electric evening every fire fix flood flooded for from fuck garbage get
go good got have he hello help hey hi home hot house how human i in is it its job just know last late leak
light lights live long loud low many me morning my near need night no noise not now of off office officer ok
old on one open or our out park parking person phone pipe please pole police problem queue rain red report
road rubbish see send she shit smell smoke so soi some someone speak status still stop street stupid talk
thank thanks that the there they thing this time to today too traffic trash tree up update us very wait want
was water we week what when where which who why will wire with work yellow yes yesterday you your
"""
_COMMON_ENGLISH = frozenset(_ENGLISH.split())

# A Latin word costs a Thai reader more letters than a Thai word; a few English words ("tap", "RS-…")
# in a Thai sentence do not make it English.
_THAI_OUTWEIGHS_LATIN = 3


def language_of(text: str) -> str:
    """One of LANGUAGES: by the script most letters are in; a message without letters is Thai."""
    plain = _NEITHER_THAI_NOR_LATIN.search(text) is None
    counts = {code: len(pattern.findall(text)) for code, pattern in _SCRIPTS.items() if not plain or code in _PLAIN}
    counts["th"] *= _THAI_OUTWEIGHS_LATIN
    if not plain:
        counts["other"] = len(_LETTER_OF_ANOTHER_SCRIPT.findall(text))
    likeliest = max(counts, key=lambda code: counts[code])
    return likeliest if counts[likeliest] else "th"


def with_the_right_keyboard(text: str) -> str:
    """The text as meant, when it was plainly typed with the keyboard in the other language.

    "l;ylfu" becomes สวัสดี, "้ำสสน" becomes hello; anything that reads as it stands is left alone.
    Expects text as typed: capital letters and doubled marks are other keys in the other layout.
    """
    stripped = text.strip()
    if not 3 <= len(stripped) <= 300:
        return text
    if _PLAIN_KEYS.fullmatch(stripped):
        meant = normalise(typed_in_english_layout(stripped))
        return meant if _is_thai(meant) and not _is_english(stripped) else text
    if _SCRIPTS["th"].search(stripped) and not _SCRIPTS["en"].search(stripped):
        meant = typed_in_thai_layout(stripped)
        if _PLAIN_KEYS.fullmatch(meant) and _is_english(meant) and not _is_thai(normalise(stripped)):
            return meant
    return text


def _is_thai(text: str) -> bool:
    """Whether nearly all of it is words of the dictionary, of two letters and more."""
    found = words(text)
    letters = sum(len(_SCRIPTS["th"].findall(word)) for word in found)
    if letters < 3:
        return False
    known = sum(len(word) for word in found if len(word) > 1 and _known(word))
    return known >= 0.8 * len(text.replace(" ", ""))


def _known(word: str) -> bool:
    # newmm returns the longest piece it knows; what it does not know comes out as one unknown lump.
    return word in _dictionary()


def _dictionary() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    words_of_the_dictionary: frozenset[str] = thai_words()
    return words_of_the_dictionary


def _is_english(text: str) -> bool:
    """Whether at least half of the letters stand in words an English report would use."""
    found = _LATIN_WORD.findall(text.lower())
    letters = sum(map(len, found))
    known = sum(len(word) for word in found if word in _COMMON_ENGLISH)
    return letters > 0 and 2 * known >= letters
