"""Residents of Rangsit, on both databases."""

from __future__ import annotations

import pytest

from bot.places import ground, remembered
from tests.arriving import HOLE, settles
from tests.integration.resident import next_door as over_there
from tests.talking import Person, Rangsit


@pytest.fixture
def town(rangsit: Rangsit) -> Rangsit:
    """Rangsit with its real profile; time stands still until the test moves it."""
    return rangsit


@pytest.fixture
def nok(town: Rangsit) -> Person:
    """A resident who wrote nothing yet."""
    return town.person("nok")


@pytest.fixture
def ton(town: Rangsit) -> Person:
    """Another resident."""
    return town.person("ton")


@pytest.fixture
def hole(town: Rangsit, nok: Person) -> str:
    """A hole in the road, with its photo, accepted. Further pictures are on their way until the test settles them."""
    town.photos_arrive = False
    nok.sends("ถนนเป็นหลุมใหญ่มากหน้าวัด")
    nok.sends_photo()
    settles(town, likeness=HOLE)
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    town.moves(nok.number, "accepted")
    nok.reads_on()
    return nok.number


@pytest.fixture
def reported(town: Rangsit, nok: Person) -> str:
    """Garbage, with its photo, accepted; nok has added a word."""
    nok.sends("ขยะล้นหน้าบ้านป้าแดง")
    nok.sends_photo()
    nok.sends_place()
    nok.presses("ส่งเรื่อง")
    town.moves(nok.number, "accepted")
    nok.sends(f"{nok.number} ยังไม่มาเลย")
    nok.reads_on()
    return nok.number


@pytest.fixture
def next_door(town: Rangsit) -> Rangsit:
    """The town beyond the border, on the same installation."""
    remembered.forget_all()
    ground.forget_all()
    return over_there.beside(town)


@pytest.fixture
def mali(next_door: Rangsit) -> Person:
    """An officer of the desk next door."""
    return next_door.officer("mali", "clerk")


@pytest.fixture
def pin(next_door: Rangsit, nok: Person) -> str:
    """Nok's report of garbage next door, told to Rangsit and handed over; LINE's id of its place."""
    return over_there.hands_over(nok)
