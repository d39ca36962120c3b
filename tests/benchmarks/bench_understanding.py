"""What understanding one message costs, beside scikit-learn's own predict; and what loading it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from bot.cli.stage import ROOT
from bot.understanding import load, understand
from bot.understanding.sentences import own_sentences
from tests.benchmarks.bench import percentile, table

LETTERS = 120
MOST_P50_MS, MOST_P99_MS = 1.0, 5.0
MOST_SECONDS, MOST_MEGABYTES = 1.2, 130

AT_MOST_TIMES_THEIRS = 2.0

_LOADS = """
import os, time
from tests.benchmarks.bench import resident_memory_mb
before, began = resident_memory_mb(os.getpid()), time.process_time()
from bot.understanding import load, understand
load()
understand("น้ำแดง")
print(time.process_time() - began, resident_memory_mb(os.getpid()) - before)
"""


def _texts() -> list[str]:
    """Different ones of 120 characters each, made of our own sentences one after the other."""
    running = " ".join(sentence.text for sentence in own_sentences() if sentence.language == "th")
    return [running[place : place + LETTERS] for place in range(0, 600 * LETTERS, LETTERS)]


def _milliseconds(answer: Callable[[str], object], texts: list[str]) -> list[float]:
    """Processor time of this thread, so that a busy machine is not held against either."""
    for text in texts[:50]:
        answer(text)
    taken = []
    for text in texts:
        began = time.thread_time()
        answer(text)
        taken.append((time.thread_time() - began) * 1000)
    return taken


def test_a_message_of_120_letters() -> None:
    load()
    reports = [sentence for sentence in own_sentences() if sentence.primary]
    plain = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(2, 5)), LinearSVC())
    plain.fit([sentence.text for sentence in reports], [sentence.primary for sentence in reports])
    texts = _texts()
    ours = _milliseconds(understand, texts)
    theirs = _milliseconds(lambda text: plain.predict([text]), texts)
    named = (("understand: words, intent, danger, reasons", ours), ("scikit-learn's predict of the category", theirs))
    rows = [(name, percentile(taken, 50), percentile(taken, 99)) for name, taken in named]
    table(f"one message of {LETTERS} letters, processor ms", ("what", "p50", "p99"), rows)
    assert percentile(ours, 50) <= AT_MOST_TIMES_THEIRS * percentile(theirs, 50)
    if os.getloadavg()[0] > (os.cpu_count() or 1):
        pytest.skip("other work on this machine: milliseconds say nothing, only the comparison was held")
    assert percentile(ours, 50) <= MOST_P50_MS
    assert percentile(ours, 99) <= MOST_P99_MS


def test_loading_model_and_dictionary() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", _LOADS], capture_output=True, text=True, check=True, cwd=ROOT)
        for _ in range(3)
    ]
    seconds, megabytes = (min(float(run.stdout.split()[place]) for run in runs) for place in (0, 1))
    table("loading, best of three", ("processor s", "MB beyond numpy"), [(seconds, megabytes)])
    assert seconds <= MOST_SECONDS
    assert megabytes <= MOST_MEGABYTES
