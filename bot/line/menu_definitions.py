"""Rich menus in code: which areas each has, what a tap does, and the picture that shows it.

The pictures are drawn from these definitions by menu_pictures/draw.py, so an
area and what is painted there cannot part. A label is what a screen reader
says and what a person may type instead of tapping; LINE allows 20 graphemes.
They are those of the wording files.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from bot.wording import sentences

PICTURES = Path(__file__).parent / "menu_pictures"
WIDTH = 2500  # the widest LINE takes

RESIDENT_TH = "resident-th"
RESIDENT_EN = "resident-en"


def resident_menu(language: str) -> str:
    """The menu of somebody who reports, in a language that we speak."""
    return RESIDENT_EN if language == "en" else RESIDENT_TH


#: What a tap on the resident menu sends as postback data, in the menu's order.
RESIDENT_ACTIONS = ("report", "track", "talk", "numbers", "near", "help")
RESIDENT_LABELS: dict[str, dict[str, str]] = {
    language: {action: sentences(language)[f"menu.{action}"] for action in RESIDENT_ACTIONS}
    for language in ("th", "en")
}
#: Tab -> its label; a tap sends "tab:<tab>" and shows that tab's menu.
TABS = ("new", "mine", "due", "find", "today", "resident")
TAB_LABELS = {tab: sentences("th")[f"work_label.tab_{tab}"] for tab in TABS}
TAB_ALIASES = {tab: f"officer-{tab}" for tab in TABS}
BACK_LABEL = sentences("th")["work_label.back_to_work"]
#: What tells a tab's button in the chat from an area of the menu, which LINE switches by itself.
IN_CHAT: dict[str, int | str] = {"from": "chat"}

Look = Literal["tile", "primary", "tab", "active", "strip"]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the picture in its pixels, what a tap on it does, and how it is painted."""

    x: int
    y: int
    width: int
    height: int
    icon: str
    label: str
    action: dict[str, Any]
    look: Look


@dataclass(frozen=True, slots=True)
class Menu:
    """One rich menu; `alias` is its fixed name at LINE, the menu behind it changes with every release."""

    alias: str
    height: int
    chat_bar: str
    areas: tuple[Area, ...]

    @property
    def picture(self) -> Path:
        """The committed picture, WIDTH x height pixels, under 1 MB."""
        return PICTURES / f"{self.alias}.png"

    def to_line(self, name: str) -> dict[str, Any]:
        """The rich menu object of LINE's API under this name."""
        return {
            "size": {"width": WIDTH, "height": self.height},
            "selected": True,
            "name": name,
            "chatBarText": self.chat_bar,
            "areas": [
                {
                    "bounds": {"x": area.x, "y": area.y, "width": area.width, "height": area.height},
                    "action": area.action,
                }
                for area in self.areas
            ],
        }

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change with the definition or the picture."""
        definition = json.dumps(self.to_line(""), sort_keys=True).encode()
        return hashlib.sha256(definition + self.picture.read_bytes()).hexdigest()[:12]


def _spans(total: int, parts: int) -> list[tuple[int, int]]:
    """Start and length of equal parts that together cover everything, without a gap."""
    edges = [round(total * number / parts) for number in range(parts + 1)]
    return [(start, end - start) for start, end in pairwise(edges)]


def _press(data: str, label: str, **more: str) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, "displayText": label, **more}


def _switch(tab: str, label: str) -> dict[str, Any]:
    """Change to a tab at once; LINE then sends the postback too."""
    alias = TAB_ALIASES[tab]
    return {"type": "richmenuswitch", "label": label, "richMenuAliasId": alias, "data": f"tab:{tab}"}


def _six(language: str, top: int, height: int) -> tuple[Area, ...]:
    """The resident's six areas in two rows, below `top`."""
    labels = RESIDENT_LABELS[language]
    cells = [(column, row) for row in _spans(height, 2) for column in _spans(WIDTH, 3)]
    areas = []
    for name, ((x, width), (y, tall)) in zip(RESIDENT_ACTIONS, cells, strict=True):
        # writing is what follows แจ้งปัญหา, so its tap opens the keyboard
        more = {"inputOption": "openKeyboard"} if name == "report" else {}
        action = _press(f"menu:{name}", labels[name], **more)
        look: Look = "primary" if name == "report" else "tile"
        areas.append(Area(x, y + top, width, tall, name, labels[name], action, look))
    return tuple(areas)


def _tabs(active: str, height: int) -> tuple[Area, ...]:
    """The officer's tabs in two rows. A tap on the active one asks for its list again, without a switch."""
    cells = [(column, row) for row in _spans(height, 2) for column in _spans(WIDTH, 3)]
    areas = []
    for tab, ((x, width), (y, tall)) in zip(TABS, cells, strict=True):
        label = TAB_LABELS[tab]
        action = _press(f"tab:{tab}", label) if tab == active else _switch(tab, label)
        look: Look = "active" if tab == active else "tab"
        areas.append(Area(x, y, width, tall, f"tab-{tab}", label, action, look))
    return tuple(areas)


RESIDENT_HEIGHT = 1686
TABS_HEIGHT = 1160
STRIP_HEIGHT = 286

_back = Area(0, 0, WIDTH, STRIP_HEIGHT, "back", BACK_LABEL, _switch("new", BACK_LABEL), "strip")
_below = _six("th", STRIP_HEIGHT, RESIDENT_HEIGHT - STRIP_HEIGHT)

MENUS: tuple[Menu, ...] = (
    Menu(RESIDENT_TH, RESIDENT_HEIGHT, "เมนู", _six("th", 0, RESIDENT_HEIGHT)),
    Menu(RESIDENT_EN, RESIDENT_HEIGHT, "Menu", _six("en", 0, RESIDENT_HEIGHT)),
    *(
        Menu(alias, TABS_HEIGHT, "เมนูเจ้าหน้าที่", _tabs(tab, TABS_HEIGHT))
        for tab, alias in TAB_ALIASES.items()
        if tab != "resident"
    ),
    Menu(TAB_ALIASES["resident"], RESIDENT_HEIGHT, "เมนูเจ้าหน้าที่", (_back, *_below)),
)
