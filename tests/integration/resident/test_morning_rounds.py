"""The morning round takes nobody's time for long, and whatever breaks it off, everything is told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot import officer_news
from bot.timers import morning
from models import News, Ticket
from tests.talking import Person, Rangsit

DUE_SOON = "officer.due_soon"
tell_officers = officer_news.tell_officers


@pytest.fixture(autouse=True)
def somchai(town: Rangsit) -> Person:
    """Three tickets of which the morning is to remind him."""
    officer = town.officer("somchai", "clerk")
    for name in ("one", "two", "three"):
        town.person(name).reports()
    town.now = datetime(2026, 11, 25, 2, tzinfo=UTC)  # nine o'clock
    with town.database.transaction() as session:
        session.execute(update(Ticket).values(due_at=town.now + timedelta(hours=3)))
    return officer


def reminded(town: Rangsit) -> list[int]:
    return [item.ticket_id for item in town.every(News, kind=DUE_SOON)]


def test_a_round_holds_the_database_for_one_ticket_at_a_time(town: Rangsit, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def looks(session: Any, ticket: Ticket, kind: str, *more: Any, **how: Any) -> list[News]:
        seen.append(len(reminded(town)))
        return tell_officers(session, ticket, kind, *more, **how)

    monkeypatch.setattr(officer_news, "tell_officers", looks)
    assert morning.go_round(town.database, town.now) == 1
    assert seen == [0, 1, 2], "what was told of one is there for everybody before the next is begun"
    assert morning.go_round(town.database, town.now) == 0


def test_a_round_that_was_broken_off_is_gone_on_with_and_tells_nothing_twice(
    town: Rangsit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends_at_the_third(session: Any, ticket: Ticket, kind: str, *more: Any, **how: Any) -> list[News]:
        if len(reminded(town)) == 2:
            raise KeyboardInterrupt
        return tell_officers(session, ticket, kind, *more, **how)

    with monkeypatch.context() as patched:
        patched.setattr(officer_news, "tell_officers", ends_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            morning.go_round(town.database, town.now)
    with town.database.transaction() as session:
        session.execute(update(News).where(News.kind == DUE_SOON).values(state="told"))  # another process pushed them
    assert morning.go_round(town.database, town.now) == 1
    assert len(reminded(town)) == len(set(reminded(town))) == 3
