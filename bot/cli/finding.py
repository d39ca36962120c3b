"""What `flask doctor` found: one thing that was looked at, how it is, and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

MARKS = {"fine": "✓", "note": "·", "problem": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do; `names` are those it speaks of, by their table."""

    level: Literal["fine", "note", "problem"]
    about: str
    say: str
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def whole(self) -> dict[str, str]:
        """For programs: all in one sentence, "office; departments clerk, water; …" behind it."""
        named = "; ".join(f"{table} {', '.join(rows)}".strip() for table, rows in self.names.items())
        return {"level": self.level, "about": self.about, "say": f"{self.say}: {named}" if named else self.say}

    def lines(self, columns: int) -> Iterator[str]:
        """For people: the sentence, then every table beginning a line of its own, no broader than `columns`."""
        yield f"{MARKS[self.level]} {self.about}: {self.say}"
        without_rows = ", ".join(table for table, rows in self.names.items() if not any(rows))
        tables = [f"{table}: {', '.join(rows)}" for table, rows in self.names.items() if any(rows)]
        wrapper = textwrap.TextWrapper(columns, " " * 4, " " * 8, break_on_hyphens=False, break_long_words=False)
        for said in filter(None, (without_rows, *tables)):
            yield from wrapper.wrap(said)


def counted(number: int, one: str, several: str | None = None) -> str:
    """The number with its noun: "1 thing", "2 things"."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"
