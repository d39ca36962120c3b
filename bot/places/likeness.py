"""How alike are two reports of one kind, close to each other? Their words and their photos, as numbers.

Words are compared by the threes of letters they share, the rare ones counting most: that bears typing errors,
missing spaces and two ways of spelling. How rare a three is was learnt from public reports
(`learn`, `flask nearby learn`); only counts are kept, no three and no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
_NO_LETTERS = re.compile(r"[^\w\u0e31-\u0e4e¶]|_")
#: Letters become buckets by multiplying with an odd number near the golden section of 2^32; high bits are mixed best.
_MIX, _SHIFT, _IN_A_THREE = np.uint32(2_654_435_769), np.uint32(32 - 14), 3
#: Texts that are learnt from at a time.
_READ_TOGETHER = 200
#: What makes a report polite says nothing of what it is about.
_POLITE = re.compile(
    "ขอบคุณ(?:มาก|ล่วงหน้า)*|ขอความ(?:กรุณา|อนุเคราะห์)|รบกวน|กรุณา|สวัสดี|หน่อย|ด้วย|(?:นะ)?(?:ครับผม|ครับ|คับ|ค่ะ|คะ|จ้า)|"
    r"\b(?:please|thanks|thank you|hello|hi)\b"
)
#: Bits in which the fingerprints of two photos of one thing may differ, of 64.
PHOTO_BITS = 8

#: Stands between texts that are read together; it survives what spells them alike.
_BETWEEN = "¶"


def likenesses(text: str, others: Sequence[str]) -> list[float]:
    """How much each of the others has in common with a text: 0 nothing, 1 everything (the cosine).

    All of them are read together: thirty take a third of the time that they would take one by one.
    """
    owners, buckets = _threes([text, *others])
    if not len(owners):
        return [0.0] * len(others)
    weights = _rarity()[buckets].astype(np.float64)
    squares = np.bincount(owners, weights * weights, minlength=len(others) + 1)
    own = np.zeros(BUCKETS)
    is_own = owners == 0
    own[buckets[is_own]] = weights[is_own]
    shared = np.bincount(owners, weights * own[buckets], minlength=len(others) + 1)
    lengths = np.sqrt(squares * squares[0])
    found = np.divide(shared, lengths, out=np.zeros_like(shared), where=lengths > 0)
    return [float(value) for value in found[1:]]


def likeness(text: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1."""
    return likenesses(text, [other])[0]


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
    read = list(texts)
    for start in range(0, len(read), _READ_TOGETHER):
        some = read[start : start + _READ_TOGETHER]
        _, buckets = _threes(some)
        counts += np.bincount(buckets, minlength=BUCKETS)
        total += len(some)
    rarity = np.log(max(total, 1) / (1 + counts)).clip(0.0, 255 / _STEPS)
    return np.asarray(np.round(rarity * _STEPS), dtype=np.uint8)


def keep(rarity: NDArray[np.uint8]) -> Path:
    """Write what was learnt where it is read from."""
    np.save(_RARITY, rarity, allow_pickle=False)
    _rarity.cache_clear()
    return _RARITY


def _threes(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The threes of letters of every text, each once: whose it is (the text's place), and its bucket."""
    joined = f" {_BETWEEN} ".join(text[: 3 * _LETTERS].replace(_BETWEEN, " ") for text in texts)
    letters = _NO_LETTERS.sub("", _POLITE.sub("", normalise(joined)))
    cut = _BETWEEN.join(one[:_LETTERS] for one in letters.split(_BETWEEN))
    codes = np.frombuffer(cut.encode("utf-32-le"), dtype=np.uint32)
    if len(codes) < _IN_A_THREE:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first, second, third = codes[:-2], codes[1:-1], codes[2:]
    is_one = (first != ord(_BETWEEN)) & (second != ord(_BETWEEN)) & (third != ord(_BETWEEN))
    mixed = ((first * _MIX + second) * _MIX + third) * _MIX  # wraps around at 32 bits, as it should
    owners = np.cumsum(codes == ord(_BETWEEN))[:-2]
    keys = np.unique((owners.astype(np.int64) * BUCKETS + (mixed >> _SHIFT))[is_one])
    return keys // BUCKETS, keys % BUCKETS


@cache
def _rarity() -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = np.load(_RARITY, allow_pickle=False)
    return found
