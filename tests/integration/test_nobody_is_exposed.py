"""Canaries: what a resident says, who she is and what proves who we are stand in no log, answer, count or address."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot import app, clock, logs, profiles, stuck, towns
from bot.database import Database
from bot.worker import Engine, make_engine
from handlers.line import dispatch
from tests.integration.engine_bed import (
    DROPPED,
    NOK,
    SECRET,
    TOKEN,
    WRONG,
    Bed,
    an_engine,
    body_of,
    event,
    no_slow_loads,
    signed,
)

WORDS = "น้ำประปาสีแดงเหมือนนกขมิ้น0812345678"
NAME = "นกขมิ้นเหลืองอ่อน"
ADDRESS = "บ้านเลขที่นกขมิ้น7/77"
LATITUDE = 13.98765432
REPLY_TOKEN = "c0ffee" * 5 + "42"
#: What must be seen nowhere, by what it is.
CANARIES = {
    "words": "นกขมิ้น",
    "a telephone number": "0812345678",
    "a place": "13.98765",
    "a LINE id": NOK,
    "a reply token": REPLY_TOKEN,
    "the channel's secret": SECRET,
    "the channel's token": TOKEN,
    "the key of signatures": "k" * 32,
}


class Town:
    """The whole of a process, whose every outside is kept to be looked at."""

    def __init__(self, bed: Bed, web: FlaskClient, engine: Engine, told: io.StringIO) -> None:
        self.bed, self.web, self.engine, self.told = bed, web, engine, told
        self.answers: list[str] = []
        self.number = 0

    def hears(self, **fields: object) -> None:
        """An event comes through the door and is worked on."""
        self.number += 1
        body = body_of(event(self.number, replyToken=f"{REPLY_TOKEN}{self.number}", **fields))
        self.posts(body, signed(body))
        self.engine.work(f"{self.bed.town_id}:{NOK}")
        self.engine.act()

    def posts(self, body: bytes, headers: dict[str, str], town: str = "rangsit") -> None:
        answer = self.web.post(f"/line/{town}/webhook", data=body, headers=headers)
        self.answers += [answer.text, str(answer.headers)]

    def says(self, text: str) -> None:
        self.hears(message={"type": "text", "id": f"6{self.number}", "quoteToken": "q", "text": text})

    def outsides(self) -> dict[str, str]:
        """Everything that somebody who is no resident and no officer can see, by where."""
        for address in ("/metrics", "/health/ready", "/media/nonsense", f"/media/{NOK}x"):
            answer = self.web.get(address)
            self.answers.append(answer.text if NOK not in address else answer.text.replace(address, ""))
        with self.bed.database.reading() as session:
            listed = json.dumps([vars_of(one) for one in stuck.listed(session)], ensure_ascii=False, default=str)
        sent = [asked.json for asked in self.bed.line.asked if asked.method == "POST" and asked.raw]
        urls = re.findall(r"https?://[^\"\s]+", json.dumps(sent, ensure_ascii=False))
        return {
            "the log": self.told.getvalue(),
            "an answer": "\n".join(self.answers),
            "flask stuck": listed,
            "an address": "\n".join(urls),
        }


def vars_of(one: stuck.Stuck) -> dict[str, object]:
    return {name: getattr(one, name) for name in stuck.Stuck.__slots__}


@pytest.fixture
def town(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    no_slow_loads(monkeypatch)
    told = io.StringIO()
    with an_engine(database_url, tmp_path, with_town=False) as bed:
        handler = logging.StreamHandler(told)
        handler.setFormatter(logs.Formatter(app.secrets_of(bed.parts.settings)))
        root = logging.getLogger()
        monkeypatch.setattr(root, "handlers", [handler])
        monkeypatch.setattr(root, "level", logging.DEBUG)
        with bed.database.transaction() as session:
            bed.town_id = towns.import_profile(session, profiles.load("rangsit"), clock.now()).municipality.id
        yield Town(bed, app.create_app(bed.parts).test_client(), make_engine(bed.parts), told)


def exposed(outsides: dict[str, str]) -> list[str]:
    """Every canary that somebody outside can see."""
    return [f"{what} in {where}" for where, text in outsides.items() for what, it in CANARIES.items() if it in text]


def test_a_canary_that_sings_is_heard() -> None:
    assert exposed({"the log": f"kept {WORDS}"}) == ["words in the log", "a telephone number in the log"]


def test_a_report_exposes_nobody(town: Town) -> None:
    town.hears(type="follow")
    town.says(WORDS)
    town.hears(message={"type": "image", "id": "77", "contentProvider": {"type": "line"}})
    town.hears(
        message={"type": "location", "id": "8", "latitude": LATITUDE, "longitude": 100.61, "address": ADDRESS}
    )
    town.says("ส่งเรื่อง")
    town.says(f"ชื่อ {NAME} เรื่องถึงไหนแล้ว")
    outsides = town.outsides()
    assert "is handled" in outsides["the log"]
    assert "jaengmueang_events_total" in outsides["an answer"]
    assert exposed(outsides) == []


def test_what_goes_wrong_exposes_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.says(WORDS)
    wrong = {"message": f"refused: {WORDS} of {NOK}", "details": [{"message": WORDS, "property": "messages[0].text"}]}
    town.bed.line.says(type(WRONG)(400, wrong), DROPPED)
    town.says(WORDS)
    town.says(WORDS)

    def breaks(*_anything: object) -> None:
        raise ValueError(f"cannot read {WORDS} of {NOK} with {TOKEN}")

    monkeypatch.setattr(dispatch, "route", breaks)
    town.says(WORDS)
    town.posts(f'{{"events": "{WORDS}"'.encode(), signed(f'{{"events": "{WORDS}"'.encode()))
    town.posts(WORDS.encode(), {"x-line-signature": SECRET})
    town.posts(WORDS.encode(), {"X-Request-Id": NOK}, town="nowhere")
    outsides = town.outsides()
    assert "ValueError" in outsides["the log"]
    assert '"message"' in outsides["flask stuck"]
    assert exposed(outsides) == []


def test_the_databases_errors_do_not_quote_what_was_to_be_stored(database: Database) -> None:
    with pytest.raises(SQLAlchemyError) as refused, database.transaction() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": WORDS})
    assert WORDS not in str(refused.value)
