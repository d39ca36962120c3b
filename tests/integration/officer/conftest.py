"""A town at noon of one day, and an officer with a new ticket on the screen; a file that needs other people says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from bot import known
from bot.drafts import Draft, Words
from models import Report, Ticket
from tests import builders
from tests.builders import NOON, Town
from tests.chats import Chat, Clock, chat, stopped_clock
from tests.integration.officer.sharing import NEXT_DOOR


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


@pytest.fixture
def shared(town: Town) -> Ticket:
    return town.ticket("garbage", by="นก", words="ขยะล้นถังหน้าบ้าน")


@pytest.fixture
def paengs(town: Town, shared: Ticket) -> Report:
    """A second report that a resident joined to the ticket, with a photo and a place of its own."""
    photo = town.photo("แป้ง")
    draft = Draft(
        token="draft-paeng", words=(Words("said-paeng", "มีคนเผาขยะหลังตลาด"),), media=(photo.id,), place=NEXT_DOOR,
        category="garbage", guessed="garbage",
    )  # fmt: skip
    return known.join(town.session, town.row, town.resident("แป้ง"), draft, shared, town.now)


@pytest.fixture
def screen(town: Town, shared: Ticket, paengs: Report) -> Chat:
    """An officer with the shared ticket on the screen."""
    opened = chat(town, town.officer("สมชาย", "environment"))
    opened.says(shared.number)
    return opened
