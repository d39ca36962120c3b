"""Measures the place finder on sentences whose places are known."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles

from bot.places.gazetteer import Gazetteer


@dataclass
class Marks:
    """How the finder did. A sentence is right when exactly what was expected is offered."""

    right: int = 0
    missed: int = 0  # a place was named and nothing offered
    wrong: int = 0  # something else was offered, or something where nothing is named
    milliseconds: list[float] = field(default_factory=list)
    slips: list[tuple[str, str, str]] = field(default_factory=list)  # sentence, expected, offered

    @property
    def sentences(self) -> int:
        """All that were read."""
        return self.right + self.missed + self.wrong

    def table(self) -> str:
        """The figures, one in a line."""
        p50, p99 = median(self.milliseconds), quantiles(self.milliseconds, n=100)[98]
        offered = self.right_offers + self.wrong
        lines = (
            ("sentences", f"{self.sentences}"),
            ("right", f"{self.right} ({self.right / self.sentences:.1%})"),
            ("offers that are right", f"{self.right_offers} of {offered} ({self.right_offers / max(1, offered):.1%})"),
            ("named and not offered", f"{self.missed}"),
            ("offered wrongly", f"{self.wrong}"),
            ("time p50, p99", f"{p50:.2f} ms, {p99:.2f} ms"),
        )
        return "\n".join(f"{name:<24}{value}" for name, value in lines)

    right_offers: int = 0


def examine(gazetteer: Gazetteer, sentences: Iterable[tuple[str, frozenset[str]]]) -> Marks:
    """Find the places of every sentence, timed after one reading that warms what is made on first use."""
    sentences = list(sentences)
    for text, _ in sentences:
        gazetteer.find(text)
    marks = Marks()
    for text, expected in sentences:
        began = time.perf_counter()
        found = gazetteer.find(text)
        marks.milliseconds.append((time.perf_counter() - began) * 1000)
        offered = frozenset(place.code for place in found.here)
        if offered == expected:
            marks.right += 1
            marks.right_offers += bool(offered)
            continue
        marks.slips.append((text, "|".join(sorted(expected)) or "-", "|".join(sorted(offered)) or "-"))
        if offered:
            marks.wrong += 1
        else:
            marks.missed += 1
    return marks
