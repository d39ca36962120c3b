"""Photos as people take them: small, each different, one with the place of the camera in it."""

import hashlib
import io
import random

from PIL import Image, ImageDraw

_PALETTES = {
    "water": ((120, 60, 30), (200, 120, 70)),
    "garbage": ((60, 60, 50), (120, 140, 60)),
    "traffic": ((70, 70, 80), (200, 40, 40)),
    "repaired": ((90, 140, 190), (220, 230, 240)),
}


def jpeg(subject: str = "photo", size: tuple[int, int] = (640, 480), place: tuple[float, float] | None = None) -> bytes:
    """A JPEG whose content depends on the subject; with a place it carries EXIF GPS as phones write it.

    Any word is a subject; water, garbage, traffic and repaired have colours of their own.
    """
    seed = int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big")
    dice = random.Random(seed)
    name = subject.split(":")[0]
    sky, ground = _PALETTES.get(name, (tuple(dice.choices(range(256), k=3)), tuple(dice.choices(range(256), k=3))))
    picture = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(picture)
    width, height = size
    draw.rectangle((0, height * 6 // 10, width, height), fill=ground)
    for _ in range(40):
        x, y, reach = dice.randrange(width), dice.randrange(height // 3, height), dice.randrange(8, max(9, width // 8))
        shade = tuple(min(255, max(0, part + dice.randrange(-60, 60))) for part in ground)
        draw.ellipse((x - reach, y - reach // 2, x + reach, y + reach // 2), fill=shade)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, exif=_exif(place))
    return out.getvalue()


def with_gps(subject: str = "photo", lat: float = 13.9871, lon: float = 100.6136) -> bytes:
    """A photo that would betray where it was taken."""
    return jpeg(subject, place=(lat, lon))


def _exif(place: tuple[float, float] | None) -> Image.Exif:
    exif = Image.Exif()
    if place is not None:
        lat, lon = place
        exif[0x010F] = "Simulator"  # Make
        exif.get_ifd(0x8825).update(  # GPS
            {
                1: "N" if lat >= 0 else "S",
                2: _degrees(abs(lat)),
                3: "E" if lon >= 0 else "W",
                4: _degrees(abs(lon)),
            }
        )
    return exif


def _degrees(value: float) -> tuple[float, float, float]:
    degrees, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    return degrees, minutes, round(rest * 60, 4)
