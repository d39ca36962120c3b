"""What somebody typed, as labels and short answers are compared."""

from __future__ import annotations

import re

from bot.thai import normalise

#: What people put around a word that they were asked to type, and what makes it polite.
_AROUND = " .,!?\"'“”‘’()[]"
_POLITE = ("ครับผม", "ครับ", "คับ", "ค่ะ", "คะ", "จ้า", "จ้ะ", "นะ")
#: A Thai telephone number, however it is grouped.
_TELEPHONE = re.compile(r"(?<!\d)(?:\+66|0)[ -]?\d(?:[ -]?\d){7,8}(?!\d)")
#: Nobody types longer labels.
_LONGEST = 80


def tells_a_telephone(text: str) -> bool:
    """Whether a telephone number is given: โทรกลับ 081-234-5678 is no mere wish to talk."""
    return _TELEPHONE.search(normalise(text)) is not None


def plain(text: str) -> str:
    """One spelling, without politeness and quotation marks; "" where it is too long for a label."""
    if len(text) > _LONGEST:
        return ""
    words = normalise(text).strip(_AROUND)
    for ending_word in _POLITE:
        if words.endswith(ending_word) and words != ending_word:
            words = words.removesuffix(ending_word).rstrip(_AROUND)
            break
    return words
