"""A reading as numbers: hashed character 2- to 5-grams, words 1 to 2, and cues, computed with numpy alone.

A feature is a 32-bit hash, so the model holds no piece of any sentence it learnt from.
"""

import zlib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.understanding.cues import cues_of
from bot.understanding.reading import Reading

GRAM_LENGTHS = (2, 3, 4, 5)

_PRIME = np.uint32(0x01000193)
_START, _END = "\u0002", "\u0003"

UInts = NDArray[np.uint32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """Hashes of one reading in the order they stand, with the place of each in its text.

    `starts` and `lengths` are in characters of `^text$` for `grams`; `word_numbers` says which word
    a word feature begins with, `word_starts` at which character. Even hashes are grams, odd ones
    words and cues: the two never collide.
    """

    grams: UInts
    starts: Ints
    lengths: Ints
    word_hashes: UInts
    word_numbers: Ints
    word_starts: Ints
    cues: UInts


def features_of(reading: Reading) -> Features:
    """Hash the grams of the text, and the words and pairs of words, of a reading."""
    codes = np.frombuffer((_START + reading.text + _END).encode("utf-32-le"), dtype=np.uint32)
    hashes: list[UInts] = []
    starts: list[Ints] = []
    lengths: list[Ints] = []
    running = np.full(codes.size, 0x811C9DC5, dtype=np.uint32)
    for size in range(1, GRAM_LENGTHS[-1] + 1):
        count = codes.size - size + 1
        if count <= 0:
            break
        running = (running[:count] ^ codes[size - 1 :]) * _PRIME
        if size in GRAM_LENGTHS:
            hashes.append(running + np.uint32(size))
            starts.append(np.arange(count))
            lengths.append(np.full(count, size))
    word_hashes, word_numbers = _of_words(reading.words)
    return Features(
        _mixed(np.concatenate(hashes)) & np.uint32(0xFFFFFFFE),
        np.concatenate(starts),
        np.concatenate(lengths),
        word_hashes,
        word_numbers,
        _starts_of(reading)[word_numbers],
        np.array([zlib.crc32(b"cue " + cue.encode()) | 1 for cue in cues_of(reading)], dtype=np.uint32),
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


def _of_words(words: tuple[str, ...]) -> tuple[UInts, Ints]:
    ones = [zlib.crc32(word.encode("utf-8", "replace")) | 1 for word in words]
    pairs = [(one * 31 + two * 17) & 0xFFFFFFFF | 1 for one, two in pairwise(ones)]
    numbers = [*range(len(ones)), *range(len(pairs))]
    return np.array(ones + pairs, dtype=np.uint32), np.array(numbers, dtype=np.int64)
