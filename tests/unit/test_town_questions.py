"""Questions find the town's answer, or are handed on; measured on paraphrases that no form was written after."""

from __future__ import annotations

import csv
from pathlib import Path

from bot import profiles
from bot.understanding.answering import Questions
from bot.understanding.reading import read

HELD_OUT = Path(__file__).parents[1] / "data" / "town_questions.tsv"
ANSWERS = profiles.load("rangsit").answers
FORMS = {answer.code: answer.forms for answer in ANSWERS}


def held_out() -> list[tuple[str, str]]:
    """A hundred questions, each with the code of its answer, or "" where the town has none."""
    with HELD_OUT.open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["code"]) for row in csv.DictReader(lines, delimiter="\t")]


def test_of_a_hundred_paraphrases_hardly_one_gets_a_wrong_answer_and_half_get_the_right_one() -> None:
    questions = Questions(FORMS)
    asked = held_out()
    right = wrong = handed_on = 0
    for text, code in asked:
        found = questions.nearest(text)
        if found is None or not found.is_sure:
            handed_on += 1
        elif found.code == code:
            right += 1
        else:
            wrong += 1
    assert len(asked) == 100
    assert wrong / len(asked) <= 0.02
    assert (right + handed_on) / len(asked) >= 0.9
    assert right >= 50, "handing everything on would be no answer"


def test_no_paraphrase_is_one_of_the_town_s_own_forms() -> None:
    ours = {read(form).text for forms in FORMS.values() for form in forms}
    assert not [text for text, _ in held_out() if read(text).text in ours]
    assert {code for _, code in held_out() if code} == set(FORMS)


def test_every_form_of_rangsit_finds_its_own_answer() -> None:
    questions = Questions(FORMS)
    for code, forms in FORMS.items():
        for form in forms:
            found = questions.nearest(form)
            assert found is not None, form
            assert found.code == code, form


def test_any_string_is_answered_without_an_error() -> None:
    questions = Questions(FORMS)
    for text in ("", " ", "\u0e48\u0e49", "🙂", "a" * 5000, "\x00", "ๆๆๆ"):
        found = questions.nearest(text)
        assert found is None or not found.is_sure
    assert Questions({}).nearest("ขยะเก็บวันไหน") is None
