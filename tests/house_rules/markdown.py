"""README.md and docs/ as the house rules read them: tables, code, links, and the commands a reader would type."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house_rules.tree import files, read

README = Path("README.md")
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\[[^\]\n]+\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_ENDS_COMMAND = re.compile(r"\s(?:\||>|<|&&|;)|$")


@cache
def documents() -> dict[Path, str]:
    """README.md and every page of docs/, by path."""
    pages = [path for path in files() if path == README or (path.parts[0] == "docs" and path.suffix == ".md")]
    return {path: read(path) for path in pages}


def blocks(text: str, language: str | None = None) -> list[str]:
    """The fenced code of a text; of one language if one is named ("" is a fence without)."""
    return [code for said, code in _FENCE.findall(text) if language in (None, said)]


def spans(text: str) -> list[str]:
    """The `code` inside a text's prose and tables."""
    return _INLINE.findall(_FENCE.sub("", text))


def links(text: str) -> list[str]:
    """Where a text's links lead."""
    return _LINK.findall(_FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """The names under which a text's headings can be linked to, as GitHub makes them."""
    found = set()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        found.add(kept.replace(" ", "-"))
    return found


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of the same rank or a higher one.

    :raises ValueError: there is no such heading.
    """
    found = re.search(rf"^(#+) {re.escape(heading)}$", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"no heading is called {heading!r}")
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def tables(text: str) -> list[list[list[str]]]:
    """The tables of a text: rows of cells, without the heading and the line under it."""
    found: list[list[list[str]]] = []
    rows: list[list[str]] = []
    for line in [*_FENCE.sub("", text).splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


def table(text: str, heading: str) -> list[list[str]]:
    """The first table under a heading.

    :raises ValueError: there is none.
    """
    found = tables(section(text, heading))
    if not found:
        raise ValueError(f"no table stands under {heading!r}")
    return found[0]


def code(cell: str) -> list[str]:
    """The `code` in a table's cell."""
    return _INLINE.findall(cell)


def commands(text: str, program: str) -> Iterator[list[str]]:
    """What a text lets the reader type after a program's name, as words; wherever it stands as code."""
    for piece in [*spans(text), *(line for block in blocks(text) for line in _whole_lines(block))]:
        for found in re.finditer(rf"(?:^\s*|/){re.escape(program)} (?=[\w.-])", piece):
            rest = piece[found.end() :]
            end = _ENDS_COMMAND.search(rest)
            yield _words(rest[: end.start()] if end else rest)


def _whole_lines(block: str) -> list[str]:
    """The lines of a block without their comments, those that end in a backslash made whole."""
    return [re.sub(r"(?:^|\s)# .*", "", line) for line in re.sub(r"\\\n\s*", " ", block).splitlines()]


def _words(typed: str) -> list[str]:
    try:
        return shlex.split(typed)
    except ValueError:  # an apostrophe in prose
        return typed.split()
