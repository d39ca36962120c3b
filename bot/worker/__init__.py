"""The workers: Huey's consumer in threads, and the sweeper that finds what no hint told of.

A hint says which chat or that some effect has something to do; what that is, is read from the database. Each chat is
worked on by one thread at a time, under its lease.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huey.consumer import Consumer
from sqlalchemy.exc import SQLAlchemyError

from bot import app, clock, effects, lanes
from bot.database import Database, server_now
from bot.delivery import Delivery, Letter
from bot.inbox import Dispatch, Drained, drain_held
from bot.logs import place_of
from bot.pacing import Pace
from bot.wakeups import Wakeups
from bot.worker.alone import take_over
from bot.worker.sweeping import due_in, due_lanes

log = logging.getLogger(__name__)

#: How soon a process that cannot work yet looks again.
START_SECONDS = 0.1
SWEEP_SECONDS = 2.0
#: With a moved clock (CLOCK_FILE) what has become due must be done within seconds of real time.
QUICK_SWEEP_SECONDS = 0.2
TIMER_SECONDS = 2.0
#: While this many hints wait, the workers know enough to do, and the sweeper adds none.
ENOUGH_HINTS = 200
#: After this long another chat gets the thread, and this one a new hint.
TURN_SECONDS = 5.0
EVENTS_BEFORE_ANSWERS = 10


@dataclass
class Engine:
    """What the workers of a process work with."""

    database: Database
    wakeups: Wakeups
    dispatch: Dispatch
    delivery: Delivery
    effects: effects.Effects
    timers: Sequence[app.Timer] = ()
    pace: Pace | None = None
    cannot_work: Callable[[], str | None] = lambda: None  # why events cannot be handled yet
    is_alone: bool = False  # no other process works on this database
    name: str = "worker"

    def work(self, lane_key: str) -> None:
        """Everything that is due in one chat: its events in order, then what is to be said."""
        due = due_in(self.database, lane_key, clock.real_now())
        if not due:
            return  # a hint too many costs a question, not a lease
        to_wake: set[str] = set()
        ends_at = time.monotonic() + TURN_SECONDS
        is_silent = not due.messages
        with lanes.wanted(self.database, lane_key, f"{self.name}-{threading.get_ident()}"[-60:]) as hold:
            while time.monotonic() < ends_at:
                taken: list[Letter | None] = []
                try:
                    drained = self._drain(hold, taken)
                except lanes.LaneTaken:
                    return
                to_wake |= drained.to_wake
                if drained.has_effects:
                    self.wakeups.wake_effects()
                is_silent = is_silent and not drained.has_answers
                attempted = 0
                if not is_silent:
                    first = taken[0] if taken else None
                    delivered = self.delivery.deliver_held(hold, most=EVENTS_BEFORE_ANSWERS, first=first)
                    to_wake |= delivered.to_wake
                    attempted = delivered.attempted
                if max(drained.handled + drained.parked, attempted) < EVENTS_BEFORE_ANSWERS:
                    break
        # What came while the lane was ours found it taken, so it is looked for once more now that it is free.
        if due_in(self.database, lane_key, clock.real_now()):
            to_wake.add(lane_key)
        for key in to_wake:
            self.wakeups.wake(key)

    def _drain(self, hold: lanes.Hold, taken: list[Letter | None]) -> Drained:
        """Handle events; the last one's answer is taken up in its own transaction, so that it costs no other."""
        return drain_held(
            self.database,
            hold,
            self.dispatch,
            most=EVENTS_BEFORE_ANSWERS,
            pace=self.pace,
            last=lambda session, has_unsettled: taken.append(
                self.delivery.take_up(session, hold, has_unsettled=has_unsettled)
            ),
        )

    def act(self) -> None:
        """Effects that are due."""
        if self.effects.perform_due() == effects.MOST:
            self.wakeups.wake_effects()

    def look(self, timer: app.Timer) -> None:
        """Do what is due by the database's clock: a machine hours ahead would send a draft of a minute ago."""
        with self.database.reading() as session:
            server_now(session)
        timer(self.database, clock.now())

    def sweep(self) -> None:
        """Give a hint for everything that is due, unless hints enough are waiting."""
        if self.wakeups.waiting() >= ENOUGH_HINTS:
            return
        now = clock.real_now()
        for key in due_lanes(self.database, now):
            self.wakeups.wake(key)
        if self.effects.are_due(now):
            self.wakeups.wake_effects()


def make_engine(parts: app.Parts, *, is_alone: bool = False) -> Engine:
    """The workers' engine of a process with these parts."""
    name = f"{socket.gethostname()[:24]}-{os.getpid()}-{secrets.token_hex(3)}"
    return Engine(
        database=parts.database,
        wakeups=parts.wakeups,
        dispatch=app.make_dispatch(parts),
        delivery=app.make_delivery(parts),
        effects=app.make_effects(parts, name),
        timers=app.make_timers(parts),
        pace=parts.pace,
        cannot_work=parts.cannot_work,
        is_alone=is_alone,
        name=name,
    )


class Worker:
    """The worker threads of one process, from `start` to `stop`."""

    def __init__(self, engine: Engine, threads: int, *, looks_often: bool = False) -> None:
        """`looks_often`: the clock may jump (CLOCK_FILE), so what became due is looked for all the time."""
        self._engine = engine
        self._looks_often = looks_often
        self._threads = threads
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._helpers: list[threading.Thread] = []
        self._consumer: _Consumer | None = None
        self._said: str | None = None

    def start(self) -> None:
        """Begin to work as soon as the database can be worked with; returns at once."""
        self._engine.wakeups.performs(work=_guarded(self._engine.work), act=_guarded(self._engine.act))
        self._run("start", self._begin)

    def _begin(self) -> None:
        while not self._stopping.is_set() and not self._can_begin():
            self._stopping.wait(START_SECONDS)
        if self._stopping.is_set():
            return
        self._repeat("consumer", 0.5, self._keep_consuming)
        self._repeat("sweeper", QUICK_SWEEP_SECONDS if self._looks_often else SWEEP_SECONDS, self._engine.sweep)
        for timer in self._engine.timers:
            self._repeat("timer", QUICK_SWEEP_SECONDS if self._looks_often else TIMER_SECONDS, self._timed(timer))

    def stop(self, patience_seconds: float = 8.0) -> bool:
        """Finish what is under way, at most for so long; True when everything was finished."""
        self._stopping.set()
        ends_at = time.monotonic() + patience_seconds
        with self._starting:  # a consumer that is just being made is one to stop
            consumer = self._consumer
        if consumer is not None:
            consumer.shutdown_timeout = max(ends_at - time.monotonic(), 0.1)
            consumer.stop(graceful=True)
        for thread in self._helpers:
            thread.join(max(ends_at - time.monotonic(), 0.1))
        return not any(thread.is_alive() for thread in self._helpers)

    def _timed(self, timer: app.Timer) -> Callable[[], object]:
        return lambda: self._engine.look(timer)

    def _keep_consuming(self) -> None:
        """Start the consumer once the queue can be opened, then replace threads of it that died."""
        with self._starting:
            if self._stopping.is_set():
                return
            if self._consumer is not None:
                self._consumer.check_worker_health()
                return
            self._consumer = _Consumer(
                self._engine.wakeups.open(),
                workers=self._threads,
                periodic=False,
                # Both kinds of queue wait for hints by themselves; these are the pauses after one that cannot be read.
                initial_delay=0.1,
                backoff=1.5,
                max_delay=2.0,
                scheduler_interval=60,
            )
            self._consumer.start()

    def _can_begin(self) -> bool:
        """Whether events can be handled; what a killed process held is then free."""
        problem = self._engine.cannot_work()
        if problem is None and self._engine.is_alone:
            try:
                take_over(self._engine.database)
            except (SQLAlchemyError, TimeoutError):
                problem = "the database does not answer"
        if problem != self._said:
            self._said = problem
            log.info("working" if problem is None else "no work is done yet: %s", *filter(None, [problem]))
        return problem is None

    def _repeat(self, name: str, seconds: float, act: Callable[[], object]) -> None:
        def run() -> None:
            while not self._stopping.is_set():
                _guarded(act)()
                self._stopping.wait(seconds)

        self._run(name, run)

    def _run(self, name: str, run: Callable[[], object]) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._helpers.append(thread)
        thread.start()


class _Consumer(Consumer):  # type: ignore[misc]  # huey has no types
    """Huey's consumer inside a process whose signals are not its own."""

    def _set_signal_handlers(self) -> None:
        """The command that runs us decides what a signal means."""


def _guarded(act: Callable[..., object]) -> Callable[..., None]:
    """`act`, whose errors are noted: nothing may end a worker, and what failed is found again by the sweeper."""

    def run(*args: object) -> None:
        try:
            act(*args)
        except lanes.LaneLost:
            log.warning("a lane was lost to another worker")
        except (SQLAlchemyError, TimeoutError) as error:
            log.error("the database did not do its part: %s", place_of(error))
        except Exception as error:
            # A bug in one chat's work must not stop the threads that serve all others.
            log.error("work failed: %s", place_of(error), exc_info=error)

    return run
