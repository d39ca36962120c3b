"""What the page of phones can do beyond what people do: exact presses, held events, stories, the clock."""

import threading
from pathlib import Path
from typing import Any

import pytest

from bot.simulator import CannotDo, Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, echo, text

__all__ = ["bot", "line", "town"]

Json = dict[str, Any]
YES = {"type": "postback", "label": "ใช่", "data": "yes", "displayText": "ใช่"}
STORY = """
# สั้น ๆ
= เริ่ม
person นก
นก says {word}
นก sees ได้รับ: {word}
นก says จบ
นก sees ได้รับ: จบ
"""


def offers(*actions: Json) -> Json:
    return text("ใช่ไหม", quickReply={"items": [{"type": "action", "action": one} for one in actions]})


def confirm(*actions: Json) -> Json:
    return {"type": "template", "altText": "x", "template": {"type": "confirm", "text": "ใช่ไหม", "actions": actions}}


def touch(line: Simulator, **more: Any) -> Json:
    return dict(line.call("person/touches", channel="rangsit", person="นก", **more))


def test_a_quick_reply_can_be_touched_only_while_it_is_shown(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    bot.pushes(nok.id, offers(YES))
    bot.pushes(nok.id, offers(YES))
    with pytest.raises(CannotDo, match="no such button"):
        touch(line, action=YES, n=0)
    assert touch(line, action=YES, n=1)["where"] == "quick_reply"
    assert bot.events[-1]["postback"] == {"data": "yes"}
    with pytest.raises(CannotDo, match="no such button"):
        touch(line, action=YES, n=1)


def test_a_card_s_button_stays_and_nothing_else_can_be_touched(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    no = {**YES, "label": "ไม่", "data": "no"}
    bot.pushes(nok.id, confirm(YES, no))
    bot.pushes(nok.id, text("อื่น"))
    assert touch(line, action=no, n=0)["where"] == "card"
    assert touch(line, action=no, n=0)["where"] == "card"
    with pytest.raises(CannotDo):
        touch(line, action={**YES, "data": "forged"}, n=0)
    with pytest.raises(CannotDo):
        touch(line, action=YES)  # no rich menu has it
    nok.blocks_the_bot()
    with pytest.raises(CannotDo, match="blocked"):
        touch(line, action=YES, n=0)


def test_a_button_in_a_group_is_touched_in_the_group(line: Simulator, bot: TinyBot, town: Town) -> None:
    group = town.group("หมู่บ้าน")
    line.call("group/joins", channel="rangsit", group="หมู่บ้าน", people=["นก"])
    group.invites_the_bot()
    bot.pushes(group.id, confirm(YES, YES))
    touch(line, action=YES, n=0, group="หมู่บ้าน")
    assert bot.events[-1]["source"]["groupId"] == group.id
    assert group.chat[-1].text == "ใช่"


def test_held_events_can_arrive_in_reverse_order(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    line.call("channel/gathers", channel="rangsit")
    nok.sends("หนึ่ง")
    nok.sends("สอง")
    assert bot.events == []
    line.call("channel/delivers", channel="rangsit", in_order=False)
    assert [event["message"]["text"] for event in bot.events] == ["สอง", "หนึ่ง"]
    assert len(bot.bodies) == 2


def test_the_clock_is_kept_where_a_bot_reads_it(line: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "clock"
    line.keeps_clock_in(file)
    line.clock(advance_seconds=86_400)
    assert float(file.read_text()) == 86_400
    line.clock(offset_seconds=0)
    assert float(file.read_text()) == 0


def test_a_channel_has_a_map_to_choose_places_on(line: Simulator, town: Town) -> None:
    drawn = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None}]}
    line.call("channel/map", channel="rangsit", geojson=drawn)
    assert line.call("channel/map", channel="rangsit") == drawn
    with pytest.raises(CannotDo, match="FeatureCollection"):
        line.call("channel/map", channel="rangsit", geojson={"type": "Point"})


def wait_for(line: Simulator, **wanted: Any) -> Json:
    """The story's state, once it has these values."""
    for _ in range(200):
        state = dict(line.call("story/state"))
        if all(state.get(name) == value for name, value in wanted.items()):
            return state
        traffic = line.platform.traffic
        traffic.wait(traffic.version, 0.1)
    pytest.fail(f"{wanted} never came: {state}")


def test_a_story_waits_for_each_step_and_then_runs(line: Simulator, bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    line.stories.offer("short", "สั้น", STORY, supplies={"word": lambda: "สวัสดี"})
    assert line.call("story/offers") == [{"name": "short", "title": "สั้น"}]
    line.call("story/play", channel="rangsit", name="short", runs=False)
    wait_for(line, at=0)
    assert bot.events == []
    with pytest.raises(CannotDo, match="already"):
        line.call("story/play", channel="rangsit", name="short")
    for at in (1, 2, 3):
        line.call("story/step")
        wait_for(line, at=at)
    assert [event["message"]["text"] for event in bot.events] == ["สวัสดี"]
    line.call("story/runs", runs=True, pace=0)
    ended = wait_for(line, state="ended")
    assert ended["steps"][2]["text"] == "นก says {word}"
    assert bot.events[-1]["message"]["text"] == "จบ"


def test_a_story_can_be_stopped_and_played_again(line: Simulator, bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    line.stories.offer("short", "สั้น", STORY, {"word": "สวัสดี"})
    line.call("story/play", channel="rangsit", name="short", runs=False)
    wait_for(line, at=0)
    line.call("story/stop")
    wait_for(line, state="stopped")
    line.call("story/play", channel="rangsit", name="short", pace=0)
    wait_for(line, state="ended")


def test_a_story_that_fails_says_where_and_why(line: Simulator, town: Town) -> None:
    line.stories.offer("short", "สั้น", STORY)  # nothing stands for {word}
    line.call("story/play", channel="rangsit", name="short", pace=0)
    assert "nothing is kept as {word}" in wait_for(line, state="failed")["reason"]
    with pytest.raises(CannotDo, match="line 1"):
        line.call("story/offer", name="broken", title="x", text="nobody does this")


def test_stopping_the_simulator_ends_a_waiting_story(bot: TinyBot) -> None:
    with Simulator.start() as line:
        line.channel("rangsit", secret="s", token="t")
        line.stories.offer("short", "สั้น", STORY, {"word": "x"})
        line.call("story/play", channel="rangsit", name="short", runs=False)
    assert not [one for one in threading.enumerate() if one.name == "story"]
