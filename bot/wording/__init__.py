"""Every sentence the bot speaks, keyed by meaning: {th,en}.toml, and {th,en}.officer.toml for the officers' side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FALLBACK = "th"


@cache
def sentences(language: str) -> Mapping[str, str]:
    """All sentences of a language, keys flattened with dots ("draft.ask_place")."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"{language}*.toml")):
        with path.open("rb") as file:
            found.update(_flatten("", tomllib.load(file)))
    return found


def _flatten(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    found = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flatten(f"{prefix}{key}.", value)
        else:
            found.append((prefix + key, str(value)))
    return found


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(sorted({path.name.split(".")[0] for path in FOLDER.glob("*.toml")}))


class Wording:
    """The sentences of one language; `w("draft.sent", number=…)`. `town` is in every sentence that wants it.

    `instead` holds the sentences that a town says in its own way.
    """

    def __init__(self, language: str, instead: Mapping[str, str] | None = None, /, **always: str) -> None:
        self.language = language if language in languages() else FALLBACK
        self._always = always
        self._instead = instead or {}

    def __call__(self, key: str, **values: object) -> str:
        """The sentence for `key`, filled in. A key that does not exist is a bug and raises KeyError."""
        return (self._instead.get(key) or sentences(self.language)[key]).format(**{**self._always, **values})

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in sentences(self.language)

    def either(self, thai: str, english: str) -> str:
        """A fact that the town keeps in both languages."""
        return thai if self.language == "th" else english


def key_of_label(text: str, prefix: str = "label.") -> str | None:
    """The key of the standing label that these typed words are, in any language; None when they are no label."""
    wanted = text.strip().casefold()
    for language in languages():
        for key, value in sentences(language).items():
            if key.startswith(prefix) and value.strip().casefold() == wanted:
                return key.removeprefix(prefix)
    return None
