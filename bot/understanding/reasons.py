"""The words of a message that made the difference, for the officer who wonders why."""

import numpy as np

from bot.understanding.classifier import HEADS, Classifier, Known
from bot.understanding.features import Features
from bot.understanding.reading import Reading

MOST_REASONS = 3
_AT_LEAST_OF_ALL = 0.12  # a word that carries less than an eighth of the push did not decide


def words_that_decided(
    classifier: Classifier, reading: Reading, features: Features, known: Known, intent: str, primary: str
) -> tuple[str, ...]:
    """Up to three words that pushed most towards the category of a report, or towards the intent.

    Words as in the reading, in the order they were said; () when nothing known was said.
    """
    output = _output(classifier, intent, primary)
    pushes = _pushes(classifier, reading, features, known, output)
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
) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """One figure per word: its own weight, half of the pairs it stands in, and its letters'."""
    letters = classifier.decided_by(known, features, output)
    value_of = dict(zip(known.rows.tolist(), known.values.tolist(), strict=True))
    pushes = np.zeros(len(reading.words), dtype=np.float32)
    place = 1  # after the mark of the beginning
    for number, word in enumerate(reading.words):
        begin = reading.text.find(word, place - 1) + 1
        pushes[number] = letters[begin : begin + len(word)].sum()
        place = begin + len(word)
    for count, (row, number) in enumerate(zip(known.word_rows.tolist(), features.word_numbers.tolist(), strict=True)):
        if row < 0:
            continue
        push = value_of[row] * float(classifier.weights[row, output]) * float(classifier.scales[output])
        if count < len(reading.words):
            pushes[number] += push
        else:
            pushes[number : number + 2] += push / 2
    return pushes
