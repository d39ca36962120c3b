"""A photo is made anew: what leaves here is pixels only, turned the right way up, in two sizes.

Metadata (place, camera, thumbnails, comments) cannot survive, because nothing but the decoded pixels is taken over.
"""

from __future__ import annotations

import hashlib
import struct
import threading
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: More than any telephone's; a JPEG of this size is decoded at a fraction of it.
MOST_PIXELS = 64_000_000
#: Formats that are always decoded whole need four bytes of memory a pixel.
MOST_PIXELS_WHOLE = 40_000_000
FULL_EDGE = 2048
#: LINE's limits for Flex pictures and previews: 1024 x 1024 and 1 MB.
CARD_EDGE = 1024
CARD_BYTES = 1_000_000

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

#: Decoding takes memory and a core: one at a time, so that ten photos at once stay harmless.
_one_at_a_time = threading.Lock()
#: What Pillow's decoders raise on bytes that are not what they claim to be.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


class PhotoRefused(Exception):
    """This is no photo that we can keep; the reason is one of the codes below, never anything from the bytes."""

    NOT_A_PHOTO = "not_a_photo"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A photo as it is stored: two JPEGs, and what is known of the larger one.

    `likeness` is a difference hash of 64 bits in hex: near copies differ in few bits. `sha256` is of `full`.
    """

    full: bytes
    card: bytes
    sha256: str
    likeness: str
    width: int
    height: int


def clean(data: bytes) -> Cleaned:
    """The photo in these bytes, made anew; of an animation its first picture.

    :raises PhotoRefused: when there is none, it is damaged, or it would unpack to more than `MOST_PIXELS`.
    """
    with _one_at_a_time:
        try:
            return _clean(data)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise PhotoRefused(PhotoRefused.TOO_MANY_PIXELS) from None
        except UnidentifiedImageError:
            raise PhotoRefused(PhotoRefused.NOT_A_PHOTO) from None
        except _BROKEN:
            raise PhotoRefused(PhotoRefused.BROKEN) from None


def _clean(data: bytes) -> Cleaned:
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        width, height = opened.size
        if opened.format != "JPEG" and width * height > MOST_PIXELS_WHOLE:
            raise PhotoRefused(PhotoRefused.TOO_MANY_PIXELS)
        opened.draft("RGB", (FULL_EDGE, FULL_EDGE))
        opened.load()
        if opened.width * opened.height > MOST_PIXELS:  # a GIF's first frame may exceed what its header says
            raise PhotoRefused(PhotoRefused.TOO_MANY_PIXELS)
        profile = opened.info.get("icc_profile")
        upright = _upright(opened)
    pixels = _opaque(upright)
    pixels.thumbnail((FULL_EDGE, FULL_EDGE), Image.Resampling.LANCZOS)
    pixels = _in_srgb(pixels, profile)
    full = _jpeg(pixels, 88)
    small = pixels.copy()
    small.thumbnail((CARD_EDGE, CARD_EDGE), Image.Resampling.LANCZOS)
    return Cleaned(full, _small_enough(small), hashlib.sha256(full).hexdigest(), likeness(pixels), *pixels.size)


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except _BROKEN:
        return picture  # damaged metadata is no reason to refuse the pixels


def _opaque(picture: Image.Image) -> Image.Image:
    """As RGB; what was transparent becomes white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        with_alpha = picture.convert("RGBA")
        white = Image.new("RGB", picture.size, "white")
        white.paste(with_alpha, mask=with_alpha.getchannel("A"))
        return white
    return picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """The colours as they were meant, since the profile that explains them is not kept."""
    if not isinstance(profile, bytes):
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile for other pixels than these, or none at all


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    made = BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())  # no info, so nothing of it can be written
    bare.save(made, "JPEG", quality=quality, optimize=True)
    return made.getvalue()


def _small_enough(picture: Image.Image) -> bytes:
    for quality in (82, 70, 55, 40, 25):
        made = _jpeg(picture, quality)
        if len(made) < CARD_BYTES:
            return made
    picture.thumbnail((CARD_EDGE // 2, CARD_EDGE // 2))
    return _jpeg(picture, 40)


def likeness(picture: Image.Image) -> str:
    """Difference hash: whether each of 8 x 8 points is darker than its right neighbour."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BILINEAR).tobytes()
    bits = "".join("1" if small[row * 9 + x] < small[row * 9 + x + 1] else "0" for row in range(8) for x in range(8))
    return f"{int(bits, 2):016x}"
