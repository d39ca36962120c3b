"""The statistical test, pure: how likely are so many reports here within two hours, if everything is as usual?

Usual is what the town's own counts of the last twelve months say, by kind, hour and place, as if hour and place had
nothing to do with each other: reports of this kind at this hour, times the share of this kind that comes from the
cells within reach, which are rather more ground than the reach itself. Counts are few, so their own uncertainty is
part of the test: with A reports expected over D days, today's number is negative binomial (a Poisson whose rate is
Gamma(A + 1/2, D)).

A report was just made, so the question is for the *others* around it: the chance of n - 1 or more of them. It is an
alarm when that is below one in the number of reports of this kind in a year. As there is one test for each report,
there is at most about one false alarm a year for each kind and town, if usual days are as usual as that; rain, feasts
and fashions are not, and the simulated year of `flask nearby evaluate` says what becomes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

#: Reports that are looked at together.
WINDOW = timedelta(hours=2)
#: Fewer different residents are never an outbreak.
FEWEST = 3
#: Days of counts before anything can be called unusual.
DAYS_TO_LEARN = 14
#: Metres. Around a report within which others belong to it: the kind's own radius, but not less.
NEAREST_M = 200
#: A kind that reaches so far (metres) is of the pipes: three reports in the window are always enough.
SURE_M = 500
#: False alarms a year that a town may bear for each kind.
FALSE_ALARMS_A_YEAR = 1.0


@dataclass(frozen=True, slots=True)
class Usual:
    """What was counted of one kind: in all, at these hours (per window), in the cells within reach, in so many days."""

    total: float = 0.0
    at_this_hour: float = 0.0
    around_here: float = 0.0
    days: float = 0.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether it is an outbreak, by which rule, and how likely it would be by chance (None: not asked)."""

    is_outbreak: bool
    rule: str = ""
    chance: float | None = None


def reach_m(radius_m: int) -> int:
    """How far from a report others belong to it, in metres."""
    return max(radius_m, NEAREST_M)


def judge(residents: int, radius_m: int, usual: Usual) -> Judgement:
    """So many different residents (this one too) within the window and the reach."""
    if residents < FEWEST:
        return Judgement(False)
    if radius_m >= SURE_M:
        return Judgement(True, "sure")
    if usual.days < DAYS_TO_LEARN:
        return Judgement(False)
    chance = chance_of(residents - 1, usual)
    return Judgement(chance < threshold(usual), "unusual", chance)


def threshold(usual: Usual) -> float:
    """Below which chance it is an alarm: so that a year of tests gives no more false alarms than allowed."""
    tests_a_year = max(usual.total / max(usual.days, 1.0) * 365.0, 10.0)
    return FALSE_ALARMS_A_YEAR / tests_a_year


def chance_of(others: int, usual: Usual) -> float:
    """The chance of so many other reports or more, by the negative binomial; 1 for none."""
    share = (usual.around_here + 0.5) / (usual.total + 1.0)
    shape = usual.at_this_hour * min(share, 1.0) + 0.5
    days = max(usual.days, 1.0)
    term = (days / (days + 1.0)) ** shape
    below = 0.0
    for number in range(others):
        below += term
        term *= (shape + number) / (number + 1) / (days + 1.0)
    return _tail(term, shape, others, days) if below > 0.999_999 else max(1.0 - below, 0.0)


def _tail(term: float, shape: float, number: int, days: float) -> float:
    """The tail summed from its own first term: 1 - (nearly 1) would lose every digit."""
    total = 0.0
    while term > total * 1e-12 and term > 0.0:
        total += term
        term *= (shape + number) / (number + 1) / (days + 1.0)
        number += 1
    return total
