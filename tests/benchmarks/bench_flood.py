"""One person sends fifty messages a second: how long do the others wait for their answers, beside a calm minute?"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.simulator import Person
from tests.benchmarks.bench import percentile, table
from tests.benchmarks.bench_answers import WORDS, _answered
from tests.chaos.plant import Plant

PEOPLE, ROUNDS, EACH = 8, 2, 4
FLOOD_PER_SECOND = 50
MOST_RATIO = 1.5


def _others(people: list[Person]) -> list[float]:
    """Milliseconds to each answer; everybody pauses between two messages, as people do."""

    def talk(number: int) -> list[float]:
        taken = []
        for turn in range(EACH):
            threading.Event().wait(0.4 + 0.1 * (number % 5))
            taken.append(_answered(people[number], WORDS[turn % 4]))
        return taken

    with ThreadPoolExecutor(4) as pool:
        return [each for times in pool.map(talk, range(len(people))) for each in times]


class _Flood:
    """Somebody who cannot stop, in a thread."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._over = threading.Event()
        self.sent = 0

    def __enter__(self) -> _Flood:
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        self._over.wait(3)  # the burst that everybody has is over
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        began = time.monotonic()
        while not self._over.is_set():
            self._person.sends(f"ข้อความที่ {self.sent}")
            self.sent += 1
            ahead = began + self.sent / FLOOD_PER_SECOND - time.monotonic()
            if ahead > 0:
                self._over.wait(ahead)


@pytest.mark.timeout(600)
def test_a_flood_by_one_does_not_delay_the_others(tmp_path: Path) -> None:
    with Plant(tmp_path / "plant", hold_seconds=0) as plant:
        plant.set_up()
        assert plant.town is not None
        people = [plant.town.person(f"other {number}") for number in range(PEOPLE)]
        for person in people:
            _answered(person, "สวัสดี")
        calm: list[float] = []
        flooded: list[float] = []
        rates: list[float] = []
        for number in range(ROUNDS):  # in turns, so that whatever else the machine does falls on both
            calm += _others(people)
            began = time.monotonic()
            with _Flood(plant.town.person(f"flood {number}")) as flood:
                flooded += _others(people)
            rates.append(flood.sent / (time.monotonic() - began))
        rows = [
            (who, len(times), percentile(times, 50), percentile(times, 95), rate)
            for who, times, rate in (("calm", calm, 0.0), ("one floods", flooded, min(rates)))
        ]
    ratio = percentile(flooded, 95) / percentile(calm, 95)
    table("answers to others", ("", "answers", "p50 ms", "p95 ms", "flood/s"), rows)
    table("p95, one floods against calm", ("ratio", "at most"), [(ratio, MOST_RATIO)])
    assert ratio <= MOST_RATIO
