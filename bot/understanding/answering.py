"""Find the question somebody asks among questions whose answers are known: sure, or not at all.

A question and every known form become weighted words and letters; rare ones count most. An answer is given only when
one form is near, little of what is asked is left over, and no other answer is nearly as near.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.reading import Reading, read

#: A wrong answer sends somebody the wrong way; handing on costs an officer a minute. Chosen by leaving out each of
#: Rangsit's forms, and each answer with all its forms: of 474 such questions 8 were answered wrongly.
NEAR_ENOUGH = 0.58
#: The next answer must be this much farther away.
CLEARLY_NEARER = 0.1
#: How much of the nearness is: what of the question stands in any form of the answer.
_COVERED = 0.3
_LETTERS, _LETTERS_COUNT = (3, 4), 0.3
#: What no form of any answer knows counts less than the rarest that one knows: mostly names and small talk.
_UNKNOWN_COUNTS = 0.7

#: Words that make a question polite or long, and say nothing of what is asked.
_POLITE = """
ขอถาม สอบถาม ถาม อยากทราบ อยากรู้ ทราบ รู้ หน่อย ช่วย รบกวน แอดมิน คือ ว่า จะ ต้อง ได้ ของ ที่ ก็ แล้ว เลย ด้วย บ้าง มา ไป เรา ผม
หนู ดิฉัน ฉัน ปกติ คุณ พี่ น้อง เพิ่ง อยาก
the a an is are do does i to of for my in at please can you me and
"""
_FILLERS = frozenset(_POLITE.split())
_ONE_WORD = {
    "เท่าไร": "เท่าไหร่",
    "เมื่อไร": "เมื่อไหร่",
    "ไง": "ยังไง",
    "อย่างไร": "ยังไง",
    "ไหน": "ที่ไหน",
    "ตรงไหน": "ที่ไหน",
    "โทรศัพท์": "โทร",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An answer's code, how near its forms are (0 to 1), and how near the next answer's."""

    code: str
    nearness: float
    next_nearness: float

    @property
    def is_sure(self) -> bool:
        """Whether to answer with it."""
        return self.nearness >= NEAR_ENOUGH and self.nearness - self.next_nearness >= CLEARLY_NEARER


Weights = Mapping[str, float]


class Questions:
    """The known forms of every answer, ready to be compared with."""

    def __init__(self, forms: Mapping[str, Sequence[str]]) -> None:
        """`forms`: the ways of asking, by the code of their answer."""
        counted = {code: [_counts(read(form)) for form in ways] for code, ways in forms.items()}
        self._signs = {code: frozenset[str]().union(*ways) for code, ways in counted.items()}
        answers_with = Counter(sign for signs in self._signs.values() for sign in signs)
        self._rarity = {sign: math.log((1 + len(forms)) / (0.5 + n)) for sign, n in answers_with.items()}
        self._unknown = math.log((1 + len(forms)) / 0.5) * _UNKNOWN_COUNTS
        self._codes = tuple(counted)
        self._answers_with = {sign: [code for code in forms if sign in self._signs[code]] for sign in answers_with}
        self._forms_with: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
        for code, ways in counted.items():
            for number, signs in enumerate(ways):
                for sign, weight in self._weights(signs).items():
                    self._forms_with[sign].append((code, number, weight))

    def nearest(self, text: str) -> Found | None:
        """The answer whose forms are nearest to what is asked; None when nothing is near at all."""
        asked = self._weights(_counts(read(text)))
        nearness = self._nearness(asked)
        near = sorted(((nearness.get(code, 0.0), code) for code in self._codes), reverse=True)
        if not near or near[0][0] <= 0:
            return None
        return Found(near[0][1], near[0][0], near[1][0] if len(near) > 1 else 0.0)

    def _nearness(self, asked: Weights) -> Mapping[str, float]:
        """How near each answer is that shares a sign with what is asked; few forms do, and only those are looked at."""
        of_form: dict[tuple[str, int], float] = defaultdict(float)
        covered: dict[str, float] = defaultdict(float)
        for sign, weight in asked.items():
            for code, number, counts in self._forms_with.get(sign, ()):
                of_form[code, number] += weight * counts
            for code in self._answers_with.get(sign, ()):
                covered[code] += weight * weight
        nearest: dict[str, float] = defaultdict(float)
        for (code, _), near in of_form.items():
            nearest[code] = max(nearest[code], near)
        return {code: nearest[code] * (1 - _COVERED) + covered[code] * _COVERED for code in nearest}

    def _weights(self, signs: Mapping[str, float]) -> Weights:
        weighed = {sign: count * self._rarity.get(sign, self._unknown) for sign, count in signs.items()}
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {sign: weight / length for sign, weight in weighed.items()}


def _counts(reading: Reading) -> dict[str, float]:
    """The words and the groups of letters of a question, each with how much it counts."""
    words = [word for word in (word.strip() for word in reading.words) if word and word not in _FILLERS]
    meant = [_ONE_WORD.get(word, word) for word in words]
    letters = "".join(meant)
    found = dict.fromkeys((f"word {word}" for word in meant), 1.0)
    for size in _LETTERS:
        grams = (letters[start : start + size] for start in range(len(letters) - size + 1))
        found.update(dict.fromkeys((f"letters {gram}" for gram in grams), _LETTERS_COUNT))
    return found
