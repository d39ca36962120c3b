"""Turns at what is expensive: a few at once, so that the threads that LINE waits for stay free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import Response, abort

#: Requests of one kind that one process works on at a time, of its eight or more threads.
MOST_AT_ONCE = 2
RETRY_AFTER_SECONDS = 5


class Turns:
    """So many at once; who comes then is told to come again, and holds no thread meanwhile."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._free = BoundedSemaphore(most)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A turn until the block ends; 503 with Retry-After where none is free."""
        if not self._free.acquire(blocking=False):
            abort(Response("busy\n", 503, {"Retry-After": str(RETRY_AFTER_SECONDS)}, mimetype="text/plain"))
        try:
            yield
        finally:
            self._free.release()
