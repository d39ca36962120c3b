"""Any string is answered, quickly; and how a thing is typed changes nothing."""

import random
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.understanding import load, understand
from bot.understanding.sentences import Sentence, read_sentences
from bot.understanding.slips import in_a_hurry, without_marks

DATA = Path(__file__).parents[1] / "data"
LONGEST_SECONDS = 0.05
_LETTERS = [chr(code) for code in range(0x0E01, 0x0E5C) if chr(code).isprintable()]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    load()
    understand("น้ำ")


def _seconds(text: str) -> float:
    """Processor seconds of this thread, so that a busy machine is not held against us."""
    began = time.thread_time()
    found = understand(text)
    took = time.thread_time() - began
    assert len(found.alternatives) == 3
    assert (found.categories != ()) == (found.intent == "report")
    assert all(0 <= guess.confidence <= 1 for guess in found.alternatives)
    return took


@given(st.text(alphabet=st.characters(codec=None), max_size=500))
def test_any_text_is_answered(text: str) -> None:
    _seconds(text)


def _odd_texts(count: int) -> list[str]:
    chance = random.Random(2569)
    kinds = [
        lambda size: "".join(chance.choices(_LETTERS, k=size)),
        lambda size: "".join(chr(chance.randrange(0x110000)) for _ in range(size)),
        lambda size: "".join(chance.choices("่้๊๋์ัิีึืุู็ํ", k=size)),
        lambda size: "".join(chr(chance.randrange(0x20)) for _ in range(size)),
        lambda size: "".join(chance.choices(["น้ำ", "แดง", "ตากลม", " ", "5", "\u200b", "😀", "a"], k=size)),
        lambda size: chance.choice(["ก", "า", "a", " ", "😀", "\u202e", "ﷺ", "ทรง", "\ud800"]) * size,
    ]
    return [kinds[number % len(kinds)](chance.choice((1, 40, 800))) for number in range(count)]


def test_a_thousand_odd_texts_are_each_answered_in_no_time() -> None:
    slowest = max(_seconds(text) for text in _odd_texts(1000))
    assert slowest < LONGEST_SECONDS


@pytest.mark.long
def test_ten_thousand_odd_texts_are_each_answered_in_no_time() -> None:
    slowest = max(_seconds(text) for text in _odd_texts(10_000))
    assert slowest < LONGEST_SECONDS


@pytest.mark.parametrize(
    "piece", ["น้ำแดง", "่", "ก", " ", "\x00", "😀", "\u202e", "ﷺ", "ปัญหา :", "l;ylfu ", "ไฟไหม้", "https://x ", "1/2"]
)
def test_the_longest_message_line_allows_is_answered_in_no_time(piece: str) -> None:
    assert _seconds((piece * 5000)[:5000]) < LONGEST_SECONDS


def test_a_usual_message_costs_about_a_millisecond() -> None:
    text = "น้ำประปาที่บ้านเป็นสีแดงมา 3 วันแล้ว ซอยรังสิต-นครนายก 46 รบกวนเจ้าหน้าที่เข้ามาตรวจสอบให้ด้วยนะคะ เดือดร้อนมาก"
    batches = [sorted(_seconds(f"{text[:118]}{number}") for number in range(100)) for _ in range(5)]
    calmest = min(batches, key=lambda batch: batch[50])  # others work on this machine too
    assert calmest[50] < 0.002, "half of all messages"  # 0.7 ms on an idle machine
    assert calmest[98] < 0.005, "99 of 100 messages"


def test_loading_takes_no_scikit_learn() -> None:
    assert understand("น้ำแดง").model_version
    import subprocess

    asked = "import sys, bot.understanding as u; u.understand('น้ำแดง'); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


def _reports() -> list[Sentence]:
    paths = sorted(DATA.glob("understanding_*.tsv"))
    return [one for path in paths for one in read_sentences(path) if one.primary and one.language == "th"]


def test_without_tone_marks_fewer_than_four_in_a_hundred_change_their_category() -> None:
    sentences = _reports()
    changed = [
        sentence.text
        for sentence in sentences
        if understand(sentence.text).alternatives[0].code
        != understand(without_marks(sentence.text)).alternatives[0].code
    ]
    assert len(changed) < 0.04 * len(sentences), changed


def test_danger_is_heard_without_tone_marks_and_with_slips() -> None:
    dangers = [one for one in read_sentences(DATA / "understanding_emergency.tsv") if one.emergency]
    for typed in (without_marks, in_a_hurry):
        missed = [typed(one.text) for one in dangers if not understand(typed(one.text)).emergency]
        assert len(missed) <= 0.15 * len(dangers), missed


@pytest.mark.parametrize("change", ["particle", "stretch", "spaces", "zero width"])
def test_how_it_is_typed_changes_the_category_of_fewer_than_two_in_a_hundred(change: str) -> None:
    def retyped(text: str) -> str:
        if change == "particle":
            return text + "นะคะ"
        if change == "stretch":
            return text + text[-1] * 4 if text[-1] in "กขคงดตนบปมยรลวสหอะาๆ" else text
        if change == "spaces":
            return text.replace(" ", "")
        return "\u200b".join(text)

    sentences = _reports()
    changed = [
        sentence.text
        for sentence in sentences
        if understand(sentence.text).alternatives[0].code != understand(retyped(sentence.text)).alternatives[0].code
    ]
    assert len(changed) < 0.02 * len(sentences), changed
