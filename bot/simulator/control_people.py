"""The verbs of people and groups in the control API."""

import base64
from collections.abc import Callable
from typing import Any

from bot.simulator import acts, looking, pressing, reading
from bot.simulator.acts import CannotDo
from bot.simulator.channel import Account, Channel, Group
from bot.simulator.chats import Chat, Entry
from bot.simulator.deliveries import Delivery
from bot.simulator.platform import Platform
from bot.simulator.refusals import Json

FindChannel = Callable[[str], Channel]


def verbs(platform: Platform, channel_named: FindChannel) -> dict[str, Callable[..., Any]]:
    """Every verb by its name."""
    people = _People(platform, channel_named)
    return {
        "person/open": people.open,
        "person/adds": people.adds,
        "person/blocks": people.blocks,
        "person/says": people.says,
        "person/photos": people.photos,
        "person/place": people.place,
        "person/sticker": people.sticker,
        "person/file": people.file,
        "person/unsends": people.unsends,
        "person/presses": people.presses,
        "person/presses_data": people.presses_data,
        "person/touches": people.touches,
        "person/labels": people.labels,
        "person/menu": people.menu,
        "person/state": people.state,
        "person/looks_at": people.looks_at,
        "chat/sees": people.sees,
        "chat/entries": people.entries,
        "chat/mark": people.mark,
        "group/open": people.open_group,
        "group/joins": people.joins,
        "group/invites": people.invites,
        "group/expels": people.expels,
    }


class _People:
    def __init__(self, platform: Platform, channel_named: FindChannel) -> None:
        self._platform = platform
        self._channel = channel_named

    def open(self, channel: str, person: str, language: str | None = "th", on_pc: bool = False) -> Json:
        account = self._channel(channel).account(person)
        account.language, account.on_pc = language, on_pc
        return {"id": account.id, "name": account.name}

    def adds(self, channel: str, person: str) -> Json:
        found, account = self._find(channel, person)
        was_blocked = account.has_blocked
        return {"delivery": _told(acts.add_the_account(self._platform, found, account, unblocked=was_blocked))}

    def blocks(self, channel: str, person: str) -> Json:
        return {"delivery": _told(acts.block(self._platform, *self._find(channel, person)))}

    def says(
        self,
        channel: str,
        person: str,
        text: str,
        group: str | None = None,
        anonymous: bool = False,
        quotes: str | None = None,
    ) -> Json:
        found, account = self._find(channel, person)
        return _sent(acts.say(self._platform, found, account, text, self._group(found, group), anonymous, quotes))

    def photos(
        self,
        channel: str,
        person: str,
        pictures: list[str | None],
        waits: int = 0,
        group: str | None = None,
    ) -> list[Json]:
        found, account = self._find(channel, person)
        bodies = [
            base64.b64decode(picture) if picture else acts.sample_photo(account, number)
            for number, picture in enumerate(pictures)
        ]
        sent = acts.send_photos(self._platform, found, account, bodies, waits, self._group(found, group))
        return [_sent(one) for one in sent]

    def place(
        self,
        channel: str,
        person: str,
        lat: Any,
        lon: Any,
        title: str | None = None,
        address: str | None = None,
        group: str | None = None,
    ) -> Json:
        found, account = self._find(channel, person)
        parts: Json = {"latitude": lat, "longitude": lon}
        parts |= {name: words for name, words in (("title", title), ("address", address)) if words is not None}
        where = self._group(found, group)
        return _sent(acts.send(self._platform, found, account, "location", group=where, **parts))

    def sticker(self, channel: str, person: str, package: str = "446", sticker: str = "1988") -> Json:
        parts: Json = {"packageId": package, "stickerId": sticker, "stickerResourceType": "STATIC"}
        return _sent(acts.send(self._platform, *self._find(channel, person), "sticker", **parts))

    def file(
        self,
        channel: str,
        person: str,
        kind: str,
        body: str | None = None,
        waits: int = 0,
        file_name: str = "เอกสาร.pdf",
    ) -> Json:
        found, account = self._find(channel, person)
        raw = base64.b64decode(body) if body else None
        return _sent(acts.send_file_of(self._platform, found, account, kind, raw, waits, file_name))

    def unsends(self, channel: str, person: str, message_id: str) -> Json:
        found, account = self._find(channel, person)
        return {"delivery": _told(acts.unsend(self._platform, found, account, message_id))}

    def presses(self, channel: str, person: str, label: str, **more: Any) -> Json:
        return pressing.press(self._platform, *self._find(channel, person), label, **more)

    def presses_data(self, channel: str, person: str, data: str, params: Json | None = None) -> Json:
        found, account = self._find(channel, person)
        return {"delivery": _told(acts.press_data(self._platform, found, account, data, params))}

    def touches(
        self, channel: str, person: str, action: Json, n: int | None = None, value: str | None = None, **more: Any
    ) -> Json:
        """Press what does exactly this: in message `n`, or, without it, in the rich menu."""
        found, account = self._find(channel, person)
        group = self._group(found, more.pop("group", None))
        return pressing.touch(self._platform, found, account, action, n, value, group, **more)

    def labels(self, channel: str, person: str, containing: str | None = None) -> list[Json]:
        found = pressing.pressables(*self._find(channel, person), containing)
        return [{"label": one.button.label, "where": one.place, "action": one.button.action} for one in found]

    def menu(self, channel: str, person: str) -> Json | None:
        found, account = self._find(channel, person)
        menu = found.menu_of(account)
        if menu is None:
            return None
        labels = [area.label for area in reading.menu_areas(menu.definition)]
        return {"richMenuId": menu.id, **menu.definition, "labels": labels}

    def state(self, channel: str, person: str) -> Json:
        _, account = self._find(channel, person)
        return {
            "id": account.id,
            "name": account.name,
            "is_friend": account.is_friend,
            "has_blocked": account.has_blocked,
            "menu_id": account.menu_id,
            "taps": account.taps,
            "opened": list(account.opened),
            "clipboard": account.clipboard,
            "keyboard": account.keyboard,
            "is_loading": account.is_loading,
            "read_up_to": account.read_up_to,
            "entries": account.chat.count,
            "answers": len({one.request_id for one in account.chat.since(0) if one.is_from_bot and one.how == "reply"}),
        }

    def looks_at(self, channel: str, person: str, n: int) -> list[Json]:
        """Fetch the pictures of a message as her phone would."""
        _, account = self._find(channel, person)
        entry = account.chat.first(lambda one: one.n == n, n)
        if entry is None:
            raise CannotDo(f"there is no message number {n}")
        addresses = reading.picture_addresses(entry.message)
        return [looking.fetch(address, self._platform.addresses) for address in addresses]

    def sees(
        self,
        channel: str,
        words: list[str],
        person: str | None = None,
        group: str | None = None,
        within: float = 10.0,
        since: int | None = None,
    ) -> Json | None:
        """The message with all these words, or null when it did not come in time."""
        entry = self._chat(channel, person, group).find(tuple(words), within, since)
        return entry.as_json() if entry is not None else None

    def entries(self, channel: str, person: str | None = None, group: str | None = None, since: int = 0) -> list[Json]:
        return [entry.as_json() for entry in self._chat(channel, person, group).since(since)]

    def mark(self, channel: str, person: str | None = None, group: str | None = None) -> int:
        return self._chat(channel, person, group).count

    def open_group(self, channel: str, group: str) -> Json:
        return {"id": self._channel(channel).group(group).id, "name": group}

    def joins(self, channel: str, group: str, people: list[str]) -> Json:
        """Make these people members."""
        found = self._channel(channel)
        joined = [found.account(name) for name in people]
        found.group(group).members.update({one.id: one for one in joined})
        return {"members": [one.name for one in joined]}

    def invites(self, channel: str, group: str) -> Json:
        found = self._channel(channel)
        return {"delivery": _told(acts.join_group(self._platform, found, found.group(group)))}

    def expels(self, channel: str, group: str) -> Json:
        found = self._channel(channel)
        return {"delivery": _told(acts.leave_group(self._platform, found, found.group(group)))}

    def _find(self, channel: str, person: str) -> tuple[Channel, Account]:
        found = self._channel(channel)
        return found, found.account(person)

    def _group(self, channel: Channel, group: str | None) -> Group | None:
        return channel.group(group) if group is not None else None

    def _chat(self, channel: str, person: str | None, group: str | None) -> Chat:
        found = self._channel(channel)
        return found.group(group).chat if group is not None else found.account(person or "").chat


def _told(delivery: Delivery | None) -> Json | None:
    return delivery.as_json() if delivery is not None else None


def _sent(sent: tuple[Entry, Delivery | None]) -> Json:
    entry, delivery = sent
    return {**entry.as_json(), "delivery": _told(delivery)}
