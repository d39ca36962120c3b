"""Rich menus: what they hold, how their pictures look to LINE, and how they get there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import regex
from PIL import Image

from bot.line.menu_definitions import MENUS, RESIDENT_ACTIONS, RESIDENT_LABELS, WIDTH, Menu
from bot.line.menu_pictures import draw
from bot.simulator.rules.menus import check_menu, check_picture

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
BY_ALIAS = {menu.alias: menu for menu in MENUS}


def labels(menu: Menu) -> list[str]:
    return [area.action["label"] for area in menu.areas]


# -- definitions and pictures -------------------------------------------------------------------


def test_residents_have_six_areas_in_thai_and_in_english() -> None:
    thai = ["แจ้งปัญหา", "ติดตามเรื่อง", "คุยกับเจ้าหน้าที่", "เบอร์สำคัญ", "เรื่องใกล้ฉัน", "วิธีใช้"]
    assert labels(BY_ALIAS["resident-th"]) == thai
    assert labels(BY_ALIAS["officer-resident"])[1:] == thai
    for alias in ("resident-th", "resident-en"):
        actions = [area.action for area in BY_ALIAS[alias].areas]
        assert [action["data"] for action in actions] == [f"menu:{name}" for name in RESIDENT_ACTIONS]
        assert all(action["displayText"] == action["label"] for action in actions)
    assert set(RESIDENT_LABELS["en"]) == set(RESIDENT_LABELS["th"]) == set(RESIDENT_ACTIONS)


def test_officers_change_tabs_at_once_and_find_the_way_back() -> None:
    tabs = ("new", "mine", "due", "find", "today", "resident")
    for active in tabs[:-1]:
        for area, tab in zip(BY_ALIAS[f"officer-{active}"].areas, tabs, strict=True):
            assert area.action["data"] == f"tab:{tab}"
            if tab == active:
                assert (area.look, area.action["type"]) == ("active", "postback")
            else:
                assert (area.look, area.action["type"]) == ("tab", "richmenuswitch")
                assert area.action["richMenuAliasId"] == f"officer-{tab}"
    back = BY_ALIAS["officer-resident"].areas[0].action
    assert (back["type"], back["richMenuAliasId"], back["data"]) == ("richmenuswitch", "officer-new", "tab:new")


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.alias)
def test_line_takes_the_menu_and_its_picture(menu: Menu) -> None:
    check_menu(menu.to_line("jaeng"))
    picture = menu.picture.read_bytes()
    assert len(picture) < 1_000_000
    check_picture(picture, "image/png", {"width": WIDTH, "height": menu.height})
    assert all(len(regex.findall(r"\X", label)) <= 20 for label in labels(menu))


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.alias)
def test_every_point_of_a_menu_does_exactly_one_thing(menu: Menu) -> None:
    edges_x = {edge for area in menu.areas for edge in (area.x, area.x + area.width - 1)}
    edges_y = {edge for area in menu.areas for edge in (area.y, area.y + area.height - 1)}
    for x in edges_x | {0, WIDTH - 1}:
        for y in edges_y | {0, menu.height - 1}:
            hits = [
                area for area in menu.areas if area.x <= x < area.x + area.width and area.y <= y < area.y + area.height
            ]
            assert len(hits) == 1, (x, y)


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.alias)
def test_the_picture_shows_the_labels_of_today(menu: Menu) -> None:
    with Image.open(menu.picture) as opened:
        assert opened.info[draw.NOTE] == draw.drawn_from(menu), "run python -m bot.line.menu_pictures.draw"


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.alias)
def test_each_area_is_painted_with_an_icon_and_a_label_on_its_own_ground(menu: Menu) -> None:
    assert all(area.icon in draw.ICONS and area.label in draw.page(menu) for area in menu.areas)
    with Image.open(menu.picture) as opened:
        picture = opened.convert("RGB")
    for area in menu.areas:
        face = picture.crop((area.x, area.y, area.x + area.width, area.y + area.height))
        colours = {colour for _, colour in face.getcolors(1_000_000) or []}
        assert len(colours) > 10, f"nothing is painted on {area.label}"
        assert picture.getpixel((area.x + area.width // 2, area.y + 60)) != picture.getpixel((area.x, area.y))


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.alias)
def test_every_area_is_painted_to_its_lower_edge(menu: Menu) -> None:
    with Image.open(menu.picture) as opened:
        drawn = opened.convert("RGB")
    ground = drawn.getpixel((2, 2))
    for area in menu.areas:
        middle = area.x + area.width // 2
        bottom = area.y + area.height - 30  # faces end 22 pixels inside
        assert drawn.getpixel((middle, bottom)) != ground, f"{area.label} is cut off"
