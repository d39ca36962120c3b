"""How alike are two reports of one kind, close to each other? Their words and their photos, as numbers.

Words are compared by the threes of letters they share, the rare ones counting most: that bears typing errors,
missing spaces and two ways of spelling. How rare a three is was learnt from public reports
(`learn`, `flask nearby learn`); only counts are kept, no three and no sentence.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.thai import normalise

#: Threes are counted in so many buckets; two that share one are rare enough not to matter.
BUCKETS = 1 << 14
_RARITY = Path(__file__).with_name("rarity.npy")
#: Stored in sixteenths, so that a byte is enough.
_STEPS = 16
#: Letters of a report that are compared: what is wrong and where is said first.
_LETTERS = 400
_NO_LETTERS = re.compile(r"[^\w\u0e31-\u0e4e]|_")
#: What makes a report polite says nothing of what it is about.
_POLITE = re.compile(
    "ขอบคุณ(?:มาก|ล่วงหน้า)*|ขอความ(?:กรุณา|อนุเคราะห์)|รบกวน|กรุณา|สวัสดี|หน่อย|ด้วย|(?:นะ)?(?:ครับผม|ครับ|คับ|ค่ะ|คะ|จ้า)|"
    r"\b(?:please|thanks|thank you|hello|hi)\b"
)
#: Bits in which the fingerprints of two photos of one thing may differ, of 64.
PHOTO_BITS = 8

Grams = Mapping[int, float]


def grams_of(text: str) -> Grams:
    """The threes of a text with their weights, of length 1 together; empty for less than three letters."""
    buckets = _buckets(text)
    rarity = _rarity()
    weights = {bucket: float(rarity[bucket]) / _STEPS for bucket in buckets}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {bucket: weight / length for bucket, weight in weights.items()} if length else {}


def likeness(some: Grams, other: Grams) -> float:
    """How much two texts have in common: 0 nothing, 1 everything (the cosine)."""
    if len(some) > len(other):
        some, other = other, some
    return sum(weight * other.get(bucket, 0.0) for bucket, weight in some.items())


def are_same_photo(some: str, other: str) -> bool:
    """Whether two fingerprints (64 bits in hex) are those of near copies; a blank picture is like every other."""
    try:
        one, two = int(some, 16), int(other, 16)
    except ValueError:
        return False
    return 8 <= one.bit_count() <= 56 and (one ^ two).bit_count() <= PHOTO_BITS


def learn(texts: Iterable[str]) -> NDArray[np.uint8]:
    """How rare each bucket is in these texts, in sixteenths of the logarithm; the same texts give the same numbers."""
    counts, total = np.zeros(BUCKETS), 0
    for text in texts:
        for bucket in _buckets(text):
            counts[bucket] += 1
        total += 1
    rarity = np.log(max(total, 1) / (1 + counts)).clip(0.0, 255 / _STEPS)
    return np.asarray(np.round(rarity * _STEPS), dtype=np.uint8)


def keep(rarity: NDArray[np.uint8]) -> Path:
    """Write what was learnt where it is read from."""
    np.save(_RARITY, rarity, allow_pickle=False)
    _rarity.cache_clear()
    return _RARITY


def _buckets(text: str) -> set[int]:
    letters = _NO_LETTERS.sub("", _POLITE.sub("", normalise(text[: 3 * _LETTERS])))[:_LETTERS]
    return {zlib.crc32(letters[at : at + 3].encode()) % BUCKETS for at in range(len(letters) - 2)}


@cache
def _rarity() -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = np.load(_RARITY, allow_pickle=False)
    return found
