"""How long it takes to find whose ground a point is, and which place a sentence names."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from statistics import median, quantiles

from bot.cli.places import gazetteer_of_profile, read_sentences
from bot.places.examining import examine
from bot.places.ground import Ground, Piece

SENTENCES = Path(__file__).parents[1] / "data" / "place_sentences.tsv"
POLYGONS, POINTS = 8_000, 5_000


def test_a_point_among_eight_thousand_polygons() -> None:
    dice = random.Random(6)
    pieces = []
    for number in range(POLYGONS):
        row, column = divmod(number, 100)
        west, south = 98 + column * 0.07, 6 + row * 0.17
        corners = [(0.0, 0.0), (0.035, 0.02), (0.07, 0.0), (0.06, 0.08), (0.07, 0.17), (0.03, 0.15), (0.0, 0.17)]
        ring = [[west + x, south + y] for x, y in corners]
        piece = Piece("subdistrict", f"s{number}", f"ตำบล {number}", f"Subdistrict {number}", "town")
        pieces.append((piece, {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, None))
    began = time.perf_counter()
    ground = Ground(pieces)
    made = time.perf_counter() - began
    times, found = [], 0
    for _ in range(POINTS):
        lat, lon = dice.uniform(6, 19), dice.uniform(98, 105)
        began = time.perf_counter()
        here = ground.at(lat, lon)
        times.append((time.perf_counter() - began) * 1000)
        found += bool(here.within)
    p50, p99 = median(times), quantiles(times, n=100)[98]
    sys.stdout.write(f"\n{POLYGONS} polygons made ready in {made:.2f} s\n")
    sys.stdout.write(f"point lookup p50 {p50:.3f} ms, p99 {p99:.3f} ms, {found} of {POINTS} found\n")
    assert found > POINTS * 0.7
    assert median(times) <= 2


def test_the_place_that_a_sentence_names() -> None:
    marks = examine(gazetteer_of_profile("rangsit"), read_sentences(SENTENCES))
    sys.stdout.write(f"\n{marks.table()}\n")
    assert median(marks.milliseconds) <= 3
