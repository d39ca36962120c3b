"""What the model also learns from: our sentences as a thumb types them."""

from collections import Counter

import pytest

from bot.understanding.sentences import own_sentences
from bot.understanding.slips import in_a_hurry, without_marks


def test_without_marks_keeps_every_letter_and_vowel() -> None:
    assert without_marks("น้ำประปาที่บ้านเป็นสีแดง") == "นำประปาทีบานเปนสีแดง"
    assert without_marks("street light, soi 5") == "street light, soi 5"


@pytest.mark.parametrize("text", ["น้ำประปาแดงมาก", "garbage everywhere", "ก", "", "5555", "😡"])
def test_the_same_text_always_gets_the_same_slips(text: str) -> None:
    assert in_a_hurry(text) == in_a_hurry(text)


def test_a_hurried_sentence_is_changed_but_hardly_longer_or_shorter() -> None:
    texts = [sentence.text for sentence in own_sentences()[::40]]
    typed = [in_a_hurry(text) for text in texts]
    assert sum(one != other for one, other in zip(texts, typed, strict=True)) > 0.9 * len(texts)
    for text, other in zip(texts, typed, strict=True):
        lost = Counter(text) - Counter(other)
        assert lost.total() <= 1 + len(text) // 18 + sum(text.count(mark) for mark in "่้๊๋"), text
