"""The test for an outbreak: fewer than three never, pipes always, else only what usual days hardly ever bring."""

from __future__ import annotations

import itertools
import random

import pytest

from bot.incidents.chance import Usual, chance_of, judge, threshold
from bot.incidents.counting import cell_of, cells_within
from bot.places.areas import Point, box

#: A kind with 200 reports in 200 days, 16 of them in this window of the day, a tenth of them around here.
ORDINARY = Usual(total=200, at_this_hour=16, around_here=20, days=200)


def test_two_are_never_an_outbreak_and_three_with_the_same_pipes_always_are() -> None:
    assert not judge(2, 500, ORDINARY).is_outbreak
    assert judge(3, 500, Usual()).rule == "sure"
    assert judge(3, 500, Usual(total=1e6, at_this_hour=1e6, around_here=1e6, days=1)).is_outbreak


def test_what_is_usual_is_none_and_what_is_not_is_one() -> None:
    busy = Usual(total=20_000, at_this_hour=4_000, around_here=20_000, days=200)
    assert not judge(15, 50, busy).is_outbreak
    assert judge(60, 50, busy).is_outbreak
    assert judge(3, 50, ORDINARY).rule == "unusual"


def test_nothing_is_unusual_before_two_weeks_were_seen() -> None:
    assert not judge(40, 50, Usual(total=1, at_this_hour=1, around_here=1, days=13)).is_outbreak


def test_the_chance_falls_with_the_number_and_rises_with_what_is_usual() -> None:
    chances = [chance_of(others, ORDINARY) for others in range(12)]
    assert chances[0] == 1.0
    assert all(one > next_one > 0 for one, next_one in itertools.pairwise(chances))
    assert chance_of(3, Usual(total=200, at_this_hour=160, around_here=20, days=200)) > chance_of(3, ORDINARY)


@pytest.mark.parametrize("others", [1, 2, 4])
def test_the_chance_is_that_of_the_negative_binomial(others: int) -> None:
    """Drawn instead of computed: a rate from its Gamma, a number from its Poisson."""
    usual = Usual(total=100, at_this_hour=60, around_here=99, days=40)
    dice, shape = random.Random(others), 60 * (99.5 / 101) + 0.5
    drawn = 40_000
    hits = 0
    for _ in range(drawn):
        rate, number, passed = dice.gammavariate(shape, 1 / 40), 0, dice.expovariate(1.0)
        while passed < rate:
            number, passed = number + 1, passed + dice.expovariate(1.0)
        hits += number >= others
    assert hits / drawn == pytest.approx(chance_of(others, usual), abs=0.01)


@pytest.mark.parametrize(
    ("here", "cells"),
    [((13.985, 100.625), 1), ((13.9801, 100.625), 2), ((13.9899, 100.6299), 4)],
)
def test_what_is_usual_is_counted_in_the_cells_that_the_reach_touches(here: Point, cells: int) -> None:
    found = cells_within(here, 200)
    assert len(found) == len(set(found)) == cells
    south, north, west, east = box(here, 200)
    assert {cell_of(*point) for point in ((south, west), (south, east), (north, west), (north, east))} == set(found)


def test_a_tiny_chance_keeps_its_digits() -> None:
    assert 0 < chance_of(60, ORDINARY) < 1e-60


def test_the_threshold_allows_about_one_false_alarm_in_a_years_tests() -> None:
    assert threshold(Usual(total=1000, days=365)) == pytest.approx(1 / 1000)
    assert threshold(Usual()) == 0.1
