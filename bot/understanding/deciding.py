"""From probabilities to decisions, each threshold with the cost it stands for."""

from functools import cache

import numpy as np

from bot.understanding.classifier import Floats, Scores
from bot.understanding.danger import (
    asks_for_power,
    has_fallen,
    is_only_named,
    is_plain,
    is_taken_back,
    laughs_it_off,
    tells_of_a_heart,
    tells_of_fire,
    wants_to_die,
)
from bot.understanding.poisoning import is_poisoning
from bot.understanding.reading import Reading
from bot.understanding.sentences import CATEGORIES

# A wrong route costs as much as five questions: guess only when the chance of error is under one in five.
WRONG_ROUTE_IN_QUESTIONS = 5
SURE_OF_CATEGORY = 1 - 1 / WRONG_ROUTE_IN_QUESTIONS
SURE_OF_INTENT = 0.5
FEW_WORDS = 4  # that fit no category more likely name no problem than another one

# A second problem is named only when it is likelier than not: it may cost a second ticket.
SURE_OF_ANOTHER = 0.5
MOST_CATEGORIES = 3

# Danger is heard from a chance of this on: silence costs more than a ring for nothing. Words that speak of fear,
# of habit, of the past or of nobody hurt ask for more.
HEARD_AS_DANGER, HEARD_ALL_THE_SAME = 0.25, 0.8
SURELY_NO_REPORT = 0.15

# How many times likelier an intent becomes by what the conversation knows.
_WAITING = {"follow_up": 3.0, "status_question": 1.5}
_NOT_WAITING = {"follow_up": 0.7, "status_question": 0.8}
_ASKED = {"follow_up": 8.0}


def intent_in_context(
    scores: Scores, intents: tuple[str, ...], has_open_tickets: bool, question_pending: bool
) -> Floats:
    """The chances of the intents, given whether the resident waits for a ticket or was asked something."""
    chances = scores.intents * _likelier(intents, has_open_tickets, question_pending)
    return np.asarray(chances / chances.sum(), dtype=np.float32)


@cache  # of the names of the intents, never of what was said
def _likelier(intents: tuple[str, ...], has_open_tickets: bool, question_pending: bool) -> Floats:
    changes = dict(_WAITING if has_open_tickets else _NOT_WAITING)
    if question_pending:
        changes["follow_up"] = changes["follow_up"] * _ASKED["follow_up"]
    return np.array([changes.get(intent, 1.0) for intent in intents], dtype=np.float32)


def is_emergency(reading: Reading, scores: Scores, intents: tuple[str, ...]) -> bool:
    """Whether somebody is in danger now: words of danger or the learnt judgement; denial and fear ask for more."""
    if wants_to_die(reading.text) and not reading.laughs:
        return True
    if reading.laughs and laughs_it_off(reading.text):
        return False
    if tells_of_fire(reading.text) or (tells_of_a_heart(reading.text) and not reading.laughs):
        return True
    if is_poisoning(reading.text):
        return True
    if scores.intents[intents.index("report")] < SURELY_NO_REPORT:
        return False
    if has_fallen(reading.text) or is_plain(reading.text):
        return True
    if asks_for_power(reading.text) or is_only_named(reading.text):
        return False
    if scores.danger < HEARD_AS_DANGER or scores.danger >= HEARD_ALL_THE_SAME:
        return scores.danger >= HEARD_ALL_THE_SAME
    return not is_taken_back(reading.text)


def secondaries(scores: Scores, codes: tuple[str, ...], primary: str) -> list[tuple[str, float]]:
    """Further problems in the same message, likeliest first, with the primary at most three."""
    chances = zip(codes, scores.also.tolist(), strict=True)
    sure = [(code, round(chance, 4)) for code, chance in chances if chance >= SURE_OF_ANOTHER and code != primary]
    return sorted(sure, key=lambda found: -found[1])[: MOST_CATEGORIES - 1]


def is_unsure(
    intent: str, scores: Scores, names: tuple[str, ...], intents: Floats, reading: Reading, *, said_so: bool
) -> bool:
    """Whether one question to the resident beats acting on the guess.

    Words that report nothing by themselves have no category to be sure of, also where the person said they report.
    """
    if said_so and scores.intents[names.index("report")] < SURELY_NO_REPORT:
        return True
    if reading.language not in ("th", "en", "lo") or not any(letter.isalnum() for letter in reading.text):
        return True
    if not said_so and float(intents.max()) < SURE_OF_INTENT:
        return True
    if len(reading.words) <= FEW_WORDS and CATEGORIES[int(scores.categories.argmax())] == "other":
        return intent == "report"
    return intent == "report" and float(scores.categories.max()) < SURE_OF_CATEGORY
