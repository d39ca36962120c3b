"""Points inside and outside the town, how far it is, and who answers beyond the border."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot import profiles
from bot.places import areas

RANGSIT = profiles.load("rangsit")
OUTLINE = RANGSIT.outline.geometry
#: Ten kilometres a side at the equator, where a degree is as long in both directions; with a hole.
SQUARE: dict[str, Any] = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [0.09, 0], [0.09, 0.09], [0, 0.09], [0, 0]],
        [[0.04, 0.04], [0.05, 0.04], [0.05, 0.05], [0.04, 0.05], [0.04, 0.04]],
    ],
}
DEGREE_M = 111_195


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [
        (13.9870, 100.6095, True),  # the town hall
        (13.9888, 100.6180, True),  # the market side of Phahonyothin
        (13.9840, 100.6600, True),  # near Bueng Yitho, still inside
        (13.9900, 100.5950, False),  # west of the railway
        (13.9560, 100.6200, False),  # Khu Khot
        (14.0208, 100.6200, False),  # Khlong Luang
        (13.9850, 100.7000, False),  # Bueng Yitho
        (13.7563, 100.5018, False),  # Bangkok
        (100.6095, 13.9870, None),  # swapped: no place on earth
    ],
)
def test_a_point_of_the_town_is_inside_and_a_neighbours_is_not(lat: float, lon: float, inside: bool | None) -> None:
    if inside is None:
        with pytest.raises(areas.ImpossiblePlace):
            areas.contains(OUTLINE, lat, lon)
    else:
        assert areas.contains(OUTLINE, lat, lon) is inside


def test_the_border_itself_belongs_to_the_town_and_a_hole_does_not() -> None:
    assert areas.contains(SQUARE, 0.0, 0.05)
    assert areas.contains(SQUARE, 0.09, 0.09)
    assert not areas.contains(SQUARE, 0.045, 0.045)


def test_a_town_in_two_pieces_has_both() -> None:
    shifted = [[[lon + 1, lat] for lon, lat in ring] for ring in SQUARE["coordinates"]]
    two = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], shifted]}
    assert areas.contains(two, 0.01, 0.01)
    assert areas.contains(two, 0.01, 1.01)
    assert not areas.contains(two, 0.01, 0.5)


def test_an_outline_that_was_edited_is_read_anew() -> None:
    outline = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    assert areas.contains(outline, 0.5, 0.5)
    outline["coordinates"] = [[[2, 0], [3, 0], [3, 1], [2, 1], [2, 0]]]
    assert not areas.contains(outline, 0.5, 0.5)


impossible = pytest.mark.parametrize(
    ("lat", "lon"),
    [(math.nan, 100.6), (13.9, math.nan), (math.inf, 0), (0, -math.inf), (90.1, 0), (0, 180.1), (-91, 0)],
)


@impossible
def test_what_is_no_place_on_earth_is_refused_without_saying_where(lat: float, lon: float) -> None:
    for ask in (areas.contains, areas.metres_to_border, areas.side_of):
        with pytest.raises(areas.ImpossiblePlace) as refused:
            ask(OUTLINE, lat, lon)
        assert not any(character.isdigit() for character in str(refused.value))
    with pytest.raises(areas.ImpossiblePlace):
        areas.distance_metres((13.9, 100.6), (lat, lon))
    with pytest.raises(areas.ImpossiblePlace):
        areas.distance_metres((lat, lon), (13.9, 100.6))


def test_the_border_is_measured_in_metres_from_both_sides() -> None:
    assert areas.metres_to_border(SQUARE, 0.01, 0.02) == pytest.approx(0.01 * DEGREE_M, rel=0.001)
    assert areas.metres_to_border(SQUARE, 0.02, -0.01) == pytest.approx(0.01 * DEGREE_M, rel=0.001)
    assert areas.metres_to_border(SQUARE, 0.045, 0.045) == pytest.approx(0.005 * DEGREE_M, rel=0.001)
    assert areas.metres_to_border(SQUARE, 0.0, 0.05) == pytest.approx(0, abs=0.01)


def test_a_degree_of_longitude_is_shorter_away_from_the_equator() -> None:
    north = {"type": "Polygon", "coordinates": [[[0, 59], [1, 59], [1, 61], [0, 61], [0, 59]]]}
    assert areas.metres_to_border(north, 60, 0.1) == pytest.approx(0.1 * DEGREE_M / 2, rel=0.001)


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ((13.9870, 100.6095), (13.9870, 100.6095), 0),
        ((0, 0), (1, 0), 111_195),
        ((0, 179.5), (0, -179.5), 111_195),  # across the date line
        ((13.7563, 100.5018), (18.7883, 98.9853), 583_000),  # Bangkok to Chiang Mai
        ((90, 0), (-90, 0), 20_015_115),
        ((0, 0), (0, 180), 20_015_115),
    ],
)
def test_distances_agree_with_a_map(a: areas.Point, b: areas.Point, metres: float) -> None:
    assert areas.distance_metres(a, b) == pytest.approx(metres, rel=0.005, abs=0.001)
    assert areas.distance_metres(b, a) == pytest.approx(areas.distance_metres(a, b))


points = st.tuples(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))


@given(points)
def test_a_point_outside_lies_on_a_side_and_one_inside_on_none(point: areas.Point) -> None:
    assert (areas.side_of(SQUARE, *point) is None) is areas.contains(SQUARE, *point)


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        (14.0200, 100.6200, "คลองหลวง"),
        (13.9850, 100.6800, "บึงยี่โถ"),
        (13.9560, 100.6250, "คูคต"),
        (13.9850, 100.5900, "หลักหก"),
    ],
)
def test_the_neighbour_on_that_side_is_named(lat: float, lon: float, words: str) -> None:
    named = areas.neighbour(OUTLINE, RANGSIT.settings(), lat, lon)
    assert named is not None
    assert words in named["th"]
    assert named["en"]


def test_far_away_no_neighbour_is_guessed_and_inside_nobody_else_is_named() -> None:
    settings = RANGSIT.settings()
    assert areas.neighbour(OUTLINE, settings, 18.7883, 98.9853) == settings["outside"]
    assert areas.neighbour(OUTLINE, settings, 13.9870, 100.6095) is None
    assert areas.neighbour(OUTLINE, {**settings, "neighbours": []}, 14.02, 100.62) == settings["outside"]
