"""What stands in one chat, both ways, and who waits for it."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.reading import all_text
from bot.simulator.refusals import Json

KEPT_ENTRIES = 2_000


@dataclass
class Entry:
    """One message of a chat.

    `by` is "bot" or the name of the person; `how` is reply, push, multicast or
    broadcast for the bot's, and what the person did for hers. `request_id` is the
    same for all messages of one request of the bot.
    """

    n: int
    by: str
    how: str
    at: int
    message: Json
    request_id: str = ""
    last_of_request: bool = True
    unsent: bool = False
    is_answered: bool = False

    @property
    def is_from_bot(self) -> bool:
        """Whether the account said it."""
        return self.by == "bot"

    def as_json(self) -> Json:
        """The same as a JSON object, with the readable text beside the message."""
        return {
            "n": self.n,
            "by": self.by,
            "how": self.how,
            "at": self.at,
            "id": self.message.get("id", ""),
            "message": self.message,
            "request_id": self.request_id,
            "text": all_text(self.message),
            "unsent": self.unsent,
            "answered": self.is_answered,
            "last_of_request": self.last_of_request,
        }


@dataclass
class Chat:
    """The entries of one chat (the last 2,000), and the mark up to which they have been `seen`.

    A message that was found by one `sees` may satisfy another `sees` with other
    words, until the person does something; the same words need a new message.
    """

    id: str
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=KEPT_ENTRIES))
    changed: threading.Condition = field(default_factory=threading.Condition)
    delivering: threading.RLock = field(default_factory=threading.RLock)
    closed: bool = False
    _count: int = 0
    _mark: int = -1
    _words_at_mark: set[tuple[str, ...]] = field(default_factory=set)
    _acted: bool = True

    def add(self, by: str, how: str, at: int, message: Json, **more: Any) -> Entry:
        """Append a message and wake whoever waits for it."""
        with self.changed:
            entry = Entry(self._count, by, how, at, message, **more)
            self._count += 1
            self.entries.append(entry)
            self.changed.notify_all()
        return entry

    def acted(self) -> None:
        """The person did something: what was found before does not count again."""
        with self.changed:
            self._acted = True

    @property
    def count(self) -> int:
        """How many entries there have been; usable as a mark."""
        return self._count

    def since(self, mark: int) -> list[Entry]:
        """The entries from number `mark` on."""
        with self.changed:
            return [entry for entry in self.entries if entry.n >= mark]

    def last(self) -> Entry | None:
        """The newest entry that was not unsent."""
        with self.changed:
            return next((entry for entry in reversed(self.entries) if not entry.unsent), None)

    def find(self, words: tuple[str, ...], within: float, since: int | None = None) -> Entry | None:
        """The bot's first message after the mark with all these words in it, waiting up to `within` seconds."""
        with self.changed:
            found: list[Entry] = []

            def is_there() -> bool:
                match = next((entry for entry in self._unseen(words, since) if _holds(entry, words)), None)
                found[:] = [match] if match else []
                return bool(match) or self.closed

            self.changed.wait_for(is_there, within)
            if not found:
                return None
            if since is None:
                self._move_mark(found[0].n, words)
            return found[0]

    def first(self, matches: Callable[[Entry], bool], since: int) -> Entry | None:
        """The first entry from number `since` on that matches, now."""
        return next((entry for entry in self.since(since) if matches(entry)), None)

    def close(self) -> None:
        """Let everybody who waits go."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def _unseen(self, words: tuple[str, ...], since: int | None) -> list[Entry]:
        if since is not None:
            start = since
        elif self._acted or words in self._words_at_mark:
            start = self._mark + 1
        else:
            start = self._mark
        return [entry for entry in self.entries if entry.is_from_bot and entry.n >= start]

    def _move_mark(self, n: int, words: tuple[str, ...]) -> None:
        if n != self._mark:
            self._words_at_mark.clear()
        self._mark = n
        self._words_at_mark.add(words)
        self._acted = False


def _holds(entry: Entry, words: tuple[str, ...]) -> bool:
    readable = all_text(entry.message)
    return all(word in readable for word in words)
