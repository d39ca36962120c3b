"""LINE's two ways of counting, and how a text is made to fit without tearing a letter.

Texts are counted in UTF-16 units (an emoji is two); labels in grapheme
clusters, where Thai vowel and tone marks do not count ("กี่" is one). Nothing
here raises for any text: what does not fit ends in "…".
"""

from __future__ import annotations

import re
import unicodedata

import regex

TEXT_UNITS = 5_000  # a text message
MORE = "…"
#: A grapheme may carry any number of marks; nobody's words do, so a cut also holds the units to this many each.
UNITS_A_GRAPHEME = 4

_CLUSTER = regex.compile(r"\X")
_VISIBLE = regex.compile(r"[^\p{White_Space}\p{C}\p{Z}]")
#: Control codes but tab and line break, and lone surrogates: hardly any text has one.
_UNCARRIED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAK = regex.compile(r"\n|\s")


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def graphemes(text: str) -> int:
    """The length in grapheme clusters."""
    return sum(1 for _ in _CLUSTER.finditer(text))


def clean(text: str) -> str:
    """The text without what LINE or JSON cannot carry: lone surrogates, NUL and other control codes."""
    if _UNCARRIED.search(text) is None:
        return text.strip()
    kept = []
    for letter in text.replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(letter)
        if category == "Cs":
            kept.append("\ufffd")
        elif category != "Cc" or letter in "\n\t":
            kept.append(letter)
    return "".join(kept).strip()


def is_visible(text: str) -> bool:
    """Whether there is anything to see; LINE refuses a text of nothing but spaces."""
    return _VISIBLE.search(text) is not None


def visible(text: str) -> str:
    """The clean text, or "…" where there is nothing to see."""
    cleaned = clean(text)
    return cleaned if is_visible(cleaned) else MORE


def cut(text: str, limit: int, *, most_units: int | None = None) -> str:
    """The first `limit` graphemes of the clean text; "…" is the last of them where something is missing."""
    most_units = limit * UNITS_A_GRAPHEME if most_units is None else most_units
    cleaned = clean(text)
    if len(cleaned) <= limit and units(cleaned) <= most_units:
        return cleaned
    kept: list[str] = []
    used = 0
    for count, match in enumerate(_CLUSTER.finditer(cleaned), start=1):
        used += units(match[0])
        if count > limit or used > most_units:
            return _ended(kept[: limit - 1], most_units)
        kept.append(match[0])
    return cleaned


def _ended(kept: list[str], most_units: int) -> str:
    """These graphemes and "…", within so many units."""
    used = sum(units(one) for one in kept)
    while kept and used > most_units - units(MORE):
        used -= units(kept.pop())
    return "".join(kept).rstrip() + MORE


def cut_units(text: str, most: int) -> str:
    """The clean text within `most` UTF-16 units, cut at a grapheme."""
    return cut(text, most, most_units=most)


def split(text: str, parts: int, most: int = TEXT_UNITS) -> list[str]:
    """The text as at most `parts` pieces of at most `most` units, cut at a line or a space where one is near."""
    left = visible(text)
    pieces: list[str] = []
    while units(left) > most and len(pieces) < parts - 1:
        end = _fitting(left, most)
        near = [match.start() for match in _BREAK.finditer(left, end * 3 // 4, end)]
        end = near[-1] if near else end
        pieces.append(visible(left[:end]))
        left = clean(left[end:])
    if is_visible(left) or not pieces:
        pieces.append(cut_units(visible(left), most))
    return pieces


def _fitting(text: str, most: int) -> int:
    """How many characters of the text fit into `most` units, ending at a grapheme if one ends there at all."""
    end = used = 0
    for match in _CLUSTER.finditer(text):
        used += units(match[0])
        if used > most:
            break
        end = match.end()
    # a single grapheme larger than a message is nobody's word: tear it
    return end or most // 2
