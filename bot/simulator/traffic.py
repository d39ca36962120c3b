"""Everything that went between the platform and the bots, in order, with what was in it."""

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusals import Json

WEBHOOK = "webhook"
CALL = "call"
KEPT = 1_000
_MOST_KEPT_BYTES = 200_000


@dataclass
class Exchange:
    """One webhook to a bot, or one call of a bot, with its answer as soon as there is one.

    `status` None means that the answer is still awaited; `cost` is paid messages.
    """

    n: int
    way: str
    at: float
    channel: str
    kind: str
    path: str
    request: bytes
    method: str = "POST"
    chat: str = ""
    status: int | None = None
    reason: str = ""
    seconds: float = 0.0
    answer: bytes = b""
    details: list[Json] = field(default_factory=list)
    fault: str = ""
    cost: int = 0
    is_redelivery: bool = False
    is_refused: bool = False

    def summary(self) -> Json:
        """All but the two bodies, as JSON."""
        bodies = ("request", "answer")
        return {name: value for name, value in vars(self).items() if name not in bodies}

    def whole(self) -> Json:
        """All of it; bodies that are JSON as JSON, others described."""
        return {**self.summary(), "request": shown(self.request), "answer": shown(self.answer)}


class Traffic:
    """The last 1,000 exchanges. `version` grows with every change; `wait` sleeps until it does."""

    def __init__(self) -> None:
        self.version = 0
        self._exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self._count = 0
        self._changed = threading.Condition()

    def add(self, way: str, at: float, channel: str, kind: str, path: str, request: bytes, **more: Any) -> Exchange:
        """Note the beginning of an exchange, or all of it."""
        with self._changed:
            more["answer"] = kept(more.get("answer", b""))
            exchange = Exchange(self._count, way, at, channel, kind, path, kept(request), **more)
            self._count += 1
            self._exchanges.append(exchange)
            self._tell()
        return exchange

    def ended(self, exchange: Exchange, **outcome: Any) -> None:
        """Note how it went."""
        with self._changed:
            for name, value in outcome.items():
                setattr(exchange, name, value)
            self._tell()

    def all(self) -> list[Exchange]:
        """Oldest first."""
        with self._changed:
            return list(self._exchanges)

    def find(self, n: int) -> Exchange | None:
        """The exchange of this number, while it is kept."""
        with self._changed:
            return next((one for one in self._exchanges if one.n == n), None)

    def clear(self) -> None:
        """Forget them; numbers go on."""
        with self._changed:
            self._exchanges.clear()
            self._tell()

    def touch(self) -> None:
        """Something else changed that watchers want to know."""
        with self._changed:
            self._tell()

    def wait(self, version: int, seconds: float) -> int:
        """The version, once it is another one than this or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def _tell(self) -> None:
        self.version += 1
        self._changed.notify_all()


def kept(body: bytes) -> bytes:
    """The body, or how large it was where a person would not read it all."""
    return body if len(body) <= _MOST_KEPT_BYTES else f"({len(body):,} bytes)".encode()


def shown(body: bytes) -> Any:
    """A body as a person can read it: its JSON, its text, or how large it is."""
    if not body:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode() if body.isascii() else f"({len(body):,} bytes)"
