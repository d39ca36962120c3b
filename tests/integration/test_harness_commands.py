"""flask harness against a running simulator and a tiny bot: what it prints, and its exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.harness import harness
from bot.simulator import Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import SECRET, TOKEN, TinyBot, echo, text
from tests.unit.line_samples import quick

__all__ = ["bot", "line", "town"]
Ask = Callable[..., Result]
SEND = {"type": "postback", "label": "ส่งเรื่อง", "data": "send", "displayText": "ส่งเรื่อง"}


@pytest.fixture
def ask(line: Simulator, town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    monkeypatch.setenv("LINE_API_URL", line.api_url)
    monkeypatch.setenv("LINE_DATA_URL", line.data_url)
    monkeypatch.setenv("LINE_CHANNEL_SECRET", SECRET)
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(harness, arguments)


def told(result: Result) -> Any:
    return json.loads(result.stdout)


def with_card(bot: TinyBot, event: dict[str, Any]) -> None:
    if event["type"] == "message":
        bot.replies(event, quick(SEND))
    elif event["type"] == "postback":
        bot.replies(event, text("เลขที่ RS-6911-00042"))


def test_a_person_says_presses_and_is_shown_what_she_sees(bot: TinyBot, ask: Ask) -> None:
    bot.on_event = with_card
    said = ask("say", "นก", "ไฟดับ\nซอย 46")
    assert (said.exit_code, said.stdout) == (
        0, "นก: ไฟดับ\n    ซอย 46\n    → นก\n    สวัสดี\n    (ส่งเรื่อง)\n",
    )  # fmt: skip
    pressed = ask("press", "นก", "ส่งเรื่อง")
    assert "เลขที่ RS-6911-00042" in pressed.stdout
    chat = ask("chat", "นก", "--json")
    assert [one["text"] for one in told(chat)] == [
        "ไฟดับ\nซอย 46", "สวัสดี\nส่งเรื่อง", "ส่งเรื่อง", "เลขที่ RS-6911-00042",
    ]  # fmt: skip
    assert "can press: nothing" in ask("chat", "นก").stderr


def test_photo_and_place_are_sent(bot: TinyBot, ask: Ask, tmp_path: Path) -> None:
    bot.on_event = lambda bot, event: bot.replies(event, text("ได้รับแล้ว")) and None
    (tmp_path / "a.jpg").write_bytes(b"bytes")
    assert ask("photo", "นก", str(tmp_path / "a.jpg")).exit_code == 0
    assert ask("place", "นก", "13.98", "100.61", "ตลาดรังสิต").exit_code == 0
    photo, place = bot.events
    assert bot.asks("GET", f"/message/{photo['message']['id']}/content", data=True).content == b"bytes"
    assert place["message"]["address"] == "ตลาดรังสิต"


def test_silence_and_missing_buttons_are_exit_status_1(bot: TinyBot, ask: Ask) -> None:
    silent = ask("say", "นก", "มีใครอยู่ไหม", "--within", "0.1")
    assert (silent.exit_code, "no answer" in silent.stderr) == (1, True)
    assert ask("say", "นก", "ไม่ต้องตอบ", "--within", "0").exit_code == 0
    missing = ask("press", "นก", "ไม่มีปุ่มนี้")
    assert (missing.exit_code, "ไม่มีปุ่มนี้" in missing.stderr) == (1, True)


def test_without_a_simulator_it_says_how_to_start_one(ask: Ask) -> None:
    nobody = ask("say", "นก", "ไฟดับ", "--line", "http://127.0.0.1:9")
    assert (nobody.exit_code, "flask simulator" in nobody.stderr) == (1, True)
    unknown = ask("say", "นก", "ไฟดับ", "--municipality", "nowhere")
    assert (unknown.exit_code, "rangsit" in unknown.stderr) == (1, True)


def test_one_event_of_any_type_is_sent_and_its_answer_told(bot: TinyBot, ask: Ask) -> None:
    assert told(ask("event", "--text", "ไฟดับ", "--json"))["status"] == 200
    assert ask("event", "--data", "forged").exit_code == 0
    assert ask("event", "--type", "follow").exit_code == 0
    written = '{"type":"membership","replyToken":null,"membership":{"type":"joined"}}'
    assert ask("event", "--event", written).stdout.startswith("ok, status 200")
    kinds = [event["type"] for event in bot.events]
    assert kinds == ["message", "postback", "follow", "membership"]
    assert "replyToken" not in bot.events[-1]
    bot.status = 503
    failed = ask("event", "--text", "ไฟดับ")
    assert (failed.exit_code, failed.stdout.startswith("error_status_code, status 503")) == (1, True)
    assert ask("event", "--event", "{").exit_code == 2


def test_any_address_can_be_driven_directly(line: Simulator, bot: TinyBot, town: Town, ask: Ask) -> None:
    address = town.state["webhook"]
    assert ask("event", "--to", address, "--text", "ไฟดับ").exit_code == 0
    assert ask("wrong-signatures", "--to", address).exit_code == 0
    assert line.deliveries() == []
    assert bot.events[0]["message"]["text"] == "ไฟดับ"


def test_a_burst_counts_what_was_acknowledged(bot: TinyBot, ask: Ask) -> None:
    result = told(ask("burst", "--events", "60", "--residents", "7", "--doubled", "0.5", "--json"))
    assert (result["sent"], result["acknowledged"], result["statuses"]) == (60, 60, {"200": 60})
    assert 60 < result["deliveries"] == len(bot.bodies) < 120
    assert 0 < result["p50_ms"] <= result["p99_ms"] < 2_000
    assert len({event["source"]["userId"] for event in bot.events}) == 7
    bot.status = 500
    failed = ask("burst", "--events", "3", "--residents", "1", "--json")
    assert (failed.exit_code, told(failed)["reasons"]) == (1, {"error_status_code": 3})


def test_past_events_are_redelivered(bot: TinyBot, ask: Ask, town: Town) -> None:
    town.person("นก").sends("ไฟดับ")
    again = told(ask("redeliver", "--times", "3", "--shuffled", "--json"))
    assert (again["sent"], again["acknowledged"]) == (3, 3)
    assert len({event["webhookEventId"] for event in bot.events}) == 1
    assert ask("redeliver", "--event-id", "unknown").exit_code == 1


def test_wrong_signatures_must_all_be_refused(bot: TinyBot, ask: Ask, town: Town) -> None:
    tried = told(ask("wrong-signatures", "--json"))
    assert len(tried) == 9
    assert all(one["is_right"] for one in tried)
    assert len(bot.bodies) == 1
    town.set(secret="another")
    careless = ask("wrong-signatures")
    assert (careless.exit_code, "BAD 401 right" in careless.stdout) == (1, True)


def test_a_script_is_played_and_printed(bot: TinyBot, ask: Ask, tmp_path: Path) -> None:
    bot.on_event = echo
    story = tmp_path / "story.txt"
    story.write_text("= ไฟดับ\nperson นก\nนก says {what}\nนก sees ได้รับ\nนก keeps it from (ไฟ.*)\n", encoding="utf-8")
    played = ask("script", str(story), "--keep", "what=ไฟดับ")
    assert (played.exit_code, played.stdout.splitlines()[:2]) == (0, ["ไฟดับ", "นก: ไฟดับ"])
    as_json = told(ask("script", str(story), "--keep", "what=ไฟดับ", "--json"))
    assert as_json == {"steps": 4, "kept": {"what": "ไฟดับ", "it": "ไฟดับ"}, "problem": None}
    broken = ask("script", str(story), "--json")
    assert (broken.exit_code, "line 3" in told(broken)["problem"]) == (1, True)
    assert "keeps ticket from" in ask("script", "--help").output
