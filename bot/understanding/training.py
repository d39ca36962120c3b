"""Learn a classifier from sentences: deterministic, with scikit-learn, which only developers install."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sparse  # type: ignore[import-untyped]  # it has no types
from joblib import Parallel, delayed  # type: ignore[import-untyped]  # it has no types
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding.classifier import HEADS, MODEL_FORMAT, Classifier, Floats, Known, calibrated, mixed_in
from bot.understanding.features import Features, UInts, features_of
from bot.understanding.reading import read
from bot.understanding.sentences import CATEGORIES, INTENTS, Sentence, codes_of
from bot.understanding.slips import in_a_hurry, without_marks

SEED = 2569
_NEVER = 30.0
WORTH_PROCESSES = 2000  # sentences
FOLDS = 5
SEEN_IN_AT_LEAST = 2  # a feature of one single text tells nothing about the next, and might tell who wrote it
COST_OF_CATEGORY, COST_OF_INTENT = 0.5, 3.0  # of an error in training; chosen by cross-validation
REAL_REPORT_COUNTS = 0.1
SLIP_COUNTS = 0.3  # of a sentence typed with slips beside the sentence itself
# How far a feature is trusted by how much likelier it is in one category than in the others (Wang and Manning 2012,
# "Baselines and Bigrams": naive Bayes inside a linear machine), between 0, not at all, and 1; by cross-validation.
LEANING, AS_IF_SEEN = 0.5, 0.05
TRUST_IN_MIXING = 0.3  # inverse of the penalty; chosen by cross-validation
TOLERANCE = 1e-2  # ten times finer takes three times as long and changes no figure by its second digit
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
    slips: Matrix  # the same sentences as a thumb types them: learnt from, never examined on
    slip_of: NDArray[np.int64]  # the sentence that each of them is


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """What models that had not seen a sentence thought of it."""

    raw: Floats
    categories: Floats  # chances of the primary, mixed by what was learnt from the other four fifths
    mixing: Floats  # learnt from all
    about: dict[str, Any]  # the calibration found on them


def prepare(ours: list[Sentence], real: list[Sentence]) -> Lesson:
    """Read and hash all sentences; the vocabulary is every hash that two of them share, however they are typed."""
    sentences = [*ours, *real]
    found = [features_of(read(sentence.text)) for sentence in sentences]
    slips = [(row, way) for row, sentence in enumerate(sentences) for way in _typed(sentence.text, row < len(ours))]
    slipped = [features_of(read(way)) for _, way in slips]
    slip_of = np.array([row for row, _ in slips], dtype=np.int64)
    each = [[features.hashes] for features in found]
    for row, features in zip(slip_of, slipped, strict=True):
        each[row].append(features.hashes)
    hashes, counts = np.unique(np.concatenate([np.unique(np.concatenate(one)) for one in each]), return_counts=True)
    kept = counts >= SEEN_IN_AT_LEAST
    rarity = (np.log((1 + len(found)) / (1 + counts[kept])) + 1).astype(np.float32)
    bare = _bare_classifier(hashes[kept], rarity)
    width = int(kept.sum())
    matrix, typed = (matrix_of([bare.known(features) for features in some], width) for some in (found, slipped))
    return Lesson(sentences, np.arange(len(sentences)) < len(ours), hashes[kept], rarity, matrix, typed, slip_of)


def _typed(text: str, is_ours: bool) -> list[str]:
    """Other ways to type it: of ours, who are few and short, two; of a long real report one, by its length."""
    ways = [without_marks(text), in_a_hurry(text)]
    return [way for way in (ways if is_ours else [ways[len(text) % 2]]) if way != text]


def _bare_classifier(hashes: UInts, rarity: Floats) -> Classifier:
    nothing = np.zeros(0, dtype=np.float32)
    return Classifier(hashes, rarity, np.zeros((0, 0), dtype=np.int8), nothing, nothing, nothing, {})


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
    mixing, categories = _mixing(lesson, raw)
    coefficients, offsets = _fit(lesson, np.arange(len(lesson.sentences)))
    scales = np.maximum(np.abs(coefficients).max(axis=0), 1e-9) / 127
    weights = np.rint(coefficients / scales).astype(np.int8)
    about["version"] = hashlib.sha256(weights.tobytes() + lesson.hashes.tobytes()).hexdigest()[:12]
    classifier = Classifier(
        lesson.hashes, lesson.rarity, weights, scales.astype(np.float32), offsets.astype(np.float32), mixing, about
    )
    return classifier, OutOfFold(raw, categories, mixing, about)


def _fit(lesson: Lesson, rows: NDArray[np.int64]) -> tuple[Doubles, Doubles]:
    """Coefficients (features × outputs) and offsets of all heads, learnt from some of the sentences."""
    slips = np.flatnonzero(np.isin(lesson.slip_of, rows))
    everyone = np.concatenate([rows, lesson.slip_of[slips]])
    sentences = [lesson.sentences[row] for row in everyone]
    matrix = sparse.vstack([lesson.matrix[rows], lesson.slips[slips]]).tocsr()
    counting = np.where(np.arange(everyone.size) < rows.size, 1.0, SLIP_COUNTS)
    reports = np.array([i for i, sentence in enumerate(sentences) if sentence.primary])
    spoken = [sentences[i] for i in reports]
    equal = counting[reports]
    said = _counting(lesson, everyone) * counting
    everything = np.arange(len(sentences))
    heads = (
        (reports, _primaries(spoken), equal, COST_OF_CATEGORY, LEANING),
        (reports, _all_codes(spoken), equal, COST_OF_CATEGORY, LEANING),
        (everything, _intents(sentences), said, COST_OF_INTENT, 0.0),
        (everything, _dangers(sentences), said, COST_OF_INTENT, 0.0),
    )
    tasks = [
        (part, answer, weights, cost, leaning)
        for chosen, answers, weights, cost, leaning in heads
        for part in (matrix[chosen],)
        for answer in answers.T
    ]
    # Processes, not threads: liblinear has one source of chance for a whole process, and every fit starts it anew.
    learnt = Parallel(n_jobs=-1 if len(sentences) > WORTH_PROCESSES else 1)(delayed(_one)(*task) for task in tasks)
    return np.stack([coefficients for coefficients, _ in learnt], axis=1), np.array([offset for _, offset in learnt])


def _counting(lesson: Lesson, rows: NDArray[np.int64]) -> Doubles:
    """How much each sentence counts for the intent: thousands of long reports must not drown a greeting."""
    weights = np.where(lesson.ours[rows], 1.0, REAL_REPORT_COUNTS)
    intents = np.array([INTENTS.index(lesson.sentences[row].intent) for row in rows])
    totals = np.bincount(intents, weights, len(INTENTS))
    rarity = np.sqrt(totals.sum() / len(INTENTS) / np.maximum(totals, 1e-9))
    return np.asarray(weights * rarity[intents])


def _one(
    matrix: Matrix, answer: NDArray[np.bool_], weights: Doubles, cost: float, leaning: float
) -> tuple[Doubles, float]:
    if answer.all() or not answer.any():
        return np.zeros(matrix.shape[1]), 1.0 if answer.all() else -1.0
    trust = _leaning(matrix, answer) ** leaning if leaning else np.ones(matrix.shape[1])
    trust /= np.sqrt((trust**2).mean())
    machine = LinearSVC(C=cost, random_state=SEED, tol=TOLERANCE)
    machine.fit(matrix.multiply(trust).tocsr(), answer, sample_weight=weights)
    return machine.coef_[0] * trust, float(machine.intercept_[0])


def _leaning(matrix: Matrix, answer: NDArray[np.bool_]) -> Doubles:
    """How many times, as a logarithm, each feature is commoner on one side of the answer than on the other."""
    sides = [np.asarray(matrix[side].sum(axis=0), dtype=float).ravel() + AS_IF_SEEN for side in (answer, ~answer)]
    return np.asarray(np.abs(np.log((sides[0] / sides[0].sum()) / (sides[1] / sides[1].sum()))))


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
    """Five ways to leave a fifth out, with every intent and category in each that has five sentences.

    What is written with the same letters, by whomever, is left out together: nobody is examined on what was learnt.
    """
    letters = ["".join(filter(str.isalpha, sentence.text)) or sentence.text for sentence in sentences]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(letters))}
    texts = np.array([numbers[text] for text in letters])
    firsts = dict(zip(reversed(letters), reversed(sentences), strict=True))
    strata = [firsts[text].primary or firsts[text].intent for text in numbers]
    counts = Counter(strata)
    commonest = counts.most_common(1)[0][0]
    groups = [stratum if counts[stratum] >= FOLDS else commonest for stratum in strata]
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    return [
        (np.flatnonzero(np.isin(texts, learnt)), np.flatnonzero(np.isin(texts, left_out)))
        for learnt, left_out in splitter.split(np.zeros(len(groups)), groups)
    ]


def _calibration(lesson: Lesson, raw: Floats) -> dict[str, float]:
    """Temperatures and slopes under which the scores out of fold are likeliest."""
    _, also, intent, danger = np.split(raw.astype(np.float64), np.cumsum(list(WIDTHS.values()))[:-1], axis=1)
    reports = np.array([bool(sentence.primary) for sentence in lesson.sentences])
    spoken = [sentence for sentence in lesson.sentences if sentence.primary]
    also_slope, also_offset = _platt(also[reports].ravel(), _all_codes(spoken).ravel())
    danger_slope, danger_offset = _platt(danger.ravel(), _dangers(lesson.sentences).ravel())
    return {
        "intent_temperature": _temperature(intent, _intents(lesson.sentences)),
        "also_slope": also_slope,
        "also_offset": also_offset,
        "danger_slope": danger_slope,
        "danger_offset": danger_offset,
    }


def _mixing(lesson: Lesson, raw: Floats) -> tuple[Floats, Floats]:
    """How all raw scores together speak for each category; and the chances that follow, out of fold."""
    scores = mixed_in(raw)
    spoken = np.array([bool(sentence.primary) for sentence in lesson.sentences])
    numbers = {code: number for number, code in enumerate(CATEGORIES)}
    answers = np.array([numbers.get(sentence.primary, -1) for sentence in lesson.sentences])
    chances = np.zeros((len(answers), len(CATEGORIES)), dtype=np.float32)
    for learnt, left_out in folds(lesson.sentences):
        mixing = _mixed(scores[learnt][spoken[learnt]], answers[learnt][spoken[learnt]])
        powers = np.exp(scores[left_out] @ mixing)
        chances[left_out] = powers / powers.sum(axis=1, keepdims=True)
    return _mixed(scores[spoken], answers[spoken]), chances


def _mixed(scores: Floats, answers: NDArray[np.int64]) -> Floats:
    learner = LogisticRegression(C=TRUST_IN_MIXING, max_iter=300, fit_intercept=False, tol=1e-3)
    learner.fit(scores.astype(np.float64), answers)
    weights = learner.coef_ if len(learner.classes_) > 2 else np.concatenate([-learner.coef_, learner.coef_]) / 2
    mixing = np.zeros((scores.shape[1], len(CATEGORIES)), dtype=np.float32)
    mixing[-1] = -_NEVER  # a category that no sentence has
    mixing[:, learner.classes_] = weights.T
    return mixing


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
    return [
        replace(calibrated(row, found.mixing, found.about), categories=chances)
        for row, chances in zip(found.raw, found.categories, strict=True)
    ]


def features_and_known(classifier: Classifier, text: str) -> tuple[Features, Known]:
    """What the classifier sees of a text."""
    features = features_of(read(text))
    return features, classifier.known(features)
