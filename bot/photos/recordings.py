"""Recordings and videos: what their files say beside sound and picture (place, camera, names) goes.

Written here because mutagen, the library for it, is under the GPL, and this is not.
"""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image, ImageDraw

#: What LINE plays in a chat, by its own words mp3, m4a and mp4.
PLAYED = {
    "audio": ("audio/mp4", "audio/x-m4a", "audio/m4a", "audio/mpeg", "audio/mp3"),
    "video": ("video/mp4",),
}
#: Boxes of ISO/IEC 14496-12 that hold what is said about a recording, and those that such boxes lie in.
_SAYS_ABOUT = (b"udta", b"meta", b"uuid")
_HOLDS = (b"moov", b"trak")


def without_place(data: bytes) -> bytes:
    """The recording without its descriptions: an MP4's zeroed where they stood, so that no offset in it changes; the
    tags before and behind the sound of an MP3 cut off. What is neither is kept as it came."""
    if data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0):
        return _without_tags(data)
    made = bytearray(data)
    _blank(made, 0, len(made))
    return bytes(made)


def _blank(made: bytearray, start: int, end: int) -> None:
    while end - start >= 8:
        size, name = struct.unpack_from(">I4s", made, start)
        header = 8
        if size == 1 and end - start >= 16:
            size, header = struct.unpack_from(">Q", made, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < header or size > end - start:
            return  # no such file, or a damaged one: it is kept as it came
        if name in _SAYS_ABOUT:
            made[start + 4 : start + 8] = b"free"
            made[start + header : start + size] = bytes(size - header)
        elif name in _HOLDS:
            _blank(made, start + header, start + size)
        start += size


def _without_tags(data: bytes) -> bytes:
    """The frames alone: no ID3v2 (id3.org, 2.4.0 section 3), ID3v1 or APEv2, which name people and places."""
    start, end = 0, len(data)
    while data[start : start + 3] == b"ID3" and end - start >= 10:
        flags, *digits = data[start + 5 : start + 10]
        if max(digits) > 0x7F:
            return data  # a damaged one: it is kept as it came
        footer = 10 if flags & 0x10 else 0
        start += 10 + footer + sum(digit << shift for digit, shift in zip(digits, (21, 14, 7, 0), strict=True))
    for name, size in ((b"TAG", 128), (b"TAG+", 227)):
        if end - size >= start and data.startswith(name, end - size):
            end -= size
    if end - 32 >= start and data.startswith(b"APETAGEX", end - 32):
        size, _, flags = struct.unpack_from("<III", data, end - 20)
        end -= size + (32 if flags >> 31 else 0)
    return data[start:end] if start < end else data


def drawn_preview() -> bytes:
    """A JPEG for a video whose first picture could not be had: the sign for playing, on grey."""
    picture = Image.new("RGB", (640, 360), "#4a5560")
    ImageDraw.Draw(picture).polygon([(270, 110), (270, 250), (400, 180)], fill="#ffffff")
    made = BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()
