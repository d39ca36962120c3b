"""What somebody who looks on has to be told: everything once, then only what changed."""

from collections.abc import Iterable
from typing import Any

from bot.simulator.channel import PLAN_QUOTA, Account, Channel, Group
from bot.simulator.chats import Chat
from bot.simulator.platform import Platform
from bot.simulator.refusals import Json

MOST_ENTRIES = 200
"""So many messages of a chat are shown at first."""
MOST_EXCHANGES = 300


class Watch:
    """One onlooker of one channel, and what it has been told so far.

    `shown` are the ids of the chats whose messages are wanted ("*" for all); of the others only the summary is told.
    """

    def __init__(self, platform: Platform, channel: Channel, shown: Iterable[str] = ("*",)) -> None:
        self._platform = platform
        self._channel = channel
        self._shown = set(shown)
        self._told: dict[str, Any] = {}
        self._entries: dict[str, dict[int, tuple[bool, bool]]] = {}
        self._exchanges: dict[int, int | None] = {}

    def news(self) -> Json:
        """What changed since the last time, by part; an empty object when nothing did."""
        found: Json = {}
        self._put(found, "line", self._line())
        self._put(found, "story", self._platform.notices.get("story", {"state": "none", "offers": []}))
        self._put(found, "map", self._channel.map)
        with self._channel.lock:
            accounts, groups = list(self._channel.accounts.values()), list(self._channel.groups.values())
            menus = {menu.id: menu for menu in self._channel.menus.values()}
        self._each(found, "people", {one.id: self._person(one) for one in accounts})
        self._each(found, "groups", {one.id: _group(one) for one in groups})
        in_use = {self._told.get(f"people/{one.id}", {}).get("menu_id") for one in accounts}
        self._each(
            found,
            "menus",
            {key: {"id": key, **menu.definition} for key, menu in menus.items() if key in in_use},
        )
        chats = [one.chat for one in accounts] + [one.chat for one in groups]
        entries = [said for chat in chats for said in self._said(chat)]
        if entries:
            found["entries"] = entries
        exchanges = self._exchanged()
        if exchanges:
            found["exchanges"] = exchanges
        return found

    def _line(self) -> Json:
        channel, platform = self._channel, self._platform
        return {
            "channel": channel.name,
            "title": channel.title,
            "channels": [one.name for one in platform.channels()],
            "bot_id": channel.bot_id,
            "webhook": channel.webhook,
            "webhook_is_active": channel.webhook_is_active,
            "redelivers_failures": channel.redelivers_failures,
            "doubled_share": channel.doubled_share,
            "quota": channel.quota,
            "plan": channel.plan,
            "plan_quota": PLAN_QUOTA[channel.plan],
            "used": channel.used(),
            "is_holding": channel.gathering is not None,
            "offset_seconds": platform.clock.offset_seconds,
            "faults": platform.faults.all(),
            "refusals": platform.refusals.count,
            "addresses": dict(platform.addresses),
        }

    def _person(self, account: Account) -> Json:
        menu = self._channel.menu_of(account)
        return {
            "id": account.id,
            "name": account.name,
            "language": account.language,
            "on_pc": account.on_pc,
            "is_friend": account.is_friend,
            "has_blocked": account.has_blocked,
            "menu_id": menu.id if menu is not None else None,
            "is_loading": account.is_loading,
            "read_up_to": account.read_up_to,
            "keyboard": account.keyboard,
            "taps": account.taps,
            "count": account.chat.count,
        }

    def _said(self, chat: Chat) -> list[Json]:
        """The entries of a shown chat that are new or changed."""
        if not self._shown & {"*", chat.id}:
            return []
        told = self._entries.setdefault(chat.id, {})
        found = []
        for entry in chat.since(chat.count - MOST_ENTRIES):
            state = (entry.unsent, entry.is_answered)
            if told.get(entry.n) != state:
                told[entry.n] = state
                found.append({"chat": chat.id, **entry.as_json()})
        return found

    def _exchanged(self) -> list[Json]:
        found = []
        for exchange in self._platform.traffic.all()[-MOST_EXCHANGES:]:
            if exchange.channel not in ("", self._channel.name):
                continue
            if exchange.n not in self._exchanges or self._exchanges[exchange.n] != exchange.status:
                self._exchanges[exchange.n] = exchange.status
                found.append(exchange.summary())
        return found

    def _put(self, found: Json, name: str, value: Any) -> None:
        if self._told.get(name) != value:
            self._told[name] = found[name] = value

    def _each(self, found: Json, kind: str, values: dict[str, Json]) -> None:
        """Put those of a kind that are new or changed; what is gone needs no word."""
        changed = []
        for key, value in values.items():
            name = f"{kind}/{key}"
            if self._told.get(name) != value:
                self._told[name] = value
                changed.append(value)
        if changed:
            found[kind] = changed


def _group(group: Group) -> Json:
    return {
        "id": group.id,
        "name": group.name,
        "has_bot": group.has_bot,
        "members": [member.name for member in list(group.members.values())],
        "count": group.chat.count,
    }
