"""What goes wrong, one thing after the other, drawn from dice that fall the same way each time."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

from sqlalchemy.engine import make_url

from bot.simulator import Line
from tests.chaos.crowd import Crowd
from tests.chaos.plant import Plant
from tests.databases import PostgresServer

#: LINE's own troubles, all at once and all the time: which calls, what, which part of them, for how long.
TROUBLES = (
    ("*", "500", 0.03, 0.0),
    ("*", "500_after", 0.05, 0.0),
    ("*", "429_rate", 0.03, 0.0),
    ("push", "500_after", 0.30, 0.0),  # pushes are few, and their key is proved by repeating them
    ("*", "reset", 0.02, 0.0),
    ("*", "reset_after", 0.02, 0.0),
    ("*", "truncated", 0.02, 0.0),
    ("*", "stall", 0.005, 6.0),
    ("*", "stall_after", 0.005, 6.0),
    ("push", "429_quota", 0.004, 0.0),
    ("content", "202", 0.10, 0.0),
)

#: A server that was started ends with the thread that started it.
_LONG_LIVED = ThreadPoolExecutor(1)


@dataclass
class Saboteur:
    """Does one of its `acts` every one to two seconds until it is over; `done` counts them."""

    plant: Plant
    crowd: Crowd
    seed: int = 1
    postgresql: PostgresServer | None = None
    lock_seconds: float = 2.0
    pause_seconds: float = 5.0
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._over = threading.Event()
        self._acts: list[Callable[[], None]] = [self.kill_web, self.pause_worker]
        if self.plant.webs:
            self._acts += [self.kill_worker, self.kill_worker, self.kill_both, self.stop_worker]
        else:
            self._acts += [self.kill_web, self.lock_the_database, self.fill_the_disk]
        if self.postgresql is not None:
            self._acts += [self.crash_the_database, self.move_a_clock]
        self._acts += [self.cut_line_off, self.redeliver]

    def run(self, over: threading.Event) -> None:
        """Each act once in a drawn order, then again, until it is over."""
        self._over = over
        acts: list[Callable[[], None]] = []
        while not over.wait(self._dice.uniform(1, 2)):
            if not acts:
                acts = self._dice.sample(self._acts, len(self._acts))
            act = acts.pop()
            act()
            self.done[act.__name__.replace("_", " ")] += 1

    def kill_web(self) -> None:
        """kill -9 of a process that answers LINE (of everything, where one process does everything)."""
        process = self._dice.choice(self.plant.serving)
        process.kill()
        process.start()
        self.plant.wait_until_ready()

    def kill_worker(self) -> None:
        """kill -9 of a worker."""
        process = self._dice.choice(self.plant.working)
        process.kill()
        process.start()

    def kill_both(self) -> None:
        """kill -9 of a web and a worker at the same moment."""
        both = (self._dice.choice(self.plant.serving), self._dice.choice(self.plant.working))
        for process in both:
            process.kill()
        for process in both:
            process.start()

    def stop_worker(self) -> None:
        """SIGTERM, as every release does."""
        process = self._dice.choice(self.plant.working)
        process.stop()
        process.start()

    def pause_worker(self) -> None:
        """A worker sleeps beyond its leases, and wakes up believing that nothing happened."""
        with self._dice.choice(self.plant.working).paused():
            self._over.wait(self.pause_seconds)

    def move_a_clock(self) -> None:
        """The clock of a worker's machine jumps two hours ahead, then two hours back, then to the right time."""
        process = self._dice.choice(self.plant.working)
        for hours in (2, -2, 0):
            process.clock_jumps(hours * 3600)
            self._over.wait(1.5)

    def crash_the_database(self) -> None:
        """PostgreSQL stops at once, and starts from its log."""
        assert self.postgresql is not None
        self.postgresql.stop(like_a_crash=True)
        _LONG_LIVED.submit(self.postgresql.start).result()

    def lock_the_database(self) -> None:
        """Another process holds SQLite's only write lock."""
        path = make_url(self.plant.settings()["DATABASE_URL"]).database
        assert path is not None
        with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            self._over.wait(self.lock_seconds)
            other.execute("ROLLBACK")
        self.lock_seconds = min(self.lock_seconds, 2.0)  # the long one comes once

    def fill_the_disk(self) -> None:
        """Nothing can be written for a while."""
        with self.plant.serving[0].without_disk():
            self._over.wait(2.0)

    def cut_line_off(self) -> None:
        """LINE does not answer at all."""
        self.plant.line.is_down("reset")
        self._over.wait(1.0)
        self.plant.line.is_back()
        trouble_line(self.plant.line)

    def redeliver(self) -> None:
        """Some of what was delivered long ago comes again, in any order."""
        past = sorted(self.crowd.acknowledged.events)
        for event_id in self._dice.sample(past, min(len(past), 30)):
            self.crowd.town.redelivers(event_id)


def trouble_line(line: Line) -> None:
    """Switch on all of LINE's troubles."""
    for kind, what, share, seconds in TROUBLES:
        line.fails(kind, what, times=None, share=share, seconds=seconds)
