"""The wording files say the same things in every language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.house_rules.tree import ROOT, expect_none

COMPLETE = ("th", "en")  # the other languages may leave out what they do not have yet


def flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a wording file with its full key."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        elif isinstance(value, list):
            yield from ((f"{above}{key}.{number}", str(one)) for number, one in enumerate(value))
        else:
            yield f"{above}{key}", str(value)


def disagreements(wordings: dict[str, dict[str, str]]) -> list[str]:
    """Keys that a language lacks or has alone, sentences left empty, and blanks that the Thai sentence lacks."""
    thai, found = wordings["th"], []
    for language, said in wordings.items():
        missing = thai.keys() - said.keys() if language in COMPLETE else set()
        found += [f"{language}: {key} is missing" for key in sorted(missing)]
        found += [f"{language}: {key} is not in th" for key in sorted(said.keys() - thai.keys())]
        found += [f"{language}: {key} is empty" for key, sentence in said.items() if not sentence.strip()]
        found += [
            f"{language}: {key} has a blank that th lacks"
            for key, sentence in said.items()
            if _blanks(sentence) - _blanks(thai.get(key, sentence))
        ]
    return found


def _blanks(sentence: str) -> set[str]:
    return set(re.findall(r"\{([^{}]*)\}", sentence))


def test_every_language_says_the_same_things() -> None:
    files = sorted((ROOT / "bot" / "wording").glob("*.toml"))
    if not files:
        pytest.skip("there are no wording files yet")
    wordings: dict[str, dict[str, str]] = {}
    for path in files:  # th.toml and th.officer.toml are one language
        said = wordings.setdefault(path.name.split(".")[0], {})
        sentences = dict(flat(tomllib.loads(path.read_text(encoding="utf-8"))))
        assert not said.keys() & sentences.keys(), f"{path.name} says again what another file says"
        said.update(sentences)
    assert set(COMPLETE) <= wordings.keys()
    expect_none(disagreements(wordings))


def test_a_disagreement_would_be_found() -> None:
    thai = {"card.sent": "{town}ได้รับเรื่องแล้ว", "card.more": "ดูเพิ่ม"}
    assert disagreements({"th": thai, "en": {"card.sent": "{town} has it", "card.more": "More"}}) == []
    assert disagreements({"th": thai, "en": {"card.sent": "{city} has it", "extra": " "}}) == [
        "en: card.more is missing",
        "en: extra is not in th",
        "en: extra is empty",
        "en: card.sent has a blank that th lacks",
    ]
    assert disagreements({"th": thai, "en": thai, "my": {}}) == []
    assert dict(flat({"a": {"b": "x", "c": ["y"]}})) == {"a.b": "x", "a.c.0": "y"}
