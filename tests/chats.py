"""People who talk: LINE's events go through the dispatcher as from the inbox, and the answers are read as replies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock
from bot.config import Settings
from bot.line.postbacks import sign
from bot.replies import Button, Card, Carousel, Choices, Reply, Say, buttons_of, from_json
from handlers.line.dispatch import Dispatcher
from models import InboxEvent, Officer, OutboxMessage, Resident
from models.outbox import PUSH, REPLY
from tests import arriving
from tests.builders import Town

KEY = "k" * 40
SETTINGS = Settings({"SECRET_KEY": KEY, "LINE_API_URL": "http://127.0.0.1:1"})
_ids = count(1)


@dataclass
class Clock:
    """The town's clock, held still until a test moves it."""

    now: datetime

    def passes(self, **time: float) -> None:
        """Let time pass: `passes(minutes=31)`."""
        self.now += timedelta(**time)


@contextmanager
def stopped_clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[Clock]:
    """`bot.clock.now()` says this moment until the test moves it."""
    stopped = Clock(now)
    monkeypatch.setattr(clock, "now", lambda: stopped.now)
    yield stopped


@dataclass
class Chat:
    """One person's chat with the town. `answers` is what the last event was answered with."""

    town: Town
    person: Resident
    answers: list[Reply] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.town.session

    def says(self, text: str, **message: Any) -> list[Reply]:
        """Type words."""
        return self._sends({"type": "text", "text": text, **message})

    def sends_photo(self, **image: Any) -> list[Reply]:
        """Send a photo; `index` and `total` when it is one of a set."""
        image_set = {"imageSet": {"id": "set", **image}} if image else {}
        return self._sends({"type": "image", "contentProvider": {"type": "line"}, **image_set})

    def sends(self, kind: str, **message: Any) -> list[Reply]:
        """Send anything else: audio, video, file, sticker, location."""
        return self._sends({"type": kind, **message})

    def unsends(self, said: str) -> list[Reply]:
        """Take a message back."""
        return self._event({"type": "unsend", "unsend": {"messageId": said}}, token=False)

    def presses(self, label: str, *, on: str | None = None) -> list[Reply]:
        """Press the button of this label among the last answers; `on` names the ticket where several cards have it."""
        return self.presses_old(self.button(label, on=on))

    def presses_old(self, button: Button) -> list[Reply]:
        """Press a button of any card that was ever shown."""
        return self.posts_back(sign(button.action, button.args, KEY.encode(), self.town.row.code))

    def taps(self, tab: str) -> list[Reply]:
        """Tap a tab of the rich menu."""
        return self.posts_back(f"tab:{tab}")

    def posts_back(self, data: str, **params: str) -> list[Reply]:
        """Send raw postback data, with what LINE's calendar adds (`date`)."""
        return self._event({"type": "postback", "postback": {"data": data, **({"params": params} if params else {})}})

    def button(self, label: str, *, on: str | None = None) -> Button:
        """The button of this label among the last answers."""
        found = [button for reply in self.answers for button in _buttons(reply, on) if button.label == label]
        assert found, f"no button {label!r} among {self.labels()}"
        return found[0]

    def labels(self, on: str | None = None) -> list[str]:
        """The labels of every button among the last answers."""
        return [button.label for reply in self.answers for button in _buttons(reply, on)]

    def card(self, number: str | None = None) -> Card:
        """The (last) ticket card among the last answers."""
        cards = [card for reply in self.answers for card in _cards(reply) if number in (None, card.number)]
        assert cards, f"no card among {self.answers}"
        return cards[-1]

    @property
    def text(self) -> str:
        """Everything that can be read in the last answers, line by line."""
        return "\n".join(line for reply in self.answers for line in words_of(reply))

    def pushed(self) -> list[Reply]:
        """Everything that was pushed to this person so far."""
        return [reply for message in self._messages(PUSH) for reply in from_json(message.content or [])]

    def said_ids(self) -> str:
        """The id of the last message this person sent."""
        return f"said-by-{self.person.id}-{self._last}"

    _last: int = 0

    def _sends(self, message: dict[str, Any]) -> list[Reply]:
        self._last += 1
        return self._event({"type": "message", "message": {"id": self.said_ids(), **message}})

    def _event(self, event: dict[str, Any], *, token: bool = True) -> list[Reply]:
        number = next(_ids)
        body = {"timestamp": 1, "source": {"type": "user", "userId": self.person.line_user_id}, "mode": "active"}
        if token:
            body["replyToken"] = f"token-{number}"
        row = InboxEvent(
            municipality_id=self.town.row.id,
            event_id=f"event-{number}",
            lane_key=f"{self.town.row.id}:{self.person.line_user_id}",
            said=event.get("message", {}).get("id"),
            body=json.dumps({**body, **event}).encode(),
            occurred_at_ms=1,
            received_at=clock.real_now(),
        )
        self.session.add(row)
        self.session.flush()
        before = {message.id for message in self._messages(REPLY)}
        Dispatcher(SETTINGS)(self.session, row)
        self.session.flush()
        if self.town.photos_arrive:
            arriving.photos_arrive(self.session, clock.now())
        new = [message for message in self._messages(REPLY) if message.id not in before]
        self.answers = [reply for message in new for reply in from_json(message.content or [])]
        return self.answers

    def _messages(self, way: str) -> Sequence[OutboxMessage]:
        wanted = select(OutboxMessage).where(
            OutboxMessage.resident_id == self.person.id, OutboxMessage.way == way
        )
        return self.session.scalars(wanted.order_by(OutboxMessage.id)).unique().all()


def chat(town: Town, person: Resident | Officer) -> Chat:
    """The chat of a resident, or of an officer's own LINE account."""
    return Chat(town, person.resident if isinstance(person, Officer) else person)


def _cards(reply: Reply) -> Sequence[Card]:
    if isinstance(reply, Carousel):
        return reply.cards
    return [reply] if isinstance(reply, Card) else []


def _buttons(reply: Reply, on: str | None) -> Sequence[Button]:
    if on is None:
        return buttons_of(reply)
    return [button for card in _cards(reply) if card.number == on for button in card.buttons]


def words_of(reply: Reply) -> Iterator[str]:
    """What can be read in a reply, without its buttons."""
    if isinstance(reply, Say | Choices):
        yield reply.text
    for card in _cards(reply):
        yield from (card.title, card.badge, card.number, card.note)
        yield from (f"{line.label}: {line.value}" for line in card.lines)
        yield from card.history
    if isinstance(reply, Carousel):
        yield reply.alt


Talks = Callable[[Resident | Officer], Chat]
