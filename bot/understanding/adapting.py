"""Learn a town's corrections on top of a model, keeping what that model knows.

A town does not have the real reports that the shipped model learnt from, so learning anew without them would forget.
Here only the weights that the corrections use are moved, as little as makes each of them right, while sentences of our
own that were right are kept right. Needs numpy alone; the same corrections give the same weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.understanding.classifier import HEADS, Classifier, Floats, Known
from bot.understanding.features import features_of
from bot.understanding.reading import read
from bot.understanding.sentences import Sentence

#: How sure the right category is to become: as sure as it takes not to ask.
_SURE = 0.85
#: How sure what was right is to stay; a step is taken back from what falls below it.
_STAYS = 0.5
_ROUNDS, _STEP = 40, 0.15
#: A feature of one single text tells nothing about the next, and might tell who wrote it.
_SEEN_IN_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Lesson:
    known: Known
    right: int  # the place of the right category
    until: float  # this sure


def adapt(base: Classifier, corrections: Sequence[Sentence], ours: Sequence[Sentence]) -> Classifier:
    """The model after it learnt these corrections; `ours` are sentences whose answers are to stay."""
    wider = _with_new_features(base, corrections)
    floats = (wider.weights.astype(np.float32) * wider.scales).astype(np.float32)
    working = replace(wider, weights=floats, scales=np.ones_like(wider.scales))
    lessons = [_lesson(working, sentence, _SURE) for sentence in corrections if sentence.primary in working.categories]
    kept = [_lesson(working, one, _STAYS) for one in ours if one.primary in working.categories]
    kept = [one for one in kept if _is_right(working, one)]
    for _ in range(_ROUNDS):
        moved = [_move(working, lesson) for lesson in (*lessons, *kept)]
        if not any(moved):
            break
    return _rounded(working, base, len(corrections))


def _lesson(classifier: Classifier, sentence: Sentence, until: float) -> _Lesson:
    return _Lesson(
        classifier.known(features_of(read(sentence.text))), classifier.categories.index(sentence.primary), until
    )


def _is_right(classifier: Classifier, lesson: _Lesson) -> bool:
    return int(np.argmax(classifier.scores(lesson.known).categories)) == lesson.right


def _move(classifier: Classifier, lesson: _Lesson) -> bool:
    """One small step towards the right category, away from the likeliest other; False where none is needed."""
    chances = classifier.scores(lesson.known).categories
    if chances[lesson.right] >= lesson.until or not lesson.known.rows.size:
        return False
    others = chances.copy()
    others[lesson.right] = -1
    step: Floats = lesson.known.values * _STEP
    first = int(np.sum(classifier.about["widths"][: HEADS.index("category")]))
    classifier.weights[lesson.known.rows, first + lesson.right] += step
    classifier.weights[lesson.known.rows, first + int(np.argmax(others))] -= step
    return True


def _with_new_features(base: Classifier, corrections: Sequence[Sentence]) -> Classifier:
    """The model with features of the town's own words, which weigh nothing yet."""
    each = []
    for sentence in corrections:
        features = features_of(read(sentence.text))
        each.append(np.unique(features.hashes))
    hashes, counts = np.unique(np.concatenate(each), return_counts=True)
    is_new = (counts >= _SEEN_IN_AT_LEAST) & ~np.isin(hashes, base.hashes)
    if not is_new.any():
        return base
    texts = int(base.about["sentences"]) + len(corrections)
    rarity = (np.log((1 + texts) / (1 + counts[is_new])) + 1).astype(np.float32)
    merged = np.concatenate([base.hashes, hashes[is_new]])
    order = np.argsort(merged, kind="stable")
    nothing: NDArray[np.int8] = np.zeros((int(is_new.sum()), base.weights.shape[1]), dtype=np.int8)
    return replace(
        base,
        hashes=merged[order],
        rarity=np.concatenate([base.rarity, rarity])[order],
        weights=np.concatenate([base.weights, nothing])[order],
    )


def _rounded(working: Classifier, base: Classifier, corrections: int) -> Classifier:
    """Eight-bit weights again, with a version of their own and the name of the model they stand on."""
    scales = np.maximum(np.abs(working.weights).max(axis=0), 1e-9) / 127
    weights = np.rint(working.weights / scales).astype(np.int8)
    version = hashlib.sha256(weights.tobytes() + working.hashes.tobytes()).hexdigest()[:12]
    about = {**base.about, "version": version, "onto": base.version, "corrections": corrections}
    return replace(working, weights=weights, scales=scales.astype(np.float32), about=about)
