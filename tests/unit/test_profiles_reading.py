"""A profile says everything that is wrong with it at once, each with file, line and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot import profiles

RANGSIT = Path(profiles.__file__).parent / "rangsit"
#: Drawn on the simulator's map; no fact of the town, so the loader does not read it.
BESIDE = {"sketch.geojson"}
FILES = [path.name for path in sorted(RANGSIT.iterdir()) if path.is_file() and path.name not in BESIDE]
#: What a town may do without.
MAY_BE_ABSENT = ("answers.tsv", "canned.tsv", "follow_ups.tsv", "places.tsv", "owners.geojson")
Edit = Callable[[str, str, str], None]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder with a copy of Rangsit, to spoil."""
    return Path(shutil.copytree(RANGSIT, tmp_path / "town"))


def replace(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text, "the test must change something"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[profiles.Problem]:
    with pytest.raises(profiles.ProfileRefused) as refused:
        profiles.load(folder)
    return list(refused.value.problems)


def lines_with(folder: Path, name: str, words: str) -> set[int]:
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    return {number for number, line in enumerate(lines, 1) if words in line}


SLIPS = [
    # file, what stands there, what somebody made of it, the key or word in the message, the words to find the line
    ("categories.tsv", "garbage\tgarbage\t", "Garbage\tgarbage\t", "code", "Garbage\t"),
    ("categories.tsv", "\tcalendar\t", "\tmoon\t", "calendar, working", "\tmoon\t"),
    ("categories.tsv", "environment\t\t2\tworking", "environment\t\t0\tworking", "from 1", "\t\t0\tworking"),
    ("categories.tsv", "environment\t\t2\tworking", "environment\t\ttwo\tworking", "whole number", "\ttwo\t"),
    ("categories.tsv", "\tenvironment\t\t", "\tenviroment\t\t", "did you mean environment?", "\tenviroment\t"),
    ("categories.tsv", "\twater\tpwa\t", "\twater\tmwa\t", "owners.tsv", "\tmwa\t"),
    ("categories.tsv", "Traffic\tจราจร\t", "Traffic\tจราจรติดขัดและไฟสัญญาณเสีย\t", "at most 20", "ติดขัด"),
    ("categories.tsv", "greenery\tต้นไม้\t", "greenery\tจราจร\t", "label_th: จราจร stands", "greenery\tจราจร"),
    ("categories.tsv", "noise\tenvironment\t", "garbage\tenvironment\t", "second time", "garbage\tenvironment\t"),
    ("categories.tsv", "\tno\tyes\tno\tproject", "\tno\tmaybe\tno\tproject", "yes or no", "\tmaybe\t"),
    ("categories.tsv", "\tradius_m\t", "\tradius\t", "did you mean radius_m?", "\tradius\t"),
    ("departments.tsv", "\tyes\t", "\tno\t", "exactly one row", "# The parts"),
    ("departments.tsv", "Public works\tno\tno\t", "Public works\tno\tno\tx\ty\t", "cells", "\tx\ty\t"),
    ("owners.tsv", "\t1662\t\t1\t", "\t1662\t\t-1\t", "from 0", "\t-1\t"),
    ("owners.tsv", "\t1662\t", "\tcall us\t", "02-567-6000", "\tcall us\t"),
    ("owners.tsv", "\tกปภ.\t", "\t\t", "short_th: is missing", "pwa\t"),
    ("numbers.tsv", "\t199\tyes\tfire\t", "\t191\tyes\tfire\t", "second time", "ตำรวจ\tPolice"),
    ("numbers.tsv", "\t199\tyes\tfire\t", "\t199\tyes\tfirre\t", "did you mean fire?", "\tfirre\t"),
    ("holidays.tsv", "2027-04-13\t", "2570-04-13\t", "BE 2570 is 2027", "2570-04-13"),
    ("holidays.tsv", "2027-04-13\t", "13/4/2027\t", "2027-04-13", "13/4/2027"),
    ("holidays.tsv", "2027-04-13\t", "2027-04-14\t", "second time", "2027-04-14\t"),
    ("holidays.tsv", "2026-01-02\tspecial", "2026-01-02\tbridge", "substitution", "\tbridge\t"),
    ("answers.tsv", "garbage_days\tขยะ", "Garbage days\tขยะ", "code", "Garbage days\t"),
    ("answers.tsv", "\tenvironment\t\tno", "\tenviroment\t\tno", "did you mean environment?", "\tenviroment\t"),
    ("answers.tsv", "\tenvironment\t\tno", "\tenvironment\t2570-01-31\tno", "BE 2570 is 2027", "2570-01-31"),
    ("answers.tsv", "garbage_fee\t", "garbage_days\t", "second time", "ค่าเก็บขยะเท่าไหร่"),
    ("follow_ups.tsv", "street_light\tlight_pole", "street_lamp\tlight_pole", "street_light", "street_lamp"),
    ("follow_ups.tsv", "street_light\tlight_pole", "tap_water_quality\tlight_pole", "more than 2", "light_pole"),
    ("follow_ups.tsv", "ดวงเดียว|", "ดับแค่ดวงเดียวเท่านั้นเองนะที่เหลือติดหมด|", "at most 20", "แค่ดวงเดียว"),
    ("follow_ups.tsv", "One|Several|", "One|", "as many choices", "One|"),
    ("owners.geojson", '"doh"', '"hod"', "not in owners.tsv", "highway_1"),
    ("owners.geojson", '"street_light"', '"lamp"', "not in categories.tsv", "highway_1"),
    ("owners.geojson", '"width_m": 35', '"width_m": null', "needs width_m", "highway_1"),
    ("places.tsv", "\t46\t13.", "\tforty-six\t13.", "like 46 or 14/5", "\tforty-six\t"),
    ("places.tsv", "\t46\t13.", "\t46\t100.", "swapped", "\t46\t100."),
    ("places.tsv", "\t46\t13.9903", "\t46\t", "fill in both or none", "rn_46\t"),
    ("places.tsv", "rn_46\t", "rn_45\t", "second time", "Nakhon Nayok 46\t"),
    ("places.tsv", "Nakhon Nayok 46\tsoi\t", "Nakhon Nayok 46\talley\t", "choose one of soi", "\talley\t"),
    ("profile.toml", 'code = "rangsit"', 'code = "Rangsit City"', "code", "code ="),
    ("profile.toml", 'ticket_prefix = "RS"', 'ticket_prefix = "rs"', "like RS", "ticket_prefix ="),
    ("profile.toml", '"Asia/Bangkok"', '"Asia/Rangsit"', "Asia/Bangkok", "timezone ="),
    ("profile.toml", 'closes = "16:30"', 'closes = "8:00"', "time of day", "closes ="),
    ("profile.toml", 'closes = "16:30"', 'closes = "08:30"', "later than opens", "closes ="),
    ("profile.toml", '"fri"]', '"friday"]', "list of days", "weekdays ="),
    ("profile.toml", '["mon", "tue", "wed", "thu", "fri"]', "[]", "list of days", "weekdays ="),
    ("profile.toml", "draft_minutes = 15", "draft_minutes = true", "whole number", "draft_minutes ="),
    ("profile.toml", "rejecting_needs", "rejection_needs", "did you mean rejecting_needs_", "rejection_needs"),
    ("profile.toml", "lat = 13.9870", "lat = 100.6095", "swapped", "lat ="),
    ("profile.toml", "lat = 13.9870", "lat = 15.9870", "far outside", "# Rangsit City"),
    ("profile.toml", "[quiet_hours]", "[quite_hours]", "did you mean quiet_hours?", "[quite_hours]"),
    ("profile.toml", 'side = "west"', 'side = "east"', "second time", 'side = "east"'),
    ("profile.toml", 'side = "west"', 'side = "left"', "north, east, south, west", 'side = "left"'),
    ("profile.toml", "[outside]", "[outside", "is not TOML", "[outside"),
    ("boundary.geojson", "[100.6011, 13.9963],", "[100.6011 13.9963],", "is not JSON", "[100.6011 13.9963]"),
    ("boundary.geojson", "[100.6400, 13.9746]", "[100.6400, 14.0200]", "crosses itself", '"coordinates"'),
    ("boundary.geojson", "[100.6400, 13.9746]", "[13.9746, 100.6400]", "longitude stands first", '"coordinates"'),
    ("boundary.geojson", "[100.6400, 13.9746]", "[100.6400, 13.9746, 3]", "rings of", '"coordinates"'),
    ("boundary.geojson", "[100.6400, 13.9746]", '"here"', "rings of", '"coordinates"'),
    ("boundary.geojson", '"Polygon"', '"Point"', "Polygon, MultiPolygon", '"coordinates"'),
    ("boundary.geojson", '"confirmed": false', '"confirmed": "perhaps"', "confirmed", '"confirmed"'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "says", "at"), SLIPS)
def test_a_slip_is_told_with_its_line_and_what_to_do(
    town: Path, name: str, old: str, new: str, says: str, at: str
) -> None:
    replace(town, name, old, new)
    found = [problem for problem in problems(town) if problem.file == name and says in problem.what]
    assert {problem.line for problem in found} & lines_with(town, name, at), problems(town)


def test_all_slips_of_all_files_come_at_once(town: Path) -> None:
    replace(town, "categories.tsv", "\tcalendar\t", "\tmoon\t")
    replace(town, "owners.tsv", "\t1662\t", "\tcall us\t")
    replace(town, "holidays.tsv", "2027-04-13\t", "13/4/2027\t")
    replace(town, "profile.toml", '"Asia/Bangkok"', '"Asia/Rangsit"')
    (town / "numbers.tsv").unlink()
    assert {problem.file for problem in problems(town)} == {
        "categories.tsv",
        "owners.tsv",
        "holidays.tsv",
        "profile.toml",
        "numbers.tsv",
    }


def test_the_message_reads_file_line_and_advice(town: Path) -> None:
    replace(town, "owners.tsv", "\t1662\t", "\tcall us\t")
    with pytest.raises(profiles.ProfileRefused, match=r"^owners\.tsv:3: hotline: .*write it like 02-567-6000$"):
        profiles.load(town)


def test_a_table_that_cannot_be_read_does_not_drag_others_along(town: Path) -> None:
    (town / "departments.tsv").write_bytes(b"code\tname_th\n\xe0\xb8")
    assert [str(problem) for problem in problems(town)] == [
        "departments.tsv:2: is not UTF-8 here; save the file as UTF-8"
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_and_an_empty_file_are_named(town: Path, name: str) -> None:
    (town / name).unlink()
    if name in MAY_BE_ABSENT:
        assert profiles.load(town).code == "rangsit"
    else:
        assert any(p.file == name and "missing" in p.what for p in problems(town))
    (town / name).write_text("")
    assert any(p.file == name for p in problems(town))


def test_what_a_spreadsheet_does_to_a_table_is_no_problem(town: Path) -> None:
    for path in town.glob("*.tsv"):
        lines = [line.rstrip("\t") for line in path.read_text(encoding="utf-8").split("\n")]
        path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*lines, "", ""]).encode())
    assert profiles.load(town) == profiles.load("rangsit")


def test_a_control_character_never_reaches_the_database(town: Path) -> None:
    replace(town, "categories.tsv", "Street lights\tไฟ", "Street\x00lights\tไฟ")
    assert any("control character" in problem.what for problem in problems(town))


def test_the_smallest_town_needs_no_owners_and_no_neighbours(town: Path) -> None:
    head = next(line for line in (town / "owners.tsv").read_text().split("\n") if line.startswith("code"))
    (town / "owners.tsv").write_text(head + "\n")
    (town / "owners.geojson").unlink()
    for name, columns in (("categories.tsv", 10), ("numbers.tsv", 4)):
        lines = (town / name).read_text(encoding="utf-8").split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        for row in rows[1:]:
            row[columns if name == "numbers.tsv" else rows[0].index("owner")] = ""
        (town / name).write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    text = (town / "profile.toml").read_text(encoding="utf-8")
    (town / "profile.toml").write_text(text[: text.index("[[neighbours]]")], encoding="utf-8")
    profile = profiles.load(town)
    assert profile.owners == ()
    assert profile.neighbours == ()


def test_an_unknown_name_is_answered_with_those_that_exist() -> None:
    with pytest.raises(profiles.UnknownProfile, match=r"known: .*rangsit"):
        profiles.load("atlantis")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    name=st.sampled_from(FILES),
    junk=st.binary(max_size=30),
    where=st.floats(0, 1),
    cut=st.integers(0, 200),
)
def test_whatever_happens_to_a_file_it_is_read_or_refused_and_never_breaks(
    town: Path, name: str, junk: bytes, where: float, cut: int
) -> None:
    original = (RANGSIT / name).read_bytes()
    at = int(where * len(original))
    (town / name).write_bytes(original[:at] + junk + original[at + cut :])
    try:
        profile = profiles.load(town)
    except profiles.ProfileRefused as refused:
        assert all(problem.file and problem.line >= 1 and problem.what for problem in refused.problems)
        assert refused.problems
    else:
        assert profile.code
    (town / name).write_bytes(original)
