"""Rangsit City as data: complete, within LINE's limits, agreeing with the calendar, and honest."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from bot import profiles
from bot.profiles.fields import graphemes

RANGSIT = profiles.load("rangsit")
FIXED = ["01-01", "04-06", "04-13", "04-14", "04-15", "05-04", "06-03", "07-28", "08-12", "10-13", "10-23"]
FIXED += ["12-05", "12-10", "12-31"]


def test_the_profile_is_found_by_name_and_by_folder() -> None:
    assert "rangsit" in profiles.names()
    assert profiles.load(Path(profiles.__file__).parent / "rangsit") == RANGSIT
    assert profiles.outline("rangsit") == RANGSIT.outline.geometry


def test_the_town_is_called_as_it_calls_itself() -> None:
    assert (RANGSIT.code, RANGSIT.ticket_prefix, RANGSIT.timezone) == ("rangsit", "RS", "Asia/Bangkok")
    assert RANGSIT.town_word.th == "เทศบาล"
    assert RANGSIT.settings()["working_hours"] == {
        "opens": "08:30",
        "closes": "16:30",
        "weekdays": [0, 1, 2, 3, 4],
    }
    assert RANGSIT.settings()["unfinished_draft_minutes"] == 15
    assert RANGSIT.settings()["sends_unfinished_drafts"] is True
    assert RANGSIT.settings()["rejecting_needs_supervisor"] is False


def test_there_are_twenty_two_categories_and_the_three_founding_problems_among_them() -> None:
    codes = {category.code for category in RANGSIT.categories}
    assert len(RANGSIT.categories) == 22
    assert {"tap_water_quality", "garbage", "traffic", "service", "other"} <= codes


def test_tap_water_is_the_provincial_waterworks_matter() -> None:
    water = next(category for category in RANGSIT.categories if category.code == "tap_water_quality")
    owner = next(owner for owner in RANGSIT.owners if owner.code == water.owner)
    assert (owner.short_th, owner.hotline, water.promise, water.clock) == ("กปภ.", "1662", 24, "calendar")


def test_what_is_private_is_not_public() -> None:
    private = {category.code for category in RANGSIT.categories if not category.is_public}
    assert private == {"noise", "safety", "welfare", "service", "other"}


def test_a_label_is_the_full_name_wherever_that_fits_a_quick_reply() -> None:
    for category in RANGSIT.categories:
        assert graphemes(category.label_th) <= 20
        assert graphemes(category.label_en) <= 20
        if graphemes(category.name_th) <= 20:
            assert category.label_th == category.name_th
        assert graphemes(category.icon) == 1


def test_thai_marks_count_with_their_letter() -> None:
    assert graphemes("กี่") == 1
    assert graphemes("น้ำ") == 1
    assert graphemes("น้ำท่วม") == 4


def test_the_towns_own_number_comes_first_in_danger_then_the_hotlines() -> None:
    danger = [number.phone for number in RANGSIT.numbers if number.is_for_danger]
    assert danger == ["02-567-6000", "199", "191", "1669", "1129"]
    assert RANGSIT.numbers[0].phone == RANGSIT.office.phone
    assert "1662" in {number.phone for number in RANGSIT.numbers}


def test_a_hotline_is_the_same_wherever_it_stands() -> None:
    hotlines = {owner.code: owner.hotline for owner in RANGSIT.owners}
    for number in RANGSIT.numbers:
        if number.owner:
            assert number.phone == hotlines[number.owner]


def test_nothing_passes_for_confirmed_before_the_town_confirmed_it() -> None:
    facts = dict(RANGSIT.facts())
    assert not any(fact.is_confirmed for fact in facts.values())
    assert all(fact.source for fact in facts.values())
    assert {"office", "outline", "departments.clerk", "holidays.2027-04-13"} <= facts.keys()
    counted = len(RANGSIT.departments) + len(RANGSIT.owners) + len(RANGSIT.categories)
    counted += len(RANGSIT.numbers) + len(RANGSIT.holidays) + len(RANGSIT.neighbours) + len(RANGSIT.ground)
    counted += len(RANGSIT.answers) + len(RANGSIT.follow_ups) + len(RANGSIT.canned)
    assert len(facts) == counted + 6


def test_what_residents_ask_most_has_an_answer_that_says_whom_to_call() -> None:
    assert 25 <= len(RANGSIT.answers) <= 60
    for answer in RANGSIT.answers:
        assert len(answer.forms) >= 4, answer.code
        assert any(digit.isdigit() for digit in answer.answer_th) or "ติดตามเรื่อง" in answer.answer_th, answer.code
        assert answer.answer_en.isascii() or "–" in answer.answer_en or "·" in answer.answer_en


def test_tap_water_and_street_lights_ask_what_their_owner_needs() -> None:
    asked = {category: [f.code for f in RANGSIT.follow_ups if f.category == category] for category in (
        "tap_water_quality", "street_light")}  # fmt: skip
    assert asked == {
        "tap_water_quality": ["water_taps", "water_customer"],
        "street_light": ["light_pole", "light_many"],
    }


def test_the_outline_has_the_towns_size_and_the_office_lies_in_it() -> None:
    area = shape(RANGSIT.outline.geometry)
    square_km = area.area * 111.195**2 * 0.9703  # cosine of the town's latitude
    assert square_km == pytest.approx(20.8, rel=0.1)  # as the city describes itself; ours is a little generous
    assert area.covers(shapely.Point(RANGSIT.office.lon, RANGSIT.office.lat))


@pytest.mark.parametrize("year", [2026, 2027])
def test_every_fixed_holiday_is_there(year: int) -> None:
    days = {holiday.day for holiday in RANGSIT.holidays}
    assert {date.fromisoformat(f"{year}-{day}") for day in FIXED} <= days


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_weekend_holiday_has_one_substitution_on_the_next_working_day(year: int) -> None:
    holidays = {holiday.day: holiday.kind for holiday in RANGSIT.holidays if holiday.day.year == year}
    expected = set()
    for day, kind in holidays.items():
        if kind == "public" and day.weekday() >= 5:
            candidate = day
            while candidate.weekday() >= 5 or holidays.get(candidate) == "public":
                candidate += timedelta(days=1)
            expected.add(candidate)
    assert {day for day, kind in holidays.items() if kind == "substitution"} == expected
    assert expected


@pytest.mark.parametrize(
    ("makha", "visakha", "asarnha"),
    [("2026-03-03", "2026-05-31", "2026-07-29"), ("2027-02-21", "2027-05-20", "2027-07-18")],
)
def test_buddhist_days_fall_on_full_moons_and_lent_follows(makha: str, visakha: str, asarnha: str) -> None:
    named = {(holiday.name_th, holiday.day.isoformat()) for holiday in RANGSIT.holidays}
    lent = (date.fromisoformat(asarnha) + timedelta(days=1)).isoformat()
    expected = [("วันมาฆบูชา", makha), ("วันวิสาขบูชา", visakha), ("วันอาสาฬหบูชา", asarnha), ("วันเข้าพรรษา", lent)]
    assert set(expected) <= named
    new_moon = date(2000, 1, 6)  # astronomy's usual starting point; the mean month since then
    for day in (makha, visakha, asarnha):
        age = ((date.fromisoformat(day) - new_moon).days - 0.26) % 29.530589
        assert abs(age - 14.77) < 1.6, f"{day} is no full moon"


def test_no_day_is_listed_twice_and_labour_day_is_left_to_the_town() -> None:
    assert max(Counter(holiday.day for holiday in RANGSIT.holidays).values()) == 1
    assert RANGSIT.calendar().is_working_day(date(2026, 5, 1))


def test_a_written_profile_reads_back_as_the_same_town(tmp_path: Path) -> None:
    profiles.write(RANGSIT, tmp_path / "copy")
    assert profiles.load(tmp_path / "copy") == RANGSIT


def test_writing_never_covers_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "profile.toml").write_text("precious")
    with pytest.raises(FileExistsError):
        profiles.write(RANGSIT, folder)
    assert [path.read_text() for path in folder.iterdir()] == ["precious"]


def test_the_sketch_and_the_owned_ground_draw_the_same_lines() -> None:
    """Two maps of one town that disagree by a street are worse than one that is a street off."""
    folder = Path(profiles.__file__).parent / "rangsit"
    lines = {
        name: {
            one["properties"]["name_th"].split(" (")[0]: one["geometry"]["coordinates"]
            for one in json.loads((folder / name).read_text(encoding="utf-8"))["features"]
            if one["geometry"]["type"] == "LineString"
        }
        for name in ("owners.geojson", "sketch.geojson")
    }
    both = lines["owners.geojson"].keys() & lines["sketch.geojson"].keys()
    assert len(both) == 5
    assert all(lines["owners.geojson"][name] == lines["sketch.geojson"][name] for name in both)
