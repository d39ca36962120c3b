"""Messages as the strict simulator judges them, and what a person reads in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.line.actions import Json, Speaker
from bot.simulator.refusals import Refusal
from bot.simulator.rules.checks import text as any_text
from bot.simulator.rules.messages import check_body

KEY = b"k" * 32
SPEAKER = Speaker("rangsit", KEY, lambda picture, rendition: f"https://bot.test/media/{picture.media_id}-{rendition}")
BLIND = Speaker("rangsit", KEY, lambda picture, rendition: None)


def accepted(messages: list[Json]) -> list[Json]:
    """The messages, once the strict simulator takes them as they would be sent."""
    sent = json.loads(json.dumps({"replyToken": "t", "messages": messages}))
    try:
        check_body(sent, {"replyToken": any_text(100)})
    except Refusal as refusal:
        pytest.fail(f"LINE would refuse: {vars(refusal)}")
    return messages


def inside(value: Any) -> Iterator[Json]:
    """Every object in a message."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from inside(part)
    elif isinstance(value, list):
        for part in value:
            yield from inside(part)


def labels(messages: list[Json]) -> list[str]:
    return [part["label"] for part in inside(messages) if "label" in part]


def words(messages: list[Json]) -> str:
    return "\n".join(part["text"] for part in inside(messages) if isinstance(part.get("text"), str))
