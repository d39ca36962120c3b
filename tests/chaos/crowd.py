"""The people of the town while everything goes wrong: residents who report, officers who work."""

from __future__ import annotations

import contextlib
import random
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot import profiles
from bot.cli.harness_replay import place_in
from bot.simulator import CannotDo, NotSeen, Person, Town
from bot.simulator.deliveries import Delivery
from tests.chaos.plant import Plant

PROBLEMS = ("ไฟถนนดับทั้งซอย", "ขยะไม่มาเก็บสามวันแล้ว", "น้ำประปาเป็นสีแดง", "ถนนเป็นหลุมลึกมาก")
DANGER = "สายไฟฟ้าขาดห้อยลงมา มีคนโดนไฟดูด"
SEND, NEW_WORK, ACCEPT, DONE = "ส่งเรื่อง", "งานใหม่", "รับเรื่อง", "เสร็จแล้ว"
ASKED = "ทำอะไรไปแล้วบ้าง"
_ACKNOWLEDGED_WITHIN_SECONDS = 120.0


class Acknowledged(deque[Delivery]):
    """The simulator's log of deliveries, which also knows at once which events were answered with 200."""

    def __init__(self) -> None:
        super().__init__(maxlen=200_000)
        self.events: set[str] = set()
        self._changes = threading.Condition()

    def append(self, delivery: Delivery) -> None:
        super().append(delivery)
        if delivery.was_accepted:
            with self._changes:
                self.events.update(delivery.event_ids)
                self._changes.notify_all()

    def wait_for(self, event_ids: Iterable[str]) -> bool:
        """Whether LINE heard 200 for them, by a redelivery if need be."""
        wanted = set(event_ids)
        with self._changes:
            return self._changes.wait_for(lambda: wanted <= self.events, _ACKNOWLEDGED_WITHIN_SECONDS)


class GaveUp(Exception):
    """LINE delivered an event again and again, and never heard 200."""


@dataclass
class Crowd:
    """What everybody did: the words that became reports, the photos that were sent, what was given up.

    A patient resident does the next thing only after LINE heard 200 for the one before, so that her events arrive in
    order; an impatient one (every tenth) does not wait, so hers may overtake each other while the town is away. Two in
    three wait some seconds for the answer before they go on.
    """

    plant: Plant
    seed: int = 1
    tags: set[str] = field(default_factory=set)
    impatient_tags: set[str] = field(default_factory=set)
    photos: dict[str, str] = field(default_factory=dict)  # LINE's message id -> the event that brought it
    given_up: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.acknowledged = Acknowledged()
        self.plant.line.platform.deliveries.log = self.acknowledged
        self.plant.line.platform.deliveries.first_delay_seconds = 0.2
        self.outline = profiles.outline(self.plant.municipality)

    @property
    def town(self) -> Town:
        """The official account."""
        assert self.plant.town is not None
        return self.plant.town

    def person(self, name: str) -> Person:
        """Somebody of this name."""
        with self._lock:
            if name not in self.people:
                self.people[name] = self.town.person(name)
            return self.people[name]

    def resident(self, number: int, reports: int, over: threading.Event, pause_seconds: float = 0.05) -> None:
        """One resident's day: becomes a friend, then reports until she has reported enough or it is over."""
        name, dice = f"ผู้แจ้ง {number}", random.Random(self.seed * 10_007 + number)
        person, is_patient = self.person(name), number % 10 != 0
        patience_seconds = 0.0 if number % 3 == 0 else 3.0
        problem = ""
        with contextlib.suppress(GaveUp):  # who writes is met all the same
            self._did(person.adds_the_account(), is_patient)
        for turn in range(reports):
            if over.wait(dice.uniform(0, 2 * pause_seconds)):
                return
            tag = f"ร{number}ก{turn}"
            (self.tags if is_patient else self.impatient_tags).add(tag)
            # Never the same twice running: it would answer what is asked after the first ("ดวงเดียวหรือทั้งซอย"); and
            # each at a lane of its own, or it would say of finished work of that kind that it is not done.
            others = [one for one in PROBLEMS if one != problem]
            problem = DANGER if turn == 0 and number % 4 == 1 else dice.choice(others)
            try:
                words = f"{problem} ซอย {number * 8 + turn + 1} เสา {tag}"
                self._report(person, dice, words, is_patient, patience_seconds)
            except GaveUp:  # LINE delivered in vain for too long: what arrives of this report is anybody's guess
                self.tags.discard(tag)
                self.impatient_tags.add(tag)
                self.given_up.append(tag)
                return

    def _report(
        self, person: Person, dice: random.Random, words: str, is_patient: bool, patience_seconds: float
    ) -> None:
        """Words, perhaps a photo, the place, ส่งเรื่อง; words of danger are a ticket without it."""
        self._did(person.sends(words), is_patient)
        if dice.random() < 0.25:
            photo = person.sends_photo()
            self._did(photo, is_patient)
            self.photos[photo.id] = str(photo["delivery"]["event_ids"][0])
        acts = [partial(person.sends_place, *place_in(self.outline, f"{self.seed}:{words}"))]
        acts += [] if words.startswith(DANGER) else [partial(person.sends, SEND)]
        for act in acts:
            mark = person.mark()
            self._did(act(), is_patient)
            with contextlib.suppress(NotSeen):
                person.sees("", since=mark, within=patience_seconds)

    def officer(self, name: str, invitation: str, over: threading.Event) -> None:
        """An officer: joins, then takes new tickets and finishes them, as far as the answers come."""
        person = self.person(name)
        for act in (person.adds_the_account, partial(person.sends, invitation)):
            with contextlib.suppress(GaveUp):
                self._did(act(), True)
        while not over.wait(0.2):
            try:
                mark = person.mark()
                self._did(person.sends(NEW_WORK), True)
                person.sees("", within=3, since=mark)
                self._did(person.presses(ACCEPT, where="card", within=0), True)
                self._did(person.presses(DONE, where="card", within=3), True)
                asked = person.sees(ASKED, within=3)
                if "รูปหลังทำ" in asked.text:
                    self._did(person.sends_photo(), True)
                self._did(person.sends("ช่างซ่อมเสร็จแล้ว"), True)
            except (NotSeen, CannotDo, GaveUp):
                continue  # nothing new, or an answer that did not come: she looks again

    def _did(self, done: Any, is_patient: bool) -> None:
        """Wait until LINE has heard 200 for what she did."""
        delivery = done.get("delivery", done) or {}
        if is_patient and not self.acknowledged.wait_for(delivery.get("event_ids", ())):
            raise GaveUp

