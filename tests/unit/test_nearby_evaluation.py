"""The tables of duplicates and outbreaks: the same input, the same figures, and they can be bad."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import nearby_outbreaks, nearby_pairs
from bot.cli.nearby import nearby

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


def test_a_slow_outbreak_among_sixty_reports_a_day_is_noticed() -> None:
    """What is usual is that of the few cells within reach: counted over half the town it would hide these."""
    told = nearby_outbreaks.watch(nearby_outbreaks.make_year("traffic", 60.0, 50, seed=2), 50)
    assert (told.missed, told.false_alarms) == (0, 0)


def test_one_command_prints_all_three_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby_outbreaks, "A_DAY", {"road": 1.0})
    with gzip.open(tmp_path / "public_reports.csv.gz", "wt", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["rid", "text", "lat", "lon"])
        table.writeheader()
        table.writerows({"rid": rid, **row} for rid, row in ROWS.items())
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("use\tone\tother\tsame\nmeasuring\t1\t2\tyes\n")
    sentences = tmp_path / "sentences.tsv"
    sentences.write_text("text\tplaces\nไฟดับ ซอยรังสิต-นครนายก 46\trn_46\nไฟดับทั้งซอย\t-\n", encoding="utf-8")
    how = [str(tmp_path), "--pairs", str(pairs), "--sentences", str(sentences), "--years", "1"]
    done = CliRunner().invoke(nearby, ["evaluate", *how])
    assert done.exit_code == 0, done.output
    places, same, outbreaks = done.output.split("\n\n")
    assert "sentences               2\nright                   2 (100.0%)" in places
    assert "measuring: 1 pairs, 1 the same" in same
    assert outbreaks.startswith("Is it an outbreak? 1 simulated years")
    assert "road                     12" in outbreaks


def test_without_the_public_reports_the_command_says_what_is_missing(tmp_path: Path) -> None:
    given = tmp_path / "given.tsv"
    given.touch()
    done = CliRunner().invoke(nearby, ["evaluate", str(tmp_path), "--pairs", str(given), "--sentences", str(given)])
    assert done.exit_code == 1
    assert "public_reports.csv.gz is missing" in done.output
