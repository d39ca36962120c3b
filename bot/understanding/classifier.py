"""The learnt part: scores of a reading for every category, every intent, and danger; numpy only."""

import json
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Features, UInts

Floats = NDArray[np.float32]
Rows = NDArray[np.int64] | NDArray[np.int32]

HEADS = ("category", "also", "intent", "danger")
MODEL_FORMAT = 2
_PACKED = 7  # of 9; the next one takes three times as long

# What is wrong is said first, where it is and who should come afterwards: a feature counts less the
# later it stands (in characters), but never less than this. Chosen by cross-validation.
NEAR_THE_BEGINNING, FARTHEST = 80.0, 0.2
_SHELF = np.uint32(12)  # a hash without its last bits names its shelf; a third of a hash stands on each
_LOUDEST = 3.0  # a score further from nought says no more
_SHARES = np.array([1.0, 0.7, 0.4])  # of grams, words, cues
_NEARNESS = np.maximum(FARTHEST, np.exp(np.arange(1000) / -NEAR_THE_BEGINNING))  # by place; the last for all after it


@dataclass(frozen=True, slots=True)
class Known:
    """The features of one reading that the model knows: rows of the weights, and how much each counts."""

    rows: Rows
    values: Floats
    gram_places: Rows  # where in `rows` each gram stands, -1 where it is unknown
    word_places: Rows


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated probabilities of one reading."""

    categories: Floats  # which is the primary problem; sums to 1
    also: Floats  # whether each category is reported at all, one by one
    intents: Floats  # sums to 1
    danger: float


@dataclass(frozen=True, slots=True)
class Classifier:
    """Linear scores over hashed features: eight-bit weights, a scale per output, calibration per head."""

    hashes: UInts  # sorted
    rarity: Floats  # inverse document frequency per feature
    weights: NDArray[np.int8] | NDArray[np.float32]  # features × outputs; floats only while it adapts
    scales: Floats
    offsets: Floats
    mixing: Floats  # (outputs + 1) × categories: what all raw scores together, and 1, say about the primary
    about: dict[str, Any]
    shelves: Rows = field(init=False, repr=False)  # the row where the hashes of each beginning of _SHELF bits stand

    def __post_init__(self) -> None:
        beginnings = np.arange(1 << (32 - int(_SHELF)), dtype=np.uint64) << np.uint64(_SHELF)
        object.__setattr__(self, "shelves", np.searchsorted(self.hashes, beginnings.astype(np.uint32)).astype(np.int32))

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(self.about["categories"])

    @property
    def intents(self) -> tuple[str, ...]:
        return tuple(self.about["intents"])

    @property
    def version(self) -> str:
        return str(self.about["version"])

    def known(self, features: Features) -> Known:
        """Look the features up and weigh them: nearness to the beginning × rarity; grams, words, cues apart."""
        found = self._rows(features.hashes)
        heard = np.flatnonzero(found >= 0)
        heard = heard[np.argsort(found[heard], kind="stable")]
        repeated = found[heard]
        is_first = np.append(True, repeated[1:] != repeated[:-1])[: heard.size]
        firsts = np.flatnonzero(is_first)
        rows = repeated[firsts]
        near = np.add.reduceat(_NEARNESS.take(features.starts[heard], mode="clip"), firsts)
        values = np.log1p(near) * self.rarity[rows]
        kinds = np.searchsorted(np.cumsum(features.counts), heard[firsts], side="right")
        squares = np.bincount(kinds, values * values, len(_SHARES))
        values *= (_SHARES / np.sqrt(np.where(squares > 0, squares, 1)))[kinds]
        places = np.full(found.size, -1)
        places[heard] = np.cumsum(is_first) - 1
        grams, words, _ = features.counts
        return Known(rows, values.astype(np.float32), places[:grams], places[grams : grams + words])

    def _rows(self, hashes: UInts) -> Rows:
        """The row of each hash, -1 where it is unknown: from where its shelf begins on, until found or passed."""
        rows = self.shelves.take(hashes >> _SHELF)
        there = self.hashes.take(rows, mode="clip")
        behind = np.flatnonzero(there < hashes)
        while behind.size:
            rows[behind] += 1
            there[behind] = nearer = self.hashes.take(rows[behind], mode="clip")
            behind = behind[(nearer < hashes[behind]) & (rows[behind] < self.hashes.size)]
        return np.where(there == hashes, rows, -1)

    def raw(self, known: Known) -> Floats:
        """Uncalibrated scores, one per output, heads one after the other."""
        sums = known.values @ self.weights[known.rows].astype(np.float32)
        return np.asarray(sums * self.scales + self.offsets, dtype=np.float32)

    def scores(self, known: Known) -> Scores:
        """Calibrated probabilities of every head."""
        return calibrated(self.raw(known), self.mixing, self.about)

    def pushes(self, known: Known, output: int) -> tuple[Floats, Floats]:
        """How much each gram, and each word or pair of words, pushed towards an output.

        In the order of the features; 0 for what the model does not know.
        """
        pushed = known.values * self.weights[known.rows, output] * self.scales[output]
        each = np.append(pushed, np.float32(0))  # the last, which -1 means, is what the model does not know
        return each[known.gram_places], each[known.word_places]


def calibrated(raw: Floats, mixing: Floats, about: dict[str, Any]) -> Scores:
    """Turn raw scores into probabilities with the mixing, temperatures and slopes found out of fold."""
    _, also, intent, danger = _heads(raw, about["widths"])
    return Scores(
        _softmax(mixed_in(raw) @ mixing),
        _sigmoid(also * about["also_slope"] + about["also_offset"]),
        _softmax(intent / about["intent_temperature"]),
        float(_sigmoid(danger * about["danger_slope"] + about["danger_offset"])[0]),
    )


def _heads(raw: Floats, widths: list[int]) -> list[Floats]:
    ends = list(accumulate(widths))
    return [raw[end - width : end] for width, end in zip(widths, ends, strict=True)]


def mixed_in(raw: Floats) -> Floats:
    """Raw scores as the mixing wants them: tamed, with a 1 for its offsets. One row, or many."""
    return np.concatenate([np.minimum(np.maximum(raw, -_LOUDEST), _LOUDEST), np.ones_like(raw[..., :1])], axis=-1)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), dtype=np.float32)


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


def read_classifier(folder: Path) -> Classifier:
    """Read a model written by `write_classifier`; ValueError when its format is not ours."""
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    if about.get("format") != MODEL_FORMAT:
        raise ValueError(f"model format {about.get('format')!r} in {folder}, expected {MODEL_FORMAT}")
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        return Classifier(
            np.cumsum(arrays["gaps"], dtype=np.uint64).astype(np.uint32),
            arrays["rarity"].astype(np.float32),
            arrays["weights"],
            arrays["scales"],
            arrays["offsets"],
            arrays["mixing"],
            about,
        )


def _pack(path: Path, **arrays: NDArray[Any]) -> None:
    """What numpy's `savez_compressed` writes, packed a little closer, which that cannot be told to do."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_PACKED) as packed:
        for name, array in arrays.items():
            with packed.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, array, allow_pickle=False)


def write_classifier(classifier: Classifier, folder: Path) -> None:
    """Write arrays and their description; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    gaps = np.diff(classifier.hashes.astype(np.uint64), prepend=np.uint64(0)).astype(np.uint32)
    _pack(
        folder / "weights.npz",
        gaps=gaps,
        rarity=classifier.rarity.astype(np.float16),
        weights=classifier.weights,
        scales=classifier.scales,
        offsets=classifier.offsets,
        mixing=classifier.mixing,
    )
    text = json.dumps(classifier.about, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "about.json").write_text(text + "\n", encoding="utf-8")
