"""A small town on a fresh database, a scripted LINE, and the engine between them: what its tests stand on."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import app, clock, lanes, outbox
from bot.app import Parts, assemble
from bot.config import Settings
from bot.database import Database
from bot.delivery import Delivery, Hooks
from bot.replies import Say
from models import Base, InboxEvent, Municipality, OutboxMessage, Resident
from tests.unit.line_fake import FakeLine, Says, fake_line

Row = TypeVar("Row", bound=Base)
SECRET = "the-channel-secret-of-a-test"
TOKEN = "the-access-token-of-a-test"
NOK = "U" + "0a" * 16
POM = "U" + "0b" * 16
GROUP = "C" + "0c" * 16

#: What LINE may answer, by what it means.
LIMIT = Says(429, {"message": "You have reached your monthly limit."})
RATE = Says(429, {"message": "The API rate limit has been exceeded. Try again later."})
INVALID = Says(400, {"message": "Invalid reply token"})
WRONG = Says(400, {"message": "The request body has 1 error(s)", "details": [{"property": "messages[0].text"}]})
BROKEN = Says(500, b"<html>oops</html>")
DROPPED = Says(drop=True)
NOBODY = Says(401, {"message": "Authentication failed."})


def settings_for(database_url: str, line_url: str, folder: Path) -> Settings:
    return Settings(
        {
            "DATABASE_URL": database_url,
            "QUEUE_URL": f"sqlite:///{folder / 'queue.db'}",
            "LINE_API_URL": line_url,
            "LINE_DATA_URL": line_url,
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "SECRET_KEY": "k" * 32,
            "PUBLIC_URL": "https://bot.test",
            "MEDIA_URL": f"file:{folder / 'media'}",
        }
    )


def a_town(session: Session, code: str = "rangsit") -> Municipality:
    town = Municipality(
        code=code,
        ticket_prefix=code[:2].upper(),
        name_th="เทศบาล",
        name_en="Town",
        town_word_th="เทศบาล",
        town_word_en="The town",
        timezone="Asia/Bangkok",
        settings={},
        imported_at=clock.real_now(),
    )
    session.add(town)
    session.flush()
    return town


@dataclass
class Bed:
    """The parts of a process, its town, and the LINE it talks to. Hooks note what they were told."""

    parts: Parts
    line: FakeLine
    town_id: int
    told: list[tuple[str, int]] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.parts.database

    def resident(self, line_user_id: str = NOK, **columns: Any) -> Resident:
        with self.database.transaction() as session:
            person = Resident(
                municipality_id=self.town_id, line_user_id=line_user_id, first_seen_at=clock.real_now(), **columns
            )
            session.add(person)
        return person

    def reply(self, words: str = "ok", *, age: float = 0, chat_id: str = NOK, person: Resident | None = None) -> int:
        """A reply to an event that was heard `age` seconds ago; gives the row's id."""
        with self.database.transaction() as session:
            message = outbox.reply(
                session,
                person,
                [Say(words)],
                municipality_id=self.town_id,
                chat_id=chat_id,
                token=f"token-{words}",
                heard_at=clock.real_now() - timedelta(seconds=age),
                inbox_event_id=None,
            )
        return message.id

    def push(self, person: Resident, words: str = "news", **columns: Any) -> int:
        with self.database.transaction() as session:
            message = outbox.push(session, person, [Say(words)], urgency=columns.pop("urgency", "other"))
            for name, value in columns.items():
                setattr(message, name, value)
        return message.id

    def change(self, number: int, **columns: Any) -> None:
        """Change a message behind the engine's back, as time or a crash would."""
        with self.database.transaction() as session:
            message = session.get_one(OutboxMessage, number)
            for name, value in columns.items():
                setattr(message, name, value)

    def comes_due(self, number: int, **columns: Any) -> None:
        """The time of a message's next attempt comes."""
        self.change(number, next_at=clock.real_now() - timedelta(seconds=1), **columns)

    def row(self, table: type[Row], number: int) -> Row:
        """A row as it stands now, free of any session."""
        with self.database.reading() as session:
            found = session.get_one(table, number)
            session.expunge_all()  # else ending the session would empty it
        return found

    def rows(self, table: type[Row]) -> list[Row]:
        """Every row, oldest first, free of any session."""
        with self.database.reading() as session:
            found = list(session.scalars(select(table).order_by(table.id)))  # type: ignore[attr-defined]
            session.expunge_all()
        return found

    def message(self, number: int) -> OutboxMessage:
        return self.row(OutboxMessage, number)

    def messages(self) -> list[OutboxMessage]:
        return self.rows(OutboxMessage)

    def events(self) -> list[InboxEvent]:
        return self.rows(InboxEvent)

    def delivery(self) -> Delivery:
        """The engine's delivery with a plain builder, and hooks that only note what they hear."""

        def build(_session: Session, message: OutboxMessage) -> list[dict[str, Any]]:
            assert message.content is not None
            return [{"type": "text", "text": part["text"]} for part in message.content]

        def note(name: str) -> Any:
            return lambda session, message, at: self.told.append((name, message.id))

        names = ("accepted", "expired", "uncertain", "refused", "waits_for_quota", "blocked")
        return Delivery(self.database, self.parts.channels, build, Hooks(**{name: note(name) for name in names}))

    def deliver(self, chat_id: str = NOK) -> int:
        """Send what is due in a chat; the number of calls."""
        with lanes.held(self.database, outbox.lane_key(self.town_id, chat_id), "tester") as hold:
            assert hold is not None
            return self.delivery().deliver_held(hold).attempted

    def said(self) -> list[str]:
        """The words that reached LINE, in order."""
        return [
            message["text"]
            for asked in self.line.asked
            if asked.path.startswith("/v2/bot/message/") and asked.method == "POST"
            for message in asked.json["messages"]
        ]


@contextmanager
def an_engine(database_url: str, folder: Path, *, with_town: bool = True) -> Iterator[Bed]:
    """The parts of a process on this database, beside a LINE that accepts everything."""
    with fake_line() as line:
        parts = assemble(settings_for(database_url, line.url, folder))
        town_id = 0
        if with_town:
            with parts.database.transaction() as session:
                town_id = a_town(session).id
        try:
            yield Bed(parts, line, town_id)
        finally:
            parts.close()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The header LINE would send with this body."""
    return {"x-line-signature": base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()}


def event(number: int = 1, *, user: str | None = NOK, at: datetime | None = None, **fields: Any) -> dict[str, Any]:
    """A text message's event as LINE sends it."""
    moment = at or clock.real_now()
    made: dict[str, Any] = {
        "type": "message",
        "mode": "active",
        "timestamp": int(moment.timestamp() * 1000),
        "webhookEventId": f"01EVENT{number:019d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"{number:032x}",
        "message": {"type": "text", "id": str(500 + number), "quoteToken": "q", "text": f"words {number}"},
    }
    if user is not None:
        made["source"] = {"type": "user", "userId": user}
    return {name: value for name, value in (made | fields).items() if value is not ...}


def body_of(*events: Any) -> bytes:
    return json.dumps({"destination": "U" + "ff" * 16, "events": list(events)}).encode()


def no_slow_loads(monkeypatch: Any) -> None:
    """The web application without the dictionaries that its tests have no use for."""
    monkeypatch.setattr(app, "SLOW_LOADS", ())
