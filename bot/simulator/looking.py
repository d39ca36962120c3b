"""What a phone does with a picture address: fetch it, and show it only if it really is a picture."""

import io
from collections.abc import Mapping

import requests
from PIL import Image, UnidentifiedImageError

from bot.simulator.refusals import Json

MOST_BYTES = 10_000_000


def fetch(address: str, mapped: Mapping[str, str]) -> Json:
    """Status, kind, size and pixels of what stands at an address.

    LINE takes only https addresses; `mapped` says where on this machine such an
    address is really served. `is_shown` tells whether a phone would show it.
    """
    real = address
    for public, local in mapped.items():
        if address.startswith(public):
            real = local + address[len(public) :]
    told: Json = {"address": address, "status": 0, "content_type": "", "bytes": 0, "pixels": None, "is_shown": False}
    try:
        with requests.get(real, timeout=10) as response:
            body = response.content
            told |= {
                "status": response.status_code,
                "content_type": response.headers.get("Content-Type", "").split(";")[0],
                "bytes": len(body),
            }
        with Image.open(io.BytesIO(body), formats=["JPEG", "PNG"]) as picture:
            told["pixels"] = list(picture.size)
            told["has_place"] = bool(picture.getexif().get_ifd(0x8825))
        told["is_shown"] = told["status"] == 200 and len(body) <= MOST_BYTES
    except requests.RequestException as problem:
        told["problem"] = type(problem).__name__
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        told["problem"] = "not a picture"
    return told
