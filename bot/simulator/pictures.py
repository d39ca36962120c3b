"""Photos as people take them: small, each different, one with the place of the camera in it."""

import hashlib
import io
import random

from PIL import Image, ImageDraw

from bot.simulator.drawings import Canvas, scene


def jpeg(subject: str = "photo", size: tuple[int, int] = (640, 480), place: tuple[float, float] | None = None) -> bytes:
    """A JPEG whose content depends on the subject; with a place it carries EXIF GPS as phones write it.

    Any word is a subject; water, garbage, traffic and repaired show what they say. What follows a colon ("water:2")
    makes another picture of the same, taken from elsewhere.
    """
    seed = int.from_bytes(hashlib.sha256(subject.encode()).digest()[:8], "big")
    dice = random.Random(seed)
    picture = Image.new("RGB", size)
    name, _, view = subject.partition(":")
    scene(name, Canvas(ImageDraw.Draw(picture), size, dice))
    if view:
        picture = _from_elsewhere(picture, dice)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, exif=_exif(place))
    return out.getvalue()


def _from_elsewhere(picture: Image.Image, dice: random.Random) -> Image.Image:
    """The scene by somebody who stands nearer, and on the other side of the street half of the time."""
    wide, high = picture.size
    share = dice.uniform(0.62, 0.9)
    left, top = dice.uniform(0, 1 - share), dice.uniform(0, 1 - share)
    seen = (left * wide, top * high, (left + share) * wide, (top + share) * high)
    nearer = picture.resize(picture.size, Image.Resampling.BILINEAR, box=seen)
    return nearer.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if dice.random() < 0.5 else nearer


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
