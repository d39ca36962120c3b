"""Learn a classifier from sentences: deterministic, with scikit-learn, which only developers install."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding.classifier import HEADS, MODEL_FORMAT, Classifier, Floats, Known, calibrated
from bot.understanding.features import Features, UInts, features_of
from bot.understanding.reading import read
from bot.understanding.sentences import CATEGORIES, INTENTS, Sentence, codes_of

SEED = 2569
FOLDS = 5
SEEN_IN_AT_LEAST = 2  # a feature of one single text tells nothing about the next, and might tell who wrote it
COST_OF_CATEGORY, COST_OF_INTENT = 0.5, 3.0  # of an error in training; chosen by cross-validation
REAL_REPORT_COUNTS = 0.2
WIDTHS = {"category": len(CATEGORIES), "also": len(CATEGORIES), "intent": len(INTENTS), "danger": 1}

Matrix = Any  # scipy.sparse.csr_matrix, which ships no types
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """All sentences with their features as one matrix."""

    sentences: list[Sentence]
    ours: NDArray[np.bool_]  # a sentence of our own; the others are real reports
    hashes: UInts
    rarity: Floats
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Raw scores of every sentence by models that did not see it."""

    raw: Floats
    about: dict[str, Any]  # the calibration found on them


def prepare(ours: list[Sentence], real: list[Sentence]) -> Lesson:
    """Read and hash all sentences; the vocabulary is every hash that two of them share."""
    sentences = [*ours, *real]
    found = [features_of(read(sentence.text)) for sentence in sentences]
    each = [np.unique(np.concatenate([features.grams, features.word_hashes, features.cues])) for features in found]
    hashes, counts = np.unique(np.concatenate(each), return_counts=True)
    kept = counts >= SEEN_IN_AT_LEAST
    rarity = (np.log((1 + len(found)) / (1 + counts[kept])) + 1).astype(np.float32)
    bare = _bare_classifier(hashes[kept], rarity)
    matrix = matrix_of([bare.known(features) for features in found], int(kept.sum()))
    return Lesson(sentences, np.arange(len(sentences)) < len(ours), hashes[kept], rarity, matrix)


def _bare_classifier(hashes: UInts, rarity: Floats) -> Classifier:
    nothing = np.zeros(0, dtype=np.float32)
    return Classifier(hashes, rarity, np.zeros((0, 0), dtype=np.int8), nothing, nothing, {})


def matrix_of(known: list[Known], width: int) -> Matrix:
    """One sparse row per reading, exactly as the classifier weighs it at run time."""
    ends = np.cumsum([0] + [one.rows.size for one in known])
    columns = np.concatenate([one.rows for one in known])
    values = np.concatenate([one.values for one in known])
    return sparse.csr_matrix((values, columns, ends), shape=(len(known), width))


def train(lesson: Lesson) -> tuple[Classifier, OutOfFold]:
    """Fit all heads on everything, and calibrate them on scores out of five folds."""
    raw = _out_of_fold(lesson)
    about = {
        "format": MODEL_FORMAT,
        "categories": list(CATEGORIES),
        "intents": list(INTENTS),
        "widths": [WIDTHS[head] for head in HEADS],
        "sentences": len(lesson.sentences),
    }
    about.update(_calibration(lesson, raw))
    coefficients, offsets = _fit(lesson, np.arange(len(lesson.sentences)))
    scales = np.maximum(np.abs(coefficients).max(axis=0), 1e-9) / 127
    weights = np.rint(coefficients / scales).astype(np.int8)
    about["version"] = hashlib.sha256(weights.tobytes() + lesson.hashes.tobytes()).hexdigest()[:12]
    classifier = Classifier(
        lesson.hashes, lesson.rarity, weights, scales.astype(np.float32), offsets.astype(np.float32), about
    )
    return classifier, OutOfFold(raw, about)


def _fit(lesson: Lesson, rows: NDArray[np.int64]) -> tuple[Doubles, Doubles]:
    """Coefficients (features × outputs) and offsets of all heads, learnt from some of the sentences."""
    sentences = [lesson.sentences[row] for row in rows]
    matrix = lesson.matrix[rows]
    reports = np.array([i for i, sentence in enumerate(sentences) if sentence.primary])
    spoken = [sentences[i] for i in reports]
    equal = np.ones(reports.size)
    said = _counting(lesson, rows)
    everything = np.arange(len(sentences))
    columns: list[Doubles] = []
    offsets: list[float] = []
    for chosen, answers, weights, cost in (
        (reports, _primaries(spoken), equal, COST_OF_CATEGORY),
        (reports, _all_codes(spoken), equal, COST_OF_CATEGORY),
        (everything, _intents(sentences), said, COST_OF_INTENT),
        (everything, _dangers(sentences), said, COST_OF_INTENT),
    ):
        for answer in answers.T:
            coefficients, offset = _one(matrix[chosen], answer, weights, cost)
            columns.append(coefficients)
            offsets.append(offset)
    return np.stack(columns, axis=1), np.array(offsets)


def _counting(lesson: Lesson, rows: NDArray[np.int64]) -> Doubles:
    """How much each sentence counts for the intent: thousands of long reports must not drown a greeting."""
    weights = np.where(lesson.ours[rows], 1.0, REAL_REPORT_COUNTS)
    intents = np.array([INTENTS.index(lesson.sentences[row].intent) for row in rows])
    totals = np.bincount(intents, weights, len(INTENTS))
    rarity = np.sqrt(totals.sum() / len(INTENTS) / np.maximum(totals, 1e-9))
    return np.asarray(weights * rarity[intents])


def _one(matrix: Matrix, answer: NDArray[np.bool_], weights: Doubles, cost: float) -> tuple[Doubles, float]:
    if answer.all() or not answer.any():
        return np.zeros(matrix.shape[1]), 1.0 if answer.all() else -1.0
    machine = LinearSVC(C=cost, random_state=SEED, tol=1e-3)
    machine.fit(matrix, answer, sample_weight=weights)
    return machine.coef_[0], float(machine.intercept_[0])


def _primaries(sentences: list[Sentence]) -> NDArray[np.bool_]:
    return np.array([[code == sentence.primary for code in CATEGORIES] for sentence in sentences])


def _all_codes(sentences: list[Sentence]) -> NDArray[np.bool_]:
    return np.array([[code in codes_of(sentence) for code in CATEGORIES] for sentence in sentences])


def _intents(sentences: list[Sentence]) -> NDArray[np.bool_]:
    return np.array([[intent == sentence.intent for intent in INTENTS] for sentence in sentences])


def _dangers(sentences: list[Sentence]) -> NDArray[np.bool_]:
    return np.array([[sentence.emergency] for sentence in sentences])


def _out_of_fold(lesson: Lesson) -> Floats:
    raw = np.zeros((len(lesson.sentences), sum(WIDTHS.values())), dtype=np.float32)
    for learnt, left_out in folds(lesson.sentences):
        coefficients, offsets = _fit(lesson, learnt)
        raw[left_out] = lesson.matrix[left_out] @ coefficients + offsets
    return raw


def folds(sentences: list[Sentence]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Five ways to leave a fifth out, with every intent and category in each that has five sentences."""
    strata = [sentence.primary or sentence.intent for sentence in sentences]
    counts = Counter(strata)
    commonest = counts.most_common(1)[0][0]
    groups = [stratum if counts[stratum] >= FOLDS else commonest for stratum in strata]
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(groups)), groups))


def _calibration(lesson: Lesson, raw: Floats) -> dict[str, float]:
    """Temperatures and slopes under which the scores out of fold are likeliest."""
    category, also, intent, danger = np.split(raw.astype(np.float64), np.cumsum(list(WIDTHS.values()))[:-1], axis=1)
    reports = np.array([bool(sentence.primary) for sentence in lesson.sentences])
    spoken = [sentence for sentence in lesson.sentences if sentence.primary]
    also_slope, also_offset = _platt(also[reports].ravel(), _all_codes(spoken).ravel())
    danger_slope, danger_offset = _platt(danger.ravel(), _dangers(lesson.sentences).ravel())
    return {
        "category_temperature": _temperature(category[reports], _primaries(spoken)),
        "intent_temperature": _temperature(intent, _intents(lesson.sentences)),
        "also_slope": also_slope,
        "also_offset": also_offset,
        "danger_slope": danger_slope,
        "danger_offset": danger_offset,
    }


def _temperature(scores: Doubles, answers: NDArray[np.bool_]) -> float:
    def unlikeliness(temperature: float) -> float:
        scaled = scores / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        return float(-(scaled[answers] - np.log(np.exp(scaled).sum(axis=1))).mean())

    return float(min(np.geomspace(0.05, 5, 200), key=unlikeliness))


def _platt(scores: Doubles, answers: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset of the sigmoid nearest to the answers, by Newton's steps."""
    slope, offset = 1.0, 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(slope * scores + offset, -30, 30)))
        miss, spread = chance - answers, chance * (1 - chance) + 1e-9
        gradient = np.array([(miss * scores).sum(), miss.sum()])
        cross = (spread * scores).sum()
        curve = np.array([[(spread * scores**2).sum(), cross], [cross, spread.sum()]])
        step = np.linalg.solve(curve + 1e-6 * np.eye(2), gradient)
        slope, offset = slope - step[0], offset - step[1]
    return float(slope), float(offset)


def scores_of(lesson: Lesson, found: OutOfFold) -> list[Any]:
    """Calibrated scores out of fold, one `Scores` per sentence."""
    return [calibrated(row, found.about) for row in found.raw]


def features_and_known(classifier: Classifier, text: str) -> tuple[Features, Known]:
    """What the classifier sees of a text."""
    features = features_of(read(text))
    return features, classifier.known(features)
