"""The door: many requests, one writer, one commit for all that wait; nobody waits longer than LINE would.

A thread of its own commits what stands in front of it (SQLite gives single commits to whoever shouts, with long tails,
and a stuck server must not hold a request beyond LINE's two seconds). Each request waits for the commit that holds its
events, or gives up and answers 503; LINE then delivers again, and a late commit makes that a repeat.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, TimeoutError as TookTooLong

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from bot.database import Database
from bot.inbox.keeping import RawEvent, keep

log = logging.getLogger(__name__)

#: LINE waits two seconds for our answer; half a second is left for the way.
PATIENCE_SECONDS = 1.5
MOST_WAITING = 64
#: Events in one commit, at most.
MOST_TOGETHER = 200


class DoorBusy(Exception):
    """The events could not be kept in time: answer 503 and LINE delivers them again."""


class _Request:
    def __init__(self, events: Sequence[RawEvent]) -> None:
        self.events = events
        self.kept: Future[int] = Future()


class Door:
    """Keeps events for every thread of this process. Its own thread starts with the first request, after any fork."""

    def __init__(
        self, database: Database, *, patience_seconds: float = PATIENCE_SECONDS, most_waiting: int = MOST_WAITING
    ) -> None:
        self._database = database
        self._patience = patience_seconds
        self._most_waiting = most_waiting
        self._lock = threading.Condition()
        self._queue: deque[_Request] = deque()
        self._waiting = 0
        self._busy_since: float | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def keep(self, events: Sequence[RawEvent]) -> int:
        """Return once the events are committed, with the number of new ones.

        :raises DoorBusy: when that takes too long, cannot be done, or too many wait already.
        """
        if not events:
            return 0
        request = _Request(events)
        with self._lock:
            if self._waiting >= self._most_waiting or self._is_stuck() or self._is_closed:
                raise DoorBusy
            self._see_that_somebody_commits()
            self._waiting += 1
            self._queue.append(request)
            self._lock.notify()
        try:
            return request.kept.result(self._patience)
        except TookTooLong:
            request.kept.cancel()
            raise DoorBusy from None
        finally:
            with self._lock:
                self._waiting -= 1

    def _see_that_somebody_commits(self) -> None:
        """Start the thread with the first request, and anew should it have ended: else every answer would be 503."""
        if self._thread is None or not self._thread.is_alive():
            self._busy_since = None
            self._thread = threading.Thread(target=self._run, name="door", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Keep what waits, then stop."""
        with self._lock:
            self._is_closed = True
            self._lock.notify()
            thread = self._thread
        if thread is not None:
            thread.join(5)

    def _is_stuck(self) -> bool:
        """Whether the commit under way lasts longer than LINE would wait: then nobody needs to wait for the next."""
        since = self._busy_since
        is_at_work = self._thread is not None and self._thread.is_alive()
        return is_at_work and since is not None and time.monotonic() - since > self._patience

    def _run(self) -> None:
        while batch := self._next():
            self._busy_since = time.monotonic()
            self._commit(batch)
            self._busy_since = None

    def _next(self) -> list[_Request]:
        """The requests for one commit; empty when the door is closed and nobody waits."""
        while True:
            with self._lock:
                while not self._queue and not self._is_closed:
                    self._lock.wait()
                if not self._queue:
                    return []
                batch: list[_Request] = []
                size = 0
                while self._queue and (not batch or size + len(self._queue[0].events) <= MOST_TOGETHER):
                    request = self._queue.popleft()
                    if request.kept.set_running_or_notify_cancel():
                        batch.append(request)
                        size += len(request.events)
            if batch:
                return batch

    def _commit(self, batch: list[_Request]) -> None:
        try:
            with self._database.transaction(wait_seconds=self._patience, goes_first=True) as session:
                counts = [keep(session, request.events) for request in batch]
        except (SQLAlchemyError, TimeoutError) as problem:
            self._fail(batch, problem)
            return
        for request, new in zip(batch, counts, strict=True):
            request.kept.set_result(new)

    def _fail(self, batch: list[_Request], problem: SQLAlchemyError | TimeoutError) -> None:
        log.error("events were not kept: %s", type(problem).__name__)
        if isinstance(problem, IntegrityError | DataError) and len(batch) > 1:  # of one request, not of all
            for request in batch:
                self._commit([request])
            return
        for request in batch:
            request.kept.set_exception(DoorBusy())
