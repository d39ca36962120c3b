"""LINE's side of rich menus in memory, for deployments that are cut short anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.errors import DeliveryDelayed
from bot.line.menu_definitions import MENUS

ALIASES = {menu.alias for menu in MENUS}


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
            set(self.aliases) == ALIASES
            and all(self.menus[menu_id].split()[1] == alias for alias, menu_id in self.aliases.items())
            and set(self.aliases.values()) <= self.pictures
            and self.default == self.aliases["resident-th"]
            and all(self.linked[person] == self.aliases[alias] for alias, some in people.items() for person in some)
        )
