"""People with LINE as a test speaks of them: what they send and press, and what they see."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from bot.line.postbacks import sign
from bot.replies import Button, Card, Carousel, Reply, buttons_of
from models import InboxEvent
from tests.unit.line_accepts import inside

KEY = "k" * 40
#: A point well inside Rangsit, and one far outside, in the town of Pathum Thani.
INSIDE, FAR_OUTSIDE = (13.985, 100.625), (14.02, 100.53)
ids = count(1)


class Town(Protocol):
    """Where their events go."""

    code: str

    def receives(self, body: bytes, user_id: str) -> InboxEvent: ...
    def language_of(self, person: Person) -> str: ...


@dataclass
class Saw:
    """One message request that LINE accepted, as its reader saw it."""

    way: str
    replies: tuple[Reply, ...]
    text: str
    content: list[Any]
    numbers: list[str] = field(default_factory=list)  # LINE's ids of what was seen


@dataclass
class Person:
    """Somebody with LINE. `seen` is everything that reached this person, oldest first."""

    town: Town
    name: str
    user_id: str
    seen: list[Saw] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # the ids of the messages sent
    _read: int = 0  # how much of `seen` an earlier expectation has passed

    # ---- what a person does

    def adds_the_account(self) -> None:
        """Follow, as a new friend."""
        self.event({"type": "follow", "follow": {"isUnblocked": False}})

    def blocks(self) -> None:
        """Block the account."""
        self.event({"type": "unfollow"}, token=False)

    def comes_back(self) -> None:
        """Unblock the account."""
        self.event({"type": "follow", "follow": {"isUnblocked": True}})

    def sends(self, text: str, **message: Any) -> str:
        """Type words; the id of the message."""
        return self.message({"type": "text", "text": text, **message})

    def quotes(self, number: str, text: str) -> str:
        """Type words that quote the newest card or answer with this ticket number on it."""
        for saw in reversed(self.seen):
            for reply, said in zip(reversed(saw.replies), reversed(saw.numbers), strict=False):
                if number in str(reply):
                    return self.sends(text, quotedMessageId=said)
        raise AssertionError(f"{self.name} never saw {number}")

    def sends_photo(self, **image: Any) -> str:
        """Send a photo; `index` and `total` when it is one of a set."""
        image_set = {"imageSet": {"id": "set", **image}} if image else {}
        return self.message({"type": "image", "contentProvider": {"type": "line"}, **image_set})

    def sends_voice(self) -> str:
        """Send a recording."""
        return self.message({"type": "audio", "duration": 4000, "contentProvider": {"type": "line"}})

    def sends_video(self) -> str:
        """Send a video."""
        return self.message({"type": "video", "duration": 4000, "contentProvider": {"type": "line"}})

    def sends_place(self, latitude: Any = INSIDE[0], longitude: Any = INSIDE[1], address: str = "") -> str:
        """Send a location."""
        return self.message({"type": "location", "latitude": latitude, "longitude": longitude, "address": address})

    def presses(self, label: str, on: str | None = None) -> None:
        """Press the newest button with this label that this person ever saw; `on` names the card by its number."""
        self.presses_button(self.button(label, on))

    def presses_button(self, button: Button) -> None:
        """Press a button, however old."""
        self.posts_back(sign(button.action, button.args, KEY.encode(), self.town.code))

    def taps(self, item: str) -> None:
        """Tap an area of the rich menu: report, track, talk, numbers, language, help."""
        self.posts_back(f"menu:{item}")

    def posts_back(self, data: str) -> None:
        """Send raw postback data."""
        self.event({"type": "postback", "postback": {"data": data}})

    def unsends(self, said: str) -> None:
        """Take a message back."""
        self.event({"type": "unsend", "unsend": {"messageId": said}}, token=False)

    def message(self, message: dict[str, Any], **event: Any) -> str:
        """Send any message; its id."""
        said = f"said-{next(ids)}"
        self.said.append(said)
        self.event({"type": "message", "message": {"id": said, **message}, **event})
        return said

    def event(self, event: dict[str, Any], *, token: bool = True, user: bool = True) -> InboxEvent:
        """Send any event from this person's chat."""
        number = next(ids)
        whole: dict[str, Any] = {
            "mode": "active",
            "timestamp": 1_700_000_000_000 + number,
            "source": {"type": "user", **({"userId": self.user_id} if user else {})},
            "webhookEventId": f"event-{number}",
            "deliveryContext": {"isRedelivery": False},
        }
        if token:
            whole["replyToken"] = f"token-{number}"
        return self.town.receives(json.dumps({**whole, **event}).encode(), self.user_id)

    # ---- what a person sees

    def button(self, label: str, on: str | None = None) -> Button:
        """The newest button of this label, on the card of this number if one is named."""
        for saw in reversed(self.seen):
            found = [button for reply in saw.replies for button in _buttons(reply, on) if button.label == label]
            if found:
                return found[0]
        raise AssertionError(f"{self.name} never saw a button {label!r}; the newest are {self.labels()}")

    def labels(self) -> list[str]:
        """The labels of the last message request that reached this person."""
        return [b.label for reply in self.seen[-1].replies for b in buttons_of(reply)] if self.seen else []

    @property
    def text(self) -> str:
        """What can be read in everything since the last expectation."""
        return "\n".join(saw.text for saw in self.seen[self._read :])

    def sees(self, *parts: str, way: str | None = None) -> str:
        """Expect all these parts in what arrived since the last expectation; the text, which is then read."""
        text, ways = self.text, {saw.way for saw in self.seen[self._read :]}
        missing = [part for part in parts if part not in text]
        assert not missing, f"{self.name} does not see {missing} in:\n{text}"
        assert way is None or ways == {way}, f"{self.name} got it by {ways}"
        self._read = len(self.seen)
        return text

    def sees_nothing(self) -> None:
        """Expect that nothing arrived since the last expectation."""
        assert not self.text, f"{self.name} sees:\n{self.text}"

    def does_not_see(self, *parts: str) -> None:
        """Expect none of these parts in what arrived since the last expectation (which stays unread)."""
        found = [part for part in parts if part in self.text]
        assert not found, f"{self.name} sees {found} in:\n{self.text}"

    def reads_on(self) -> None:
        """Nothing so far matters any more."""
        self._read = len(self.seen)

    def count(self, way: str) -> int:
        """How many replies or pushes reached this person."""
        return sum(saw.way == way for saw in self.seen)

    @property
    def number(self) -> str:
        """The number of the newest ticket card this person saw."""
        for saw in reversed(self.seen):
            for reply in reversed(saw.replies):
                for card in reversed(_cards(reply)):
                    if card.number:
                        return card.number
        raise AssertionError(f"{self.name} never saw a ticket card")

    # ---- short ways to a usual place

    def reports(self, text: str = "น้ำประปาแดงมาก", *, place: tuple[float, float] = INSIDE) -> str:
        """Report something clear, to the end; the number."""
        self.sends(text)
        self.sends_place(*place)
        self.presses("ส่งเรื่อง" if self.town.language_of(self) == "th" else "Send report")
        self.reads_on()
        return self.number


def read(messages: list[dict[str, Any]]) -> str:
    """Everything that stands in LINE's messages, in their order: texts and what is written on buttons."""
    parts = (part.get("text") or part.get("label") for part in inside(messages))
    return "\n".join(part for part in parts if isinstance(part, str))


def _cards(reply: Reply) -> tuple[Any, ...]:
    if isinstance(reply, Carousel):
        return reply.cards
    return (reply,) if isinstance(reply, Card) or hasattr(reply, "number") else ()


def _buttons(reply: Reply, on: str | None) -> tuple[Button, ...]:
    if on is None:
        return buttons_of(reply)
    return tuple(button for card in _cards(reply) if card.number == on for button in card.buttons)
