"""On whose ground a point lies, files of areas in every bad state, and the names of Thailand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.places import gazetteer_of_profile, read_sentences
from bot.places import thailand
from bot.places.examining import examine
from bot.places.ground import Ground, Here, Piece
from bot.profiles import official

SENTENCES = Path(__file__).parents[1] / "data" / "place_sentences.tsv"


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def town(code: str) -> Piece:
    return Piece("town", code, code, code, code)


WEST, EAST = square(100.60, 13.96, 100.65, 14.00), square(100.65, 13.96, 100.70, 14.00)
ROAD = {"type": "LineString", "coordinates": [[100.60, 13.98], [100.65, 13.98]]}
HIGHWAY = Piece("owner", "highway", "ทางหลวง", "Highway", "west", owner="doh", categories=("road",))
GROUND = Ground(
    [
        (town("west"), WEST, None),
        (town("east"), EAST, None),
        (Piece("ward", "w1", "เขต 1", "Ward 1", "west"), square(100.60, 13.96, 100.62, 14.00), None),
        (HIGHWAY, ROAD, 30),
    ]
)


def codes(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.code for piece in pieces]


def test_a_point_is_in_its_town_and_its_ward() -> None:
    here = GROUND.at(13.97, 100.61)
    assert (codes(here.towns), codes(here.within), codes(here.beside)) == (["west"], ["w1"], [])


def test_within_fifty_metres_of_a_border_both_sides_are_known() -> None:
    assert codes(GROUND.at(13.97, 100.6497).beside) == ["east"]  # 32 m
    assert codes(GROUND.at(13.97, 100.6493).beside) == []  # 76 m


def test_a_road_is_as_wide_as_it_is_said_to_be_east_and_north() -> None:
    assert codes(GROUND.at(13.98025, 100.62).owners) == ["highway"]  # 28 m
    assert codes(GROUND.at(13.98030, 100.62).owners) == []  # 33 m
    here = GROUND.at(13.98, 100.62)
    assert here.owner_for("road", "west") == HIGHWAY
    assert here.owner_for("garbage", "west") is None
    assert here.owner_for("road", "east") is None  # another town's layer


@pytest.mark.parametrize("point", [(0.0, 0.0), (17.97, 102.6), (-90.0, 180.0)])
def test_the_sea_laos_and_the_pole_are_nobodys(point: tuple[float, float]) -> None:
    assert GROUND.at(*point) == Here()


def test_two_towns_that_claim_a_point_are_both_known() -> None:
    both = Ground([(town("a"), WEST, None), (town("b"), square(100.64, 13.96, 100.70, 14.00), None)])
    assert sorted(codes(both.at(13.97, 100.645).towns)) == ["a", "b"]


def collection(*geometries: Any, **more: Any) -> bytes:
    features = [
        {"type": "Feature", "properties": {"code": f"c{n}", "name_th": f"ชื่อ {n}"}, "geometry": geometry}
        for n, geometry in enumerate(geometries, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


BOW = [[100.6, 13.9], [100.7, 14.0], [100.7, 13.9], [100.6, 14.0], [100.6, 13.9]]
BOW_TIE = {"type": "Polygon", "coordinates": [BOW]}
SWAPPED = {"type": "Polygon", "coordinates": [[[y, x] for x, y in ring] for ring in WEST["coordinates"]]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"not json", "no JSON"),
        (b"[]", "FeatureCollection"),
        (b"[" * 100_000, "no JSON"),
        (collection(), "FeatureCollection"),
        (collection(BOW_TIE), "crosses itself"),
        (collection(SWAPPED), "swapped"),
        (collection(square(665_000, 1_540_000, 670_000, 1_545_000)), "another projection"),
        (collection(WEST, crs={"properties": {"name": "urn:ogc:def:crs:EPSG::32647"}}), "another projection"),
        (collection(square(-0.1, -0.1, 0.1, 0.1)), "0,0"),
        (collection(square(2.0, 48.0, 3.0, 49.0)), "outside Thailand"),
        (collection(WEST, WEST), "both would claim"),
        (collection({"type": "Point", "coordinates": [100.6, 13.9]}), "must be one of"),
        (collection({"type": "Polygon", "coordinates": [[1]]}), "lists of"),
        (collection(None), "no geometry"),
        (json.dumps({"features": [{"properties": {"name_th": "ก"}, "geometry": WEST}]}).encode(), "needs a code"),
        (b" " * (official.MOST_BYTES + 1), "simplify"),
    ],
)
def test_a_file_of_areas_is_refused_with_its_reason(text: bytes, says: str) -> None:
    with pytest.raises(official.FileRefused, match=says):
        official.read(text)


def test_neighbours_may_touch() -> None:
    assert [feature.code for feature in official.read(collection(WEST, EAST))] == ["c1", "c2"]


def test_an_address_names_its_subdistrict_among_those_of_the_same_name() -> None:
    found = thailand.subdistrict_in("99 ถ.พหลโยธิน ต.คลองสาม อ.คลองหลวง จ.ปทุมธานี 12120")
    assert found is not None
    assert thailand.in_words(found, "th") == "ต.คลองสาม อ.คลองหลวง จ.ปทุมธานี"
    assert thailand.in_words(found, "en") == "Khlong Sam, Khlong Luang, Pathum Thani"
    assert thailand.subdistrict_in("ต.บางแก้ว") is None  # several, and nothing tells them apart
    assert thailand.subdistrict_in("Future Park, Rangsit") is None
    assert len([code for code in thailand.names() if len(code) == 2]) == 77


def test_the_place_finder_keeps_its_marks_and_its_speed() -> None:
    marks = examine(gazetteer_of_profile("rangsit"), read_sentences(SENTENCES))
    assert marks.sentences >= 150
    assert marks.right / marks.sentences >= 0.95, marks.slips
    assert marks.wrong <= 4, marks.slips
    assert sorted(marks.milliseconds)[len(marks.milliseconds) // 2] <= 3


@pytest.mark.parametrize(
    "point",
    [
        (20.43, 99.88), (20.26, 100.40), (18.78, 100.77), (17.895, 101.66), (17.878, 102.742), (18.36, 103.65),
        (17.39, 104.77), (16.54, 104.72), (15.32, 105.49), (14.63, 104.65), (13.69, 102.50), (12.24, 102.52),
        (11.77, 102.88), (12.53, 101.45), (12.92, 100.78), (9.53, 100.06), (10.09, 99.84), (7.20, 100.60),
        (6.43, 101.82), (6.03, 101.96), (5.77, 101.07), (6.64, 100.42), (6.62, 100.07), (6.49, 99.30), (7.88, 98.39),
        (9.96, 98.63), (11.80, 99.79), (15.15, 98.45), (16.71, 98.57), (18.16, 97.93), (19.30, 97.97),
        (13.987, 100.625),
    ],
    ids=str,
)  # fmt: skip
def test_border_towns_and_islands_of_thailand_are_not_abroad(point: tuple[float, float]) -> None:
    assert not thailand.seems_abroad(*point)


@pytest.mark.parametrize(
    "point",
    [
        (17.97, 102.60), (19.89, 102.13), (15.12, 105.80), (16.56, 104.76), (13.36, 103.86), (16.80, 96.15),
        (6.12, 100.37), (12.40, 100.45), (9.50, 101.50), (7.0, 96.5), (0.0, 0.0), (13.9, 0.0), (-90.0, 180.0),
    ],
    ids=str,
)  # fmt: skip
def test_the_other_bank_the_neighbours_and_the_open_sea_are_abroad(point: tuple[float, float]) -> None:
    assert thailand.seems_abroad(*point)
