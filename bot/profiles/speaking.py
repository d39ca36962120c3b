"""Reads what the town says by itself: answers.tsv, and the short questions of follow_ups.tsv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.profiles import shape
from bot.profiles.fields import Fields, graphemes, refuse_doubles
from bot.profiles.findings import Findings
from bot.profiles.sections import standing
from bot.profiles.tables import read_text, rows_of

#: Between the forms of a question, and between choices.
BAR = "|"
#: How a cell, which is one line, says that a new line begins.
NEW_LINE = "\\n"
#: What a town asks after a ticket of one category, at most.
MOST_FOLLOW_UPS = 2
#: Characters of an answer: more than a screenful is read by nobody.
_LONGEST_ANSWER = 1000
_LONGEST_FORM, _MOST_FORMS = 200, 60
_QUICK_REPLY, _MOST_CHOICES = 20, 6


def answer_maker(departments: set[str] | None) -> Callable[[Fields], shape.Answer]:
    """Makes an answer of a row; its department must be one of these."""

    def make(row: Fields) -> shape.Answer:
        forms = _parts(row, "forms", longest=_LONGEST_FORM * _MOST_FORMS)
        if not forms:
            row.problem("forms", "is missing; write how people ask it, with a bar between the ways")
        if len(forms) > _MOST_FORMS:
            row.problem("forms", f"has {len(forms)} forms; keep the {_MOST_FORMS} that differ most")
        return shape.Answer(
            code=row.code(),
            forms=forms,
            answer_th=row.text("answer_th", longest=_LONGEST_ANSWER).replace(NEW_LINE, "\n"),
            answer_en=row.text("answer_en", longest=_LONGEST_ANSWER).replace(NEW_LINE, "\n"),
            department=row.reference("department", departments, "departments.tsv", optional=True),
            valid_until=_last_day(row),
            **standing(row),
        )

    return make


def _last_day(row: Fields) -> date | None:
    return row.day("valid_until") if row.text("valid_until", optional=True) else None


def follow_up_maker(categories: set[str] | None) -> Callable[[Fields], shape.FollowUp]:
    """Makes a follow-up of a row; its category must be one of these, and has at most two."""
    counts: Counter[str] = Counter()

    def make(row: Fields) -> shape.FollowUp:
        category = row.reference("category", categories, "categories.tsv")
        counts[category] += 1
        if counts[category] == MOST_FOLLOW_UPS + 1:
            row.problem("category", f"{category} has more than {MOST_FOLLOW_UPS} follow-ups; keep what its owner needs")
        thai, english = _choices(row, "choices_th"), _choices(row, "choices_en")
        if len(thai) != len(english):
            row.problem("choices_en", "must have as many choices as choices_th, in the same order")
        return shape.FollowUp(
            category=category,
            code=row.code(),
            label_th=row.text("label_th", longest=80),
            label_en=row.text("label_en", longest=80),
            ask_th=row.text("ask_th", longest=400),
            ask_en=row.text("ask_en", longest=400),
            choices_th=thai,
            choices_en=english,
            **standing(row),
        )

    return make


def _choices(row: Fields, key: str) -> tuple[str, ...]:
    found = _parts(row, key, longest=400)
    too_long = [choice for choice in found if graphemes(choice) > _QUICK_REPLY]
    if too_long:
        row.problem(key, f"{too_long[0]!r} does not fit a quick reply; find words of at most {_QUICK_REPLY}")
    if len(found) > _MOST_CHOICES:
        row.problem(key, f"has {len(found)} choices; keep at most {_MOST_CHOICES}")
    return found


def _parts(row: Fields, key: str, *, longest: int) -> tuple[str, ...]:
    return tuple(part.strip() for part in row.text(key, longest=longest, optional=True).split(BAR) if part.strip())


def read_answers(path: Path, departments: set[str]) -> tuple[shape.Answer, ...]:
    """The answers in a file of the form of answers.tsv, for a town with these departments.

    :raises ProfileRefused: with everything that is wrong with it.
    """
    findings = Findings()
    text = read_text(path, findings)
    found = rows_of(text, "answers.tsv", findings) if text is not None else None
    make = answer_maker(departments)
    answers = tuple(make(row) for row in found or ())
    refuse_doubles(found or (), "code", [answer.code for answer in answers])
    findings.refuse_if_any()
    return answers
