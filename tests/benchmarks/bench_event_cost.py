"""What one event costs this machine, by kind: CPU and SQL statements from the handling to LINE's answer.

The engine of a worker runs in this process, without its threads; LINE is a process of its own that accepts at once,
so that only our own work is counted: keeping the event, handling it, building its answer, sending and settling it.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event, select

from bot import app, clock, profiles, thai, towns, understanding
from bot.cli.stage import free_port
from bot.config import Settings
from bot.inbox import unpack
from bot.line import transport
from bot.line.postbacks import sign
from bot.outbox import lane_key
from bot.replies import Button, buttons_of, from_json
from bot.worker import Engine, make_engine
from models import Municipality, OutboxMessage
from models.outbox import ACCEPTED
from tests.benchmarks.bench import answers_yes, table
from tests.talking import MORNING

KEY = "k" * 40
PEOPLE = 60
WARM_UP = 5
KINDS = ("words of a report", "location", "ส่งเรื่อง", "comment", "question", "where it stands", "thanks")
WORDS = ("ไฟถนนดับทั้งซอย", "ขยะไม่มาเก็บสามวันแล้ว", "ถนนหน้าตลาดเป็นหลุมลึกมาก", "ท่อระบายน้ำตันน้ำเน่าเหม็น")


@dataclass
class Cost:
    """What the events of one kind took: CPU in milliseconds, and SQL statements."""

    cpu: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


@dataclass
class Bed:
    """One worker's engine on a database, and people who write to it one after the other."""

    parts: app.Parts
    engine: Engine
    town: Municipality
    costs: dict[str, Cost] = field(default_factory=lambda: defaultdict(Cost))
    statements: int = 0
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        @event.listens_for(self.parts.database.engine, "before_cursor_execute")
        def _count(*_args: Any) -> None:
            self.statements += 1

    def hears(self, kind: str, user: str, what: dict[str, Any], *, counts: bool = True) -> list[Button]:
        """One event from its keeping to its settled answer; gives the buttons of the answer."""
        number = next(self._ids)
        said = {"webhookEventId": f"E{number:025d}", "timestamp": int(time.time() * 1000), "mode": "active",
                "source": {"type": "user", "userId": user}, "replyToken": f"{number:032x}", **what}  # fmt: skip
        body = json.dumps({"destination": "U" + "0" * 32, "events": [said]}).encode()
        lane, before = lane_key(self.town.id, user), self.statements
        began = time.process_time()
        self.parts.door.keep(unpack(body, self.town.id, clock.real_now()).events)
        self.engine.work(lane)
        if counts:
            self.costs[kind].cpu.append((time.process_time() - began) * 1000)
            self.costs[kind].statements.append(self.statements - before)
        return self._answer(lane)

    def presses(self, kind: str, user: str, button: Button, *, counts: bool = True) -> list[Button]:
        """Press a button of ours."""
        data = sign(button.action, button.args, KEY.encode(), self.town.code)
        return self.hears(kind, user, {"type": "postback", "postback": {"data": data}}, counts=counts)

    def says(self, kind: str, user: str, text: str, *, counts: bool = True) -> list[Button]:
        """Type words."""
        message = {"type": "text", "id": f"5{next(self._ids):017d}", "quoteToken": "q", "text": text}
        return self.hears(kind, user, {"type": "message", "message": message}, counts=counts)

    def sends_place(self, kind: str, user: str, lat: float, lon: float, *, counts: bool = True) -> list[Button]:
        """Send a location."""
        place = {"title": "", "address": "รังสิต", "latitude": lat, "longitude": lon}
        message = {"type": "location", "id": f"5{next(self._ids):017d}", **place}
        return self.hears(kind, user, {"type": "message", "message": message}, counts=counts)

    def _answer(self, lane: str) -> list[Button]:
        with self.parts.database.reading() as session:
            wanted = select(OutboxMessage).where(OutboxMessage.lane_key == lane).order_by(OutboxMessage.id.desc())
            message = session.scalars(wanted.limit(1)).unique().one()
            assert message.state == ACCEPTED, f"{message.state}: {message.last_problem}"
            return [button for reply in from_json(message.content or []) for button in buttons_of(reply)]


@contextmanager
def bed(url: str, line_url: str) -> Iterator[Bed]:
    """Rangsit on a fresh database, with everything loaded that loads slowly."""
    settings = Settings({
        "DATABASE_URL": url, "SECRET_KEY": KEY, "LINE_API_URL": line_url, "LINE_DATA_URL": line_url,
        "LINE_CHANNEL_SECRET": "s" * 32, "LINE_CHANNEL_ACCESS_TOKEN": "t" * 32, "PUBLIC_URL": "https://bot.test",
    })  # fmt: skip
    parts = app.assemble(settings)
    parts.wakeups.wake = lambda lane_key: None  # nobody waits for hints here
    parts.wakeups.wake_effects = lambda: None
    for load in (transport.load, thai.load_dictionary, understanding.load):
        load()
    with parts.database.transaction() as session:
        if towns.find(session, "rangsit") is None:
            towns.import_profile(session, profiles.load("rangsit"), MORNING)
        town = session.scalars(select(Municipality)).one()
    try:
        yield Bed(parts, make_engine(parts, is_alone=parts.database.is_sqlite), town)
    finally:
        parts.close()


def _play(bed: Bed, number: int, *, counts: bool) -> None:
    """One resident's report, from the first words to the thanks."""
    user, words = f"U{number:032x}", WORDS[number % len(WORDS)]
    bed.says("thanks", user, "สวัสดี", counts=False)
    bed.says("words of a report", user, words, counts=counts)
    place = (13.98 + (number % 12) * 0.0012, 100.61 + (number // 12) * 0.0012)
    buttons = bed.sends_place("location", user, *place, counts=counts)
    send = next((one for one in buttons if one.label == "ส่งเรื่อง"), None)
    assert send is not None, [one.label for one in buttons]
    bed.presses("ส่งเรื่อง", user, send, counts=counts)
    bed.says("comment", user, "ยังไม่มาเลยค่ะ รอมาสองวันแล้ว", counts=counts)
    bed.says("question", user, "เทศบาลเปิดกี่โมง", counts=counts)
    bed.says("where it stands", user, "เรื่องที่แจ้งถึงไหนแล้ว", counts=counts)
    bed.says("thanks", user, "ขอบคุณมาก", counts=counts)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_an_event_costs(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{kind}_url")
    with answers_yes(free_port()) as line_url, bed(url, line_url) as one:
        for number in range(PEOPLE + WARM_UP):
            _play(one, number, counts=number >= WARM_UP)
        rows = [
            (name, len(cost.cpu), statistics.median(cost.cpu), max(cost.cpu), statistics.median(cost.statements))
            for name, cost in ((name, one.costs[name]) for name in KINDS)
        ]
        spent = [each for cost in one.costs.values() for each in cost.cpu]
        said = [each for cost in one.costs.values() for each in cost.statements]
    rows.append(("all", len(spent), statistics.mean(spent), max(spent), statistics.mean(said)))
    table(f"what an event costs, {kind} (the last row: means)", ("", "events", "CPU ms", "most", "statements"), rows)
