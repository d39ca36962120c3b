"""The client and the messages against the strict simulator: what LINE does when things go wrong, as typed outcomes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from bot.errors import (
    AlreadyAccepted,
    ContentGone,
    ContentNotReady,
    DeliveryDelayed,
    DeliveryRefused,
    ReplyTokenInvalid,
)
from bot.line.actions import Speaker
from bot.line.client import LineClient
from bot.line.messages import build
from bot.replies import Button, Card, Choices, HotlineCard, HotlineNumber, Line, Reply, Say
from bot.simulator import Simulator, Town
from tests.integration.simulator_bed import bot, line, town
from tests.integration.tiny_bot import TOKEN, TinyBot

__all__ = ["bot", "line", "town"]

SPEAKER = Speaker("rangsit", b"k" * 32, lambda picture, rendition: None)
HELLO = [{"type": "text", "text": "สวัสดี"}]


@pytest.fixture
def client(line: Simulator) -> Iterator[LineClient]:
    made = LineClient(line.api_url, line.data_url, TOKEN)
    yield made
    made.close()


def key() -> str:
    return str(uuid.uuid4())


def test_a_person_sees_and_can_press_what_was_built(
    line: Simulator, town: Town, bot: TinyBot, client: LineClient
) -> None:
    nok = town.person("nok")
    nok.sends("น้ำแดง")
    card = Card(
        title="🚰 น้ำประปาแดง",
        alt="RS-6911-00042 รอรับเรื่อง",
        badge="รอรับเรื่อง",
        number="RS-6911-00042",
        lines=(Line("สถานที่", "ซอยรังสิต-นครนายก 46"),),
        buttons=(Button("หายแล้ว", "mine.fixed", {"ticket": 1}),),
    )
    replies: list[Reply] = [
        HotlineCard("อันตราย", "อยู่ห่าง ๆ", (HotlineNumber("ดับเพลิง", "199"),)),
        card,
        Choices("ประเภทใด", (Button("ขยะตกค้าง", "draft.category"),)),
        Say("อยู่ตรงไหน", (Button("ส่งตำแหน่ง", kind="location"), Button("ไม่ทราบตำแหน่ง", "draft.unknown"))),
    ]
    accepted = client.reply(bot.events[-1]["replyToken"], build(replies, SPEAKER))

    assert len(accepted.message_ids) == 4
    nok.sees("RS-6911-00042", within=2)
    assert nok.can_press("199")
    nok.presses("ไม่ทราบตำแหน่ง", where="quick_reply")
    nok.presses("หายแล้ว", where="card")
    assert [event["type"] for event in bot.events[-2:]] == ["postback", "postback"]
    assert line.refusals() == []


def test_a_reply_token_works_once(town: Town, bot: TinyBot, client: LineClient) -> None:
    town.person("nok").sends("สวัสดี")
    token = bot.events[-1]["replyToken"]
    client.reply(token, HELLO)
    with pytest.raises(ReplyTokenInvalid):
        client.reply(token, HELLO)


@pytest.mark.parametrize("what", ["500_after", "reset_after", "truncated"])
def test_a_push_that_line_took_without_telling_us_is_not_sent_twice(
    what: str, line: Simulator, town: Town, client: LineClient
) -> None:
    nok = town.person("nok")
    nok.adds_the_account()
    retry_key = key()
    line.fails("push", what)
    with pytest.raises(DeliveryDelayed) as caught:
        client.push(nok.state["id"], HELLO, retry_key)
    assert not caught.value.outcome_known
    with pytest.raises(AlreadyAccepted):
        client.push(nok.state["id"], HELLO, retry_key)
    assert nok.times_seen("สวัสดี") == 1


@pytest.mark.parametrize(("what", "kind", "known"), [("429_rate", "rate", True), ("429_quota", "quota", True)])
def test_the_two_kinds_of_too_many_are_told_apart(
    what: str, kind: str, known: bool, line: Simulator, town: Town, client: LineClient
) -> None:
    nok = town.person("nok")
    nok.adds_the_account()
    line.fails("push", what)
    with pytest.raises(DeliveryDelayed) as caught:
        client.push(nok.state["id"], HELLO, key())
    assert (caught.value.kind, caught.value.outcome_known) == (kind, known)


def test_a_plan_that_is_used_up_says_quota(town: Town, client: LineClient) -> None:
    nok = town.person("nok")
    nok.adds_the_account()
    town.set(quota=1)
    client.push(nok.state["id"], HELLO, key())
    assert (client.quota(), client.consumption()) == (1, 1)
    with pytest.raises(DeliveryDelayed) as caught:
        client.push(nok.state["id"], HELLO, key())
    assert caught.value.kind == "quota"


def test_a_misspelt_property_reaches_line_and_is_refused_there(town: Town, client: LineClient) -> None:
    nok = town.person("nok")
    nok.adds_the_account()
    with pytest.raises(DeliveryRefused) as caught:
        client.push(nok.state["id"], [{"type": "text", "text": "x", "qickReply": {}}], key())
    assert "qickReply" in caught.value.reason


def test_a_photo_is_fetched_when_it_is_ready_and_gone_when_it_was_unsent(
    town: Town, bot: TinyBot, client: LineClient
) -> None:
    nok = town.person("nok")
    said = nok.sends_photo(waits=1)
    message_id = bot.events[-1]["message"]["id"]
    with pytest.raises(ContentNotReady):
        client.content(message_id, 10_000_000)
    fetched = client.content(message_id, 10_000_000)
    assert fetched.content_type == "image/jpeg"
    assert fetched.data.startswith(b"\xff\xd8")
    nok.unsends(said)
    with pytest.raises(ContentGone):
        client.content(message_id, 10_000_000)


def test_a_profile_is_seen_until_the_person_blocks_us(town: Town, client: LineClient) -> None:
    nok = town.person("nok", language="en")
    nok.adds_the_account()
    profile = client.profile(nok.state["id"])
    assert profile is not None
    assert (profile.display_name, profile.language) == ("nok", "en")
    nok.blocks_the_bot()
    assert client.profile(nok.state["id"]) is None
