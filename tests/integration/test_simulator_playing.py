"""Playing a story against a running simulator and a bot."""

from pathlib import Path

import pytest

from bot.simulator import Person, RemoteLine, Said, Simulator, Town
from bot.simulator.pictures import jpeg
from bot.simulator.playing import Player, StoryFailed
from bot.simulator.story import Step, parse
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, text
from tests.unit.line_samples import quick

__all__ = ["bot", "line", "town"]
STORY = r"""
= ไฟดับ
person นก language=en
person ดำ pc
นก adds the account
นก says ไฟดับ\nซอย 46
นก sees ได้รับ + ซอย 46
นก presses ส่งเรื่อง
นก sees RS-
นก keeps ticket from RS-(\d{4}-\d{5,})
นก sends photo water with gps
นก sends photo pipe.jpg
นก sends place 13.98 100.61 ตลาดรังสิต
ดำ says {ticket} ถึงไหน
ดำ sees RS-6911-00042 within 5
นก never sees ผิดพลาด
นก unsends
line redelivers 2
clock +60
wait 0.5
"""


def answer(bot: TinyBot, event: dict) -> None:  # type: ignore[type-arg]
    if event["deliveryContext"]["isRedelivery"]:
        return
    if event["type"] == "postback":
        bot.replies(event, text("เลขที่ RS-6911-00042"))
    elif event.get("message", {}).get("type") == "text":
        send = {"type": "postback", "label": "ส่งเรื่อง", "data": "send"}
        words = f"ได้รับ RS-{event['message']['text']}"
        bot.replies(event, {**quick(send), "text": words})


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_story_is_played_by_its_people(
    line: Simulator, bot: TinyBot, town: Town, elsewhere: bool, tmp_path: Path
) -> None:
    bot.on_event = answer
    driven = RemoteLine(line.api_url) if elsewhere else line
    (tmp_path / "pipe.jpg").write_bytes(jpeg("pipe"))
    steps: list[Step] = []
    heard: list[tuple[str, str]] = []
    pauses: list[float] = []

    def on_said(person: Person, said: Said) -> None:
        heard.append((person.name, said.text))

    player = Player(
        driven, driven.town("rangsit"), on_step=steps.append, on_said=on_said, folder=tmp_path, pause=pauses.append
    )
    player.play(parse(STORY))
    assert player.kept == {"ticket": "6911-00042"}
    assert [step.verb for step in steps] == [step.verb for step in parse(STORY)]
    assert heard[:3] == [("นก", "ไฟดับ\nซอย 46"), ("นก", "ได้รับ RS-ไฟดับ\nซอย 46\nส่งเรื่อง"), ("นก", "เลขที่ RS-6911-00042")]
    assert ("ดำ", "6911-00042 ถึงไหน") in heard
    assert pauses == [0.5]
    assert bot.events[0]["type"] == "follow"
    assert sum(event["deliveryContext"]["isRedelivery"] for event in bot.events) == 16
    assert line.platform.clock.offset_seconds == 60


def test_a_story_fails_where_it_stops_being_true(line: Simulator, bot: TinyBot, town: Town) -> None:
    player = Player(line, town, patience=0)
    with pytest.raises(StoryFailed, match=r"line 3: นก sees เสร็จแล้ว") as failed:
        player.play(parse("person นก\nนก adds the account\nนก sees เสร็จแล้ว"))
    assert failed.value.step.line == 3


def test_a_story_fails_when_the_bot_does_not_take_a_message(line: Simulator, bot: TinyBot, town: Town) -> None:
    bot.status = 500
    with pytest.raises(StoryFailed, match="error_status_code"):
        Player(line, town).play(parse("person นก\nนก says สวัสดี"))


def test_the_pace_leaves_time_to_read(line: Simulator, town: Town) -> None:
    pauses: list[float] = []
    Player(line, town, pace=1.5, pause=pauses.append).play(parse("= หัวข้อ\nperson นก\n- ผู้เล่า"))
    assert pauses == [1.5, 1.5]
