"""What a recording's file says about place and camera is blanked, and nothing else in it moves."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image

from bot.photos.recordings import drawn_preview, without_place


def _box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), name) + body


PLACE = b"+13.9850+100.6250/"
SOUND = b"\x01\x02udta-like sound" * 9


def test_the_place_is_blanked_and_the_sound_stays_where_it_was() -> None:
    trak = _box(b"trak", _box(b"tkhd", b"head"), _box(b"meta", PLACE))
    movie = (_box(b"ftyp", b"mp42") + _box(b"moov", _box(b"mvhd", b"head"), _box(b"udta", PLACE), trak)
             + _box(b"uuid", PLACE) + _box(b"mdat", SOUND))  # fmt: skip
    made = without_place(movie)
    assert PLACE not in made
    assert len(made) == len(movie)
    assert made.index(SOUND) == movie.index(SOUND)


def test_a_box_of_64_bits_is_read() -> None:
    large = struct.pack(">I4sQ", 1, b"udta", 16 + len(PLACE)) + PLACE
    assert PLACE not in without_place(_box(b"ftyp") + large)


def test_what_is_no_such_file_is_kept_as_it_came() -> None:
    for data in (b"", b"ID3", b"\xff" * 40, _box(b"moov", b"\x00\x00\x00\x01udta")):
        assert without_place(data) == data


def test_the_drawn_preview_is_a_small_jpeg() -> None:
    with Image.open(BytesIO(drawn_preview())) as picture:
        assert (picture.format, picture.size) == ("JPEG", (640, 360))
