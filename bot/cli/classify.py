"""`flask classify`: understanding as a filter, one JSON line in, one JSON line out."""

import json
import sys
from typing import Any

import click

from bot.understanding import Guess, Understanding, understand


@click.command("classify", short_help="Say what messages mean, as JSON lines.")
def classify() -> None:
    """Classify JSON lines {"id","text"} from standard input, one answer per line.

    Answers come in order and at once. A line that is not such an object is answered with {"error"}
    and makes the exit status 1 when the input has ended. Needs no database and no LINE setting.
    """
    any_bad = False
    answers = sys.stdout.buffer
    for line in sys.stdin.buffer:
        answer = answer_to(line)
        any_bad = any_bad or "error" in answer
        # ASCII only: a lone surrogate in an id has no UTF-8 form, and \u escapes cross any terminal.
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()
    if any_bad:
        sys.exit(1)


def answer_to(line: bytes) -> dict[str, Any]:
    """The contract's object for one line of input, or {"error": why}."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"error": "not a JSON line"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"error": 'expected an object with "id" and "text"', **_id_of(asked)}
    return {"id": asked.get("id"), **_as_json(understand(asked["text"]))}


def _id_of(asked: object) -> dict[str, Any]:
    return {"id": asked["id"]} if isinstance(asked, dict) and "id" in asked else {}


def _as_json(found: Understanding) -> dict[str, Any]:
    return {
        "intent": found.intent,
        "categories": [_guess(guess) for guess in found.categories],
        "alternatives": [_guess(guess) for guess in found.alternatives],
        "emergency": found.emergency,
        "language": found.language,
        "unsure": found.unsure,
    }


def _guess(guess: Guess) -> dict[str, Any]:
    return {"code": guess.code, "confidence": guess.confidence}
