"""The words of a message that made the difference, for the officer who wonders why."""

import re

import numpy as np
from numpy.typing import NDArray

from bot.understanding.classifier import HEADS, Classifier, Known
from bot.understanding.features import Features
from bot.understanding.reading import Reading

MOST_REASONS = 3
_AT_LEAST_OF_ALL = 0.12  # a word that carries less than an eighth of the push did not decide

# They hold sentences together and explain nothing, whatever the model makes of them.
_SAY_NOTHING = """
ที่ ใน เป็น มี มา ไป แล้ว อยู่ ให้ ได้ และ ของ จาก กับ ว่า นี้ นั้น ๆ ก็ จะ แต่ เลย ด้วย ครับ ค่ะ คะ ## ### # ####
a an the is are was it its our my your in on of to and for with at this that there has have be been i we you
"""
SAY_NOTHING = frozenset(_SAY_NOTHING.split())
_HAS_LETTERS = re.compile(r"[^\W\d_]").search


def words_that_decided(
    classifier: Classifier, reading: Reading, features: Features, known: Known, intent: str, primary: str
) -> tuple[str, ...]:
    """Up to three words that pushed most towards the category of a report, or towards the intent.

    Words as in the reading, in the order they were said; () when nothing known was said.
    """
    output = _output(classifier, intent, primary)
    pushes = _pushes(classifier, reading, features, known, output)
    pushes[[word in SAY_NOTHING or not _HAS_LETTERS(word) for word in reading.words]] = 0
    total = float(pushes[pushes > 0].sum())
    best = [int(place) for place in np.argsort(-pushes, kind="stable")[:MOST_REASONS]]
    chosen = sorted(place for place in best if pushes[place] > 0 and pushes[place] >= _AT_LEAST_OF_ALL * total)
    return tuple(dict.fromkeys(reading.words[place] for place in chosen))


def _output(classifier: Classifier, intent: str, primary: str) -> int:
    starts = dict(zip(HEADS, np.cumsum([0, *classifier.about["widths"]]).tolist(), strict=False))
    if intent == "report":
        return int(starts["category"]) + classifier.categories.index(primary)
    return int(starts["intent"]) + classifier.intents.index(intent)


def _pushes(
    classifier: Classifier, reading: Reading, features: Features, known: Known, output: int
) -> NDArray[np.float64]:
    """One figure per word: its own weight, half of the pairs it stands in, and its letters' grams."""
    grams, words = classifier.pushes(known, output)
    count = len(reading.words)
    pushes = words[:count].astype(np.float64)
    halves = words[count:] / 2
    pushes[:-1] += halves
    pushes[1:] += halves
    # A gram's push is spread over its letters: add it where it begins, take it away where it ends.
    size = len(reading.text) + 3
    shares = grams / features.lengths
    starts = features.starts[: grams.size]
    changes = np.bincount(starts, shares, size) - np.bincount(starts + features.lengths, shares, size)
    until = np.concatenate([[0.0], np.cumsum(np.cumsum(changes))])  # the sum of all letters before one
    begins = 1 + features.word_starts[:count]  # the mark of the beginning stands before the first word
    ends = begins + np.array([len(word) for word in reading.words], dtype=np.int64)
    return np.asarray(pushes + until[ends] - until[begins])
