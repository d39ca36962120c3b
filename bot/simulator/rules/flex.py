"""The Flex container: which component may stand where, and with what."""

import json
import re
from collections.abc import Mapping

from bot.simulator.refusals import Json
from bot.simulator.rules import actions
from bot.simulator.rules.checks import (
    Check,
    Findings,
    Where,
    by_type,
    flag,
    list_of,
    matching,
    one_of,
    picture_url,
    shape,
    text,
    typed,
    whole,
)

# LINE says 30 KB and 50 KB without saying how large a KB is; the smaller reading keeps a bot safe.
MOST_BYTES = {"bubble": 30_000, "carousel": 50_000}
BUBBLE_SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")

_PIXELS = r"\d+(\.\d+)?px"
_PERCENT = r"\d+(\.\d+)?%"
_STEPS = "none|xs|sm|md|lg|xl|xxl"
_FONTS = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"

colour = matching(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?", "Invalid colour, must be #RRGGBB or #RRGGBBAA")
_gap = matching(f"{_STEPS}|{_PIXELS}")
_padding = matching(f"{_STEPS}|{_PIXELS}|{_PERCENT}")
_offset = matching(f"{_STEPS}|-?{_PIXELS}|-?{_PERCENT}")
_extent = matching(f"{_PIXELS}|{_PERCENT}")
_border = matching(f"none|light|normal|medium|semi-bold|bold|{_PIXELS}")
_font = matching(f"{_FONTS}|{_PIXELS}")
_share = whole(0, 2**31 - 1)


def ratio(value: object, where: Where, found: Findings) -> None:
    """`width:height`, both 1 to 100,000, the height at most three times the width."""
    match = re.fullmatch(r"(\d{1,6}):(\d{1,6})", value) if isinstance(value, str) else None
    if match is None:
        found.add(where, "Invalid aspect ratio")
        return
    width, height = int(match[1]), int(match[2])
    if not (1 <= width <= 100_000 and 1 <= height <= 100_000 and height <= 3 * width):
        found.add(where, "Invalid aspect ratio")


_placed: Mapping[str, Check] = {
    "margin": _gap,
    "position": one_of("relative", "absolute"),
    "offsetTop": _offset,
    "offsetBottom": _offset,
    "offsetStart": _offset,
    "offsetEnd": _offset,
}
_lettering: Mapping[str, Check] = {
    "size": _font,
    "color": colour,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_gravity = {"gravity": one_of("top", "bottom", "center")}
_align = {"align": one_of("start", "end", "center")}
_gradient = shape(
    {
        "type": one_of("linearGradient"),
        "angle": matching(r"\d+(\.\d+)?deg"),
        "startColor": colour,
        "endColor": colour,
    },
    {"centerColor": colour, "centerPosition": matching(_PERCENT)},
)


def _text_rules(component: Json, where: Where, found: Findings) -> None:
    if component.get("text") is None and not component.get("contents"):
        found.add(where.field("text"), "Must be specified")


def _box_rules(box: Json, where: Where, found: Findings) -> None:
    """Which children a box takes depends on its layout."""
    if not isinstance(box.get("contents"), list):
        return
    in_baseline = box.get("layout") == "baseline"
    child = _in_baseline if in_baseline else _in_box
    for index, component in enumerate(box["contents"]):
        spot = where.field("contents").item(index)
        child(component, spot, found)
        if in_baseline and isinstance(component, dict):
            for name in ("gravity", "offsetBottom"):
                if component.get(name) is not None:
                    found.add(spot.field(name), "Not allowed in a baseline box")


def _any_list(value: object, where: Where, found: Findings) -> None:
    if not isinstance(value, list):
        found.add(where, "Must be an array")


_box = typed(
    {"layout": one_of("horizontal", "vertical", "baseline"), "contents": _any_list},
    {
        **_placed,
        "flex": _share,
        "spacing": _gap,
        "backgroundColor": colour,
        "borderColor": colour,
        "borderWidth": _border,
        "cornerRadius": _gap,
        "width": _extent,
        "maxWidth": _extent,
        "height": _extent,
        "maxHeight": _extent,
        "paddingAll": _padding,
        "paddingTop": _padding,
        "paddingBottom": _padding,
        "paddingStart": _padding,
        "paddingEnd": _padding,
        "action": actions.in_flex,
        "justifyContent": one_of("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
        "alignItems": one_of("center", "flex-start", "flex-end"),
        "background": _gradient,
    },
    _box_rules,
)
_button = typed(
    {"action": actions.in_flex_button},
    {
        **_placed,
        **_gravity,
        "flex": _share,
        "color": colour,
        "style": one_of("primary", "secondary", "link"),
        "height": one_of("sm", "md"),
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": flag,
    },
)
_image = typed(
    {"url": picture_url},
    {
        **_placed,
        **_gravity,
        **_align,
        "flex": _share,
        "size": matching(f"{_FONTS}|full|{_PIXELS}|{_PERCENT}"),
        "aspectRatio": ratio,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": colour,
        "action": actions.in_flex,
        "animated": flag,
    },
)
_icon = typed({"url": picture_url}, {**_placed, "size": _font, "aspectRatio": ratio, "scaling": flag})
# A text of any length fits as long as the whole container does.
_span = typed({"text": text(MOST_BYTES["carousel"])}, _lettering)
_text = typed(
    {},
    {
        **_placed,
        **_gravity,
        **_align,
        **_lettering,
        "flex": _share,
        "text": text(MOST_BYTES["carousel"]),
        "wrap": flag,
        "lineSpacing": matching(_PIXELS),
        "action": actions.in_flex,
        "maxLines": whole(0, 2**31 - 1),
        "contents": list_of(by_type({"span": _span}), 1, 1_000),
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": flag,
    },
    _text_rules,
)
_separator = typed({}, {"margin": _gap, "color": colour})
_filler = typed({}, {"flex": _share})
_in_box = by_type(
    {"box": _box, "button": _button, "image": _image, "text": _text, "separator": _separator, "filler": _filler}
)
_in_baseline = by_type({"icon": _icon, "text": _text, "filler": _filler})
_video = typed(
    {"url": picture_url, "previewUrl": picture_url, "altContent": by_type({"box": _box, "image": _image})},
    {"aspectRatio": ratio, "action": actions.in_flex_video},
)


def _bubble_rules(bubble: Json, where: Where, found: Findings) -> None:
    blocks = {name: bubble[name] for name in ("header", "hero", "body", "footer") if bubble.get(name) is not None}
    if not blocks:
        found.add(where, "A bubble needs at least one block")
    for name, block in blocks.items():
        if isinstance(block, dict) and block.get("position") == "absolute":
            found.add(where.field(name).field("position"), "The first component of a block cannot be absolute")
    hero = blocks.get("hero")
    is_film = isinstance(hero, dict) and hero.get("type") == "video"
    if is_film and bubble.get("size", "mega") not in ("kilo", "mega", "giga"):
        found.add(where.field("hero"), "A video needs a bubble of size kilo, mega or giga")
    _check_size(bubble, "bubble", where, found)


def _carousel_rules(carousel: Json, where: Where, found: Findings) -> None:
    bubbles = [part for part in carousel.get("contents") or [] if isinstance(part, dict)]
    if len({str(bubble.get("size", "mega")) for bubble in bubbles}) > 1:
        found.add(where.field("contents"), "All bubbles of a carousel must have the same size")
    for index, bubble in enumerate(bubbles):
        hero = bubble.get("hero")
        if isinstance(hero, dict) and hero.get("type") == "video":
            found.add(where.field("contents").item(index).field("hero"), "A carousel takes no video")
    _check_size(carousel, "carousel", where, found)


def _check_size(container: Json, kind: str, where: Where, found: Findings) -> None:
    written = json.dumps(container, ensure_ascii=False, separators=(",", ":"))
    if len(written.encode("utf-8", "surrogatepass")) > MOST_BYTES[kind]:
        found.add(where, f"A {kind} must not be larger than {MOST_BYTES[kind]} bytes")


_block_style = shape({}, {"backgroundColor": colour, "separator": flag, "separatorColor": colour})
_block = by_type({"box": _box})
_bubble = typed(
    {},
    {
        "size": one_of(*BUBBLE_SIZES),
        "direction": one_of("ltr", "rtl"),
        "header": _block,
        "hero": by_type({"box": _box, "image": _image, "video": _video}),
        "body": _block,
        "footer": _block,
        "styles": shape({}, dict.fromkeys(("header", "hero", "body", "footer"), _block_style)),
        "action": actions.in_flex,
    },
    _bubble_rules,
)
container = by_type(
    {
        "bubble": _bubble,
        "carousel": typed({"contents": list_of(by_type({"bubble": _bubble}), 1, 12)}, {}, _carousel_rules),
    }
)
