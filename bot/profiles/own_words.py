"""Reads [wording.th] and [wording.en]: sentences that a town says in its own way. Labels stay as they are."""

from __future__ import annotations

from string import Formatter
from typing import Any

from bot.profiles.fields import Fields
from bot.wording import languages, sentences

#: Labels are typed as well as pressed, and stand on drawn menus: the same in every town.
_STAND = ("label.", "menu.", "work_label.", "tab.")
_LONGEST = 1000


def read(said: Any, top: Fields) -> dict[str, dict[str, str]]:
    """The town's own sentences by language and key; problems are noted."""
    if not isinstance(said, dict):
        top.problem("wording", "must be written as [wording.th] with lines like \"idle.thanks\" = \"…\"")
        return {}
    found: dict[str, dict[str, str]] = {}
    for language, lines in said.items():
        if language not in languages() or not isinstance(lines, dict):
            top.problem("wording", f"{language!r} is no language of ours; known: {', '.join(languages())}")
            continue
        for key, text in lines.items():
            problem = _problem(language, key, text)
            if problem:
                top.problem("wording", f"{language} {key}: {problem}")
            else:
                found.setdefault(language, {})[key] = text
    return found


def _problem(language: str, key: str, text: Any) -> str | None:
    ours = sentences(language)
    if key not in ours:
        return "there is no such sentence"
    if key.startswith(_STAND):
        return "labels are the same in every town"
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
        return f"must be text of at most {_LONGEST} characters"
    try:
        named = _fields(text)
    except ValueError:
        return "a brace is not closed; write {{ for a brace itself"
    unknown = named - _fields(ours[key]) - {"town", "town_name"}
    return f"{', '.join(sorted(unknown))} is not known in this sentence" if unknown else None


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
