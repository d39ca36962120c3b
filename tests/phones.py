"""People with a phone of the strict simulator, in the words of `tests.people.Person`."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PIL import Image

from bot.line import postbacks
from bot.replies import Button
from bot.simulator import CannotDo, acts
from bot.simulator.channel import Content
from bot.simulator.chats import Entry
from bot.simulator.events import mention_of
from bot.simulator.pressing import MENU, pressables
from bot.simulator.reading import buttons, quick_replies
from models import InboxEvent
from tests.people import INSIDE, KEY, Person, Saw, ids, read

if TYPE_CHECKING:
    from tests.whole_way import WholeTown

_NUMBER = re.compile(r"\b[A-Z]{2,4}-\d{4}-\d{5,}\b")
#: What a phone hands over; of the other kinds of message nothing is to be fetched.
_FILES = {
    "image": Content("image", "image/jpeg", b""),
    "audio": Content("audio", "audio/x-m4a", acts.NOT_AN_MP4),
    "video": Content("video", "video/mp4", acts.NOT_AN_MP4),
    "file": Content("file", "application/octet-stream", b"%PDF-1.4\n"),
}


class PhonePerson(Person):
    """Somebody who sees what LINE shows, and can press only what is there to be pressed."""

    town: WholeTown

    def __init__(self, town: WholeTown, name: str, language: str | None = "th", *, on_pc: bool = False) -> None:
        self.account = town.channel.account(name, language, on_pc)
        self.account.language, self.account.on_pc = language, on_pc
        super().__init__(town, name, self.account.id, [])

    # ---- what a person does

    def adds_the_account(self) -> None:
        acts.add_the_account(*self._here)
        self.town.delivers()

    def blocks(self) -> None:
        acts.block(*self._here)
        self.town.delivers()

    def comes_back(self) -> None:
        acts.add_the_account(*self._here, unblocked=True)
        self.town.delivers()

    def quotes(self, number: str, text: str) -> str:
        for entry in reversed(self._heard()):
            if number in read([entry.message]):
                return self.sends(text, quotedMessageId=entry.message["id"])
        raise AssertionError(f"{self.name} never saw {number}")

    def sends_place(self, latitude: Any = INSIDE[0], longitude: Any = INSIDE[1], address: str = "") -> str:
        named = {"address": address} if address else {}
        return self.message({"type": "location", "latitude": latitude, "longitude": longitude, **named})

    def presses(self, label: str, on: str | None = None) -> None:
        """Press the nearest button of this label: under the newest message, on a card, in the rich menu."""
        self._does("presses", label=label, containing=on, within=0.0)
        self.town.delivers()

    def picks_day(self, label: str, day: str) -> None:
        """Press a button that opens LINE's calendar, and choose a day (2026-12-24)."""
        self._does("presses", label=label, value=day, within=0.0)
        self.town.delivers()

    def taps(self, item: str) -> None:
        """Tap the area of the rich menu with this label, or by what it sends: report, track, talk …"""
        self._taps(item)

    def posts_back(self, data: str) -> None:
        """Press what sends this: an area of the rich menu, or a button of any age."""
        if data.startswith(postbacks.MENU_PREFIXES):
            self._taps(data.partition(":")[2])
        else:
            acts.press_data(*self._here, data)
            self.town.delivers()

    def unsends(self, said: str) -> None:
        acts.unsend(*self._here, said)
        self.town.delivers()

    def message(self, message: dict[str, Any], **event: Any) -> str:
        assert not event, "a phone makes its events itself"
        kind = message["type"]
        parts = {name: value for name, value in message.items() if name not in ("type", "id")}
        content = _FILES.get(kind)
        if content is not None:
            body = _photo(f"{self.name} {next(ids)}") if kind == "image" else content.body
            content = Content(kind, content.content_type, body)
        entry, _ = acts.send(*self._here, kind, content=content, **parts)
        self.said.append(entry.message["id"])
        self.town.delivers()
        return self.said[-1]

    def event(self, event: dict[str, Any], *, token: bool = True, user: bool = True) -> InboxEvent:
        """Send an event of any kind from this person's chat."""
        left_out = {} if token else {"replyToken": None}
        source = {} if user else {"source": {"type": "user"}}
        platform, channel, account = self._here
        acts.send_event(platform, channel, {**left_out, **source, **event}, account)
        self.town.delivers()
        return self.town.every(InboxEvent)[-1]

    # ---- what a person sees

    @property
    def seen(self) -> list[Saw]:
        """Every message request that arrived, oldest first."""
        requests = groupby(self._heard(), key=lambda entry: entry.request_id)
        return [_saw(list(entries)) for _, entries in requests]

    @seen.setter
    def seen(self, _nothing: list[Saw]) -> None:
        """A phone cannot be told what it saw."""

    def button(self, label: str, on: str | None = None) -> Button:
        for one in pressables(self.town.channel, self.account, on):
            if one.button.label == label:
                return self._button(label, one.button.action)
        raise AssertionError(f"{self.name} sees no button {label!r}; the newest are {self.labels()}")

    def labels(self) -> list[str]:
        saw = self.seen
        return [one["label"] for one in _actions(saw[-1].content) if one.get("label")] if saw else []

    @property
    def number(self) -> str:
        for entry in reversed(self._heard()):
            found = _NUMBER.findall(read([entry.message]))
            if found:
                return str(found[-1])
        raise AssertionError(f"{self.name} never saw a ticket's number")

    @property
    def newest(self) -> list[dict[str, Any]]:
        """LINE's messages of the last request that arrived."""
        return self.seen[-1].content

    def links(self) -> list[str]:
        """The addresses behind the buttons of the newest message that has some."""
        for saw in reversed(self.seen):
            found = [one["uri"] for one in _actions(saw.content) if one["type"] == "uri"]
            if found:
                return found
        return []

    @property
    def menu(self) -> list[str]:
        """The labels of the rich menu that is shown now; nothing where none is."""
        shown = pressables(self.town.channel, self.account)
        return [one.button.label for one in shown if one.place == MENU]

    def looks_at_pictures(self) -> list[dict[str, Any]]:
        """Fetch the pictures of the newest message with some, as a phone does: status, pixels, is_shown, has_place."""
        for entry in reversed(self._heard()):
            found = self._does("looks_at", n=entry.n)
            if found:
                return list(found)
        return []

    # ----

    @property
    def _here(self) -> tuple[Any, Any, Any]:
        return self.town.backstage.line.platform, self.town.channel, self.account

    def _heard(self) -> list[Entry]:
        return [entry for entry in self.account.chat.since(0) if entry.is_from_bot]

    def _taps(self, item: str) -> None:
        if not self.account.is_friend:
            self.adds_the_account()  # only friends see a menu
        for one in pressables(self.town.channel, self.account):
            names = (one.button.label, one.button.action.get("data", "").partition(":")[2])
            if one.place == MENU and item in names:
                self._does("touches", action=one.button.action)
                return self.town.delivers()
        raise CannotDo(f"{self.name} has no area {item!r} in the menu: {self.menu}")

    def _does(self, verb: str, **arguments: Any) -> Any:
        call = self.town.backstage.line.call
        return call(f"person/{verb}", channel=self.town.code, person=self.name, **arguments)

    def _button(self, label: str, action: dict[str, Any]) -> Button:
        if action["type"] != "postback":
            raise AssertionError(f"{label!r} sends nothing: {action}")
        press = postbacks.read(action["data"], KEY.encode(), self.town.code)
        return Button(label, press.action, dict(press.args))


class PhoneGroup(PhonePerson):
    """A group with the account in it, in the words of `tests.groups.Group`; `board` is what stands there."""

    def __init__(self, town: WholeTown, name: str) -> None:
        self.account = town.channel.group(name)
        Person.__init__(self, town, name, self.account.id, [])
        self.board = self

    def says(self, who: PhonePerson, text: str, *, mentions: bool = True, **message: Any) -> str:
        """Write in the group, with our name in front where it is mentioned."""
        words = f"@{self.town.code} {text}" if mentions else text
        quotes = message.get("quotedMessageId")
        entry, _ = acts.say(*who._here, words, self.account, quotes=quotes)
        self.town.delivers()
        return str(entry.message["id"])

    def presses(self, who: PhonePerson, label: str) -> None:
        """Press the newest button of this label that stands in the group."""
        for entry in reversed(self._heard()):
            for button in quick_replies(entry.message) + buttons(entry.message):
                if button.label == label:
                    who._does("touches", action=button.action, n=entry.n, group=self.name)
                    return self.town.delivers()
        raise CannotDo(f"nothing in the group says {label!r}")

    def edits(self, who: PhonePerson, said: str, text: str) -> None:
        """Change a message that was sent."""
        platform, channel, account = who._here
        words = f"@{self.town.code} {text}"
        message = {"id": said, "type": "text", "text": words, "mention": mention_of(channel, words)}
        source = {"type": "group", "groupId": self.account.id, "userId": account.id}
        acts.send_event(platform, channel, {"type": "messageEdited", "message": message, "source": source}, account)
        self.town.delivers()

    def unsends(self, who: PhonePerson, said: str) -> None:
        """Take a message in the group back."""
        who.unsends(said)


def _photo(seed: str) -> bytes:
    """A picture like no other: finished work must not be shown by a photo that repeats an earlier one."""
    squares = hashlib.sha512(seed.encode()).digest() + hashlib.sha512(seed[::-1].encode()).digest()
    picture = Image.frombytes("L", (12, 9), squares[:108]).resize((480, 360), Image.Resampling.NEAREST)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _saw(entries: list[Entry]) -> Saw:
    messages = [entry.message for entry in entries]
    return Saw(entries[0].how, (), read(messages), messages, [str(one.get("id", "")) for one in messages])


def _actions(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, dict):
        if "label" in value and "type" in value:
            yield value
        for part in value.values():
            yield from _actions(part)
    elif isinstance(value, list):
        for part in value:
            yield from _actions(part)
