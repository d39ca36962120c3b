"""A town at noon of one day, and an officer with a new ticket on the screen; a file that needs other people says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from models import Ticket
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat, stopped_clock


@pytest.fixture
def town(session: Session) -> Town:
    return builders.town(session)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    with stopped_clock(monkeypatch, NOON) as stopped:
        yield stopped


@pytest.fixture
def ticket(town: Town) -> Ticket:
    return town.ticket(by="นก", words="น้ำประปาเป็นสีแดง")


@pytest.fixture
def somchai(town: Town, ticket: Ticket) -> Chat:
    """An officer with the ticket's card on the screen."""
    opened = chat(town, town.officer("สมชาย", "water"))
    opened.taps("new")
    return opened
