"""Webhooks: signed, shaped as LINE's, in order, repeated when they fail, doubled and shuffled on request."""

import json
import re
import threading

import pytest

from bot.simulator import CannotDo, Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, text

__all__ = ["bot", "line", "town"]


def test_an_event_has_the_shape_of_lines(bot: TinyBot, town: Town) -> None:
    said = town.person("นก").sends("ไฟถนนดับ")
    (body,) = bot.bodies
    (event,) = body["events"]
    assert re.fullmatch("U[0-9a-f]{32}", body["destination"])
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", event["webhookEventId"])
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert (event["mode"], event["type"], event["source"]["type"]) == ("active", "message", "user")
    assert {"id", "type", "text", "quoteToken", "markAsReadToken"} == set(event["message"])
    assert event["message"]["id"] == said.id
    assert said.was_acknowledged


def test_every_kind_of_message_reaches_the_bot(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.sends_photos([None, None])
    nok.sends_place(13.98, 100.61, address="ตลาดรังสิต")
    nok.sends_voice()
    nok.sends_video()
    nok.sends_sticker()
    nok.sends_file(name="บิล.pdf")
    messages = [event["message"] for event in bot.events]
    assert [one["type"] for one in messages] == [
        "image", "image", "location", "audio", "video", "sticker", "file",
    ]  # fmt: skip
    assert [one["imageSet"]["index"] for one in messages[:2]] == [1, 2]
    assert messages[0]["imageSet"]["id"] == messages[1]["imageSet"]["id"]
    assert (messages[2]["latitude"], messages[2]["address"]) == (13.98, "ตลาดรังสิต")
    assert messages[6]["fileName"] == "บิล.pdf"


def test_following_blocking_and_unsending_carry_no_more_than_lines_do(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    said = nok.sends("ผิด")
    nok.unsends(said)
    nok.blocks_the_bot()
    follow, _, unsend, unfollow = bot.events
    assert follow["follow"] == {"isUnblocked": False}
    assert unsend["unsend"] == {"messageId": said.id}
    assert "replyToken" in follow
    assert "replyToken" not in unsend
    assert "replyToken" not in unfollow
    with pytest.raises(CannotDo):
        nok.sends("มีใครอยู่ไหม")


def test_in_a_group_the_user_may_be_missing_and_the_bot_may_be_mentioned(bot: TinyBot, town: Town) -> None:
    village = town.group("หมู่บ้าน")
    nok = town.person("นก")
    village.invites_the_bot()
    nok.sends("คุยกันเอง", to=village, anonymous=True)
    nok.sends("😀 @rangsit ไฟดับ", to=village)
    joined, anonymous, mentioned = bot.events
    assert (joined["type"], joined["source"]) == ("join", {"type": "group", "groupId": village.id})
    assert anonymous["source"] == {"type": "group", "groupId": village.id}
    assert mentioned["source"]["userId"] == nok.id
    (mentionee,) = mentioned["message"]["mention"]["mentionees"]
    assert (mentionee["index"], mentionee["length"], mentionee["isSelf"]) == (3, 8, True)
    bot.replies(mentioned, text("รับทราบ"))
    assert village.sees("รับทราบ").text == "รับทราบ"
    assert nok.chat == []


def test_what_happens_together_comes_in_one_body(bot: TinyBot, town: Town) -> None:
    nok, dam = town.person("นก"), town.person("ดำ")
    with town.together():
        nok.sends("หนึ่ง")
        dam.adds_the_account()
        nok.sends("สอง")
    (body,) = bot.bodies
    assert [event["type"] for event in body["events"]] == ["message", "follow", "message"]


def test_one_chats_events_arrive_in_order_from_many_threads(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    threads = [threading.Thread(target=nok.sends, args=(str(number),)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event["message"]["text"] for event in bot.events] == [one.text for one in nok.chat]
    stamps = [event["timestamp"] for event in bot.events]
    assert stamps == sorted(stamps)


def test_a_wrong_signature_is_sent_as_wrong(bot: TinyBot, town: Town) -> None:
    body = b'{"destination":"x","events":[]}'
    assert town.posts(body)["status"] == 200
    assert town.posts(body, signature=None)["status"] == 401
    assert town.posts(body, signature="short")["status"] == 401
    assert len(bot.bodies) == 1


def test_any_event_can_be_sent_and_parts_left_out(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    town.sends_event({"type": "newThing", "newThing": {"x": 1}, "replyToken": None}, nok)
    town.sends_event({"type": "message", "source": {"type": "moon"}, "webhookEventId": None})
    unknown, strange = bot.events
    assert (unknown["newThing"], "replyToken" in unknown) == ({"x": 1}, False)
    assert (strange["source"], "webhookEventId" in strange) == ({"type": "moon"}, False)


def test_every_outcome_of_a_delivery_is_noted(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    bot.status = 503
    assert not nok.sends("หนึ่ง").was_acknowledged
    bot.status = 200
    bot.waits = threading.Event()
    nok.sends("สอง")
    bot.waits.set()
    bot.waits = None
    town.set(webhook="http://127.0.0.1:9/")
    nok.sends("สาม")
    town.set(webhook_is_active=False)
    nok.sends("สี่")
    noted = [(one["reason"], one["status"]) for one in line.deliveries()]
    assert noted == [
        ("error_status_code", 503),
        ("request_timeout", 0),
        ("could_not_connect", 0),
        ("webhook_is_off", 0),
    ]
    assert 2 <= line.deliveries()[1]["seconds"] < 3


def test_what_failed_comes_again_where_redelivery_is_on(line: Simulator, bot: TinyBot, town: Town) -> None:
    line.platform.deliveries.first_delay_seconds = 0.02
    arrived = threading.Event()
    bot.on_event = lambda bot, event: arrived.set()
    town.set(redelivers_failures=True)
    bot.status = 500
    town.person("นก").sends("สวัสดี")
    bot.status = 200
    assert arrived.wait(10)
    (event,) = bot.events
    assert event["deliveryContext"] == {"isRedelivery": True}
    first, *again = line.deliveries()
    assert (first["status"], first["is_redelivery"]) == (500, False)
    assert all(one["event_ids"] == first["event_ids"] and one["is_redelivery"] for one in again)


def test_what_failed_is_gone_where_redelivery_is_off(line: Simulator, bot: TinyBot, town: Town) -> None:
    line.platform.deliveries.first_delay_seconds = 0.02
    bot.status = 500
    nok = town.person("นก")
    nok.sends("สวัสดี")
    nok.never_sees("", within=0.2)
    assert len(line.deliveries()) == 1


def test_past_events_come_again_shuffled(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    said = [nok.sends(str(number)) for number in range(5)]
    first = [event["webhookEventId"] for event in bot.events]
    assert len(line.redelivers(times=2, shuffled=True)) == 10
    again = [event["webhookEventId"] for event in bot.events[5:]]
    assert sorted(again) == sorted(first * 2)
    assert again != first * 2
    one = said[2]["delivery"]["event_ids"][0]
    town.redelivers(one)
    assert bot.events[-1]["webhookEventId"] == one
    with pytest.raises(CannotDo):
        town.redelivers("01H00000000000000000000000")


def test_an_event_can_arrive_twice_without_being_marked(bot: TinyBot, town: Town) -> None:
    town.set(doubled_share=1.0)
    town.person("นก").sends("สวัสดี")
    first, second = bot.events
    assert json.dumps(first) == json.dumps(second)


def test_the_console_can_try_and_move_the_webhook(line: Simulator, bot: TinyBot, town: Town) -> None:
    there = bot.asks("GET", "/channel/webhook/endpoint").json()
    assert there == {"endpoint": town.state["webhook"], "active": True}
    tried = bot.asks("POST", "/channel/webhook/test", json={}).json()
    assert (tried["success"], tried["statusCode"], tried["reason"]) == (True, 200, "OK")
    assert bot.bodies[-1]["events"] == []
    away = bot.asks("POST", "/channel/webhook/test", json={"endpoint": "http://127.0.0.1:9/"}).json()
    assert (away["success"], away["reason"]) == (False, "could_not_connect")
    assert bot.asks("PUT", "/channel/webhook/endpoint", json={"endpoint": "http://town.go.th/"}).status_code == 400
    assert bot.asks("PUT", "/channel/webhook/endpoint", json={"endpoint": "https://town.go.th/w"}).status_code == 200
    assert town.state["webhook"] == "https://town.go.th/w"
