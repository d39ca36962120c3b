"""Recordings and videos: what their files say beside sound and picture (place, camera, names) is blanked."""

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
    """The recording with its descriptions zeroed where they stood, so that no offset in it changes."""
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


def drawn_preview() -> bytes:
    """A JPEG for a video whose first picture could not be had: the sign for playing, on grey."""
    picture = Image.new("RGB", (640, 360), "#4a5560")
    ImageDraw.Draw(picture).polygon([(270, 110), (270, 250), (400, 180)], fill="#ffffff")
    made = BytesIO()
    picture.save(made, "JPEG", quality=80)
    return made.getvalue()
