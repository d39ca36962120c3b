"""How well sentences were understood: counted figures, each with its interval."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CALIBRATION_BINS = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence's answer beside what was understood; codes are empty for anything but a report."""

    intent: str
    understood_intent: str
    codes: tuple[str, ...]  # the primary first
    understood_codes: tuple[str, ...]
    best_code: str  # the likeliest category, whatever the intent
    confidence: float  # of best_code
    emergency: bool
    understood_emergency: bool
    unsure: bool
    clear: bool = True

    @property
    def primary(self) -> str:
        return self.codes[0] if self.codes else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, wrongly found and missed, and the figures that follow from them."""

    right: int
    wrongly_found: int
    missed: int

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.wrongly_found)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.wrongly_found + self.missed)


def tally(answers: Iterable[tuple[bool, bool]]) -> Tally:
    """Count pairs of (is so, was understood so)."""
    pairs = list(answers)
    return Tally(
        sum(is_so and said for is_so, said in pairs),
        sum(said and not is_so for is_so, said in pairs),
        sum(is_so and not said for is_so, said in pairs),
    )


def share_right(answers: Iterable[bool]) -> float:
    """The share of right answers; 0 of none is 0."""
    found = list(answers)
    return _share(sum(found), len(found))


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of `count` trials."""
    if not count:
        return 0.0, 1.0
    z = 1.96
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    below = 1 + z * z / count
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def per_category(verdicts: Sequence[Verdict], codes: Iterable[str]) -> dict[str, Tally]:
    """How well each category is found as the primary problem of reports, by the likeliest category."""
    reports = [verdict for verdict in verdicts if verdict.codes]
    return {code: tally((verdict.primary == code, verdict.best_code == code) for verdict in reports) for code in codes}


def per_intent(verdicts: Sequence[Verdict], intents: Iterable[str]) -> dict[str, Tally]:
    """How well each intent is found."""
    return {
        intent: tally((verdict.intent == intent, verdict.understood_intent == intent) for verdict in verdicts)
        for intent in intents
    }


def all_codes(verdicts: Sequence[Verdict]) -> Tally:
    """All asserted codes of reports against all labelled ones, counted together."""
    tallies = [(set(verdict.codes), set(verdict.understood_codes)) for verdict in verdicts if verdict.codes]
    return Tally(
        sum(len(labelled & found) for labelled, found in tallies),
        sum(len(found - labelled) for labelled, found in tallies),
        sum(len(labelled - found) for labelled, found in tallies),
    )


def macro_f1(tallies: dict[str, Tally], at_least: int = 1) -> float:
    """The mean F1 of the classes with so many true rows."""
    counted = [one.f1 for one in tallies.values() if one.right + one.missed >= at_least]
    return sum(counted) / len(counted) if counted else 0.0


def calibration_error(answers: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins of confidence (ECE), for (confidence, was right)."""
    return sum(
        len(rows) * abs(share_right(right for _, right in rows) - sum(sure for sure, _ in rows) / len(rows))
        for rows in calibration_bins(answers)
        if rows
    ) / max(1, len(answers))


def calibration_bins(answers: Sequence[tuple[float, bool]]) -> list[list[tuple[float, bool]]]:
    """The answers sorted into ten bins of confidence, least sure first."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(CALIBRATION_BINS)]
    for confidence, right in answers:
        bins[min(int(confidence * CALIBRATION_BINS), CALIBRATION_BINS - 1)].append((confidence, right))
    return bins


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
