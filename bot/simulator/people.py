"""People, groups and towns as tests, stories and terminals speak of them.

    nok = town.person("นก")
    nok.sends("ไฟถนนดับ")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง")

The same classes drive a simulator in this process and one elsewhere.
"""

import base64
from collections.abc import Callable
from typing import Any

from bot.simulator import reading
from bot.simulator.refusals import Json

Call = Callable[..., Any]
PATIENCE_SECONDS = 10.0


class NotSeen(AssertionError):
    """Somebody waited for words that did not come, or saw words that should not have come."""


class Said(dict[str, Any]):
    """One message of a chat: n, by, how, at, id, message, text, request_id, unsent, and for people's own `delivery`."""

    @property
    def id(self) -> str:
        """LINE's message id."""
        return str(self["id"])

    @property
    def n(self) -> int:
        """Its number in the chat, usable as `since`."""
        return int(self["n"])

    @property
    def text(self) -> str:
        """Everything readable in it."""
        return str(self["text"])

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons and quick replies."""
        message = self["message"]
        return [one.label for one in reading.buttons(message) + reading.quick_replies(message)]

    @property
    def was_acknowledged(self) -> bool:
        """Whether the bot answered the webhook with 2xx in time."""
        delivery: Json = self.get("delivery") or {}
        return delivery.get("reason") == "ok"


class _Listener:
    """What persons and groups share: a chat that can be read."""

    def __init__(self, call: Call, town: str, chat: Json) -> None:
        self._call = call
        self._town = town
        self._chat = chat

    @property
    def chat(self) -> list[Said]:
        """Everything said in the chat, both ways, in order."""
        return self.since(0)

    def since(self, mark: int) -> list[Said]:
        """What was said from this mark on."""
        entries = self._call("chat/entries", channel=self._town, since=mark, **self._chat)
        return [Said(entry) for entry in entries]

    def mark(self) -> int:
        """Now, for `since`."""
        return int(self._call("chat/mark", channel=self._town, **self._chat))

    def sees(self, *words: str, within: float = PATIENCE_SECONDS, since: int | None = None) -> Said:
        """The bot's next message with all these words, waiting for it.

        It looks behind the last message that was found (or from `since` on). The
        same message may be found for other words until the person acts again.

        Raises:
            NotSeen: it did not come in time; shows what came instead.
        """
        arguments = {"words": list(words), "within": within, "since": since}
        entry = self._call("chat/sees", channel=self._town, **self._chat, **arguments)
        if entry is None:
            lately = "\n---\n".join(f"{one['by']}: {one.text}" for one in self.chat[-6:]) or "nothing"
            raise NotSeen(f"{self._name} does not see {' + '.join(words)!r} within {within} s. Lately:\n{lately}")
        return Said(entry)

    def never_sees(self, *words: str, within: float = 1.0, since: int | None = None) -> None:
        """Nothing with these words has come since the mark (the start of the chat), nor comes within that time."""
        arguments = {"words": list(words), "within": within, "since": since or 0}
        entry = self._call("chat/sees", channel=self._town, **self._chat, **arguments)
        if entry is not None:
            raise NotSeen(f"{self._name} sees {' + '.join(words)!r}: {entry['text']}")

    def times_seen(self, words: str, since: int = 0) -> int:
        """How many messages of the bot have these words in them so far."""
        return sum(one["by"] == "bot" and words in one.text for one in self.since(since))

    @property
    def _name(self) -> str:
        return str(next(iter(self._chat.values())))


def delivery_of(done: Json) -> Json | None:
    """The webhook delivery an act led to; None while several acts are gathered into one body."""
    delivery: Json | None = done["delivery"]
    return delivery


class Person(_Listener):
    """Somebody with LINE on a phone (or, `on_pc`, on a computer)."""

    def __init__(self, call: Call, town: str, name: str, language: str | None = "th", on_pc: bool = False) -> None:
        super().__init__(call, town, {"person": name})
        self.name = name
        self.id = str(self._do("open", language=language, on_pc=on_pc)["id"])

    def adds_the_account(self) -> Json | None:
        """Becomes a friend. Gives the webhook's delivery."""
        return delivery_of(self._do("adds"))

    def blocks_the_bot(self) -> Json | None:
        """Blocks: nothing arrives any more."""
        return delivery_of(self._do("blocks"))

    def unblocks_the_bot(self) -> Json | None:
        """Comes back."""
        return self.adds_the_account()

    def sends(
        self, text: str, *, to: "Group | None" = None, anonymous: bool = False, quoting: str | None = None
    ) -> Said:
        """Writes, in the own chat or to a group; anonymous leaves out her user id there."""
        group = to.name if to is not None else None
        return Said(self._do("says", text=text, group=group, anonymous=anonymous, quotes=quoting))

    says = sends

    def sends_photo(self, jpeg: bytes | None = None, *, waits: int = 0, to: "Group | None" = None) -> Said:
        """Sends a photo, a sample one by default; `waits` is how often LINE says 202 before it is ready."""
        return self.sends_photos([jpeg], waits=waits, to=to)[0]

    def sends_photos(self, jpegs: list[bytes | None], *, waits: int = 0, to: "Group | None" = None) -> list[Said]:
        """Sends several photos at once."""
        pictures = [base64.b64encode(one).decode() if one is not None else None for one in jpegs]
        group = to.name if to is not None else None
        return [Said(one) for one in self._do("photos", pictures=pictures, waits=waits, group=group)]

    def sends_place(
        self,
        lat: float,
        lon: float,
        *,
        title: str | None = None,
        address: str | None = None,
        to: "Group | None" = None,
    ) -> Said:
        """Sends a location, degrees north and east."""
        group = to.name if to is not None else None
        return Said(self._do("place", lat=lat, lon=lon, title=title, address=address, group=group))

    def sends_sticker(self) -> Said:
        """Sends a sticker."""
        return Said(self._do("sticker"))

    def sends_voice(self, body: bytes | None = None, *, waits: int = 0) -> Said:
        """Sends a voice message."""
        return self._file("audio", body, waits=waits)

    def sends_video(self, body: bytes | None = None, *, waits: int = 0) -> Said:
        """Sends a video."""
        return self._file("video", body, waits=waits)

    def sends_file(self, body: bytes | None = None, *, name: str = "เอกสาร.pdf") -> Said:
        """Sends a file."""
        return self._file("file", body, file_name=name)

    def unsends(self, said: Said | str) -> Json | None:
        """Takes one of her messages back."""
        message_id = said if isinstance(said, str) else said.id
        return delivery_of(self._do("unsends", message_id=message_id))

    def presses(
        self,
        label: str,
        *,
        containing: str | None = None,
        which: int = 0,
        where: str | None = None,
        value: str | None = None,
        within: float = PATIENCE_SECONDS,
    ) -> Json:
        """Presses the nearest button with this label, waiting until it is there.

        Quick replies of the newest message come first, then cards from the newest
        back, then the rich menu. `containing` chooses the card with these words,
        `which` an older one, `where` is quick_reply, card or menu, `value` what a
        date picker gives. A camera or location button only opens the picker: send
        the photo or place afterwards. Gives label, where, action, delivery.
        """
        arguments = {"containing": containing, "which": which, "where": where, "value": value, "within": within}
        return dict(self._do("presses", label=label, **arguments))

    def presses_data(self, data: str, params: Json | None = None) -> Json | None:
        """Sends a postback with this data, as an old or forged button would."""
        return delivery_of(self._do("presses_data", data=data, params=params))

    def can_press(self, label: str, containing: str | None = None) -> bool:
        """Whether such a button is there now."""
        return label in self.labels(containing)

    def labels(self, containing: str | None = None) -> list[str]:
        """The labels of everything she can press now, nearest first."""
        return [str(one["label"]) for one in self._do("labels", containing=containing)]

    def looks_at(self, said: Said) -> list[Json]:
        """Fetches the pictures of a message as her phone would: address, status, pixels, is_shown, has_place."""
        return list(self._do("looks_at", n=said.n))

    @property
    def menu(self) -> Json | None:
        """Her current rich menu with the labels of its areas, or None."""
        menu = self._do("menu")
        return dict(menu) if menu is not None else None

    @property
    def state(self) -> Json:
        """taps, answers (reply requests received), menu_id, has_blocked, is_loading, opened, keyboard …"""
        return dict(self._do("state"))

    @property
    def taps(self) -> int:
        """How many buttons she has pressed so far."""
        return int(self.state["taps"])

    def _file(self, kind: str, body: bytes | None, **more: Any) -> Said:
        written = base64.b64encode(body).decode() if body is not None else None
        return Said(self._do("file", kind=kind, body=written, **more))

    def _do(self, verb: str, **arguments: Any) -> Any:
        return self._call(f"person/{verb}", channel=self._town, person=self.name, **arguments)


class Group(_Listener):
    """A group chat."""

    def __init__(self, call: Call, town: str, name: str) -> None:
        super().__init__(call, town, {"group": name})
        self.name = name
        self.id = str(call("group/open", channel=town, group=name)["id"])

    def invites_the_bot(self) -> Json | None:
        """Takes the account in."""
        return delivery_of(self._call("group/invites", channel=self._town, group=self.name))

    def expels_the_bot(self) -> Json | None:
        """Puts the account out."""
        return delivery_of(self._call("group/expels", channel=self._town, group=self.name))
