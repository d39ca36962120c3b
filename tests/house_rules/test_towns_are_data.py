"""A town is data: no code names one. Where an example has to be named (demonstrations, defaults), it is listed here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bot import profiles
from tests.house_rules.tree import ROOT, expect_none

#: Commands that need a town when none is named, and what the form of a code looks like in a message.
MAY_NAME_THE_EXAMPLE = {
    "bot/cli/demo.py",
    "bot/cli/harness_replay.py",
    "bot/cli/municipality.py",
    "bot/cli/nearby.py",
    "bot/cli/places.py",
    "bot/cli/simulator.py",
    "bot/cli/stage.py",
    "bot/profiles/sections.py",
    "bot/simulator/story.py",
}


def names() -> set[str]:
    """What the towns of the project are called: in code, in Thai and in English, without the kind of body."""
    found = set()
    for name in profiles.names():
        town = profiles.load(name)
        found |= {town.code, town.name.th.removeprefix("เทศบาลนคร").removeprefix("เทศบาลเมือง"), town.name.en.split()[0]}
    return {name.lower() for name in found} - {"example", "province"}  # words of everyday


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Every text of a module that is no docstring, with its line."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def naming(source: str, about: str, forbidden: set[str]) -> list[str]:
    """Where a module names a town."""
    return [
        f"{about}:{line}: names the town {name!r}"
        for line, text in texts(source)
        for name in forbidden
        if name in text.lower()
    ]


def test_no_code_names_a_town() -> None:
    found, forbidden = [], names()
    for folder in ("bot", "handlers", "models", "migrations"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            about = path.relative_to(ROOT).as_posix()
            if about not in MAY_NAME_THE_EXAMPLE:
                found += naming(path.read_text(encoding="utf-8"), about, forbidden)
    expect_none(found)


def test_a_town_in_code_would_be_found() -> None:
    source = '"""Rangsit is fine here."""\nif town.code == "rangsit":\n    word = "เทศบาลนครรังสิต"\n'
    assert len(naming(source, "x.py", names())) >= 2


def test_the_list_names_only_what_is_there() -> None:
    assert [name for name in MAY_NAME_THE_EXAMPLE if not Path(ROOT / name).is_file()] == []
