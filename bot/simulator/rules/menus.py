"""The rich menu object and its picture."""

import io

from PIL import Image, UnidentifiedImageError

from bot.simulator.refusals import Json, Refusal
from bot.simulator.rules import actions
from bot.simulator.rules.checks import (
    Check,
    Findings,
    Where,
    flag,
    label,
    list_of,
    matching,
    shape,
    whole,
)

MOST_PICTURE_BYTES = 1_000_000
_ANY = 2**31 - 1
ALIAS = matching(r"[a-z0-9_-]{1,32}", "Invalid rich menu alias id")
USER_ID = matching(r"U[0-9a-f]{32}", "Invalid user id")
MENU_ID = matching(r"richmenu-[0-9a-f]{32}", "Invalid rich menu id")


def _size_rules(size: Json, where: Where, found: Findings) -> None:
    width, height = size.get("width"), size.get("height")
    if isinstance(width, int) and isinstance(height, int) and height > 0 and width / height < 1.45:
        found.add(where, "The ratio of width to height must be 1.45 or more")


def _menu_rules(menu: Json, where: Where, found: Findings) -> None:
    """Areas must lie inside the menu. LINE does not say so; an area outside cannot be pressed anyway."""
    size, areas = menu.get("size"), menu.get("areas")
    if not isinstance(size, dict) or not isinstance(areas, list):
        return
    for index, area in enumerate(areas):
        bounds = area.get("bounds") if isinstance(area, dict) else None
        if not isinstance(bounds, dict):
            continue
        if _reaches(bounds, "x", "width") > _number(size, "width") or (
            _reaches(bounds, "y", "height") > _number(size, "height")
        ):
            found.add(where.field("areas").item(index).field("bounds"), "The area exceeds the menu")


def _reaches(bounds: Json, start: str, extent: str) -> int:
    return _number(bounds, start) + _number(bounds, extent)


def _number(part: Json, name: str) -> int:
    """The number under this name; 0 where the shape has already found fault."""
    value = part.get(name)
    return value if isinstance(value, int) else 0


_area = shape(
    {
        "bounds": shape({"x": whole(0, _ANY), "y": whole(0, _ANY), "width": whole(1, _ANY), "height": whole(1, _ANY)}),
        "action": actions.in_rich_menu,
    }
)
_menu = shape(
    {
        "size": shape({"width": whole(800, 2500), "height": whole(250, _ANY)}, {}, _size_rules),
        "selected": flag,
        "name": label(300),
        "chatBarText": label(14),
        "areas": list_of(_area, 1, 20),
    },
    {},
    _menu_rules,
)


def check_object(body: object, check: Check) -> Json:
    """The body once it has this shape.

    Raises:
        Refusal: 400 with what is wrong.
    """
    found = Findings()
    check(body, Where(), found)
    if found.details:
        raise Refusal(400, f"The request body has {len(found.details)} error(s)", found.details)
    assert isinstance(body, dict)
    return body


def check_menu(body: object) -> Json:
    """A rich menu object once it is in order. Raises Refusal (400)."""
    return check_object(body, _menu)


def check_picture(picture: bytes, content_type: str, size: Json) -> None:
    """Refuse a menu picture that LINE would refuse.

    Strict where LINE is silent: the picture must have exactly the menu's size.
    """
    kind = {"image/jpeg": "JPEG", "image/png": "PNG"}.get(content_type)
    if kind is None:
        raise Refusal(415, "Unsupported media type")
    if len(picture) > MOST_PICTURE_BYTES:
        raise Refusal(413, "The image is larger than 1 MB")
    try:
        with Image.open(io.BytesIO(picture), formats=["JPEG", "PNG"]) as opened:
            real_kind, real_size = opened.format, opened.size
            opened.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Refusal(400, "Invalid image") from problem
    if real_kind != kind:
        raise Refusal(400, "The image does not match its Content-Type")
    if real_size != (size["width"], size["height"]):
        raise Refusal(400, f"Invalid image size {real_size[0]}x{real_size[1]}")
