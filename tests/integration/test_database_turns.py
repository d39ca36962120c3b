"""On SQLite one writes at a time; whoever answers LINE does not stand in the queue of those who work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from bot.database import Database


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


def _started(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act)
    thread.start()
    return thread


def test_whoever_answers_line_waits_for_one_writer_only(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    others_wait, line_waits = threading.Barrier(4), threading.Event()
    assert sqlite._writers is not None
    writing = sqlite._writers._writing

    def acquire(timeout: float) -> bool:
        if threading.current_thread().name == "door":
            line_waits.set()
        return bool(writing.acquire(timeout=timeout))

    monkeypatch.setattr(sqlite._writers, "_writing", SimpleNamespace(acquire=acquire, release=writing.release))

    def work(number: int) -> None:
        others_wait.wait()
        with sqlite.transaction():
            line_waits.wait(10)  # whoever got in before the door holds on until the door stands there
            order.append(f"worker {number}")

    def answer() -> None:
        threading.current_thread().name = "door"
        with sqlite.transaction(goes_first=True):
            order.append("door")

    with sqlite.transaction():
        threads = [_started(lambda number=number: work(number)) for number in range(3)]
        others_wait.wait()
        threads.append(_started(answer))
        order.append("first")
    for thread in threads:
        thread.join(10)
    assert order[0] == "first"
    assert order.index("door") <= 2, order


def test_who_waits_too_long_is_told(sqlite: Database) -> None:
    problems: list[BaseException] = []

    def impatient(goes_first: bool) -> None:
        try:
            with sqlite.transaction(wait_seconds=0.05, goes_first=goes_first):
                pass
        except TimeoutError as problem:
            problems.append(problem)

    with sqlite.transaction():
        for goes_first in (True, False):
            _started(lambda first=goes_first: impatient(first)).join(10)
    assert len(problems) == 2
    with sqlite.transaction(wait_seconds=0.05):  # and nothing stays locked
        pass
