"""What a recording's file says about place and camera is blanked, and nothing else in it moves."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
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


FRAMES = b"\xff\xfb\x90\x64" + b"sound" * 60
OLD = b"TAG" + PLACE.ljust(125)


def _id3(body: bytes, flags: int = 0) -> bytes:
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00" + bytes([flags]) + size + body + (b"3DI" + bytes(7) if flags & 0x10 else b"")


@pytest.mark.parametrize("before", [b"", _id3(PLACE * 20), _id3(PLACE, 0x10), _id3(PLACE) + _id3(b"again")])
@pytest.mark.parametrize("behind", [b"", OLD, b"TAG+" + PLACE.ljust(223) + OLD])
def test_the_tags_of_an_mp3_are_cut_off_and_its_sound_stays(before: bytes, behind: bytes) -> None:
    assert without_place(before + FRAMES + behind) == FRAMES


@pytest.mark.parametrize("has_header", [True, False])
def test_a_tag_of_another_kind_behind_the_sound_goes_too(has_header: bool) -> None:
    flags = 1 << 31 if has_header else 0
    header = b"APETAGEX" + bytes(24) if has_header else b""
    ape = header + PLACE + b"APETAGEX" + struct.pack("<IIII", 2000, len(PLACE) + 32, 1, flags) + bytes(8)
    assert without_place(_id3(PLACE) + FRAMES + ape + OLD) == FRAMES


@pytest.mark.parametrize("data", [_id3(PLACE)[:-4] + b"", b"ID3\x04\x00\x00\xff\x00\x00\x00" + FRAMES, _id3(PLACE)])
def test_a_damaged_mp3_is_kept_as_it_came(data: bytes) -> None:
    assert without_place(data) == data


def test_the_drawn_preview_is_a_small_jpeg() -> None:
    with Image.open(BytesIO(drawn_preview())) as picture:
        assert (picture.format, picture.size) == ("JPEG", (640, 360))
