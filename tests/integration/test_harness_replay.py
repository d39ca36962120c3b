"""flask harness replay against a small bot that behaves like a town, without starting anything."""

import itertools
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.harness import harness
from bot.simulator import Simulator
from tests.integration.simulator_bed import line
from tests.integration.tiny_bot import TinyBot, open_town, running, text
from tests.unit.line_samples import quick

__all__ = ["line"]


def choice(label: str) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": label, "displayText": label}


class SmallTown(TinyBot):
    """Asks for the place, once for the category, and gives a ticket when ส่งเรื่อง is pressed or danger is said."""

    def __init__(self, line: Simulator) -> None:
        super().__init__(line, on_event=lambda _, event: self.answers(event))
        self.numbers = itertools.count(1)
        self.pressed: list[str] = []
        self.gives_tickets = True
        self.guard = threading.Lock()

    def answers(self, event: dict[str, Any]) -> None:
        kind = event["type"]
        words = event.get("message", {}).get("text", "")
        if kind == "follow":
            self.replies(event, text("ยินดีต้อนรับ"))
        elif kind == "postback":
            self.replies(event, self.after(event["postback"]["data"]))
        elif event["message"]["type"] == "location":
            self.replies(event, quick(choice("ขยะ"), choice("ยกเลิก")))
        elif "ไฟไหม้" in words:
            self.replies(event, text("โทร 199"), self.ticket())
        else:
            self.replies(event, quick(choice("ไม่ทราบตำแหน่ง")))

    def after(self, label: str) -> dict[str, Any]:
        with self.guard:
            self.pressed.append(label)
        return self.ticket() if label == "ส่งเรื่อง" else quick(choice("เปลี่ยนประเภท"), choice("ส่งเรื่อง"))

    def ticket(self) -> dict[str, Any]:
        return text(f"เลขที่ RS-6911-{next(self.numbers):05}" if self.gives_tickets else "ได้รับเรื่องแล้ว")


@pytest.fixture
def small_town(line: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[SmallTown, str]]:
    town = SmallTown(line)
    monkeypatch.setenv("LINE_API_URL", line.api_url)
    monkeypatch.setenv("LINE_DATA_URL", line.data_url)
    monkeypatch.chdir(tmp_path)
    with running(town) as webhook:
        open_town(line, webhook)
        yield town, webhook.removesuffix("/line/rangsit/webhook")


def replay(folder: Path, to: str, *lines: str, more: tuple[str, ...] = ()) -> tuple[Result, dict[str, Any]]:
    file = folder / "reports.tsv"
    file.write_text("\n".join(["rid\ttext", *(f"{n}\t{words}" for n, words in enumerate(lines))]), encoding="utf-8")
    result = CliRunner().invoke(harness, ["replay", str(file), "--to", to, "--json", *more])
    return result, json.loads(result.stdout)


def test_every_report_becomes_a_ticket(small_town: tuple[SmallTown, str], tmp_path: Path) -> None:
    town, to = small_town
    words = ["ขยะ RS-1111-99999", '"ไฟ"ดับ', "ไฟไหม้หญ้า", "น้ำแดง " * 180, "รถติด"]
    result, told = replay(tmp_path, to, *words)
    assert told.pop("seconds") >= 0
    assert told == {"sent": 5, "acknowledged": 5, "tickets": 5, "cards_seen": 5, "refused": 0}
    assert result.exit_code == 0
    assert sorted(town.pressed) == ["ขยะ"] * 4 + ["ส่งเรื่อง"] * 4
    places = [one["message"] for one in town.events if one.get("message", {}).get("type") == "location"]
    assert len({(one["latitude"], one["longitude"]) for one in places}) == 5
    _, again = replay(tmp_path, to, *words, more=("--limit", "2"))
    assert again["tickets"] == 2


def test_a_missing_ticket_is_told_without_the_words(
    small_town: tuple[SmallTown, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.harness_replay._PATIENCE_SECONDS", 0.2)
    town, to = small_town
    town.gives_tickets = False
    result, told = replay(tmp_path, to, "ขยะหน้าบ้านป้าแดง")
    assert (result.exit_code, told["sent"], told["tickets"], told["cards_seen"]) == (1, 1, 0, 0)
    assert result.stderr.startswith("report 1:")
    assert "ป้าแดง" not in result.stderr


def test_a_refusal_of_line_is_counted(small_town: tuple[SmallTown, str], tmp_path: Path) -> None:
    town, to = small_town

    def careless(bot: TinyBot, event: dict[str, Any]) -> None:
        bot.replies(event, text(""))
        town.answers(event)

    town.on_event = careless
    result, told = replay(tmp_path, to, "ขยะ")
    assert (result.exit_code, told["tickets"], told["refused"] > 0) == (1, 1, True)
    assert "May not be empty" in result.stderr


def test_an_application_that_is_not_ready_is_told(
    small_town: tuple[SmallTown, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.harness_stack._READY_SECONDS", 0.2)
    town, to = small_town
    town.ready_status = 503
    file = tmp_path / "reports.tsv"
    file.write_text("text\nขยะ", encoding="utf-8")
    result = CliRunner().invoke(harness, ["replay", str(file), "--to", to])
    assert (result.exit_code, "is not ready: 503" in result.stderr) == (1, True)
