"""The parts of a replay that need nobody: the file, the places, the choice of a button."""

from pathlib import Path
from typing import Any

import click
import pytest

from bot.cli.harness_replay import TICKET, next_press, place_in, read_texts

SQUARE = [[100.0, 13.0], [101.0, 13.0], [101.0, 14.0], [100.0, 14.0], [100.0, 13.0]]
HOLE = [[100.1, 13.1], [100.9, 13.1], [100.9, 13.9], [100.1, 13.9], [100.1, 13.1]]


def test_lines_are_split_at_tabs_and_quotes_are_words(tmp_path: Path) -> None:
    file = tmp_path / "reports.tsv"
    file.write_text('rid\ttext\tprimary\n1\t"ขยะ\tgarbage\n2\t  \tx\n3\tไฟ "ดับ"\tlight\r\n4\n', encoding="utf-8")
    assert read_texts(file, "text") == ['"ขยะ', 'ไฟ "ดับ"']
    with pytest.raises(click.ClickException, match="rid, text, primary"):
        read_texts(file, "words")


@pytest.mark.parametrize(
    ("geometry", "is_inside"),
    [
        ({"type": "Polygon", "coordinates": [SQUARE]}, lambda lat, lon: True),
        (
            {"type": "Polygon", "coordinates": [SQUARE, HOLE]},
            lambda lat, lon: not (13.1 < lat < 13.9 and 100.1 < lon < 100.9),
        ),
        (
            {"type": "MultiPolygon", "coordinates": [[HOLE], [[[102, 13], [103, 13], [102, 14], [102, 13]]]]},
            lambda lat, lon: (13.1 <= lat <= 13.9 and lon <= 100.9) or (lon >= 102 and lon - 102 + lat - 13 <= 1.001),
        ),
    ],
)
def test_places_lie_inside_the_outline_and_not_in_its_holes(geometry: dict[str, Any], is_inside: Any) -> None:
    places = [place_in(geometry, f"1:{row}") for row in range(200)]
    assert all(13 <= lat <= 14 and is_inside(lat, lon) for lat, lon in places)
    assert len(set(places)) == 200
    assert places[:5] == [place_in(geometry, f"1:{row}") for row in range(5)]


@pytest.mark.parametrize(
    ("labels", "pressed"),
    [
        (["เปลี่ยนประเภท", "ส่งเรื่อง"], "ส่งเรื่อง"),
        (["เรื่องเดียวกัน", "ไม่ใช่"], "ไม่ใช่"),
        (["ไม่ทราบตำแหน่ง", "ส่งตำแหน่ง"], "ส่งตำแหน่ง"),
        (["ยกเลิก", "ขยะ", "น้ำประปา"], "ขยะ"),
        (["ยกเลิก"], None),
        ([], None),
    ],
)
def test_a_resident_in_a_hurry_presses(labels: list[str], pressed: str | None) -> None:
    assert next_press(labels) == pressed


def test_a_ticket_number_is_recognised() -> None:
    assert TICKET.findall("เลขที่ RS-6911-00042 และ PTM-6911-123456") == ["RS-6911-00042", "PTM-6911-123456"]
    assert TICKET.findall("โทร 02-1234-56789 RS-6911-42") == []
