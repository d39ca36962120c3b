"""Each thing LINE refuses in a rich menu or its picture is refused once here, by name."""

import io
from typing import Any

import pytest
from PIL import Image

from bot.simulator.refusals import Refusal
from bot.simulator.rules.menus import check_menu, check_picture
from tests.unit.line_samples import POSTBACK, changed

AREA: dict[str, Any] = {"bounds": {"x": 0, "y": 0, "width": 1250, "height": 843}, "action": POSTBACK}
TAB: dict[str, Any] = {
    "bounds": {"x": 1250, "y": 0, "width": 1250, "height": 843},
    "action": {"type": "richmenuswitch", "richMenuAliasId": "officer-mine", "data": "tab=mine"},
}
MENU: dict[str, Any] = {
    "size": {"width": 2500, "height": 843},
    "selected": True,
    "name": "resident-th",
    "chatBarText": "กี่" * 14,
    "areas": [AREA, TAB],
}
BAD: dict[str, tuple[str, object, str]] = {
    "narrow": ("size.width", 799, "size.width"),
    "low": ("size.height", 249, "size.height"),
    "too high for its width": ("size", {"width": 2500, "height": 1725}, "size"),
    "name of 301": ("name", "ก" * 301, "name"),
    "no name": ("name", None, "name"),
    "bar text of 15": ("chatBarText", "ก" * 15, "chatBarText"),
    "selected as text": ("selected", "yes", "selected"),
    "21 areas": ("areas", [AREA] * 21, "areas"),
    "area without action": ("areas.0.action", None, "areas[0].action"),
    "area beyond the edge": ("areas.1.bounds.x", 1251, "areas[1].bounds"),
    "area of no height": ("areas.0.bounds.height", 0, "areas[0].bounds.height"),
    "menu label of 21": ("areas.0.action.label", "ก" * 21, "areas[0].action.label"),
    "alias of 33": ("areas.1.action.richMenuAliasId", "a" * 33, "areas[1].action.richMenuAliasId"),
    "tab without data": ("areas.1.action.data", None, "areas[1].action.data"),
    "camera in a menu": ("areas.0.action.type", "camera", "areas[0].action.type"),
    "misspelt property": ("chatbarText", "ก", "chatbarText"),
}


def picture(kind: str, width: int = 2500, height: int = 843) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind)
    return out.getvalue()


def test_a_good_menu_is_accepted() -> None:
    check_menu(MENU)
    check_picture(picture("PNG"), "image/png", MENU["size"])
    check_picture(picture("JPEG"), "image/jpeg", MENU["size"])


@pytest.mark.parametrize("name", BAD)
def test_a_bad_menu_is_refused_with_its_path(name: str) -> None:
    path, value, property_ = BAD[name]
    with pytest.raises(Refusal) as refused:
        check_menu(changed(MENU, path, value))
    assert refused.value.status == 400
    assert refused.value.details[0]["property"] == property_


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (picture("PNG"), "application/json", 415),
        (picture("PNG"), "image/gif", 415),
        (picture("PNG"), "image/jpeg", 400),
        (picture("PNG", 2500, 1686), "image/png", 400),
        (b"no picture at all", "image/png", 400),
        (picture("PNG")[:200], "image/png", 400),
        (picture("PNG") + bytes(1_000_000), "image/png", 413),
    ],
)
def test_a_bad_picture_is_refused(body: bytes, content_type: str, status: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_picture(body, content_type, MENU["size"])
    assert refused.value.status == status
