"""Rich menus: what they hold, how their pictures look to LINE, and how they get there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import regex
from PIL import Image

from bot.errors import DeliveryDelayed
from bot.line import menu_definitions
from bot.line.menu_definitions import MENUS, RESIDENT_ACTIONS, RESIDENT_LABELS, WIDTH, Menu
from bot.line.menu_pictures import draw
from bot.line.menus import Deployment, deploy
from bot.simulator.rules.menus import check_menu, check_picture

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
BY_ALIAS = {menu.alias: menu for menu in MENUS}


def labels(menu: Menu) -> list[str]:
    return [area.action["label"] for area in menu.areas]


# -- definitions and pictures -------------------------------------------------------------------


def test_residents_have_six_areas_in_thai_and_in_english() -> None:
    thai = ["แจ้งปัญหา", "ติดตามเรื่อง", "คุยกับเจ้าหน้าที่", "เบอร์สำคัญ", "ภาษา/Language", "วิธีใช้"]
    assert labels(BY_ALIAS["resident-th"]) == thai
    assert labels(BY_ALIAS["officer-resident"])[1:] == thai
    for alias in ("resident-th", "resident-en"):
        actions = [area.action for area in BY_ALIAS[alias].areas]
        assert [action["data"] for action in actions] == [f"menu:{name}" for name in RESIDENT_ACTIONS]
        assert all(action["displayText"] == action["label"] for action in actions)
    assert set(RESIDENT_LABELS["en"]) == set(RESIDENT_LABELS["th"]) == set(RESIDENT_ACTIONS)


def test_officers_change_tabs_at_once_and_find_the_way_back() -> None:
    for alias, active in (("officer-new", "new"), ("officer-mine", "mine")):
        for area, tab in zip(BY_ALIAS[alias].areas, ("new", "mine", "resident"), strict=True):
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


# -- deployment -----------------------------------------------------------------------------------


@dataclass
class MenusAtLine:
    """LINE's side of rich menus, and its way to fail at the nth call before or after doing it."""

    menus: dict[str, str] = field(default_factory=dict)  # id -> name
    pictures: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    default: str | None = None
    calls: list[str] = field(default_factory=list)
    made: int = 0
    fails_at: int = 0
    fails_after_doing: bool = False
    hourly_left: int = 100

    def _call(self, name: str, act: Any = None, *, hourly: bool = False) -> Any:
        self.calls.append(name)
        if hourly and self.hourly_left == 0:
            raise DeliveryDelayed("rate", outcome_known=True)
        fails = len(self.calls) == self.fails_at
        if fails and not self.fails_after_doing:
            raise DeliveryDelayed("network", outcome_known=True)
        self.hourly_left -= hourly
        value = act() if act else None
        if fails:
            raise DeliveryDelayed("server", outcome_known=False)
        return value

    def rich_menus(self) -> list[dict[str, Any]]:
        return self._call("list", lambda: [{"richMenuId": k, "name": v} for k, v in self.menus.items()])

    def rich_menu_aliases(self) -> dict[str, str]:
        return self._call("aliases", lambda: dict(self.aliases))

    def create_rich_menu(self, menu: dict[str, Any]) -> str:
        def act() -> str:
            self.made += 1
            self.menus[f"richmenu-{self.made}"] = menu["name"]
            return f"richmenu-{self.made}"

        return self._call("create", act, hourly=True)

    def has_rich_menu_picture(self, menu_id: str) -> bool:
        return self._call("picture?", lambda: menu_id in self.pictures)

    def upload_rich_menu_picture(self, menu_id: str, picture: bytes, content_type: str) -> None:
        def act() -> None:
            assert menu_id in self.menus
            assert menu_id not in self.pictures, "LINE takes a picture once"
            self.pictures.add(menu_id)

        self._call("upload", act)

    def create_rich_menu_alias(self, alias: str, menu_id: str) -> None:
        def act() -> None:
            assert alias not in self.aliases, "conflict richmenu alias id"
            assert menu_id in self.pictures
            self.aliases[alias] = menu_id

        self._call("alias", act)

    def point_rich_menu_alias(self, alias: str, menu_id: str) -> None:
        def act() -> None:
            assert alias in self.aliases
            assert menu_id in self.pictures
            self.aliases[alias] = menu_id

        self._call("alias", act)

    def delete_rich_menu_alias(self, alias: str) -> None:
        self._call("unalias", lambda: self.aliases.pop(alias, None), hourly=True)

    def set_default_rich_menu(self, menu_id: str) -> None:
        def act() -> None:
            assert menu_id in self.pictures
            self.default = menu_id

        self._call("default", act)

    def link_menus(self, user_ids: list[str], menu_id: str) -> None:
        assert len(user_ids) <= 500
        self._call("link", lambda: self.linked.update(dict.fromkeys(user_ids, menu_id)))

    def delete_rich_menu(self, menu_id: str) -> None:
        self._call("delete", lambda: self.menus.pop(menu_id, None), hourly=True)

    def is_settled(self, people: dict[str, list[str]]) -> bool:
        """Five aliases, each to its own menu with a picture, default set, everybody linked to it."""
        return (
            set(self.aliases) == set(BY_ALIAS)
            and all(self.menus[menu_id].split()[1] == alias for alias, menu_id in self.aliases.items())
            and set(self.aliases.values()) <= self.pictures
            and self.default == self.aliases["resident-th"]
            and all(self.linked[person] == self.aliases[alias] for alias, some in people.items() for person in some)
        )


PEOPLE = {"resident-en": ["U1", "U2"], "officer-new": ["U3"]}


def linked(alias: str) -> Iterable[str]:
    return PEOPLE.get(alias, [])


def bring(line: MenusAtLine, now: datetime = NOON, **more: Any) -> Deployment:
    line.calls.clear()
    return deploy(line, linked, now, **more)  # type: ignore[arg-type]


def repainted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new release: the picture of officer-new has changed."""
    for menu in MENUS:
        (tmp_path / menu.picture.name).write_bytes(menu.picture.read_bytes())
    monkeypatch.setattr(menu_definitions, "PICTURES", tmp_path)
    (tmp_path / "officer-new.png").write_bytes(b"another picture")


def test_the_first_deployment_makes_five_menus_and_the_second_only_lists() -> None:
    line = MenusAtLine()
    done = bring(line)
    assert (len(done.made), done.relinked, done.stopped_by) == (5, 3, None)
    assert line.is_settled(PEOPLE)

    again = bring(line)
    assert line.calls == ["list", "aliases"]
    assert (again.made, len(again.unchanged)) == ([], 5)


def test_a_changed_picture_moves_only_that_menu_and_its_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine()
    bring(line)
    old = line.aliases["officer-new"]
    repainted(tmp_path, monkeypatch)

    done = bring(line, NOON + timedelta(days=30))

    assert done.made == ["officer-new"]
    assert line.calls == ["list", "aliases", "create", "upload", "alias", "alias", "link", "unalias"]
    assert line.is_settled(PEOPLE)
    assert old in line.menus, "an open chat may still show it"
    assert (done.waiting, done.waiting_until) == (1, NOON + timedelta(days=31))


def test_an_old_menu_is_deleted_a_day_after_it_was_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine()
    bring(line)
    old = line.aliases["officer-new"]
    repainted(tmp_path, monkeypatch)
    bring(line, NOON + timedelta(days=30))

    assert bring(line, NOON + timedelta(days=30, hours=23)).deleted == 0
    assert old in line.menus
    assert bring(line, NOON + timedelta(days=31)).deleted == 1
    assert line.calls == ["list", "aliases", "delete"]
    assert len(line.menus) == 5
    assert line.is_settled(PEOPLE)


def test_going_back_to_an_older_picture_never_takes_a_menu_that_is_due_for_deletion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = MenusAtLine()
    bring(line)
    first = line.aliases["officer-new"]
    with monkeypatch.context() as patched:
        repainted(tmp_path, patched)
        bring(line, NOON + timedelta(days=30))
    bring(line, NOON + timedelta(days=30, hours=1))
    assert line.aliases["officer-new"] not in (first, None)
    assert line.is_settled(PEOPLE)
    bring(line, NOON + timedelta(days=32))
    assert len(line.menus) == 5
    assert line.is_settled(PEOPLE)


@pytest.mark.parametrize("is_alias_lost_too", [False, True])
def test_a_menu_missing_at_line_is_made_again(is_alias_lost_too: bool) -> None:
    line = MenusAtLine()
    bring(line)
    gone = line.aliases["resident-th"]
    del line.menus[gone]
    line.pictures.remove(gone)
    line.default = None
    if is_alias_lost_too:
        del line.aliases["resident-th"]

    assert bring(line).made == ["resident-th"]
    assert line.is_settled(PEOPLE)


def test_menus_of_others_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine(
        menus={"richmenu-x": "Songkran campaign", "richmenu-y": "jaeng old-kind 0123456789ab 20200101T000000Z"}
    )
    line.aliases["songkran"] = "richmenu-x"
    bring(line)
    bring(line, NOON + timedelta(days=2))
    assert {"richmenu-x", "richmenu-y"} <= set(line.menus)
    assert line.aliases.pop("songkran") == "richmenu-x"


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "change"])
@pytest.mark.parametrize("after_doing", [False, True], ids=["lost", "done"])
def test_a_run_cut_short_anywhere_is_finished_by_the_next(
    is_first: bool, after_doing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = MenusAtLine()
    if not is_first:
        bring(base)
        repainted(tmp_path, monkeypatch)
    at = 1
    while True:
        line = replace(
            base,
            menus=dict(base.menus),
            pictures=set(base.pictures),
            aliases=dict(base.aliases),
            linked=dict(base.linked),
            calls=[],
            fails_at=at,
            fails_after_doing=after_doing,
        )
        if bring(line, NOON + timedelta(hours=1)).stopped_by is None:
            break
        line.fails_at = 0
        assert bring(line, NOON + timedelta(hours=2)).stopped_by is None
        assert line.is_settled(PEOPLE), f"cut at call {at}"
        assert bring(line, NOON + timedelta(hours=3)).made == []
        assert line.calls == ["list", "aliases"]
        bring(line, NOON + timedelta(days=3))
        assert len(line.menus) == 5, f"cut at call {at}"
        at += 1
    assert at > 8


def test_lines_hundred_an_hour_stops_the_run_and_the_next_goes_on() -> None:
    line = MenusAtLine(hourly_left=2)
    done = bring(line)
    assert done.stopped_by is not None
    assert done.stopped_by.kind == "rate"
    assert len(done.made) == 2
    line.hourly_left = 100
    assert bring(line).made == ["officer-new", "officer-mine", "officer-resident"]
    assert line.is_settled(PEOPLE)


def test_many_people_follow_five_hundred_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    line = MenusAtLine()
    monkeypatch.setitem(PEOPLE, "resident-en", [f"E{number}" for number in range(1201)])
    assert bring(line).relinked == 1202
    assert line.calls.count("link") == 3 + 1
    assert line.is_settled(PEOPLE)


def test_again_links_everybody_although_nothing_changed() -> None:
    line = MenusAtLine()
    bring(line)
    line.linked.clear()
    line.default = None
    assert bring(line, again=True).relinked == 3
    assert line.is_settled(PEOPLE)
