"""The figures are counted as everybody counts them."""

import pytest

from bot.understanding.measuring import (
    Tally,
    Verdict,
    all_codes,
    calibration_error,
    interval,
    macro_f1,
    per_category,
    tally,
)


def _verdict(codes: tuple[str, ...], found: tuple[str, ...]) -> Verdict:
    return Verdict(
        "report", "report", codes, found, found[0], 0.9, emergency=False, understood_emergency=False, unsure=False
    )


def test_precision_recall_and_f1() -> None:
    found = tally([(True, True)] * 6 + [(True, False)] * 2 + [(False, True)] * 4 + [(False, False)] * 9)
    assert found == Tally(right=6, wrongly_found=4, missed=2)
    assert (found.precision, found.recall) == (0.6, 0.75)
    assert found.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)


def test_nothing_counted_is_zero_and_no_error() -> None:
    assert tally([]).f1 == 0
    assert interval(0.0, 0) == (0.0, 1.0)
    assert calibration_error([]) == 0


def test_the_interval_is_wilsons() -> None:
    low, high = interval(0.9, 100)
    assert (round(low, 4), round(high, 4)) == (0.8256, 0.9448)


def test_macro_f1_leaves_rare_classes_out_when_asked() -> None:
    tallies = {"often": Tally(60, 0, 0), "rare": Tally(0, 0, 5)}
    assert macro_f1(tallies) == 0.5
    assert macro_f1(tallies, at_least=50) == 1.0


def test_a_category_is_judged_by_the_primary() -> None:
    verdicts = [_verdict(("road",), ("road",)), _verdict(("road", "trees"), ("trees", "road"))]
    assert per_category(verdicts, ["road", "trees"]) == {"road": Tally(1, 0, 1), "trees": Tally(0, 1, 0)}
    assert all_codes(verdicts) == Tally(3, 0, 0)


def test_calibration_error_is_the_gap_between_saying_and_being_right() -> None:
    assert calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]) == pytest.approx(0)
    assert calibration_error([(1.0, False)] * 10) == pytest.approx(1)
