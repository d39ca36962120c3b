"""Reply tokens, retry keys, quota: what LINE takes once, twice, or not at all."""

import uuid

import pytest

from bot.simulator import Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TinyBot, echo, text
from tests.unit.line_samples import TEXT_V2, VIDEO

__all__ = ["bot", "line", "town"]


def message_of(reply) -> str:  # type: ignore[no-untyped-def]
    return str(reply.json()["message"])


def test_a_reply_token_works_once(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.sends("ไฟถนนดับ")
    first = bot.replies(bot.events[0], text("หนึ่ง"), text("สอง"))
    assert first.status_code == 200
    assert [sorted(one) for one in first.json()["sentMessages"]] == [["id", "quoteToken"]] * 2
    assert first.headers["x-line-request-id"]
    second = bot.replies(bot.events[0], text("อีกครั้ง"))
    assert (second.status_code, message_of(second)) == (400, "Invalid reply token")
    assert [one.text for one in nok.chat] == ["ไฟถนนดับ", "หนึ่ง", "สอง"]


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (61, 400)])
def test_a_reply_token_lives_one_minute(line: Simulator, bot: TinyBot, town: Town, seconds: int, status: int) -> None:
    town.person("นก").sends("สวัสดี")
    line.clock(advance_seconds=seconds)
    assert bot.replies(bot.events[0], text("ช้าไปไหม")).status_code == status


@pytest.mark.parametrize(("seconds", "status"), [(600, 200), (1201, 400)])
def test_redelivery_gives_the_token_another_minute_up_to_twenty(
    line: Simulator, bot: TinyBot, town: Town, seconds: int, status: int
) -> None:
    town.person("นก").sends("สวัสดี")
    line.clock(advance_seconds=seconds)
    town.redelivers()
    again = bot.events[1]
    assert again["deliveryContext"] == {"isRedelivery": True}
    assert again["replyToken"] == bot.events[0]["replyToken"]
    assert bot.replies(again, text("ยังทันไหม")).status_code == status


def test_a_refused_message_leaves_the_token_unused(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.sends("สวัสดี")
    refused = bot.replies(bot.events[0], text("ดี"), text(""))
    assert refused.json()["details"] == [{"message": "May not be empty", "property": "messages[1].text"}]
    assert [one.text for one in nok.chat] == ["สวัสดี"]
    assert bot.replies(bot.events[0], text("ดี")).status_code == 200
    (noted,) = line.refusals()
    assert (noted["endpoint"], noted["status"], noted["path"]) == ("reply", 400, "/v2/bot/message/reply")
    assert noted["details"] == refused.json()["details"]


def test_a_reply_takes_no_retry_key(bot: TinyBot, town: Town) -> None:
    town.person("นก").sends("สวัสดี")
    body = {"replyToken": bot.events[0]["replyToken"], "messages": [text("ดี")]}
    headers = {"X-Line-Retry-Key": str(uuid.uuid4())}
    assert bot.asks("POST", "/message/reply", json=body, headers=headers).status_code == 400


def test_the_same_retry_key_is_accepted_once_in_24_hours(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    key = str(uuid.uuid4())
    first = bot.pushes(nok.id, text("ข่าว"), key=key)
    again = bot.pushes(nok.id, text("ข่าว"), key=key.upper())
    assert (again.status_code, message_of(again)) == (409, "The retry key is already accepted")
    assert again.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert again.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert again.json()["sentMessages"] == first.json()["sentMessages"]
    assert town.state["used"] == 1
    line.clock(advance_seconds=24 * 3600 + 1)
    assert bot.pushes(nok.id, text("ข่าว"), key=key).status_code == 200
    assert nok.times_seen("ข่าว") == 2
    assert line.refusals() == []


def test_a_retry_key_must_be_a_uuid(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    assert bot.pushes(nok.id, text("ข่าว"), key="my-key").status_code == 400
    assert nok.times_seen("ข่าว") == 0


def test_a_push_to_nobody_we_know_is_refused(bot: TinyBot, town: Town) -> None:
    stranger = town.person("คนแปลกหน้า")
    assert message_of(bot.pushes(stranger.id, text("ข่าว"))) == "Failed to send messages"
    assert "'to'" in message_of(bot.pushes("nok", text("ข่าว")))


def test_a_push_to_who_blocked_us_is_taken_and_neither_arrives_nor_costs(bot: TinyBot, town: Town) -> None:
    nok = town.person("นก")
    nok.adds_the_account()
    nok.blocks_the_bot()
    assert bot.pushes(nok.id, text("ข่าว")).status_code == 200
    assert bot.asks("GET", "/message/quota/consumption").json() == {"totalUsage": 0}
    nok.unblocks_the_bot()
    assert nok.times_seen("ข่าว") == 0
    assert bot.events[-1]["follow"] == {"isUnblocked": True}


def test_the_months_quota_ends_and_begins_anew(line: Simulator, bot: TinyBot, town: Town) -> None:
    nok, dam = town.person("นก"), town.person("ดำ")
    nok.adds_the_account()
    dam.adds_the_account()
    town.set(quota=2)
    assert bot.asks("GET", "/message/quota").json() == {"type": "limited", "value": 2}
    assert bot.pushes(nok.id, text("ก"), text("ข"), text("ค")).status_code == 200
    both = {"to": [nok.id, dam.id, "U" + "0" * 32], "messages": [text("ถึงทุกคน")]}
    short = bot.asks("POST", "/message/multicast", json=both)
    assert (short.status_code, message_of(short)) == (429, "You have reached your monthly limit.")
    assert dam.times_seen("ถึงทุกคน") == 0
    line.clock(advance_seconds=32 * 24 * 3600)
    assert bot.asks("POST", "/message/multicast", json=both).json() == {}
    assert bot.asks("GET", "/message/quota/consumption").json() == {"totalUsage": 2}
    assert (nok.times_seen("ถึงทุกคน"), dam.times_seen("ถึงทุกคน")) == (1, 1)


def test_a_plan_without_limit_says_none(bot: TinyBot, town: Town) -> None:
    town.set(quota=None)
    assert bot.asks("GET", "/message/quota").json() == {"type": "none"}


def test_a_broadcast_reaches_every_friend_and_each_is_paid(bot: TinyBot, town: Town) -> None:
    nok, dam = town.person("นก"), town.person("ดำ")
    nok.adds_the_account()
    dam.sends("ฉันไม่ได้เพิ่มเพื่อน")
    assert bot.asks("POST", "/message/broadcast", json={"messages": [text("ประกาศ")]}).status_code == 200
    assert (nok.times_seen("ประกาศ"), dam.times_seen("ประกาศ")) == (1, 0)
    assert town.state["used"] == 1


def test_a_push_to_a_group_costs_every_member(bot: TinyBot, town: Town) -> None:
    village = town.group("หมู่บ้าน")
    for name in ("นก", "ดำ", "แดง"):
        town.person(name).sends("สวัสดี", to=village)
    assert bot.pushes(village.id, text("ประกาศ")).status_code == 200
    assert village.sees("ประกาศ", within=0)
    assert town.state["used"] == 3
    village.expels_the_bot()
    assert bot.pushes(village.id, text("ประกาศ")).status_code == 400


def test_validation_says_the_same_and_sends_nothing(bot: TinyBot, town: Town) -> None:
    assert bot.asks("POST", "/message/validate/push", json={"messages": [text("ดี")]}).status_code == 200
    bad = bot.asks("POST", "/message/validate/reply", json={"messages": [text("")]})
    assert bad.json()["details"][0]["property"] == "messages[0].text"


def test_a_quote_token_works_only_in_its_own_chat(bot: TinyBot, town: Town) -> None:
    bot.on_event = echo
    nok, dam = town.person("นก"), town.person("ดำ")
    nok.sends("เรื่องของฉัน")
    quote = bot.events[0]["message"]["quoteToken"]
    dam.adds_the_account()
    assert bot.pushes(nok.id, text("ตอบ", quoteToken=quote)).status_code == 200
    refused = bot.pushes(dam.id, text("ตอบ", quoteToken=quote))
    assert refused.json()["details"][0]["property"] == "messages[0].quoteToken"


def test_mentions_are_for_groups_and_tracking_is_not(bot: TinyBot, town: Town) -> None:
    nok, village = town.person("นก"), town.group("หมู่บ้าน")
    nok.adds_the_account()
    nok.sends("สวัสดี", to=village)
    film = {**VIDEO, "trackingId": "film-1"}
    assert bot.pushes(village.id, TEXT_V2).status_code == 200
    assert bot.pushes(nok.id, TEXT_V2).json()["details"][0]["property"] == "messages[0].substitution"
    assert bot.pushes(nok.id, film).status_code == 200
    assert bot.pushes(village.id, film).json()["details"][0]["property"] == "messages[0].trackingId"
