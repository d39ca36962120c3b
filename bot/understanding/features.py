"""A reading as numbers: hashed character 2- to 5-grams, words 1 to 2, and cues, computed with numpy alone.

A feature is a 32-bit hash, so the model holds no piece of any sentence it learnt from.
"""

import zlib
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.understanding.cues import cues_of
from bot.understanding.reading import Reading

GRAM_LENGTHS = (2, 3, 4, 5)
GRAM, WORD, CUE = range(3)

_PRIME = np.uint32(0x01000193)
_START, _END = "\u0002", "\u0003"

_COUNTING = np.arange(4096)  # cut to length instead of counted anew; longer than any reading

UInts = NDArray[np.uint32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """Hashes of one reading in the order they stand, with the place of each in its text: grams, words and pairs, cues.

    `starts` are in characters of `^text$`; cues stand at the beginning. `word_numbers` says which word
    a word feature begins with. Even hashes are grams, odd ones words and cues: the two never collide.
    """

    hashes: UInts
    starts: Ints
    counts: tuple[int, int, int]  # of GRAM, WORD, CUE
    lengths: Ints  # of the grams, in characters
    word_numbers: Ints

    @property
    def word_starts(self) -> Ints:
        """Where each word feature begins."""
        grams, words, _ = self.counts
        return self.starts[grams : grams + words]


def features_of(reading: Reading) -> Features:
    """Hash the grams of the text, and the words and pairs of words, of a reading."""
    codes = np.frombuffer((_START + reading.text + _END).encode("utf-32-le"), dtype=np.uint32)
    grams: list[UInts] = []
    running = np.full(codes.size, 0x811C9DC5, dtype=np.uint32)
    for size in range(1, min(GRAM_LENGTHS[-1], codes.size) + 1):
        running = (running[: codes.size - size + 1] ^ codes[size - 1 :]) * _PRIME
        if size in GRAM_LENGTHS:
            grams.append(running + np.uint32(size))
    sizes = [gram.size for gram in grams]
    words = _of_words(reading.words)
    numbers = np.concatenate([_COUNTING[: len(reading.words)], _COUNTING[: words.size - len(reading.words)]])
    cues = np.array([_of_cue(cue) for cue in cues_of(reading)], dtype=np.uint32)
    return Features(
        np.concatenate([_mixed(np.concatenate(grams)) & np.uint32(0xFFFFFFFE), words, cues]),
        np.concatenate([*(_COUNTING[:size] for size in sizes), _starts_of(reading)[numbers], np.zeros_like(cues, int)]),
        (sum(sizes), words.size, cues.size),
        np.repeat(np.array(GRAM_LENGTHS[: len(sizes)]), sizes),
        numbers,
    )


def _starts_of(reading: Reading) -> Ints:
    starts, place = [], 0
    for word in reading.words:
        place = reading.text.index(word, place)
        starts.append(place)
        place += len(word)
    return np.array(starts, dtype=np.int64)


def _mixed(hashes: UInts) -> UInts:
    # The finaliser of MurmurHash3 (public domain): neighbours in, strangers out.
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


def _of_words(words: tuple[str, ...]) -> UInts:
    ones = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint32) | np.uint32(1)
    pairs = (ones[:-1] * np.uint32(31) + ones[1:] * np.uint32(17)) | np.uint32(1)
    return np.concatenate([ones, pairs])


@cache  # of our own names, never of what was said
def _of_cue(name: str) -> int:
    return zlib.crc32(b"cue " + name.encode()) | 1
