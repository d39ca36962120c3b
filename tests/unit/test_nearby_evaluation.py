"""The tables of duplicates and outbreaks: the same input, the same figures, and they can be bad."""

from __future__ import annotations

from pathlib import Path

from bot.cli import nearby_outbreaks, nearby_pairs

ROWS = {
    "1": {"text": "ถนนเป็นหลุมใหญ่หน้าตลาด", "lat": "13.985", "lon": "100.625"},
    "2": {"text": "หน้าตลาดถนนเป็นหลุมลึกมาก", "lat": "13.98505", "lon": "100.625"},
    "3": {"text": "ถนนเป็นหลุมใหญ่หน้าตลาด", "lat": "13.995", "lon": "100.625"},
}


def test_a_pair_is_asked_about_when_it_is_near_and_alike(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("# judged\nuse\tone\tother\tsame\nmeasuring\t1\t2\tyes\nmeasuring\t1\t3\tno\nchoosing\t1\t2\tno\n")
    near, far = nearby_pairs.read_pairs(ROWS, file, {"road": 50}, "measuring")
    assert (near.is_same, near.is_found, near.is_asked(0.2)) == (True, True, True)
    assert (far.is_same, far.is_found, far.is_asked(0.0)) == (False, False, False)
    assert "1.000   1.000" in nearby_pairs.table(ROWS, file, {"road": 50})
    assert "0.000   0.000" in nearby_pairs.table(ROWS, file, {"road": 50})


def test_a_planted_outbreak_is_noticed_and_an_empty_year_is_quiet() -> None:
    year = nearby_outbreaks.make_year("road", 1.0, 50, seed=1)
    assert year == nearby_outbreaks.make_year("road", 1.0, 50, seed=1)
    told = nearby_outbreaks.watch(year, 50)
    assert told.missed + len(told.delays) == nearby_outbreaks.PLANTED_A_YEAR
    assert all(number >= 3 for number in told.reporters)
    quiet = nearby_outbreaks.watch([one for one in year if one.planted < 0], 50)
    assert quiet.missed == nearby_outbreaks.PLANTED_A_YEAR
